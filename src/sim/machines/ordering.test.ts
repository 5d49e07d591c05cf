// Each row is one look at one slot. A slot is a letter, as in `web: R R P . | c:3T`:
//   R running, Ready, available   a running, Ready, not yet available   N running, not Ready   P pending
//   r Ready without running   F failed   f failed and being deleted   T terminating   . no pod   s no pod, and a claim of
//   an earlier one
import { describe, expect, it } from 'vitest'
import type { Question, Sight, Walk } from './ordering.ts'
import { orderingMachine, walk, YES } from './ordering.ts'

const LETTERS: Readonly<Record<string, readonly Question[]>> = {
  R: ['isCreated', 'isRunningAndReady', 'isAvailable'],
  a: ['isCreated', 'isRunningAndReady'],
  N: ['isCreated'],
  r: ['isCreated', 'isAvailable'],
  P: ['isCreated', 'isPending'],
  F: ['isCreated', 'isTerminal'],
  f: ['isCreated', 'isTerminal', 'isTerminating'],
  T: ['isCreated', 'isRunningAndReady', 'isAvailable', 'isTerminating'],
  '.': [],
  s: ['isClaimStale'],
}

const look = (sight: Sight, letter: string, ...more: readonly Question[]): Walk =>
  walk(
    sight,
    [...(LETTERS[letter] ?? []), ...more].reduce((yes, question) => yes | YES[question], 0),
  )

/** `isTerminal? no, isCreated? yes …` as `-isTerminal +isCreated`. */
const told = ({ path }: Walk) => path.map(({ question, yes }) => `${yes ? '+' : '-'}${question}`).join(' ')

describe('a wanted slot', () => {
  it.each([
    // slot, in order, in Parallel
    ['R', 'checkIdentity', 'checkIdentity'],
    ['a', 'waitForAvailable', 'checkIdentity'],
    ['N', 'waitForReady', 'checkIdentity'],
    ['r', 'waitForReady', 'checkIdentity'],
    ['P', 'waitForReady', 'checkIdentity'],
    ['F', 'replaceTerminal', 'replaceTerminal'],
    ['f', 'waitForReplacement', 'waitForReplacement'],
    ['T', 'waitForTermination', 'checkIdentity'],
    ['.', 'createNext', 'createNext'],
    ['s', 'waitForStaleClaim', 'waitForStaleClaim'],
  ])('%s → %s, in Parallel %s', (letter, ordered, parallel) => {
    expect(look('replica', letter, 'isOrdered')).toMatchObject({ phase: 'createInOrder', verdict: ordered })
    expect(look('replica', letter)).toMatchObject({ phase: 'createInOrder', verdict: parallel })
  })

  it('that has ended is created anew at once where that is the way, deleted already or not', () => {
    for (const letter of ['F', 'f'])
      for (const order of [['isOrdered'], []] as const)
        expect(look('replica', letter, 'isRecreatedAtOnce', ...order).verdict).toBe('recreateTerminal')
    expect(look('replica', 'N', 'isRecreatedAtOnce', 'isOrdered').verdict).toBe('waitForReady')
  })

  it('provides the claims of a Pending pod, and of no other', () => {
    const providing = Object.keys(LETTERS).filter((letter) => look('replica', letter, 'isOrdered').providesClaims)
    expect(providing).toEqual(['P'])
    expect(look('replica', 'P').providesClaims).toBe(true)
  })

  it('tells which questions led there', () => {
    expect(told(look('replica', 'N', 'isOrdered'))).toBe(
      '-isTerminal +isCreated -isPending +isOrdered -isTerminating -isRunningAndReady',
    )
    expect(told(look('replica', 's'))).toBe('-isTerminal -isCreated +isClaimStale')
  })
})

describe('the identity of a slot', () => {
  const fine: readonly Question[] = ['identityMatches', 'storageMatches', 'claimsMatch']

  it('passes when labels, volumes and the owners of claims are right', () => {
    expect(look('identity', 'R', ...fine).verdict).toBe('pass')
  })

  it.each(fine)('is repaired unless %s', (question) => {
    expect(look('identity', 'R', ...fine.filter((other) => other !== question)).verdict).toBe('repair')
  })

  it('is a matter of the claims alone where the pod is condemned', () => {
    expect(look('condemnedClaims', 'N')).toMatchObject({ phase: 'scaleDown', verdict: 'repair' })
    expect(look('condemnedClaims', 'N', 'claimsMatch').verdict).toBe('pass')
  })
})

describe('a condemned pod', () => {
  it.each([
    // pod, in order, in order as the first that is unavailable, in Parallel
    ['R', 'deleteHighest', 'deleteHighest', 'deleteHighest'],
    ['a', 'waitForFirstUnavailable', 'deleteHighest', 'deleteHighest'],
    ['N', 'waitForFirstUnavailable', 'deleteHighest', 'deleteHighest'],
    ['r', 'waitForFirstUnavailable', 'deleteHighest', 'deleteHighest'],
    ['P', 'waitForFirstUnavailable', 'deleteHighest', 'deleteHighest'],
    ['F', 'waitForFirstUnavailable', 'deleteHighest', 'deleteHighest'],
    ['T', 'waitForCondemned', 'waitForCondemned', 'pass'],
  ])('%s → %s, first unavailable %s, in Parallel %s', (letter, ordered, first, parallel) => {
    expect(look('condemned', letter, 'isOrdered')).toMatchObject({ phase: 'scaleDown', verdict: ordered })
    expect(look('condemned', letter, 'isOrdered', 'isFirstUnavailable').verdict).toBe(first)
    expect(look('condemned', letter).verdict).toBe(parallel)
  })
})

describe('a target of the update', () => {
  it.each([
    // pod, updated; then old: gate off, budget left, budget spent
    ['R', 'pass', 'replaceForUpdate', 'replaceForUpdate', 'waitForBudget'],
    ['a', 'waitForUpdated', 'replaceForUpdate', 'replaceForUpdate', 'waitForBudget'],
    ['N', 'waitForUpdated', 'replaceForUpdate', 'replaceForUpdate', 'waitForBudget'],
    ['T', 'waitForUpdated', 'waitForUpdated', 'pass', 'pass'],
    ['.', 'waitForUpdated', 'replaceForUpdate', 'replaceForUpdate', 'waitForBudget'],
  ])('%s updated → %s; old → %s, with a budget %s, spent %s', (letter, updated, old, left, spent) => {
    expect(look('target', letter)).toMatchObject({ phase: 'update', verdict: updated })
    expect(look('target', letter, 'isOld').verdict).toBe(old)
    expect(look('target', letter, 'isOld', 'isBudgeted').verdict).toBe(left)
    expect(look('target', letter, 'isOld', 'isBudgeted', 'isBudgetSpent').verdict).toBe(spent)
  })

  it('is replaced beyond the budget where it may, unless it is updated or on its way out', () => {
    const spent = ['isBudgeted', 'isBudgetSpent', 'isBeyondBudget'] as const
    expect(look('target', 'N', 'isOld', ...spent).verdict).toBe('replaceForUpdate')
    expect(look('target', 'T', 'isOld', ...spent).verdict).toBe('pass')
    expect(look('target', 'N', ...spent).verdict).toBe('pass')
    expect(look('target', 'N', 'isOld', 'isBelowPartition', ...spent).verdict).toBe('heldByPartition')
  })

  it('waits for no updated pod where a budget counts them', () => {
    for (const letter of ['R', 'a', 'N', 'T', '.']) expect(look('target', letter, 'isBudgeted').verdict).toBe('pass')
  })

  it('is held below the partition, and left to its user under OnDelete, but only while it is old', () => {
    for (const letter of ['R', 'N', 'T']) {
      expect(look('target', letter, 'isBelowPartition', 'isOld').verdict).toBe('heldByPartition')
      expect(look('target', letter, 'isBelowPartition').verdict).toBe('pass')
      expect(look('target', letter, 'isOnDelete', 'isOld').verdict).toBe('waitForManualDelete')
      expect(look('target', letter, 'isOnDelete').verdict).toBe('pass')
    }
  })
})

describe('the set as a whole', () => {
  it('is left alone while it is being deleted, and settled when no slot has anything to say', () => {
    expect(look('set', '', 'isBeingDeleted')).toMatchObject({ phase: 'deleting', verdict: 'leaveAlone' })
    expect(look('set', '').verdict).toBe('pass')
    expect(look('end', '')).toEqual({ phase: 'settled', verdict: 'settled', providesClaims: false, path: [] })
  })
})

describe('the chart', () => {
  /** Every state under a phase, with whether it asks. */
  const states = Object.values(orderingMachine.states).flatMap((phase) =>
    Object.values(phase.states).map((state) => ({ name: `${phase.key}.${state.key}`, asks: state.always?.length })),
  )

  it('comes to rest on every set of answers, at a state that asks nothing', () => {
    const sights: readonly Sight[] = ['set', 'replica', 'identity', 'condemnedClaims', 'condemned', 'target', 'end']
    const resting = new Set(states.filter(({ asks }) => !asks).map(({ name }) => name))
    const reached = new Set<string>()
    for (const sight of sights)
      for (let seed = 0; seed < 500; seed++) {
        // A multiplicative sequence spreads over the bits of all 20 questions.
        const yes = Math.imul(seed, 0x9e3779b1) >>> 12
        const { phase, verdict } = walk(sight, yes)
        reached.add(`${phase}.${verdict}`)
      }
    reached.delete('settled.settled')
    expect([...reached].filter((name) => !resting.has(name))).toEqual([])
    expect([...resting].filter((name) => !reached.has(name))).toEqual([])
  })

  it('gives the very same walk for the same answers', () => {
    expect(look('replica', 'N', 'isOrdered')).toBe(look('replica', 'N', 'isOrdered'))
    expect(look('replica', 'N', 'isOrdered').path).toBe(look('replica', 'N', 'isOrdered').path)
  })
})
