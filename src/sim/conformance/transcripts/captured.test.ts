/** What is told of the captured cluster: a kubelet that knew less, and a binder that took its time. */
import { describe, expect, test } from 'vitest'
import type { AnyObject, ContainerStatus, Pod, PodStatus } from '../../api/types.ts'
import { kubelet } from '../../controllers/kubelet.ts'
import { volumeBinder } from '../../controllers/volumeBinder.ts'
import type { ClusterView, Decider, Decision } from '../../kernel/types.ts'
import { asCaptured } from './captured.ts'

const view = (...pods: readonly object[]) => ({ list: () => pods }) as unknown as ClusterView

/** What a controller decides there that would decide this. */
function decided(decider: Decider, decisions: readonly object[], seen = view()): readonly Decision[] {
  const there = asCaptured({
    ...decider,
    *decide() {
      for (const decision of decisions) yield decision as Decision
      return undefined
    },
  })
  const turn = there.decide(seen, '', { id: '' })
  const done: Decision[] = []
  let step = turn.next()
  while (!step.done) {
    done.push(step.value)
    step = turn.next({ ok: true, object: (step.value as { object: AnyObject }).object })
  }
  return done
}

function told(status: object): PodStatus {
  const [decision] = decided(kubelet, [{ do: 'updateStatus', object: { kind: 'Pod', status } }])
  return (decision as { object: Pod }).object.status
}

const ended = { terminated: { exitCode: 1 } }
const waits = (reason: string) => ({ waiting: { reason } })
const states = (list: readonly ContainerStatus[] | undefined) => list?.map(({ state }) => Object.keys(state)[0])

describe('the kubelet', () => {
  test('forgets the last end of a container that has ended, and only then', () => {
    const containerStatuses = [ended, { running: {} }].map((state) => ({ state, lastState: ended }))
    expect(told({ containerStatuses }).containerStatuses?.map(({ lastState }) => lastState)).toEqual([{}, ended])
  })

  test('tells of init containers when they begin', () => {
    const list = (...given: readonly object[]) =>
      states(told({ initContainerStatuses: given.map((state) => ({ state })) }).initContainerStatuses)
    expect(list(waits('PodInitializing'), waits('PodInitializing'))).toEqual(['waiting'])
    expect(list(ended, waits('PodInitializing'))).toEqual(['terminated'])
    expect(list(ended, { running: {} })).toEqual(['terminated', 'running'])
  })

  test('tells of containers when all run', () => {
    const list = (...given: readonly object[]) =>
      states(told({ containerStatuses: given.map((state) => ({ state })) }).containerStatuses)
    expect(list({ running: {} }, waits('ContainerCreating'))).toEqual(['waiting', 'waiting'])
    expect(list({ running: {} }, waits('CrashLoopBackOff'))).toEqual(['running', 'waiting'])
    expect(list({ running: {} }, { running: {} })).toEqual(['running', 'running'])
  })

  test('lists no images', () => {
    const node = { kind: 'Node', status: { images: [{ names: ['nginx'] }], conditions: [] } }
    expect(decided(kubelet, [{ do: 'updateStatus', object: node }])).toEqual([
      { do: 'updateStatus', object: { kind: 'Node', status: { conditions: [] } } },
    ])
  })
})

test('a volume is seen before it is bound', () => {
  const claimRef = { namespace: 'default', name: 'www' }
  const made = { do: 'create', object: { kind: 'PersistentVolume', spec: { claimRef } } }
  const tells = { do: 'record', reason: 'ProvisioningSucceeded' }
  const pod = (name: string, claimName: string, spec = {}) => ({
    kind: 'Pod',
    metadata: { namespace: 'default', name },
    spec: { volumes: [{ persistentVolumeClaim: { claimName } }], ...spec },
  })
  const pods = view(pod('a', 'www'), pod('b', 'other'), pod('c', 'www', { nodeName: 'node-1' }))
  const binds = { do: 'update', object: { kind: 'PersistentVolumeClaim' } }
  expect(decided(volumeBinder, [made, tells, binds], pods)).toEqual([
    made,
    tells,
    { do: 'wake', decider: 'scheduler', key: 'Pod/default/a', id: 'volumeSeen', afterMs: 50 },
    { do: 'wake', key: 'PersistentVolumeClaim/default/www', id: 'bind', afterMs: 200 },
  ])
  expect(decided(volumeBinder, [binds], pods)).toEqual([binds])
})
