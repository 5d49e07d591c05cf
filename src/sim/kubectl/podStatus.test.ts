import { describe, expect, it } from 'vitest'
import { switchesOf } from '../api/switches.ts'
import type { ContainerState, ContainerStatus, PersistentVolumeClaim, Pod } from '../api/types.ts'
import { DEFAULT_SETTINGS } from '../index.ts'
import { humanDuration } from './duration.ts'
import { phaseWord, podCells, readyCell, restartsCell, shortAccessModes } from './podStatus.ts'

const USUAL = switchesOf(DEFAULT_SETTINGS)

const states: Record<string, ContainerState> = {
  running: { running: { startedAt: '2026-01-01T00:00:05Z' } },
  creating: { waiting: { reason: 'ContainerCreating' } },
  crashing: { waiting: { reason: 'CrashLoopBackOff' } },
  pulling: { waiting: { reason: 'ImagePullBackOff' } },
  silent: { waiting: { reason: '' } },
  completed: { terminated: { exitCode: 0, reason: 'Completed' } },
  error: { terminated: { exitCode: 1, reason: 'Error' } },
  killed: { terminated: { exitCode: 137, reason: '' } },
}
const container = (state: string, ready = state === 'running', restartCount = 0): ContainerStatus => ({
  name: `${state}-${restartCount}`,
  image: 'i',
  ready,
  restartCount,
  state: states[state] as ContainerState,
  ...(restartCount > 0 && {
    lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T00:00:07Z' } },
  }),
})
const pod = (status: Partial<Pod['status']>, more: object = {}, initContainers: object[] = []): Pod =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-0', ...more },
    spec: { containers: (status.containerStatuses ?? [{ name: 'a' }]).map(({ name }) => ({ name })), initContainers },
    status: { phase: 'Running', ...status },
  }) as unknown as Pod
const ready = [{ type: 'Ready', status: 'True' as const }]
const dying = { deletionTimestamp: '2026-01-01T00:00:30Z' }

describe('STATUS, READY and RESTARTS of a pod', () => {
  it.each<[string, Pod, string]>([
    ['Pending', pod({ phase: 'Pending' }), '0/1'],
    ['ContainerCreating', pod({ phase: 'Pending', containerStatuses: [container('creating')] }), '0/1'],
    ['Running', pod({ containerStatuses: [container('running')], conditions: ready }), '1/1'],
    ['Running', pod({ containerStatuses: [container('running', false)] }), '0/1'],
    ['CrashLoopBackOff', pod({ containerStatuses: [container('crashing', false, 3)] }), '0/1'],
    ['ImagePullBackOff', pod({ phase: 'Pending', containerStatuses: [container('pulling')] }), '0/1'],
    ['Error', pod({ containerStatuses: [container('error')] }), '0/1'],
    ['ExitCode:137', pod({ containerStatuses: [container('killed')] }), '0/1'],
    ['Completed', pod({ phase: 'Succeeded', containerStatuses: [container('completed')] }), '0/1'],
    ['Evicted', pod({ phase: 'Failed', reason: 'Evicted' }), '0/1'],
    ['CrashLoopBackOff', pod({ containerStatuses: [container('crashing'), container('running')] }), '1/2'],
    ['ImagePullBackOff', pod({ containerStatuses: [container('pulling'), container('crashing')] }), '0/2'],
    ['Running', pod({ containerStatuses: [container('completed'), container('running')], conditions: ready }), '1/2'],
    ['NotReady', pod({ containerStatuses: [container('completed'), container('running')] }), '1/2'],
    ['Terminating', pod({ containerStatuses: [container('running')] }, dying), '1/1'],
    ['Terminating', pod({ phase: 'Pending' }, dying), '0/1'],
    ['Completed', pod({ phase: 'Succeeded', containerStatuses: [container('completed')] }, dying), '0/1'],
    ['Unknown', pod({ reason: 'NodeLost' }, dying), '0/1'],
    [
      'SchedulingGated',
      pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
      '0/1',
    ],
  ])('%s', (status, given, readyText) => {
    const cells = podCells(given, USUAL)
    expect([cells.status, readyCell(cells)]).toEqual([status, readyText])
    expect(podCells(given, USUAL)).toBe(cells)
  })

  it('says Terminating to the last before 1.31', () => {
    const given = pod({ phase: 'Succeeded', containerStatuses: [container('completed')] }, dying)
    expect(podCells(given, switchesOf({ ...DEFAULT_SETTINGS, kubernetes: '1.30' })).status).toBe('Terminating')
  })

  it('tells how far the init containers are', () => {
    const two = [{ name: 'completed-0' }, { name: 'running-0' }]
    const inits = (...list: ContainerStatus[]) => pod({ phase: 'Pending', initContainerStatuses: list }, {}, two)
    expect(podCells(inits(container('creating')), USUAL).status).toBe('Init:ContainerCreating')
    expect(podCells(inits(container('completed'), container('running')), USUAL).status).toBe('Init:1/2')
    expect(podCells(inits(container('error')), USUAL).status).toBe('Init:Error')
    expect(podCells(inits(container('crashing', false, 2)), USUAL)).toMatchObject({
      status: 'Init:CrashLoopBackOff',
      restarts: 2,
    })
  })

  it('counts a sidecar that has started among the containers', () => {
    const sidecar = [{ name: 'running-0', restartPolicy: 'Always' }]
    const started = { ...container('running'), started: true }
    const given = pod({ initContainerStatuses: [started], containerStatuses: [container('error')] }, {}, sidecar)
    expect(podCells(given, USUAL)).toMatchObject({ status: 'Error', readyContainers: 1, containers: 2 })
  })

  it('counts restarts, with the age of the last end', () => {
    const cells = podCells(
      pod({ containerStatuses: [container('running', true, 2), container('crashing', false, 1)] }),
      USUAL,
    )
    expect(cells).toMatchObject({ restarts: 3, lastEndAt: 7000 })
    expect(restartsCell(cells, 20_000)).toBe('3 (13s ago)')
    expect(restartsCell(podCells(pod({ containerStatuses: [container('running')] }), USUAL), 20_000)).toBe('0')
  })
})

describe('claims and volumes', () => {
  it('says Terminating before the phase', () => {
    const claim = { metadata: { name: 'data' }, status: { phase: 'Bound' } } as unknown as PersistentVolumeClaim
    expect(phaseWord(claim)).toBe('Bound')
    expect(phaseWord({ ...claim, metadata: { ...claim.metadata, ...dying } })).toBe('Terminating')
  })

  it('shortens access modes', () => {
    expect(shortAccessModes(['ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOnce'])).toBe('RWO,RWX')
    expect(shortAccessModes(undefined)).toBe('')
  })
})

describe('ages', () => {
  const second = 1000
  const minute = 60 * second
  const hour = 60 * minute
  const day = 24 * hour
  it.each([
    [-5000, '<invalid>'],
    [-500, '0s'],
    [87 * second, '87s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [2 * minute + 44 * second, '2m44s'],
    [103 * minute, '103m'],
    [3 * hour + 5 * minute, '3h5m'],
    [26 * hour, '26h'],
    [2 * day + 3 * hour, '2d3h'],
    [400 * day, '400d'],
    [3 * 365 * day + 20 * day, '3y20d'],
    [9 * 365 * day, '9y'],
  ])('%d ms is %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text)
  })
})
