/** Traps of nodes that fail, of budgets and of drains. */
import { afterEach, expect, it } from 'vitest'
import type { AnyObject } from '../../api/types.ts'
import { Lab, serviceNamed, setNamed } from '../fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const on = (name: string) => ({ namespace: '', name })
const nodeOf = (lab: Lab, pod: string) => lab.pod(pod).spec.nodeName ?? ''
const conditionOf = (lab: Lab, pod: string) => lab.pod(pod).status.conditions?.find(({ type }) => type === 'Ready')
const restarts = (lab: Lab, pod: string) => lab.pod(pod).status.containerStatuses?.[0]?.restartCount

const MINUTE = 60_000

it('trap 4: the pods of a dead node are not Ready after a minute, Terminating after six, and never replaced', () => {
  const lab = Lab.up()
  lab.give({ type: 'powerOffNode', ...on(nodeOf(lab, 'web-1')) }).run(30_000)
  expect(conditionOf(lab, 'web-1')?.status).toBe('True')
  lab.run(MINUTE)
  expect(conditionOf(lab, 'web-1')?.status).toBe('False')
  expect(lab.pod('web-1').status.phase).toBe('Running')
  expect(lab.isTerminating('web-1')).toBe(false)
  lab.run(6 * MINUTE)
  expect(lab.isTerminating('web-1')).toBe(true)
  const { uid } = lab.pod('web-1').metadata
  lab.scale(5).run(60 * MINUTE)
  expect(lab.pod('web-1').metadata.uid).toBe(uid)
  expect(lab.names()).toBe('web-0 web-1 web-2')
  expect(lab.waits('web', 'StatefulSet')).toEqual(['podTerminating'])
})

const budget = (minAvailable: number) =>
  ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: 'default' },
    spec: { minAvailable, selector: { matchLabels: { app: 'web' } } },
  }) as unknown as AnyObject

it('trap 9: a budget restrains evictions only; deleting, rolling out and scaling down go past it', () => {
  const lab = Lab.up().apply(budget(3)).run(2000)
  const evict = { type: 'evictPod', namespace: 'default', name: 'web-0' } as const
  expect(lab.refusal(evict)).toContain("Cannot evict pod as it would violate the pod's disruption budget.")
  lab.deletePod('web-0').run(200)
  expect(lab.isTerminating('web-0') || lab.find('Pod', 'web-0') === undefined).toBe(true)
  expect(lab.quiet().roll('v2').quiet().tags()).toBe('web-0 v2, web-1 v2, web-2 v2')
  expect(lab.scale(1).quiet().names()).toBe('web-0')
})

it('trap 9: a pod that waits for a node may be evicted in spite of the budget', () => {
  const pod = { nodeSelector: { disk: 'none' } }
  const lab = new Lab().apply(serviceNamed(), setNamed({ pod }), budget(3)).run(3000)
  expect(lab.refusal({ type: 'evictPod', namespace: 'default', name: 'web-0' })).toBeUndefined()
})

it('trap 48: a node that is back before the tolerations end keeps its pods; afterwards they are made anew', () => {
  const away = (minutes: number) => {
    const lab = Lab.up()
    const node = nodeOf(lab, 'web-1')
    const { uid } = lab.pod('web-1').metadata
    lab.give({ type: 'powerOffNode', ...on(node) }).run(minutes * MINUTE)
    lab.give({ type: 'powerOnNode', ...on(node) }).run(5 * MINUTE)
    expect(lab.isReady('web-1')).toBe(true)
    return { same: lab.pod('web-1').metadata.uid === uid, restarts: restarts(lab, 'web-1') }
  }
  expect(away(3)).toEqual({ same: true, restarts: 1 })
  expect(away(10)).toEqual({ same: false, restarts: 0 })
})

it('trap 49: after a forced deletion the new pod waits for the volume of the lost node, six minutes long', () => {
  const lab = Lab.up({ claims: true })
  const lost = nodeOf(lab, 'web-1')
  lab.give({ type: 'powerOffNode', ...on(lost) }).run(MINUTE)
  lab.deletePod('web-1', { force: true }).run(MINUTE)
  expect(nodeOf(lab, 'web-1')).not.toBe(lost)
  expect(lab.events('web-1').join()).toContain('Multi-Attach error for volume')
  expect(lab.run(3 * MINUTE).isReady('web-1')).toBe(false)
  expect(lab.run(4 * MINUTE).isReady('web-1')).toBe(true)
})

it('trap 50: a drained pod that finds no other node stays Pending, and a Pending web-0 holds up the whole set', () => {
  const requests = { cpu: '3' }
  const pod = { containers: [{ name: 'nginx', image: 'registry.k8s.io/nginx-slim:v1', resources: { requests } }] }
  const lab = Lab.up({ pod })
  lab.give({ type: 'drainNode', ...on(nodeOf(lab, 'web-0')) }).run(2 * MINUTE)
  expect(lab.pod('web-0').status.phase).toBe('Pending')
  expect(lab.waits('web-0')).toContain('unschedulable')
  const before = lab.tags()
  expect(
    lab
      .roll('v2')
      .scale(2)
      .run(10 * MINUTE)
      .tags(),
  ).toBe(before)
})
