// Rosters and findings are remembered from sync to sync. Whatever happens to the pods, what is remembered must never show:
// random lists are looked at with everything that is remembered, and again with nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyObject, Pod, StatefulSet } from '../api/types.ts'
import { drawn } from '../conformance/fixtures/drawnCluster.ts'
import type { RecordedApi } from '../conformance/recordedApi.ts'
import { runSync } from '../conformance/replay.ts'
import { byCodeUnit } from '../kernel/sorted.ts'
import type { Members } from './roster.ts'
import { Roster, rosterOf } from './roster.ts'
import { BLOCK, Slots } from './slots.ts'

const named = (pods: readonly ({ readonly name: string } | undefined)[]) => pods.map((pod) => pod?.name)

const told = ({ slots, condemned, pods }: Members, roster: Roster) => ({
  slots: named(slots.blocks.flat()),
  condemned: named(condemned),
  pods: named(pods.call(roster)),
  strays: named(roster.strays),
})

const NAMES = ['web-0', 'web-1', 'web-2', 'web-3', 'web-5', 'web-70', 'web-71', 'web-03', 'other-1']
const edit = fc.record({
  name: fc.constantFrom(...NAMES),
  as: fc.constantFrom(...new Array(9).fill('own'), 'gone', 'gone', 'foreign', 'orphan', 'unlabelled'),
})
const turn = fc.record({ edits: fc.array(edit, { maxLength: 4 }), size: fc.constantFrom(4, 4, 4, 72) })

const pod = (name: string, as: string): Pod =>
  ({
    metadata: {
      name,
      labels: as === 'unlabelled' ? {} : { app: 'web' },
      ownerReferences: as === 'orphan' ? [] : [{ uid: as === 'foreign' ? 'x' : 'set', controller: true }],
    },
    spec: {},
    status: { phase: 'Running' },
  }) as unknown as Pod

describe('a roster', () => {
  it('that is changed from list to list equals one made anew', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 30 }), (turns) => {
        const selector = { matchLabels: { app: 'web' } }
        const pods = new Map<string, Pod>()
        for (const { edits, size } of turns) {
          for (const { name, as } of edits) {
            if (as === 'gone') pods.delete(name)
            else pods.set(name, pod(name, as))
          }
          const list = [...pods.values()].sort((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))
          const set = {
            metadata: { name: 'web', uid: 'set' },
            spec: { replicas: size, selector },
          } as unknown as StatefulSet
          const remembered = rosterOf(set, list)
          const fresh = Roster.of(set, list)
          expect(told(remembered, remembered)).toEqual(told(fresh, fresh))
        }
      }),
      { seed: 11, numRuns: 200 },
    )
  })

  it('finds the other of two pods of one slot when one goes', () => {
    const set = { metadata: { name: 'web', uid: 'set' }, spec: { replicas: 1, selector: {} } } as unknown as StatefulSet
    const [padded, plain] = [pod('web-00', 'own'), pod('web-0', 'own')]
    expect(rosterOf(set, [plain, padded]).slots.at(0)?.name).toBe('web-00')
    expect(rosterOf(set, [plain]).slots.at(0)?.name).toBe('web-0')
  })

  it('shares the blocks in which nothing changed', () => {
    const api = drawn(`web: ${'R '.repeat(200)}`)
    const set = api.find('StatefulSet', 'web') as StatefulSet
    const before = rosterOf(set, api.all('Pod'))
    const changed = api.all('Pod').map((other) => (other.metadata.name === 'web-70' ? { ...other } : other))
    const after = rosterOf(set, changed)
    expect(after.slots.blocks.map((block, index) => block === before.slots.blocks[index])).toEqual([
      true,
      false,
      true,
      true,
    ])
  })
})

describe('slots', () => {
  it('are found by index, changed without touching what was given out, and searched from below', () => {
    const empty = Slots.empty(2 * BLOCK + 3)
    const { slots } = Roster.of(
      { metadata: { name: 'web', uid: 'set' }, spec: { replicas: empty.size, selector: {} } } as StatefulSet,
      [pod('web-70', 'own')],
    )
    expect(slots.at(70)?.name).toBe('web-70')
    expect(slots.at(empty.size)).toBeUndefined()
    expect(empty.at(70)).toBeUndefined()
    expect(empty.blocks.map((block) => block.length)).toEqual([BLOCK, BLOCK, 3])
    expect(slots.firstFailing((slot) => slot === undefined)).toBe(70)
    expect(slots.firstFailing(() => true)).toBe(empty.size)
  })
})

describe('a sync that remembers', () => {
  const letters = fc.constantFrom('R', 'R', "R'", 'N', "N'", 'P', 'F', 'T', '.', 'a')
  const policies = [
    {},
    { podManagementPolicy: 'Parallel' },
    { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 66 } } },
    { updateStrategy: { type: 'RollingUpdate' }, podManagementPolicy: 'Parallel' },
    { updateStrategy: { type: 'OnDelete' } },
    { minReadySeconds: 10 },
  ] as const

  const outcome = (api: RecordedApi) => {
    const { writes, error, status } = runSync(api, 'web')
    const { syncs: _count, ...notes } = api.notes ?? { syncs: 0 }
    return JSON.stringify({ writes, error, status, notes })
  }

  it('decides what one decides that knows nothing', { timeout: 30_000 }, () => {
    const edits = fc.array(fc.tuple(fc.nat(139), letters), { maxLength: 3 })
    const turns = fc.array(fc.tuple(edits, fc.constantFrom(...policies)), { maxLength: 8 })
    fc.assert(
      fc.property(turns, (happened) => {
        const row = new Array<string>(140).fill('R')
        let warm = drawn('web:')
        for (const [changes, spec] of happened) {
          for (const [index, letter] of changes) row[index] = letter
          const cold = drawn(`web: ${row.join(' ')}`, { spec })
          warm = sharing(warm, cold)
          cold.catchUp()
          cold.notes = structuredClone(warm.notes)
          expect(outcome(warm)).toBe(outcome(cold))
        }
      }),
      { seed: 5, numRuns: 15 },
    )
  })

  it.each([
    ['in order', 'OrderedReady', "web: R' a", 'waitForAvailable', 'replaceForUpdate'],
    ['in Parallel', 'Parallel', "web: R' a", 'waitForUpdated', 'replaceForUpdate'],
  ] as const)('forgets what was true later only, %s', (_text, podManagementPolicy, line, now, later) => {
    const api = drawn(line, { spec: { podManagementPolicy, minReadySeconds: 10 } })
    api.catchUp()
    const verdictAt = (afterMs: number) => {
      api.now += afterMs
      runSync(api, 'web')
      return api.notes?.verdict
    }
    expect(verdictAt(60_000)).toBe(later)
    expect(verdictAt(-60_000)).toBe(now)
  })

  const text = (value: unknown) =>
    JSON.stringify(value, (key, field) => (key === 'resourceVersion' ? undefined : field))

  /** The same cluster, with the very objects of the one before wherever they say the same. */
  function sharing(before: RecordedApi, now: RecordedApi): RecordedApi {
    const shared = drawn('web:')
    shared.notes = before.notes
    for (const [key, object] of now.objects) {
      const known = before.objects.get(key)
      const spec = known && 'spec' in object && 'spec' in known && text(known.spec) === text(object.spec) && known.spec
      const same = known && text(known) === text(object)
      shared.objects.set(key, same ? known : ({ ...structuredClone(object), ...(spec && { spec }) } as AnyObject))
    }
    shared.catchUp()
    return shared
  }
})
