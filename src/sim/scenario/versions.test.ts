/**
 * What the versions of Kubernetes do differently, each switch on both sides in a story of its own. Nothing but the version
 * differs between two tellings, and no guarantee may break in any.
 */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import type { Fact } from '../api/changes.ts'
import type { ClusterSettings } from '../api/strategy.ts'
import type { KubernetesVersion } from '../api/switches.ts'
import { switchesOf } from '../api/switches.ts'
import type { Pod } from '../api/types.ts'
import { DEFAULT_SETTINGS, makeSim, objectsOf } from '../index.ts'
import type { Command } from '../kernel/command.ts'
import type { Violation, World } from '../kernel/types.ts'
import { readManifests } from '../manifest/index.ts'
import { podLine } from './expectations.ts'
import { entriesOf } from './play.ts'
import type { Step } from './types.ts'

const stage = { kernel: makeSim(), read: readManifests }
const WEB = { namespace: 'default', name: 'web' } as const
const quiet: Step = { untilQuietWithinMs: 300_000 }
const image = (tag: string): Step => ({ do: { type: 'setImage', ...WEB, image: `registry.k8s.io/nginx-slim:${tag}` } })
const act = (command: Command): Step => ({ do: command })
const onPod = (type: 'failPod' | 'deletePod', name: string): Step => act({ type, namespace: 'default', name })
const patch = (spec: object): Step => act({ type: 'patchObject', ...WEB, kind: 'statefulsets', patch: { spec } })

/** The set of the stories, with other fields in its spec: `replicas: 3` gives way to these lines. */
const webWith = (...lines: readonly string[]) =>
  webV1.replace('  replicas: 3\n', `${lines.map((l) => `  ${l}\n`).join('')}`)

interface Played {
  readonly world: World
  readonly facts: readonly Fact[]
  /** Refusals and waits that failed. */
  readonly failed: readonly string[]
}

function playedIn(
  kubernetes: KubernetesVersion,
  steps: readonly Step[],
  manifests: string = webV1,
  gates: ClusterSettings['gates'] = {},
): Played {
  const settings = { ...DEFAULT_SETTINGS, kubernetes, gates }
  const facts: Fact[] = []
  const failed: string[] = []
  const violations: Violation[] = []
  let world: World | undefined
  for (const entry of entriesOf(stage, { id: 'x', manifests, seed: 3, beats: [{ name: 'all', steps }] }, settings)) {
    if (entry.kind === 'check' && !entry.check.holds) failed.push(entry.check.found)
    if (entry.kind === 'check') continue
    world = entry.transition.world
    facts.push(...entry.transition.facts)
    violations.push(...entry.transition.violations)
  }
  expect(violations).toEqual([])
  return { world: world as World, facts, failed }
}

/** `podDeleted web-1 12.345`, of one pod. */
const lifeOf = (name: string, { facts }: Played) =>
  facts.filter((fact) => fact.kind === 'Pod' && fact.name === name).map(({ type, at }) => `${type} ${at}`)

const podsOf = ({ world }: Played) =>
  objectsOf(world, 'Pod').map((pod: Pod) => `${pod.metadata.name} ${podLine(pod, switchesOf(world.settings))}`)

const eventsOf = ({ world }: Played, reason: string) =>
  objectsOf(world, 'Event')
    .filter((event) => event.reason === reason)
    .map(({ message }) => message)

const statusOf = ({ world }: Played) => objectsOf(world, 'StatefulSet')[0]?.status

describe('a pod that has ended', () => {
  const steps = [quiet, onPod('failPod', 'web-1'), quiet]
  const between = (told: Played) => {
    const at = (type: string) =>
      Number(
        lifeOf('web-1', told)
          .findLast((line) => line.startsWith(type))
          ?.split(' ')[1],
      )
    return at('podCreated') - at('podDeleted')
  }

  it.each(['1.27', '1.30'] as const)('is deleted and created anew in one sync in %s', (version) => {
    const told = playedIn(version, steps)
    expect(between(told)).toBe(0)
    expect(eventsOf(told, 'RecreatingFailedPod')).toEqual(['StatefulSet default/web is recreating failed Pod web-1'])
    const created = told.facts.findLast(({ type, name }) => type === 'podCreated' && name === 'web-1')
    const written = told.facts.find(
      ({ type, sequence }) => type === 'setStatusWritten' && sequence > (created?.sequence ?? 0),
    )
    expect(written).toMatchObject({ at: created?.at, detail: { replicas: 2, current: 2, updated: 2 } })
    expect(podsOf(told)).toEqual(['web-0 1/1 Running v1', 'web-1 1/1 Running v1', 'web-2 1/1 Running v1'])
  })

  it('is recreated so in 1.30 after a delete, too: as soon as its final phase is written, before its node has let go', () => {
    const removed = (version: KubernetesVersion) => {
      const told = playedIn(version, [quiet, onPod('deletePod', 'web-1'), quiet])
      return told.facts.find(({ type, name }) => type === 'podDeleted' && name === 'web-1')?.by
    }
    expect([removed('1.30'), removed('1.31')]).toEqual(['statefulSet', 'kubelet'])
  })

  it.each(['1.31', '1.36'] as const)('is deleted first and created by a later sync in %s', (version) => {
    const told = playedIn(version, steps)
    expect(between(told)).toBeGreaterThan(0)
    expect(eventsOf(told, 'RecreatingFailedPod')).toEqual([])
    expect(podsOf(told)).toEqual(['web-0 1/1 Running v1', 'web-1 1/1 Running v1', 'web-2 1/1 Running v1'])
  })

  it('is so in a Parallel set too, and the update leaves the new pod alone', () => {
    const parallel = webWith('replicas: 3', 'podManagementPolicy: Parallel')
    const told = playedIn('1.30', [quiet, onPod('failPod', 'web-1'), image('v2'), quiet], parallel)
    expect(between({ ...told, facts: told.facts.filter(({ at }) => at < 12_000) })).toBe(0)
    const gone = told.facts.filter(({ type }) => type === 'podDeleted').map(({ name }) => name)
    expect(gone).toEqual(['web-2', 'web-1', 'web-0'])
    expect(podsOf(told)).toEqual([0, 1, 2].map((n) => `web-${n} 1/1 Running v2`))
  })
})

describe('a broken rollout of a Parallel set with maxUnavailable', () => {
  const set = webWith(
    'replicas: 3',
    'podManagementPolicy: Parallel',
    'updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}',
  )
  const steps = [quiet, image('bad'), { runMs: 60_000 }, image('v2'), { runMs: 300_000 }]

  it('is never mended in 1.35.0 to 1.35.3: the broken pod uses up the budget', () => {
    const told = playedIn('1.35.0', steps, set)
    expect(podsOf(told)).toEqual(['web-0 1/1 Running v1', 'web-1 1/1 Running v1', 'web-2 0/1 ImagePullBackOff bad'])
  })

  it.each(['1.34', '1.35', '1.36'] as const)('is mended in %s, where the gate is off', (version) => {
    expect(podsOf(playedIn(version, steps, set))).toEqual([0, 1, 2].map((n) => `web-${n} 1/1 Running v2`))
  })

  it('deadlocks in 1.36 too, once somebody turns the gate on', () => {
    const told = playedIn('1.36', steps, set, { MaxUnavailableStatefulSet: true })
    expect(podsOf(told)[2]).toBe('web-2 0/1 ImagePullBackOff bad')
  })

  it('is mended in 1.37: broken pods are replaced beyond the budget, the others within it', () => {
    const told = playedIn('1.37', steps, set)
    expect(podsOf(told)).toEqual([0, 1, 2].map((n) => `web-${n} 1/1 Running v2`))
    const stops = told.facts.filter(({ type }) => type === 'podDeleted').map(({ name }) => name)
    expect(stops).toEqual(['web-2', 'web-2', 'web-1', 'web-0'])
  })

  it('replaces every broken pod at once in 1.37, but none below the partition', () => {
    const broken = set
      .replace('nginx-slim:v1', 'nginx-slim:bad')
      .replace('maxUnavailable: 1', 'maxUnavailable: 1, partition: 1')
    const told = playedIn('1.37', [{ runMs: 60_000 }, image('v2'), { runMs: 120_000 }], broken)
    expect(podsOf(told)).toEqual(['web-0 0/1 ImagePullBackOff bad', 'web-1 1/1 Running v2', 'web-2 1/1 Running v2'])
    const gone = told.facts.filter(({ type }) => type === 'podTerminating')
    expect(gone.map(({ name }) => name)).toEqual(['web-2', 'web-1'])
    expect(gone[0]?.at).toBe(gone[1]?.at)
  })

  it('changes nothing in 1.37 for a set that keeps the order', () => {
    const ordered = set.replace('  podManagementPolicy: Parallel\n', '')
    expect(podsOf(playedIn('1.37', steps, ordered))[2]).toBe('web-2 0/1 ImagePullBackOff bad')
  })
})

describe('maxUnavailable', () => {
  const set = webWith('replicas: 4', 'updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}')
  const deaths = (told: Played) => told.facts.filter(({ type }) => type === 'podTerminating').map(({ at }) => at)

  it.each<[KubernetesVersion, boolean]>([
    ['1.34', false],
    ['1.35.0', true],
    ['1.35', false],
    ['1.36', false],
    ['1.37', true],
  ])('lets two pods go at once in %s: %s', (version, both) => {
    const told = playedIn(version, [quiet, image('v2'), quiet], set)
    const [first, second] = deaths(told)
    expect(first === second).toBe(both)
    expect(podsOf(told)).toEqual([0, 1, 2, 3].map((n) => `web-${n} 1/1 Running v2`))
  })
})

describe('OnDelete', () => {
  const set = webWith('replicas: 2', 'updateStrategy: {type: OnDelete}')
  const steps = [quiet, image('v2'), quiet, onPod('deletePod', 'web-0'), onPod('deletePod', 'web-1'), quiet]

  it('never makes the new revision current in 1.36', () => {
    const status = statusOf(playedIn('1.36', steps, set))
    expect(status).toMatchObject({ updatedReplicas: 2, readyReplicas: 2 })
    expect(status?.currentRevision).not.toBe(status?.updateRevision)
  })

  it('completes in 1.37, once every pod has the new revision', () => {
    const half = statusOf(
      playedIn(
        '1.37',
        steps.filter((_, index) => index !== 4),
        set,
      ),
    )
    expect(half?.currentRevision).not.toBe(half?.updateRevision)
    const status = statusOf(playedIn('1.37', steps, set))
    expect(status).toMatchObject({ updatedReplicas: 2, currentReplicas: 2 })
    expect(status?.currentRevision).toBe(status?.updateRevision)
  })
})

describe('minReadySeconds', () => {
  const set = webWith('replicas: 1', 'minReadySeconds: 10')
  /** From the second that the Ready condition names to the status that counts the pod as available, in ms. */
  const late = (told: Played) => {
    const ready = told.facts.find(({ type }) => type === 'podReady')?.at ?? Number.NaN
    const available = told.facts.find(({ type, detail }) => type === 'setStatusWritten' && detail.available === 1)?.at
    return (available ?? Number.NaN) - Math.floor(ready / 1000) * 1000
  }

  it('are over to the millisecond in 1.36', () => {
    expect(late(playedIn('1.36', [quiet], set))).toBe(10_000)
  })

  it('are looked for every ten seconds in 1.35, counted from the first sync', () => {
    const told = playedIn('1.35', [quiet], set)
    expect(late(told)).toBeGreaterThan(10_000)
    expect(late(told)).toBeLessThan(20_000)
    const [at] = told.facts.filter(({ type, detail }) => type === 'setStatusWritten' && detail.available === 1)
    const [first] = told.facts.filter(({ by }) => by === 'statefulSet')
    expect(((at?.at ?? 0) - (first?.at ?? 0)) % 10_000).toBe(0)
  })
})

describe('what is written', () => {
  const told = { old: playedIn('1.27', [quiet]), middle: playedIn('1.33', [quiet]), now: playedIn('1.36', [quiet]) }

  it('the verbs of the controller are lower-case until 1.32', () => {
    const verbs = (told: Played) => new Set(eventsOf(told, 'SuccessfulCreate').map((message) => message.split(' ')[0]))
    expect(eventsOf(told.old, 'SuccessfulCreate')).toContain(
      'create Claim www-web-0 Pod web-0 in StatefulSet web success',
    )
    expect([verbs(told.old), verbs(playedIn('1.32', [quiet]))]).toEqual([new Set(['create']), new Set(['create'])])
    expect([verbs(told.middle), verbs(told.now)]).toEqual([new Set(['Create']), new Set(['Create'])])
  })

  it('the kubelet names the container until 1.34, and speaks of access from 1.36 on', () => {
    expect([eventsOf(told.middle, 'Created')[0], eventsOf(told.middle, 'Started')[0]]).toEqual([
      'Created container: nginx',
      'Started container nginx',
    ])
    expect([eventsOf(told.now, 'Created')[0], eventsOf(told.now, 'Started')[0]]).toEqual([
      'Container created',
      'Container started',
    ])
    const again = (version: KubernetesVersion) =>
      eventsOf(playedIn(version, [quiet, onPod('deletePod', 'web-0'), quiet]), 'Pulled').find((text) =>
        text.includes('already present'),
      )
    const present = 'Container image "registry.k8s.io/nginx-slim:v1" already present on machine'
    expect([again('1.35'), again('1.36')]).toEqual([present, `${present} and can be accessed by the pod`])
  })

  it('the pod-index label comes with 1.28', () => {
    const label = ({ world }: Played) =>
      objectsOf(world, 'Pod').map(({ metadata }) => metadata.labels?.['apps.kubernetes.io/pod-index'])
    expect(label(told.old)).toEqual([undefined, undefined, undefined])
    expect(label(playedIn('1.28', [quiet]))).toEqual(['0', '1', '2'])
    expect(label(playedIn('1.28', [quiet], webV1, { PodIndexLabel: false }))).toEqual([undefined, undefined, undefined])
  })

  it('the scheduler speaks of claims from 1.34 on', () => {
    const greedy = webV1.replace('        ports:\n', '        resources: {requests: {cpu: "64"}}\n        ports:\n')
    const message = (version: KubernetesVersion) =>
      eventsOf(playedIn(version, [quiet], greedy), 'FailedScheduling').find((text) => text.includes('Insufficient cpu'))
    expect(message('1.33')).toContain('3 Insufficient cpu. preemption: 0/3')
    expect(message('1.34')).toContain('3 Insufficient cpu. no new claims to deallocate, preemption: 0/3')
  })

  it('nodes report the release', () => {
    const releases = ({ world }: Played) =>
      objectsOf(world, 'Node').map(({ status }) => (status as { nodeInfo?: object }).nodeInfo)
    expect(releases(told.now)[2]).toMatchObject({ kubeletVersion: 'v1.36.2' })
    expect(releases(told.old)[2]).toMatchObject({ kubeletVersion: 'v1.27.16' })
  })
})

describe('a node that falls silent', () => {
  const steps = [quiet, act({ type: 'powerOffNode', namespace: 'default', name: 'node-2' }), { runMs: 120_000 }]
  const lostAt = (version: KubernetesVersion) =>
    playedIn(version, steps).facts.find(({ type, name }) => type === 'podNotReady' && name === 'web-1')?.at

  it('loses the readiness of its pods ten seconds earlier in 1.31 than in 1.32', () => {
    expect((lostAt('1.32') ?? 0) - (lostAt('1.31') ?? 0)).toBe(10_000)
    expect(lostAt('1.36')).toBe(lostAt('1.32'))
  })
})

describe('what may be changed', () => {
  it('the history limit from 1.33 on', () => {
    const limit = [quiet, patch({ revisionHistoryLimit: 2 })]
    expect(playedIn('1.33', limit).failed).toEqual([])
    expect(playedIn('1.32', limit).failed).toEqual([
      expect.stringContaining(
        "for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      ),
    ])
  })
  it('leaves broken pods alone in 1.37 in a Parallel set, too', () => {
    const broken = webWith('replicas: 2', 'podManagementPolicy: Parallel', 'updateStrategy: {type: OnDelete}').replace(
      'nginx-slim:v1',
      'nginx-slim:bad',
    )
    const told = playedIn('1.37', [{ runMs: 60_000 }, image('v2'), { runMs: 60_000 }], broken)
    expect(podsOf(told)).toEqual([0, 1].map((n) => `web-${n} 0/1 ImagePullBackOff bad`))
  })
})
