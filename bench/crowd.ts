/** A crowd for the scheduler: as many pods at once as wished, spread over zones, that would rather not share a node. */
import type { AnyObject, Kernel, World } from '../src/sim/index.ts'
import { DEFAULT_SETTINGS, makeSim, objectsOf } from '../src/sim/index.ts'

const kernel: Kernel = makeSim({})
const ZONES = ['a', 'b', 'c', 'd']
const labels = { app: 'crowd' }
const term = { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' }

const crowd = (replicas: number): AnyObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'crowd', namespace: 'default' },
    spec: {
      serviceName: 'crowd',
      replicas,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'nginx', image: 'nginx:1', resources: { requests: { cpu: '100m', memory: '64Mi' } } }],
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }],
            },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'DoNotSchedule',
              labelSelector: { matchLabels: labels },
            },
          ],
        },
      },
    },
  }) as unknown as AnyObject

/** Schedules the pods on that many nodes, until each has one; throws when one finds none. */
export function schedule(pods: number, nodes: number): void {
  const settings = {
    ...DEFAULT_SETTINGS,
    nodes: Array.from({ length: nodes }, (_, n) => ({
      name: `node-${n + 1}`,
      zone: ZONES[n % ZONES.length] as string,
    })),
  }
  const start = kernel.dispatch(kernel.create(1, settings), { type: 'applyObjects', objects: [crowd(pods)] })
  if (start.refusal) throw new Error(start.refusal.message)
  const placed = (world: World) => objectsOf(world, 'Pod').filter(({ spec }) => spec.nodeName !== undefined).length
  let { world } = start
  for (let turn = 1; placed(world) < pods; turn++) {
    for (let i = 0; i < 200; i++) world = kernel.next(world)?.world ?? world
    if (turn > pods) throw new Error(`only ${placed(world)} of ${pods} pods have a node`)
  }
}
