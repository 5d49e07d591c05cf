// Lines that are no record, or that say something which could not be replayed and compared: refused, with the reason.
import { describe, expect, it } from 'vitest'
import { linesOf, ownRecording } from '../../../scripts/recordings.mjs'
import { Conformance } from './conformance.ts'
import { readRecord } from './readRecord.ts'

// biome-ignore lint/suspicious/noExplicitAny: recordings are changed here in every place, whatever their type
type Loose = any

const first = (name: string): string => linesOf(ownRecording(name))[0]?.line ?? ''

describe('a record is known by its shape', () => {
  it.each([
    ['reconcile', 'reconcile'],
    ['histories', 'history'],
    ['named', 'story'],
    ['defaults', 'defaults'],
  ])('%s', (name, kind) => {
    expect(readRecord(first(name))).toMatchObject({ kind })
  })
})

describe('a line is refused', () => {
  const sync = first('reconcile')
  const changed = (name: string, change: (record: Loose) => unknown): string => {
    const record = JSON.parse(first(name))
    change(record)
    return JSON.stringify(record)
  }
  const fault = (fields: object) => [
    { verb: 'create', kind: 'Pod', name: 'web-0', reason: 'Conflict', times: 1, ...fields },
  ]

  it.each([
    ['JSON', '{"id":'],
    ['the line is no object', '[]'],
    ['no kind of record', '{"id":"x","kubernetes":"v1.36.2","gates":{}}'],
    ['id is no text', changed('reconcile', (record) => delete record.id)],
    ['Kubernetes v2.0.0 is not simulated', changed('reconcile', (record) => (record.kubernetes = 'v2.0.0'))],
    ['unrecognized feature gate: NoSuchGate', changed('reconcile', (record) => (record.gates.NoSuchGate = true))],
    ['now is no time', changed('reconcile', (record) => (record.now = 'noon'))],
    ['given.pods is no list', changed('reconcile', ({ given }) => (given.pods = {}))],
    ['given.pods[0].metadata is no object', changed('reconcile', ({ given }) => delete given.pods[0].metadata)],
    ['given.nodes is not known', changed('reconcile', ({ given }) => (given.nodes = []))],
    [
      'given.apiDiffers.lessPods is not known',
      changed('reconcile', ({ given }) => (given.apiDiffers = { lessPods: [] })),
    ],
    ['faults[].verb is list', changed('reconcile', ({ given }) => (given.faults = fault({ verb: 'list' })))],
    ['faults[].reason is Gone', changed('reconcile', ({ given }) => (given.faults = fault({ reason: 'Gone' })))],
    ['then is no object', changed('reconcile', (record) => delete record.then)],
    ['then.metrics is not known', changed('reconcile', ({ then }) => (then.metrics = {}))],
    ['thenWriteThrough is no object', changed('reconcile', (record) => (record.thenWriteThrough = null))],
    ['steps[0].do.type quake is not known', changed('named', ({ steps }) => (steps[0].do.type = 'quake'))],
    [
      'steps[0].do.type quake is not known',
      changed('named', ({ steps }) => (steps[0].do = { type: 'batch', events: [{ type: 'quake' }] })),
    ],
    ['steps[0].then.nodes is not known', changed('named', ({ steps }) => (steps[0].then.nodes = []))],
    ['caches is no text', changed('named', (record) => delete record.caches)],
    ['asV1 is no object', changed('defaults', (record) => delete record.asV1)],
  ])('%s', (why, line) => {
    const conformance = new Conformance()
    conformance.take(sync, 'file:1')
    conformance.take(line, 'file:2')
    expect(conformance.disagreements()).toEqual([expect.stringContaining(why)])
    expect(conformance.disagreements()[0]).toMatch(/^file:2: /)
    expect(conformance.result()).toBe('conformance: 1 of 2')
    expect(conformance.allAgree).toBe(false)
  })
})
