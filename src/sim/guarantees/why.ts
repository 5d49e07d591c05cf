/**
 * Why something waits: the reasons that deciders left are followed from the subject through each obstacle to the root
 * cause. Nothing is worked out again here; a decider that says nothing leaves an empty chain.
 */
import type { ObjectKey } from '../api/kinds.ts'
import type { Reason } from '../api/reasons.ts'
import type { World } from '../kernel/types.ts'
import { CONTROLLER } from './sync.ts'
import type { ReasonLine, Why, WhyLink } from './types.ts'
import { unblocksOf } from './unblock.ts'

interface Said {
  readonly reason: Reason
  readonly rank: number
}

/** Which of several reasons is told first: what happens to the thing itself, what the set wants of it, its name. */
function rankOf(decider: string, { reason }: Reason): number {
  if (reason === 'notPublished') return 2
  // What is said of a lost node's pod by those who know of the loss tells more.
  if (reason === 'nodeHasNotHeard') return 1
  return decider === CONTROLLER ? 1 : 0
}

const indexes = new WeakMap<World['waiting'], ReadonlyMap<ObjectKey, readonly Reason[]>>()

/** Everything that is said about each subject, the most telling first; remembered per table of reasons. */
function reasonsBySubject({ waiting }: World): ReadonlyMap<ObjectKey, readonly Reason[]> {
  const known = indexes.get(waiting)
  if (known) return known
  const said = new Map<ObjectKey, Said[]>()
  for (const chunk of waiting)
    for (const [slot, reasons] of chunk) {
      const decider = slot.slice(0, slot.indexOf('|'))
      for (const reason of reasons) {
        const entry = { reason, rank: rankOf(decider, reason) }
        const list = said.get(reason.subject)
        if (list) list.push(entry)
        else said.set(reason.subject, [entry])
      }
    }
  const index = new Map<ObjectKey, readonly Reason[]>()
  for (const [subject, list] of said)
    index.set(
      subject,
      list.sort((a, b) => a.rank - b.rank).map(({ reason }) => reason),
    )
  indexes.set(waiting, index)
  return index
}

/** All that deciders say about a subject, the most telling first. */
export const reasonsAbout = (world: World, subject: ObjectKey): readonly Reason[] =>
  reasonsBySubject(world).get(subject) ?? []

/** The chain that starts with this reason. No reason comes twice, so it ends. */
function chainFrom(world: World, first: Reason): WhyLink[] {
  const chain: Reason[] = []
  const seen = new Set<Reason>()
  let current: Reason | undefined = first
  while (current) {
    chain.push(current)
    seen.add(current)
    const obstacle: ObjectKey | undefined = current.on
    current = obstacle && reasonsAbout(world, obstacle).find((reason) => !seen.has(reason) && !returns(chain, reason))
  }
  return chain.map((reason, index) => ({ reason, root: index === chain.length - 1 }))
}

/** The reason points back at something that the chain has already told about. */
const returns = (chain: readonly Reason[], { on }: Reason): boolean =>
  on !== undefined && chain.some(({ subject }) => subject === on)

/** Why the subject waits, from its own reason to the root, and what would unblock it. */
export function why(world: World, subject: ObjectKey): Why {
  const first = reasonsAbout(world, subject)[0]
  if (!first) return { subject, chain: [], unblock: [] }
  const chain = chainFrom(world, first)
  return { subject, chain, unblock: unblocksOf(world, chain) }
}

/** Every wait of the cluster, one line for each thing that a decider said. */
export function allReasons(world: World): readonly ReasonLine[] {
  return world.waiting.flat().flatMap(([, reasons]) =>
    reasons.map((first) => {
      const chain = chainFrom(world, first)
      const [unblock] = unblocksOf(world, chain)
      return {
        subject: first.subject,
        reason: first.reason,
        because: chain.slice(1).map(({ reason }) => `${reason.reason} ${reason.subject}`),
        unblock: unblock ? `${unblock.code} ${unblock.subject}` : '',
      }
    }),
  )
}
