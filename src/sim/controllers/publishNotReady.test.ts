/**
 * One set behind two Services, one of which publishes pods that are not Ready: how each of its slices was recorded to show
 * the pods of a real control plane, v1.36.2, while they started and while web-1 was deleted and came back.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../index.ts'
import { DEFAULT_SETTINGS, makeSim, objectsOf } from '../index.ts'
import { SERVICE_LABEL } from './endpoints.ts'

const service = (name: string, publishNotReadyAddresses: boolean) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels: { app: 'web' } },
  spec: { ports: [{ port: 80, name: 'web' }], clusterIP: 'None', publishNotReadyAddresses, selector: { app: 'web' } },
})

const set = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web' },
  spec: {
    serviceName: 'web',
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: {
        labels: { app: 'web' },
        annotations: { 'ordinal.dev/ready-ms': '3500', 'ordinal.dev/stop-ms': '2500' },
      },
      spec: {
        terminationGracePeriodSeconds: 10,
        containers: [
          {
            name: 'nginx',
            image: 'nginx:1',
            ports: [{ containerPort: 80, name: 'web' }],
            readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
          },
        ],
      },
    },
  },
}

/** The endpoints of a Service by pod: `web-1 as web-1: ready, serving`; the name is that of the endpoint, `-` for none. */
function shown(world: World, name: string): string {
  return objectsOf(world, 'EndpointSlice', 'default')
    .filter(({ metadata }) => metadata.labels?.[SERVICE_LABEL] === name)
    .flatMap(({ endpoints }) => endpoints)
    .map(({ conditions, hostname, targetRef }) => {
      const holds = Object.entries(conditions).flatMap(([condition, value]) => (value ? condition : []))
      return `${targetRef?.name} as ${hostname ?? '-'}: ${holds.join(', ') || 'nothing'}`
    })
    .sort()
    .join(' | ')
}

const states: Record<'web' | 'web-ready', string[]> = { web: [], 'web-ready': [] }

beforeAll(() => {
  const kernel = makeSim()
  let world = kernel.create(1, DEFAULT_SETTINGS)
  const see = (next: World) => {
    world = next
    for (const name of ['web', 'web-ready'] as const) {
      const state = shown(world, name)
      if (state !== states[name].at(-1)) states[name].push(state)
    }
  }
  const run = (until: number) => {
    while ((kernel.nextDue(world) ?? until) < until) see(kernel.next(world)?.world ?? world)
  }
  const objects = [service('web', true), service('web-ready', false), set] as never[]
  see(kernel.dispatch(world, { type: 'applyObjects', objects }).world)
  run(60_000)
  see(kernel.dispatch(world, { type: 'deletePod', namespace: 'default', name: 'web-1' }).world)
  run(120_000)
})

describe('the slices of a set', () => {
  it('behind a governing Service that publishes what is not Ready: named and ready from the address on', () => {
    expect(states.web).toEqual([
      '',
      'web-0 as web-0: ready',
      'web-0 as web-0: ready, serving',
      'web-0 as web-0: ready, serving | web-1 as web-1: ready',
      'web-0 as web-0: ready, serving | web-1 as web-1: ready, serving',
      'web-0 as web-0: ready, serving | web-1 as web-1: ready, serving, terminating',
      'web-0 as web-0: ready, serving',
      'web-0 as web-0: ready, serving | web-1 as web-1: ready',
      'web-0 as web-0: ready, serving | web-1 as web-1: ready, serving',
    ])
  })

  it('behind another Service: without names, and not ready before Ready and from the delete on', () => {
    expect(states['web-ready']).toEqual([
      '',
      'web-0 as -: nothing',
      'web-0 as -: ready, serving',
      'web-0 as -: ready, serving | web-1 as -: nothing',
      'web-0 as -: ready, serving | web-1 as -: ready, serving',
      'web-0 as -: ready, serving | web-1 as -: serving, terminating',
      'web-0 as -: ready, serving',
      'web-0 as -: ready, serving | web-1 as -: nothing',
      'web-0 as -: ready, serving | web-1 as -: ready, serving',
    ])
  })
})
