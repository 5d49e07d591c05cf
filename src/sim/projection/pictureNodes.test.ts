/** The cluster by node: who is where, what is asked of whom, and processes that the API has lost sight of. */
import { expect, it } from 'vitest'
import { Lab, serviceNamed, setNamed } from '../scenario/fixtures/lab.ts'
import { nodesPictureOf } from './index.ts'

const picture = (lab: Lab) => nodesPictureOf(lab.world, {})
const on = (lab: Lab, name: string) => picture(lab).nodes.find((node) => node.name === name)
const node = (name: string) => ({ namespace: '', name })

it('shows each pod on its node, and what all of them ask for', () => {
  const containers = [{ name: 'nginx', image: 'nginx:v1', resources: { requests: { cpu: '500m', memory: '1Gi' } } }]
  const lab = Lab.up({ replicas: 4, pod: { containers } })
  const first = on(lab, 'node-1')
  expect(picture(lab).nodes.map(({ residents }) => residents.map(({ name }) => name).join(' '))).toEqual([
    'web-0 web-3',
    'web-1',
    'web-2',
  ])
  expect(first).toMatchObject({ ready: 'True', power: 'on', cut: false, closed: false, draining: false, taints: [] })
  expect(first?.milliCpu).toEqual({ used: 1000, room: 4000 })
  expect(first?.memory).toEqual({ used: 2 * 2 ** 30, room: 16 * 2 ** 30 })
  expect(first?.pods).toEqual({ used: 2, room: 500 })
})

it('lists more than nine pods by number, not by letter', () => {
  const names = on(Lab.up({ replicas: 31, spec: { podManagementPolicy: 'Parallel' } }), 'node-1')?.residents
  expect(names?.map(({ name }) => Number(name.split('-')[1]))).toEqual(
    names?.map(({ name }) => Number(name.split('-')[1])).sort((a, b) => a - b),
  )
})

it('shows pods without a node apart', () => {
  const lab = new Lab().apply(serviceNamed(), setNamed({ pod: { nodeSelector: { disk: 'none' } } })).run(3000)
  expect(picture(lab).waiting.map(({ name, status }) => `${name} ${status}`)).toEqual(['web-0 Pending'])
})

it('tells a cordoned node from a drained one', () => {
  const lab = Lab.up().give({ type: 'cordonNode', ...node('node-1') })
  expect(on(lab, 'node-1')).toMatchObject({ closed: true, draining: false, taints: [] })
  lab.give({ type: 'drainNode', ...node('node-2') }).run(100)
  expect(on(lab, 'node-2')).toMatchObject({ closed: true, draining: true })
  expect(on(lab.quiet(), 'node-2')).toMatchObject({ closed: true, draining: false, residents: [] })
})

it('knows of processes that run on after their object was deleted by force', () => {
  const lab = Lab.up()
    .give({ type: 'cutOffNode', ...node('node-2') })
    .run(60_000)
  expect(on(lab, 'node-2')).toMatchObject({ ready: 'Unknown', power: 'on', cut: true })
  lab.deletePod('web-1', { force: true }).until(({ isReady }) => isReady('web-1'))
  expect(on(lab, 'node-2')?.residents).toMatchObject([{ name: 'web-1', ghost: true, state: 'nodeLost' }])
  const elsewhere = picture(lab).nodes.flatMap(({ residents }) => residents.filter(({ name }) => name === 'web-1'))
  expect(elsewhere).toHaveLength(2)
  Lab.violations()
})

it('a machine without power runs nothing', () => {
  const lab = Lab.up()
    .give({ type: 'powerOffNode', ...node('node-2') })
    .run(60_000)
  expect(on(lab, 'node-2')).toMatchObject({ ready: 'Unknown', power: 'off' })
  lab.deletePod('web-1', { force: true }).run(20_000)
  expect(on(lab, 'node-2')?.residents).toEqual([])
})

it('shows the arithmetic of a budget, and one that counts on nobody', () => {
  const budget = (name: string, app: string) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { minAvailable: 2, selector: { matchLabels: { app } } },
  })
  const lab = Lab.up()
    .apply(budget('all', 'web') as never, budget('nobody', 'zk-headless') as never)
    .run(2000)
  expect(picture(lab).budgets).toMatchObject([
    { name: 'all', healthy: 3, desired: 2, allowed: 1, expected: 3 },
    { name: 'nobody', healthy: 0, allowed: 0, expected: 0 },
  ])
  lab.readiness('web-1', false).run(10_000)
  expect(picture(lab).budgets[0]).toMatchObject({ healthy: 2, desired: 2, allowed: 0 })
})
