/** Lamps over worlds with hand-made tallies: which are lit, which are not promised and why. */
import { describe, expect, it } from 'vitest'
import type { AnyObject } from '../api/types.ts'
import { emptyTables } from '../kernel/apiServer.ts'
import { set as setRow } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import { lamps } from './lamps.ts'

const key = 'StatefulSet/default/web' as const
const ROLLING = { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }

interface Given {
  readonly spec?: object
  readonly gate?: boolean
  readonly service?: object
  readonly tallies?: World['tallies']
  readonly memories?: World['memories']
}

function worldOf({ spec, gate = false, service, tallies = {}, memories = [] }: Given = {}): World {
  const set = { kind: 'StatefulSet', spec: { podManagementPolicy: 'OrderedReady', updateStrategy: ROLLING, ...spec } }
  const metadata = { name: 'web', namespace: 'default', uid: 'u' }
  const stored = {
    ...set,
    spec: { ...set.spec, serviceName: 'nginx', template: { spec: {} } },
    metadata,
  } as unknown as AnyObject
  const objects = { ...emptyTables(), StatefulSet: setRow([], 'default/web', stored) } as World['objects']
  const published = service && { kind: 'Service', metadata: { name: 'nginx' }, spec: service }
  return {
    now: 0,
    settings: { kubernetes: '1.36', gates: { MaxUnavailableStatefulSet: gate } },
    objects: published ? { ...objects, Service: setRow([], 'default/nginx', published as never) } : objects,
    tallies,
    memories,
  } as unknown as World
}

const unpromised = (given?: Given) =>
  Object.fromEntries(
    lamps(worldOf(given), key).flatMap(({ id, status, why }) => (status === 'notPromised' ? [[id, why]] : [])),
  )

const USUAL = { 'PDB-1': 'noBudget', 'UPD-2': 'gateOff', 'UPD-4': 'rollingUpdate' }

describe('lamps', () => {
  it('has one for each guarantee, held until it is broken', () => {
    const tallies = {
      'ORD-1': { checks: 7, violations: 0 },
      'STA-1': { checks: 9, violations: 2, firstViolationAt: 400 },
    }
    const all = lamps(worldOf({ tallies }), key)
    expect(all).toHaveLength(25)
    expect(all.find(({ id }) => id === 'ORD-1')).toEqual({ id: 'ORD-1', status: 'held', checks: 7 })
    expect(all.find(({ id }) => id === 'STA-1')).toEqual({ id: 'STA-1', status: 'broken', checks: 9, brokenAt: 400 })
    expect(all.find(({ id }) => id === 'IDN-1')).toEqual({ id: 'IDN-1', status: 'held', checks: 0 })
  })

  it('budgets and OnDelete are promised only where they are in force', () => {
    expect(unpromised()).toEqual(USUAL)
    expect(unpromised({ gate: true })).toEqual({
      'PDB-1': 'noBudget',
      'UPD-4': 'rollingUpdate',
      'ORD-2': 'gateOn',
      'UPD-1': 'gateOn',
    })
    const onDelete = { 'PDB-1': 'noBudget', 'UPD-1': 'onDelete', 'UPD-2': 'gateOff', 'UPD-3': 'onDelete' }
    expect(unpromised({ spec: { updateStrategy: { type: 'OnDelete' } } })).toEqual(onDelete)
    expect(unpromised({ spec: { updateStrategy: { type: 'RollingUpdate' } } })).toEqual({
      ...USUAL,
      'UPD-3': 'noBlock',
    })
  })

  it('Parallel gives up the order, a generous Service the truth of names', () => {
    const parallel = { 'ORD-1': 'parallel', 'ORD-2': 'parallel', 'ORD-3': 'parallel', 'ORD-4': 'parallel' }
    expect(unpromised({ spec: { podManagementPolicy: 'Parallel' } })).toEqual({ ...USUAL, ...parallel })
    const service = { publishNotReadyAddresses: true }
    expect(unpromised({ service })).toEqual({ ...USUAL, 'DNS-1': 'publishNotReady' })
  })

  it('one process for each identity is not promised while a pod deleted by force still runs', () => {
    const life = (startedAt: number | null) => ({ containers: [{ context: { startedAt } }] })
    const forgotten = (name: string, startedAt: number | null): Given => ({
      memories: [[[`kubelet|Pod/default/${name}#old`, life(startedAt)]]],
    })
    expect(unpromised(forgotten('web-1', 5))).toEqual({ ...USUAL, 'IDN-2': 'forceDelete' })
    expect(unpromised(forgotten('web-1', null))).toEqual(USUAL)
    expect(unpromised(forgotten('web-a-1', 5))).toEqual(USUAL)
  })

  it('a broken rule stays broken where it is not promised', () => {
    const tallies = { 'ORD-1': { checks: 7, violations: 1, firstViolationAt: 5 } }
    const all = lamps(worldOf({ tallies, spec: { podManagementPolicy: 'Parallel' } }), key)
    expect(all.find(({ id }) => id === 'ORD-1')?.status).toBe('broken')
  })

  it('promises nothing less when there is no set, and keeps lamps whose tally is the same', () => {
    const tallies = { 'ORD-1': { checks: 7, violations: 0 } }
    const first = lamps(worldOf({ tallies }), undefined)
    const second = lamps(worldOf({ tallies }), undefined)
    expect(first.filter(({ status }) => status === 'notPromised').map(({ id }) => id)).toEqual([])
    expect(second.find(({ id }) => id === 'ORD-1')).toBe(first.find(({ id }) => id === 'ORD-1'))
  })
})
