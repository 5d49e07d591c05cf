/**
 * What a person may do to a machine, or have done to it: the API is not asked, and learns of it only by what follows. The
 * acts are signals to the kubelet. A person's own notes keep what was done, so that an act that would do nothing is refused,
 * and `exec` fails where the API server would find nobody.
 */
import { parseQuantity, QUANTITY_ERROR } from '../api/quantity.ts'
import type { Refusal } from '../api/strategy.ts'
import type { SimTime } from '../api/types.ts'
import { drawDelay } from '../controllers/delays.ts'
import { SHUTDOWN_WINDOW_S } from '../controllers/kubeletMachine.ts'
import { machineKey } from '../controllers/machine.ts'
import { freeNumber, nodeDraft } from '../controllers/nodes.ts'
import type { Command } from '../kernel/command.ts'
import type { ClusterView, Signal } from '../kernel/types.ts'
import { badRequest, impossible, notFound } from './refusals.ts'
import type { Steps } from './setActs.ts'
import { refusalOf } from './setActs.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>
type Befalling = Of<'powerOffNode' | 'powerOnNode' | 'rebootNode' | 'shutDownNode' | 'cutOffNode' | 'reconnectNode'>

/** What a person has done to a machine, as far as it lasts. */
interface Deeds {
  /** Without power from then on, and until then. */
  readonly off?: { readonly from: SimTime; readonly until?: SimTime }
  readonly cut?: true
}

const deedsOf = (view: ClusterView, node: string): Deeds => (view.recall(machineKey(node)) ?? {}) as Deeds

/** A machine that is off for good: nobody has switched it on again. */
const isOff = ({ off }: Deeds): boolean => off !== undefined && off.until === undefined

/** Why the API server cannot dial the kubelet of a node, in its words; undefined when it can. */
export function dialError(view: ClusterView, node: string): Refusal | undefined {
  const { off, cut } = deedsOf(view, node)
  const isAway = cut || (off && off.from <= view.now && (off.until === undefined || view.now < off.until))
  if (!isAway) return undefined
  const addresses = view.get('Node', undefined, node)?.status.addresses
  const address = addresses?.find(({ type }) => type === 'InternalIP')?.address ?? node
  return impossible(`Error from server: error dialing backend: dial tcp ${address}:10250: connect: no route to host`)
}

function* signal(node: string, { type, detail }: Signal, deeds: Deeds): Steps {
  const memory = deeds.off || deeds.cut ? deeds : undefined
  yield { do: 'remember', key: machineKey(node), memory }
  const wake = { do: 'wake', decider: 'kubelet', key: machineKey(node), id: 'signal', afterMs: 0 } as const
  return refusalOf(yield { ...wake, signal: { type, ...(detail && { detail }) } })
}

export function* befallMachine(view: ClusterView, { type, name }: Befalling): Steps {
  if (!view.get('Node', undefined, name)) return notFound('Node', name)
  const deeds = deedsOf(view, name)
  const { cut, ...connected } = deeds
  const boots = () => {
    const bootMs = drawDelay(view, 'boot')
    const booting = { ...deeds, off: { from: view.now, until: view.now + bootMs } }
    return signal(name, { type: type === 'powerOnNode' ? 'powerOn' : 'reboot', detail: { bootMs } }, booting)
  }
  switch (type) {
    case 'powerOffNode':
      if (isOff(deeds)) return impossible(`${name} is off already`)
      return yield* signal(name, { type: 'powerOff' }, { ...deeds, off: { from: view.now } })
    case 'powerOnNode':
      return isOff(deeds) ? yield* boots() : impossible(`${name} is on already`)
    case 'rebootNode':
      return yield* boots()
    case 'shutDownNode': {
      if (isOff(deeds)) return impossible(`${name} is off already`)
      const from = view.now + SHUTDOWN_WINDOW_S * 1000
      return yield* signal(name, { type: 'leave' }, { ...deeds, off: { from } })
    }
    case 'cutOffNode':
      if (cut) return impossible(`${name} is cut off already`)
      return yield* signal(name, { type: 'cut' }, { ...deeds, cut: true })
    case 'reconnectNode':
      return cut ? yield* signal(name, { type: 'mend' }, connected) : impossible(`${name} is not cut off`)
  }
}

/** The first size that no node can have. */
function badSize({ cpu = '1', memory = '1', pods = '1' }: Of<'addNode'>): Refusal | undefined {
  for (const [name, size] of Object.entries({ cpu, memory, pods })) {
    const quantity = parseQuantity(size)
    if (!quantity) return badRequest(`addNode: ${name} "${size}": ${QUANTITY_ERROR}`)
    if (quantity.nanos < 0n) return badRequest(`addNode: ${name} "${size}" must be greater than or equal to 0`)
  }
  return undefined
}

export function* addNode(view: ClusterView, command: Of<'addNode'>): Steps {
  const { type: _type, namespace: _namespace, ...settings } = command
  const bad = badSize(command)
  if (bad) return bad
  const draft = nodeDraft(settings, freeNumber(view.list('Node')), view.settings, view.timestamp)
  const refusal = refusalOf(yield { do: 'create', object: draft })
  return refusal ?? (yield* signal(command.name, { type: 'join' }, {}))
}
