// The answering side: what the recordings that the repository holds seldom or never ask of it.
import { describe, expect, it } from 'vitest'
import { drawn, synced } from './fixtures/drawnCluster.ts'
import type { RecordedApi } from './recordedApi.ts'
import { happen } from './recordedEvents.ts'
import type { Fault, StoryEvent } from './recordTypes.ts'
import { runSync } from './replay.ts'

const failing = (line: string, ...faults: readonly Partial<Fault>[]): RecordedApi => {
  const api = drawn(line)
  api.fail(
    faults.map((fault) => ({ verb: 'create', kind: 'Pod', name: 'web-0', reason: 'Conflict', times: 1, ...fault })),
  )
  api.catchUp()
  return api
}

describe('a call that is told to fail', () => {
  it.each([
    ['AlreadyExists', 'pods "web-0" already exists'],
    [
      'Conflict',
      'Operation cannot be fulfilled on pods "web-0": the object has been modified; please apply your changes to the latest version and try again',
    ],
    ['Forbidden', 'pods "web-0" is forbidden: why'],
    ['InternalError', 'Internal error occurred: why'],
    ['Invalid', 'Pod "web-0" is invalid: why'],
    ['NotFound', 'pods "web-0" not found'],
  ] as const)('says %s', (reason, message) => {
    const { writes, error } = runSync(failing('web: .', { reason, message: 'why' }), 'web')
    expect(writes).toMatchObject([{ verb: 'create', kind: 'Pod', name: 'web-0', result: reason }])
    expect(error).toBe(message)
  })

  it('names the group of an object that is refused as a whole', () => {
    const fault = { verb: 'updateStatus', kind: 'StatefulSet', name: 'web', reason: 'Invalid', message: 'why' } as const
    const { error, statusAttempts, statusWritten } = runSync(failing('web: R', fault), 'web')
    expect(error).toBe('StatefulSet.apps "web" is invalid: why')
    expect(statusAttempts).toMatchObject([{ result: 'Invalid' }])
    expect(statusWritten).toBe(false)
  })

  it('fails as often as it is told to', () => {
    const fault = { verb: 'updateStatus', kind: 'StatefulSet', name: 'web', reason: 'Conflict' } as const
    const attempts = (times: number) => runSync(failing('web: R', { ...fault, times }), 'web').statusAttempts?.length
    expect([1, 3, 5, 9].map(attempts)).toEqual([1, 3, 5, 5])
  })
})

it('numbers writes and events in one order', () => {
  const { writes = [], events = [] } = synced("web: R' R' .", { spec: { podManagementPolicy: 'Parallel' } }).sync
  const places = [...writes, ...events].map(({ b }) => b)
  expect(places.sort()).toEqual(places.map((_, index) => index))
  expect(writes[0]?.b).toBe(0)
  expect(events[0]?.b).toBe(1)
})

it('shows its own writes at once to caches that follow them, and not before the next sync to others', () => {
  const given = drawn('web: .')
  given.catchUp()
  const shown = (['snapshot', 'writeThrough'] as const).map((caches) => {
    const api = given.under(caches)
    runSync(api, 'web')
    const before = api.view().get('Pod', 'default', 'web-0') !== undefined
    api.catchUp()
    return [before, api.view().get('Pod', 'default', 'web-0') !== undefined]
  })
  expect(shown).toEqual([
    [false, true],
    [true, true],
  ])
  expect(given.find('Pod', 'web-0')).toBeUndefined()
})

describe('an event', () => {
  const set = (api: RecordedApi) => api.find('StatefulSet', 'web')
  const having = (...events: readonly StoryEvent[]): RecordedApi => {
    const api = drawn('web: R')
    const manifest = set(api)
    for (const event of events) if (manifest) happen(api, event, manifest)
    return api
  }

  it.each<[string, StoryEvent]>([
    ['creates nothing where the name is taken', { type: 'createPod', pod: 'web-0', labels: {} }],
    ['creates no second set', { type: 'recreateSet' }],
    ['is refused where the API would refuse it', { type: 'scale', replicas: -1 }],
    ['passes over a pod that is not there', { type: 'podReady', pod: 'web-7' }],
    ['passes over a claim that is not there', { type: 'deleteClaim', claim: 'www-web-7' }],
    ['passes over a revision that is not there', { type: 'rollbackTo', revision: 'web-7' }],
  ])('%s', (_what, event) => {
    expect([...having(event).objects]).toEqual([...having().objects])
  })

  it('that takes the last variable leaves none', () => {
    const container = (...events: readonly StoryEvent[]) => set(having(...events))?.spec.template.spec.containers[0]
    const given = { type: 'patchTemplate', env: { VERSION: '2' } } as const
    expect(container(given)?.env).toEqual([{ name: 'VERSION', value: '2' }])
    expect(container(given, { type: 'patchTemplate', env: {} })?.env).toBeUndefined()
  })

  it('in a batch comes before any sync, one after the other', () => {
    const events = [{ type: 'scale', replicas: 3 } as const, { type: 'podGone', pod: 'web-0' } as const]
    const api = having({ type: 'batch', events })
    expect(set(api)?.spec.replicas).toBe(3)
    expect(api.all('Pod')).toEqual([])
  })

  it('deletes a set in the foreground once', () => {
    const deleting = { type: 'deleteSet', propagation: 'Foreground' } as const
    expect(set(having(deleting))?.metadata).toMatchObject({ generation: 2, deletionTimestamp: '2026-01-01T12:00:00Z' })
    expect(set(having(deleting, deleting))?.metadata.generation).toBe(2)
  })
})
