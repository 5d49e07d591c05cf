/**
 * The kubelets' notes about pods as others come upon them: which object a key is about, and the lives that a world holds,
 * also those that go on without their object because it was deleted by force or with its node.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { partsOfKey } from '../api/kinds.ts'
import type { Pod, Uid } from '../api/types.ts'
import { entriesWithPrefix, get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import type { Life } from './kubeletLife.ts'

/** Which pod object a life belongs to. */
export interface LifeParts {
  readonly namespace: string
  readonly name: string
  readonly uid: Uid
}

/** The kubelet's key for a pod object. */
export const lifeKey = ({ metadata: { namespace, name, uid } }: Pod): string => `Pod/${namespace}/${name}#${uid}`

/** What `lifeKey` put into a key. */
export function lifeParts(key: string): LifeParts {
  const hash = key.indexOf('#')
  const { namespace, name } = partsOfKey(key.slice(0, hash) as ObjectKey)
  return { namespace, name, uid: key.slice(hash + 1) }
}

const OWN = 'kubelet|'

/** The life of a pod object, read from outside; undefined when the kubelet has nothing of it. */
export const lifeIn = ({ memories }: World, pod: Pod): Life | undefined =>
  get(memories, `${OWN}${lifeKey(pod)}`) as Life | undefined

/** All lives of pods whose namespace and name begin like this: `default/web-`. */
export const livesIn = ({ memories }: World, beginning = ''): readonly (LifeParts & { readonly life: Life })[] =>
  entriesWithPrefix(memories, `${OWN}Pod/${beginning}`).map(([slot, memory]) => ({
    ...lifeParts(slot.slice(OWN.length)),
    life: memory as Life,
  }))
