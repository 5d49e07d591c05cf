// What the replay compares: whatever is changed in a recording must be told, by its cause. And the two short recordings:
// stories written by hand, and what the real API makes of manifests.
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linesOf, ownRecording, ownRecordings } from '../../../scripts/recordings.mjs'
import { Conformance } from './conformance.ts'

// biome-ignore lint/suspicious/noExplicitAny: recordings are changed here in every place, whatever their type
type Loose = any

const linesFrom = (name: string): readonly string[] => linesOf(ownRecording(name)).map(({ line }) => line)

function judged(...lines: readonly string[]): Conformance {
  const conformance = new Conformance()
  for (const [index, line] of lines.entries()) conformance.take(line, `given:${index + 1}`)
  return conformance
}

/** The causes that are told for one record. */
function causesOf(record: Loose): readonly string[] {
  const told = judged(JSON.stringify(record)).disagreements()
  return told.filter((line) => line.endsWith(': 1 record')).map((line) => line.slice(0, -': 1 record'.length))
}

const syncs = linesFrom('reconcile').slice(0, 800)
const stories = linesFrom('named')

/** A fresh copy of the first recorded sync that has what is asked for. */
function syncWith(has: (record: Loose) => unknown): Loose {
  for (const line of syncs) {
    const record = JSON.parse(line)
    if (has(record)) return record
  }
  throw new Error('no recorded sync has it')
}

const story = (id: string): Loose =>
  stories.map((line) => JSON.parse(line)).find((record) => record.id === `story-${id}`)

describe('the recordings of the repository', () => {
  it('are all replayed by a test', () => {
    const names = ownRecordings().map((file) => basename(file, '.jsonl.gz'))
    expect(names).toEqual(['defaults', 'histories', 'named', 'reconcile'])
  })

  it.each(stories.map((line) => [JSON.parse(line).id, line]))('%s', (_id, line) => {
    expect(judged(line).disagreements()).toEqual([])
  })

  it('say of every manifest what becomes of it', () => {
    const conformance = judged(...linesFrom('defaults'))
    expect(conformance.disagreements()).toEqual([])
    expect(conformance.byKind()).toBe('defaults 94 of 94')
  })
})

const createdPod = ({ then }: Loose) =>
  then.writes.find((write: Loose) => write.verb === 'create' && write.kind === 'Pod')
const hasBatches = ({ then }: Loose) => then.writes.length > 2 && then.writes.at(-1).b > 0 && then.events.length > 0

describe('a sync recorded otherwise', () => {
  it.each<[string, (record: Loose) => unknown, (record: Loose) => unknown]>([
    ['create Pod.labels.app', createdPod, (record) => (createdPod(record).labels.app = 'other')],
    ['create Pod.image', createdPod, (record) => (createdPod(record).image = 'other')],
    ['create Pod.ownerReferences[].uid', createdPod, (record) => (createdPod(record).ownerReferences[0].uid = 'other')],
    ['create Pod.result', createdPod, (record) => (createdPod(record).result = 'Forbidden')],
    [
      'create Pod: not recorded',
      createdPod,
      ({ then }) => then.writes.splice(then.writes.indexOf(createdPod({ then })), 1),
    ],
    [
      'delete Pod: missing',
      createdPod,
      ({ then }) => then.writes.push({ b: 99, verb: 'delete', kind: 'Pod', name: 'web-9' }),
    ],
    [
      'order of writes and events',
      hasBatches,
      ({ then }) => [...then.writes, ...then.events].map((deed) => (deed.b *= -1)),
    ],
    [
      'event SuccessfulCreate.message',
      createdPod,
      ({ then }) => then.events.map((event: Loose) => (event.message += '!')),
    ],
    ['status.currentReplicas', ({ then }) => then.status, ({ then }) => (then.status.currentReplicas += 1)],
    ['status.collisionCount', ({ then }) => then.status, ({ then }) => (then.status.collisionCount = 7)],
    ['status', ({ given }) => given.apiDiffers?.statefulSetGone, ({ then }) => (then.status = { replicas: 0 })],
    ['statusWritten', ({ then }) => then.statusWritten, ({ then }) => (then.statusWritten = false)],
    [
      'statusAttempts[].result',
      ({ then }) => then.statusAttempts,
      ({ then }) => (then.statusAttempts[0].result = 'Forbidden'),
    ],
    ['revisions[].revision', ({ then }) => then.revisions[0], ({ then }) => (then.revisions[0].revision += 1)],
    ['error', ({ then }) => then.error, ({ then }) => (then.error = null)],
    ['requeueAfter', ({ then }) => then.requeueAfter, ({ then }) => (then.requeueAfter += 1)],
    ['waits[].pod', ({ then }) => then.waits, ({ then }) => (then.waits[0].pod = 'other')],
    ['waits', ({ then }) => !then.waits, ({ then }) => (then.waits = [{ pod: 'web-0', reason: 'podNotReady' }])],
  ])('is told: %s', (cause, has, change) => {
    const record = syncWith(has)
    expect(causesOf(record)).toEqual([])
    change(record)
    expect(causesOf(record)[0]).toBe(cause)
  })

  it('is told where only caches that follow each write come out so', () => {
    const record = syncWith(({ thenWriteThrough }) => thenWriteThrough)
    delete record.thenWriteThrough
    expect(judged(JSON.stringify(record)).disagreements().join('\n')).toContain('caches follow each write')
  })

  it('is agreed with where only the order inside a batch is another', () => {
    const record = syncWith(({ then: { writes } }) => writes[1]?.b === writes[0]?.b)
    record.then.writes.reverse()
    record.then.writes.sort((a: Loose, b: Loose) => a.b - b.b)
    expect(causesOf(record)).toEqual([])
  })
})

describe('what a sync is given, said otherwise, decides the same', () => {
  const saying = (change: (given: Loose) => unknown, only = (_given: Loose): boolean => true): Conformance => {
    const records = syncs.map((line) => JSON.parse(line)).filter(({ given }) => only(given))
    for (const { given } of records) change(given)
    return judged(...records.map((record) => JSON.stringify(record)))
  }

  it('a set of before the retention policy, as one that retains', () => {
    const policyOf = ({ statefulSet }: Loose) => statefulSet.spec.persistentVolumeClaimRetentionPolicy
    const conformance = saying(
      ({ statefulSet, apiDiffers }) => {
        for (const set of [statefulSet, apiDiffers?.statefulSet]) delete set?.spec.persistentVolumeClaimRetentionPolicy
      },
      (given) => policyOf(given).whenDeleted === 'Retain' && policyOf(given).whenScaled === 'Retain',
    )
    expect(conformance.disagreements()).toEqual([])
    expect(conformance.total).toBeGreaterThan(200)
  })

  it('objects in another order', () => {
    const backwards = ({ pods, claims, revisions }: Loose) => [pods, claims, revisions].map((list) => list.reverse())
    expect(saying(backwards).disagreements()).toEqual([])
  })

  it('numbers of the status that are 0, as absent ones', () => {
    const numbers = ['replicas', 'readyReplicas', 'availableReplicas', 'currentReplicas', 'updatedReplicas']
    const withZeros = ({ statefulSet }: Loose) => {
      for (const name of numbers) statefulSet.status[name] ??= 0
    }
    expect(saying(withZeros).disagreements()).toEqual([])
  })
})

describe('a story recorded otherwise', () => {
  it.each<[string, (then: Loose) => unknown]>([
    ['generation', (then) => (then.generation += 1)],
    ['pods[].phase', (then) => (then.pods[0].phase = 'Failed')],
    ['pods[].ready', (then) => (then.pods[0].ready = true)],
    ['claims', (then) => (then.claims = [{ name: 'data-web-0' }])],
    ['revisions[].name', (then) => (then.revisions[0].name = 'web-0')],
    ['status.replicas', (then) => (then.status.replicas = 9)],
    ['number of syncs', (then) => then.syncs.pop()],
    ['quiet', (then) => (then.quiet = false)],
    ['status', (then) => delete then.syncs[0].status],
    ['waits', (then) => delete then.syncs.at(-1).waits],
  ])('is told: %s', (cause, change) => {
    const record = story('rolling-update-3')
    change(record.steps[0].then)
    expect(causesOf(record)[0]).toBe(cause)
  })

  it('is told when the set was sent in an early version and filled in otherwise', () => {
    const record = story('v1beta1-defaults')
    record.manifest.spec.updateStrategy.type = 'RollingUpdate'
    expect(causesOf(record)).toEqual(['manifest.spec.updateStrategy.type'])
  })

  it('that was cut off while syncs still wrote is cut off there', () => {
    const record = story('ordered-creation-3')
    const { then } = record.steps[0]
    Object.assign(then, { quiet: false, syncs: then.syncs.slice(0, 1), status: then.syncs[0].status })
    record.steps.length = 1
    expect(causesOf(record)).toEqual([])
  })
})

describe('a manifest recorded otherwise', () => {
  const [first = ''] = linesFrom('defaults')

  it.each<[string, (record: Loose) => unknown]>([
    ['defaulted.spec.replicas', ({ defaulted }) => (defaulted.spec.replicas = 9)],
    ['asV1.spec.podManagementPolicy', ({ asV1 }) => delete asV1.spec.podManagementPolicy],
    ['invalid', (record) => (record.invalid = 'spec: Required value')],
  ])('is told: %s', (cause, change) => {
    const record = JSON.parse(first)
    change(record)
    expect(causesOf(record)).toEqual([cause])
  })
})

describe('the report', () => {
  it('tells each cause once, the commonest first, with one record worked out', () => {
    const [a, b, c] = syncs.filter((line) => JSON.parse(line).then.status).map((line) => JSON.parse(line))
    a.then.statusWritten = !a.then.statusWritten
    a.then.requeueAfter = 1234
    for (const record of [b, c]) record.then.status.replicas += 1
    const report = judged(...[a, b, c].map((record) => JSON.stringify(record))).disagreements()
    expect(report).toEqual([
      '',
      'status.replicas: 2 records',
      `  ${b.id}, caches show the beginning (given:2)`,
      `  - status.replicas: ${b.then.status.replicas}`,
      `  + status.replicas: ${b.then.status.replicas - 1}`,
      `  also ${c.id}`,
      '',
      'statusWritten: 1 record',
      `  ${a.id}, caches show the beginning (given:1)`,
      `  - statusWritten: ${a.then.statusWritten}`,
      `  + statusWritten: ${!a.then.statusWritten}`,
      '  with it requeueAfter',
    ])
  })

  it('counts a file that cannot be read as not agreeing, and does not call nothing agreement', () => {
    const conformance = new Conformance()
    expect(conformance.allAgree).toBe(false)
    conformance.refuse('gone.jsonl', 'no such file')
    expect(conformance.disagreements()).toEqual(['gone.jsonl: no such file'])
    expect(conformance.result()).toBe('conformance: 0 of 1')
  })
})
