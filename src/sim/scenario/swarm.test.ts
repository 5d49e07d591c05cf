/**
 * Many small histories: random acts and faults at random moments, every guarantee checked after every step. The seed is
 * in the title; a failing list of acts is shrunk, and what is left is printed with the broken rule.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import type { AnyObject, StatefulSetSpec } from '../api/types.ts'
import { allReasons, DEFAULT_SETTINGS, makeSim } from '../index.ts'
import type { Command } from '../kernel/command.ts'
import type { Violation, World } from '../kernel/types.ts'
import { readManifests } from '../manifest/index.ts'

const SEEDS = 60
/** Acts of a run, on average. */
const ACTS = 60

const web = { namespace: 'default', name: 'web' }
const tag = fc.constantFrom('v1', 'v1', 'v2', 'v2', 'v3', 'crash', 'bad', 'never-ready')
const ordinal = fc.integer({ min: 0, max: 4 })
const pod = ordinal.map((i) => ({ namespace: 'default', name: `web-${i}` }))
const patchPod = (metadata: object) =>
  pod.map((named): Command => ({ type: 'patchObject', kind: 'pods', ...named, patch: { metadata } }))
const patchSet = (spec: object): Command => ({ type: 'patchObject', kind: 'statefulsets', ...web, patch: { spec } })

const weighted = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary })
const upTo = (max: number) => fc.integer({ min: 0, max })

const deletePod = fc
  .tuple(pod, fc.constantFrom(undefined, undefined, 0, 5), upTo(9))
  .map(([named, graceSeconds, dice]): Command => {
    const how = dice === 0 ? { force: true } : graceSeconds === undefined ? {} : { graceSeconds }
    return { type: 'deletePod', ...named, ...how }
  })

const act: fc.Arbitrary<Command> = fc.oneof(
  weighted(
    6,
    upTo(5).map((replicas) => ({ type: 'scaleStatefulSet', ...web, replicas })),
  ),
  weighted(
    6,
    tag.map((name) => ({ type: 'setImage', ...web, image: `registry.k8s.io/nginx-slim:${name}` })),
  ),
  weighted(
    2,
    upTo(4).map((partition) => ({ type: 'setPartition', ...web, partition })),
  ),
  weighted(5, deletePod),
  weighted(
    3,
    pod.map((named) => ({ type: 'failPod', ...named })),
  ),
  weighted(
    2,
    pod.map((named) => ({ type: 'crashContainer', ...named })),
  ),
  weighted(
    3,
    fc.tuple(pod, fc.boolean()).map(([named, ready]) => ({ type: 'setReadiness', ...named, ready })),
  ),
  weighted(
    1,
    ordinal.map((i) => ({ type: 'deleteClaim', namespace: 'default', name: `www-web-${i}` })),
  ),
  weighted(
    1,
    fc
      .constantFrom('OnDelete' as const, 'RollingUpdate' as const)
      .map((type) => ({ type: 'setUpdateStrategy', ...web, strategy: { type } })),
  ),
  weighted(
    1,
    upTo(2).map((start) => patchSet({ ordinals: { start } })),
  ),
  weighted(
    1,
    upTo(10).map((minReadySeconds) => patchSet({ minReadySeconds })),
  ),
  weighted(
    1,
    fc
      .constantFrom('Retain', 'Delete')
      .map((whenScaled) => patchSet({ persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted: 'Retain' } })),
  ),
  weighted(1, patchPod({ labels: { app: 'other' } })),
  weighted(1, patchPod({ labels: { app: 'nginx' } })),
  weighted(
    1,
    fc
      .constantFrom('background' as const, 'foreground' as const, 'orphan' as const)
      .map((cascade) => ({ type: 'deleteStatefulSet', ...web, cascade })),
  ),
  weighted(2, fc.constant({ type: 'applyObjects', objects: [] })),
)

interface GivenAct {
  readonly afterMs: number
  readonly command: Command
}

/** Any number up to twice the usual, so that a failing list can be shrunk to a few. */
const acts: fc.Arbitrary<readonly GivenAct[]> = fc.noBias(
  fc.array(fc.record({ afterMs: fc.oneof(upTo(100), upTo(30_000)), command: act }), {
    maxLength: 2 * ACTS,
    size: 'max',
  }),
)

/** The set of a seed: every fourth Parallel, some with no rollingUpdate block. */
function manifestsOf(seed: number): readonly AnyObject[] {
  const read = readManifests(webV1)
  return read.objects.map((object) => {
    if (object.kind !== 'StatefulSet') return object
    const spec: Partial<StatefulSetSpec> = {
      podManagementPolicy: seed % 4 === 0 ? 'Parallel' : 'OrderedReady',
      ...(seed % 3 === 0 && { updateStrategy: { type: 'RollingUpdate' as const } }),
    }
    return { ...object, spec: { ...object.spec, ...spec } }
  })
}

const kernel = makeSim()

/** What went wrong in a run of these acts: every violation; and a reason whose chain does not end would never return. */
function violationsOf(seed: number, given: readonly GivenAct[]): readonly Violation[] {
  const objects = manifestsOf(seed)
  const gates = { MaxUnavailableStatefulSet: seed % 5 === 0 }
  let world: World = kernel.create(seed, { ...DEFAULT_SETTINGS, gates })
  const violations: Violation[] = []
  const take = (transition: ReturnType<typeof kernel.dispatch>) => {
    world = transition.world
    violations.push(...transition.violations)
  }
  take(kernel.dispatch(world, { type: 'applyObjects', objects }))
  for (const { afterMs, command } of given) {
    take(kernel.advance(world, world.now + afterMs))
    allReasons(world)
    take(kernel.dispatch(world, command.type === 'applyObjects' ? { ...command, objects } : command))
  }
  take(kernel.advance(world, world.now + 60_000))
  return violations
}

describe('a swarm of random histories', () => {
  for (let seed = 1; seed <= SEEDS; seed++)
    it(`breaks no guarantee: seed ${seed}`, () => {
      fc.assert(
        fc.property(acts, (given) => {
          expect(violationsOf(seed, given)).toEqual([])
        }),
        { seed, numRuns: 1, interruptAfterTimeLimit: 20_000 },
      )
    })
})
