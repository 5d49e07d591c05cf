/**
 * How an endpoint, another Service and a class are put into words, the same on a card, in the list and for those who have
 * them read aloud.
 */
import type { ClassPicture, DoorPicture, EndpointPicture, PodState } from '../../sim/index.ts'
import { StateIcon } from '../kit/StateIcon.tsx'
import type { Say } from '../text.ts'
import { nameOfKey } from './words.ts'

/** The shapes are those of pods: what gets traffic, what does not, what is on its way out. */
const shapes = {
  ready: 'ready',
  published: 'readyNotAvailable',
  notReady: 'notReady',
  serving: 'terminating',
  terminating: 'terminating',
} as const satisfies Record<EndpointPicture['state'], PodState>

export const EndpointMark = ({ state }: Pick<EndpointPicture, 'state'>) => <StateIcon state={shapes[state]} />

/** Somebody behind it gets traffic. */
export const DoorMark = ({ door }: { readonly door: DoorPicture }) => (
  <StateIcon state={door.ready > 0 ? 'ready' : 'notReady'} />
)

export const endpointSaid = (t: Say, { key, addresses, state }: EndpointPicture): string =>
  t('canvas.endpoint.said', {
    addresses: addresses.join(', '),
    slice: nameOfKey(key),
    state: t(`canvas.endpoint.${state}`),
  })

/** Where it is reached: at every node, else at its own address. */
export function doorPlace(t: Say, { nodePorts, addresses, ports }: DoorPicture): string {
  if (nodePorts.length > 0) return t('canvas.door.nodes', { ports: nodePorts.join(', ') })
  return [...addresses, ...ports.map((port) => `:${port}`)].join(' ')
}

export const doorReady = (t: Say, { ready, endpoints }: DoorPicture): string =>
  t('canvas.door.ready', { ready, endpoints })

export const doorSaid = (t: Say, door: DoorPicture): string =>
  t('canvas.door.said', {
    name: door.name,
    type: door.type,
    place: [doorPlace(t, door), ...door.outside].join(', '),
    ready: doorReady(t, door),
  })

export function classFacts(t: Say, { exists, bindingMode = '', reclaimPolicy = '' }: ClassPicture): string {
  return exists ? t('canvas.class.facts', { binding: bindingMode, reclaim: reclaimPolicy }) : t('canvas.class.missing')
}

export const classSaid = (t: Say, given: ClassPicture): string =>
  t('canvas.class.said', {
    name: given.name,
    facts: [...(given.isDefault ? [t('canvas.class.default')] : []), given.provisioner, classFacts(t, given)]
      .filter(Boolean)
      .join(', '),
    count: given.ordinals.length,
  })
