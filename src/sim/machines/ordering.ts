/**
 * One look of the StatefulSet controller at one slot, as a chart: from rest, question by question, to the resting state
 * that is both the verdict and the reason. Three phases follow each other in a sync: create in order, scale down, update.
 * Leaves out how the answers are found and what is done about a verdict; `controllers/statefulSet*` do both.
 * Models: pkg/controller/statefulset/stateful_set_control.go (processReplica, processCondemned, rolling update), v1.36.
 */
import { getMicrosteps, setup } from 'xstate'
import { chartOf } from './chart.ts'

/** What the chart may ask about a slot, most of it under the names of `api/predicates.ts`. */
const QUESTIONS = [
  'isBeingDeleted', // the set
  'isOrdered', // podManagementPolicy is not Parallel
  'isTerminal',
  'isCreated',
  'isClaimStale', // a claim of this ordinal still belongs to an earlier pod
  'isPending',
  'isTerminating',
  'isRunningAndReady',
  'isAvailable',
  'identityMatches',
  'storageMatches',
  'claimsMatch', // the claims' owners are what the retention policy asks for
  'isFirstUnavailable', // lowest unavailable wanted pod or, if none, lowest unavailable condemned one
  'isOnDelete',
  'isBelowPartition',
  'isOld', // not at the update revision
  'isBudgeted', // the gate MaxUnavailableStatefulSet is on
  'isBudgetSpent',
  'isRecreatedAtOnce', // up to 1.30 a pod that has ended is deleted and created anew in one sync
  'isBeyondBudget', // from 1.37 on, in Parallel: unavailable already, so that its replacement costs nothing
] as const
export type Question = (typeof QUESTIONS)[number]

/** A bit for each question; the answers about a slot are the sum of the bits whose answer is yes. */
export const YES = Object.fromEntries(QUESTIONS.map((question, index) => [question, 1 << index])) as Readonly<
  Record<Question, number>
>

/** What the controller is looking at. */
export type Sight = 'set' | 'replica' | 'identity' | 'condemnedClaims' | 'condemned' | 'target' | 'end'

interface Look {
  readonly type: Sight
  readonly yes: number
}

/** A question as a state: with yes one way, with no the other. */
const ask = <Q extends Question>(guard: Q, yes: string, no: string, onYes: 'provideClaims'[] = []) => ({
  always: [{ guard, target: yes, actions: onYes }, { target: no }],
})
const rests = {}

const guards = Object.fromEntries(
  QUESTIONS.map((question) => [question, ({ event }: { event: Look }) => (event.yes & YES[question]) !== 0]),
) as Record<Question, (args: { event: Look }) => boolean>

export const orderingMachine = setup({
  types: { events: {} as Look },
  guards,
  actions: { provideClaims: () => {} },
}).createMachine({
  id: 'ordering',
  initial: 'rest',
  states: {
    rest: {
      on: {
        set: 'deleting',
        replica: 'createInOrder',
        identity: 'createInOrder.identityMatches',
        condemnedClaims: 'scaleDown.claimsMatch',
        condemned: 'scaleDown',
        target: 'update',
        end: 'settled',
      },
    },
    deleting: {
      initial: 'isBeingDeleted',
      states: { isBeingDeleted: ask('isBeingDeleted', 'leaveAlone', 'pass'), leaveAlone: rests, pass: rests },
    },
    createInOrder: {
      initial: 'isTerminal',
      states: {
        isTerminal: ask('isTerminal', 'isRecreatedAtOnce', 'isCreated'),
        isRecreatedAtOnce: ask('isRecreatedAtOnce', 'recreateTerminal', 'isBeingReplaced'),
        isBeingReplaced: ask('isTerminating', 'waitForReplacement', 'replaceTerminal'),
        isCreated: ask('isCreated', 'isPending', 'isClaimStale'),
        isClaimStale: ask('isClaimStale', 'waitForStaleClaim', 'createNext'),
        isPending: ask('isPending', 'isOrdered', 'isOrdered', ['provideClaims']),
        isOrdered: ask('isOrdered', 'isTerminating', 'checkIdentity'),
        isTerminating: ask('isTerminating', 'waitForTermination', 'isRunningAndReady'),
        isRunningAndReady: ask('isRunningAndReady', 'isAvailable', 'waitForReady'),
        isAvailable: ask('isAvailable', 'checkIdentity', 'waitForAvailable'),
        identityMatches: ask('identityMatches', 'storageMatches', 'repair'),
        storageMatches: ask('storageMatches', 'claimsMatch', 'repair'),
        claimsMatch: ask('claimsMatch', 'pass', 'repair'),
        recreateTerminal: rests,
        replaceTerminal: rests,
        waitForReplacement: rests,
        waitForStaleClaim: rests,
        createNext: rests,
        waitForTermination: rests,
        waitForReady: rests,
        waitForAvailable: rests,
        checkIdentity: rests,
        repair: rests,
        pass: rests,
      },
    },
    scaleDown: {
      initial: 'isTerminating',
      states: {
        claimsMatch: ask('claimsMatch', 'pass', 'repair'),
        isTerminating: ask('isTerminating', 'mustWait', 'isOrdered'),
        mustWait: ask('isOrdered', 'waitForCondemned', 'pass'),
        isOrdered: ask('isOrdered', 'isRunningAndReady', 'deleteHighest'),
        isRunningAndReady: ask('isRunningAndReady', 'isAvailable', 'isFirstUnavailable'),
        isAvailable: ask('isAvailable', 'deleteHighest', 'isFirstUnavailable'),
        isFirstUnavailable: ask('isFirstUnavailable', 'deleteHighest', 'waitForFirstUnavailable'),
        repair: rests,
        waitForCondemned: rests,
        waitForFirstUnavailable: rests,
        deleteHighest: rests,
        pass: rests,
      },
    },
    update: {
      initial: 'isOnDelete',
      states: {
        isOnDelete: ask('isOnDelete', 'isLeftToUser', 'isBelowPartition'),
        isLeftToUser: ask('isOld', 'waitForManualDelete', 'pass'),
        isBelowPartition: ask('isBelowPartition', 'isHeld', 'isOld'),
        isHeld: ask('isOld', 'heldByPartition', 'pass'),
        isOld: ask('isOld', 'isOnItsWay', 'isBudgeted'),
        isOnItsWay: ask('isTerminating', 'isBudgeted', 'isBeyondBudget'),
        isBeyondBudget: ask('isBeyondBudget', 'replaceForUpdate', 'isBudgetSpent'),
        isBudgetSpent: ask('isBudgetSpent', 'waitForBudget', 'replaceForUpdate'),
        isBudgeted: ask('isBudgeted', 'pass', 'isTerminating'),
        isTerminating: ask('isTerminating', 'waitForUpdated', 'isAvailable'),
        isAvailable: ask('isAvailable', 'pass', 'waitForUpdated'),
        waitForManualDelete: rests,
        heldByPartition: rests,
        waitForBudget: rests,
        replaceForUpdate: rests,
        waitForUpdated: rests,
        pass: rests,
      },
    },
    settled: rests,
  },
})

export type Phase = 'deleting' | 'createInOrder' | 'scaleDown' | 'update' | 'settled'

/** The resting states. */
export type Verdict =
  | 'leaveAlone' // the set is being deleted
  | 'recreateTerminal' // it has ended: delete it and create it anew at once
  | 'replaceTerminal' // delete it: it has ended; a later sync creates it anew
  | 'waitForReplacement' // it has ended and is being deleted
  | 'waitForStaleClaim'
  | 'createNext'
  | 'waitForTermination'
  | 'waitForReady'
  | 'waitForAvailable'
  | 'checkIdentity' // healthy, or in no need to be: look at its identity next
  | 'repair' // identity, storage or the claims' owners are not as they should be
  | 'waitForCondemned' // a condemned pod is terminating
  | 'waitForFirstUnavailable' // a condemned pod is unavailable, and another pod was so before it
  | 'deleteHighest'
  | 'waitForManualDelete' // OnDelete
  | 'heldByPartition'
  | 'waitForBudget' // maxUnavailable pods are unavailable already
  | 'replaceForUpdate'
  | 'waitForUpdated' // a pod that has the update revision is not available yet
  | 'pass'
  | 'settled'

/** One question with its answer. */
export interface Asked {
  readonly question: Question
  readonly yes: boolean
}

export interface Walk {
  readonly phase: Phase
  readonly verdict: Verdict
  /** The walk came by a Pending pod: claims that it misses are to be created, whatever the verdict. */
  readonly providesClaims: boolean
  /** The questions in the order in which they were asked. */
  readonly path: readonly Asked[]
}

const chart = chartOf<Record<string, never>, Look>(orderingMachine)
const REST = chart.start().state

type Place = readonly [phase: Phase, state: string]

/** The phase and the state in it; a phase without states of its own is its own state. */
function placeOf(value: unknown): Place {
  const [phase, state] = typeof value === 'string' ? [value, value] : (Object.entries(value as object)[0] as Place)
  return [phase as Phase, state]
}

/** The question that a state asks, or undefined where the walk may rest. */
function questionAt([phase, state]: Place): Question | undefined {
  const { config } = orderingMachine.states[phase]?.states[state] ?? {}
  const always = config?.always as readonly { readonly guard?: Question }[] | undefined
  return always?.[0]?.guard
}

function pathOf(look: Look): readonly Asked[] {
  const rest = orderingMachine.resolveState({ value: 'rest', context: {} })
  return getMicrosteps(orderingMachine, rest, look).flatMap(([{ value }]) => {
    const question = questionAt(placeOf(value))
    return question ? [{ question, yes: (look.yes & YES[question]) !== 0 }] : []
  })
}

function walkChart(look: Look): Walk {
  const { state, effects } = chart.send(REST, look)
  const [phase, verdict] = placeOf(state.value)
  return { phase, verdict: verdict as Verdict, providesClaims: effects.length > 0, path: pathOf(look) }
}

/** Walks are remembered by what they start from: there are few, and a sync over a thousand pods asks for thousands. */
const known: Readonly<Record<Sight, Map<number, Walk>>> = {
  set: new Map(),
  replica: new Map(),
  identity: new Map(),
  condemnedClaims: new Map(),
  condemned: new Map(),
  target: new Map(),
  end: new Map(),
}

/** The walk through the chart at this sight, with these answers. Equal sights and answers give the very same walk. */
export function walk(sight: Sight, yes = 0): Walk {
  const before = known[sight].get(yes)
  if (before) return before
  const taken = walkChart({ type: sight, yes })
  known[sight].set(yes, taken)
  return taken
}
