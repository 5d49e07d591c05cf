/** What is owed at moments of short histories: to whom, whether it is seen to, and what is found in its way. */
import { describe, expect, it } from 'vitest'
import type { AnyObject, StatefulSetSpec } from '../api/types.ts'
import { DEFAULT_SETTINGS, makeSim } from '../index.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'
import type { World } from '../kernel/types.ts'
import { debtsOf, overdue } from './promises.ts'

const kernel = makeSim()
const home = { namespace: 'default', name: 'web' } as const
const image = (tag: string): Command => ({ type: 'setImage', ...home, image: `nginx:${tag}` })
const scale = (replicas: number): Command => ({ type: 'scaleStatefulSet', ...home, replicas })
const pod = (ordinal: number) => ({ namespace: 'default', name: `web-${ordinal}` })
const notReady = (ordinal: number): Command => ({ type: 'setReadiness', ...pod(ordinal), ready: false })
const hold = (ordinal: number): Command => ({
  type: 'patchObject',
  kind: 'pods',
  ...pod(ordinal),
  patch: { metadata: { finalizers: ['example.com/hold'] } },
})

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'nginx', namespace: 'default' },
  spec: { clusterIP: 'None', selector: { app: 'nginx' } },
} as unknown as AnyObject

const statefulSet = (spec: Partial<StatefulSetSpec>): AnyObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: home,
    spec: {
      serviceName: 'nginx',
      replicas: 3,
      selector: { matchLabels: { app: 'nginx' } },
      template: {
        metadata: { labels: { app: 'nginx' } },
        spec: { containers: [{ name: 'nginx', image: 'nginx:v1' }] },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'www' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
      ...spec,
    },
  }) as unknown as AnyObject

/** A cluster with the set, as it is after these acts, each with the ms that pass before it, and `after` ms more. */
function played(
  acts: readonly (readonly [number, Command])[],
  after: number,
  spec: Partial<StatefulSetSpec> = {},
): World {
  let world = kernel.create(1, DEFAULT_SETTINGS)
  const objects = [service, statefulSet(spec)]
  for (const [ms, command] of [[0, { type: 'applyObjects', objects }] as const, ...acts]) {
    const transition = kernel.dispatch(kernel.advance(world, world.now + ms).world, command)
    expect(transition.refusal).toBeUndefined()
    world = transition.world
  }
  return kernel.advance(world, world.now + after).world
}

/** `LIV-2 web-1 heldUp predecessorBlocks web-0`. */
const told = (world: World): readonly string[] =>
  debtsOf(world).map(({ promise, subject, state, obstacle }) => {
    const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1)
    const way = obstacle ? [obstacle.reason, ...(obstacle.on ? [nameOf(obstacle.on)] : [])] : []
    return [promise, nameOf(subject), state, ...way].join(' ')
  })

const MINUTES = 60_000

describe('what is owed', () => {
  it('is nothing once all has come about', () => {
    expect(told(played([], MINUTES))).toEqual([])
    expect(told(played([[MINUTES, image('v2')]], 2 * MINUTES))).toEqual([])
  })

  it('is a status about the newest spec before anything else', () => {
    expect(told(played([], 0))).toEqual(['LIV-9 web seenTo'])
  })

  it('is one pod after the other while a set starts in order', () => {
    expect(told(played([], 100)).slice(0, 3)).toEqual([
      'LIV-1 web-0 seenTo',
      'LIV-2 web-1 heldUp predecessorBlocks web-0',
      'LIV-2 web-2 heldUp predecessorBlocks web-0',
    ])
  })

  it('is a rollout that a bad image holds up, and a rollback that its pod holds up', () => {
    const stuck = played([[MINUTES, image('bad')]], MINUTES)
    expect(told(stuck)).toEqual([
      'LIV-1 web-2 heldUp imageCannotBePulled',
      'LIV-3 web-0 heldUp updateWaits web-2',
      'LIV-3 web-1 heldUp updateWaits web-2',
    ])
    const reverted = kernel.dispatch(stuck, image('v1')).world
    expect(told(kernel.advance(reverted, reverted.now + MINUTES).world)).toEqual([
      'LIV-1 web-2 heldUp imageCannotBePulled',
      'LIV-4 web-2 heldUp updateWaits web-2',
    ])
  })

  it('is no rollout under OnDelete, nor below the partition', () => {
    const strategy = { type: 'OnDelete' } as const
    expect(told(played([[MINUTES, image('v2')]], MINUTES, { updateStrategy: strategy }))).toEqual([])
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 3 } } as const
    expect(told(played([[MINUTES, image('v2')]], MINUTES, { updateStrategy }))).toEqual([])
  })

  it('is a rollout in Parallel that an unready higher ordinal holds up', () => {
    const acts = [[MINUTES, image('bad')]] as const
    expect(told(played(acts, MINUTES, { podManagementPolicy: 'Parallel' }))).toEqual([
      'LIV-1 web-2 heldUp imageCannotBePulled',
      'LIV-3 web-0 heldUp rolloutAhead web-2',
      'LIV-3 web-1 heldUp rolloutAhead web-2',
    ])
  })

  it('is a scale-down that a wanted pod holds up, or two unready pods that are too much', () => {
    const wanted = played(
      [
        [MINUTES, notReady(0)],
        [1000, scale(1)],
      ],
      MINUTES,
    )
    expect(told(wanted)).toEqual([
      'LIV-1 web-0 heldUp heldNotReady',
      'LIV-5 web-2 heldUp scaleDownBlocked web-0',
      'LIV-5 web-1 heldUp scaleDownBlocked web-0',
    ])
    const condemned = played(
      [
        [MINUTES, notReady(1)],
        [0, notReady(2)],
        [1000, scale(1)],
      ],
      MINUTES,
    )
    expect(told(condemned)).toEqual([
      'LIV-5 web-2 heldUp scaleDownBlocked web-1',
      'LIV-5 web-1 heldUp scaleDownBlocked web-1',
    ])
  })

  it('is a pod that a finalizer keeps, and in order nothing goes before it', () => {
    const acts = [
      [MINUTES, hold(1)],
      [0, { type: 'deletePod', ...pod(1) }],
    ] as const
    expect(told(played(acts, MINUTES))).toEqual(['LIV-2 web-1 heldUp finalizerHolds'])
    const down = played(
      [
        [MINUTES, hold(2)],
        [0, scale(1)],
      ],
      MINUTES,
    )
    expect(told(down)).toEqual(['LIV-5 web-2 heldUp finalizerHolds', 'LIV-5 web-1 heldUp condemnedTerminating web-2'])
  })

  it('is the end of a deleted set and of its pods', () => {
    const acts = [
      [MINUTES, hold(1)],
      [0, { type: 'deleteStatefulSet', ...home, cascade: 'foreground' }],
    ] as const
    expect(told(played(acts, MINUTES))).toEqual([
      'LIV-6 web heldUp finalizerHolds web-1',
      'LIV-6 web-1 heldUp finalizerHolds',
    ])
    const background = { type: 'deleteStatefulSet', ...home, cascade: 'background' } as const
    expect(told(played([[MINUTES, background]], 10))).toEqual([
      'LIV-6 web-0 seenTo',
      'LIV-6 web-1 seenTo',
      'LIV-6 web-2 seenTo',
    ])
  })

  it('is the end of a claim that a pod uses', () => {
    const claim = { type: 'deleteClaim', namespace: 'default', name: 'www-web-1' } as const
    expect(told(played([[MINUTES, claim]], MINUTES))).toEqual(['LIV-7 www-web-1 heldUp claimInUse web-1'])
  })

  it('is a pod whose claim has lost its volume', () => {
    const whole = played([], MINUTES)
    const volume = readObject(whole.objects, 'PersistentVolumeClaim', 'default', 'www-web-2')?.spec.volumeName
    const named = { kind: 'persistentvolumes', namespace: 'default', name: volume as string }
    const acts: readonly (readonly [number, Command])[] = [
      [MINUTES, { type: 'deleteObject', ...named }],
      [0, { type: 'patchObject', ...named, patch: { metadata: { finalizers: null } } }],
      [1000, { type: 'deletePod', ...pod(2) }],
    ]
    expect(told(played(acts, MINUTES))).toEqual(['LIV-1 web-2 heldUp volumeNotBound www-web-2'])
  })

  it('is a pod that looks for names which do not resolve before it is Ready', () => {
    const template = {
      metadata: { labels: { app: 'nginx' }, annotations: { 'ordinal.dev/needs-names': 'web-0.nginx' } },
      spec: {
        containers: [{ name: 'nginx', image: 'nginx:v1', readinessProbe: { httpGet: { path: '/', port: 80 } } }],
      },
    } as unknown as StatefulSetSpec['template']
    expect(told(played([], MINUTES, { template, replicas: 1 }))).toEqual(['LIV-1 web-0 heldUp peerNotFound nginx'])
    const patch = { spec: { publishNotReadyAddresses: true } }
    const publish: Command = { type: 'patchObject', kind: 'services', namespace: 'default', name: 'nginx', patch }
    const cached = played([[6000, publish]], 4000, { template, replicas: 1 })
    const onlyAsking = cached.queue.flat().filter(({ decider }) => decider === 'peerNames')
    expect(told({ ...cached, queue: [onlyAsking] })).toEqual(['LIV-1 web-0 seenTo'])
  })

  it('is a pod whose name somebody else has', () => {
    const release = {
      type: 'patchObject',
      kind: 'pods',
      ...pod(1),
      patch: { metadata: { labels: { app: 'x' } } },
    } as const
    expect(told(played([[MINUTES, release]], MINUTES))).toEqual(['LIV-2 web-1 heldUp nameTaken web-1'])
  })

  it('is the name of a Ready pod until DNS knows it', () => {
    let world = played([], 0, { replicas: 1 })
    const seen = new Set<string>()
    for (let next = kernel.next(world); next; next = kernel.next(world)) {
      world = next.world
      seen.add(told(world).join())
    }
    expect([...seen].slice(-3)).toEqual(['LIV-1 web-0 seenTo', 'LIV-8 web-0 seenTo', ''])
  })
})

describe('what nobody sees to', () => {
  const forgotten = (world: World): World => ({ ...world, queue: [] })
  const rules = (world: World) => [...new Set(overdue(forgotten(world)).map(({ rule }) => rule))]

  it('is overdue where nothing stands in its way', () => {
    expect(rules(played([], 0))).toEqual(['LIV-9'])
    expect(rules(played([], 100))).toEqual(['LIV-1'])
    expect(rules(played([[MINUTES, { type: 'deletePod', ...pod(1) }]], 100))).toEqual(['LIV-2'])
    expect(rules(played([[MINUTES, scale(1)]], 3000))).not.toContain('LIV-3')
  })

  it('is not overdue where something does', () => {
    expect(rules(played([[MINUTES, image('bad')]], MINUTES))).toEqual([])
  })

  it('is overdue after many failures, when retries are not trusted', () => {
    const world = played([], MINUTES)
    const failing = {
      ...kernel.dispatch(world, scale(4)).world,
      failures: [[['statefulSet|StatefulSet/default/web', 15]]],
    }
    expect(overdue(failing as unknown as World)).toEqual([])
    expect(overdue(failing as unknown as World, false)).toMatchObject([{ rule: 'LIV-9' }])
  })
})
