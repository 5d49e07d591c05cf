/**
 * What may befall a set: every command that a person has, with names that often exist, at moments close to each other or
 * a little apart. Leaves out nodes that come and go, and taints. Drawn one by one; a draw may look at the world to
 * name what is there (a revision), and is then a command like any other.
 */
import { listObjects, readObject } from '../sim/kernel/apiServer.ts'
import type { Command } from '../sim/kernel/command.ts'
import type { World } from '../sim/kernel/types.ts'
import type { Dice, Ground } from './ground.ts'
import { budget, HOME, headless, imageOf, nakedPod, opening, SET } from './ground.ts'

export interface SwarmAct {
  /** Virtual ms that pass first. */
  readonly afterMs: number
  readonly command: Command
}

type Draw = (dice: Dice, world: World, ground: Ground) => Command

type NodeCommand =
  | 'cordonNode'
  | 'uncordonNode'
  | 'stopDrain'
  | 'powerOffNode'
  | 'powerOnNode'
  | 'rebootNode'
  | 'shutDownNode'
  | 'cutOffNode'
  | 'reconnectNode'

const MOST_REPLICAS = 4
const HOLD = 'example.com/hold'
const TAGS = ['v1', 'v1', 'v2', 'v2', 'v3', 'crash', 'bad', 'never-ready'] as const

/** Mostly a pod that exists. */
function podName(dice: Dice, world: World): string {
  const names = listObjects(world.objects, 'Pod', HOME).map(({ metadata }) => metadata.name)
  return names.length === 0 || dice.once(12) ? `web-${dice.upTo(MOST_REPLICAS)}` : dice.oneOf(names)
}

const pod = (dice: Dice, world: World) => ({ namespace: HOME, name: podName(dice, world) })
const patchSet = (spec: object): Command => ({ type: 'patchObject', kind: 'statefulsets', ...SET, patch: { spec } })
const patchPod = (dice: Dice, world: World, metadata: object): Command => ({
  type: 'patchObject',
  kind: 'pods',
  ...pod(dice, world),
  patch: { metadata },
})

function deletePod(dice: Dice, world: World): Command {
  const named = { type: 'deletePod' as const, ...pod(dice, world) }
  if (dice.once(10)) return { ...named, force: true }
  return dice.once(3) ? { ...named, graceSeconds: dice.oneOf([0, 1, 5]) } : named
}

function deleteRevision(dice: Dice, world: World): Command {
  const names = listObjects(world.objects, 'ControllerRevision', HOME).map(({ metadata }) => metadata.name)
  return { type: 'deleteObject', kind: 'controllerrevisions', namespace: HOME, name: dice.oneOf(['web-0', ...names]) }
}

const retention = (dice: Dice): Command =>
  patchSet({
    persistentVolumeClaimRetentionPolicy: {
      whenScaled: dice.oneOf(['Retain', 'Delete']),
      whenDeleted: dice.oneOf(['Retain', 'Delete']),
    },
  })

/** The label that makes a pod the set's, another one, and the revision that it says it has. */
const relabel = (dice: Dice, world: World): Command =>
  patchPod(dice, world, {
    labels: dice.oneOf([
      { app: 'other' },
      { app: 'nginx' },
      { app: 'nginx' },
      { 'controller-revision-hash': 'web-none' },
    ]),
  })

const NODES = ['node-1', 'node-2', 'node-3'] as const

/** A command about a node alone; the namespace of such a command is not looked at. */
const onNode =
  (...types: readonly NodeCommand[]): Draw =>
  (dice) => ({ type: dice.oneOf(types), namespace: HOME, name: dice.oneOf(NODES) })

const drain: Draw = (dice) => ({
  type: 'drainNode',
  namespace: HOME,
  name: dice.oneOf(NODES),
  timeoutSeconds: dice.oneOf([5, 30]),
  force: true,
})

/** Each with its weight. */
const DRAWS: readonly (readonly [weight: number, draw: Draw])[] = [
  [12, (dice) => ({ type: 'scaleStatefulSet', ...SET, replicas: dice.upTo(MOST_REPLICAS) })],
  [12, (dice) => ({ type: 'setImage', ...SET, image: imageOf(dice.oneOf(TAGS)) })],
  [12, deletePod],
  [4, (dice) => ({ type: 'setPartition', ...SET, partition: dice.upTo(3) })],
  [6, (dice, world) => ({ type: 'failPod', ...pod(dice, world) })],
  [4, (dice, world) => ({ type: 'crashContainer', ...pod(dice, world), exitCode: dice.upTo(1) })],
  [6, (dice, world) => ({ type: 'setReadiness', ...pod(dice, world), ready: !dice.once(3) })],
  [3, (dice, world) => ({ type: 'deleteClaim', namespace: HOME, name: `www-${podName(dice, world)}` })],
  [2, (dice) => ({ type: 'setUpdateStrategy', ...SET, strategy: { type: dice.oneOf(['OnDelete', 'RollingUpdate']) } })],
  [2, (dice) => patchSet({ updateStrategy: { rollingUpdate: { maxUnavailable: dice.oneOf([1, 2, '50%', '100%']) } } })],
  [2, (dice) => patchSet({ ordinals: { start: dice.upTo(2) } })],
  [2, (dice) => patchSet({ minReadySeconds: dice.oneOf([0, 0, 2, 6]) })],
  [2, retention],
  [1, (dice) => patchSet({ revisionHistoryLimit: dice.upTo(3) })],
  [3, relabel],
  [1, (dice, world) => patchPod(dice, world, { ownerReferences: null })],
  [1, (dice, world) => patchPod(dice, world, { finalizers: [HOLD] })],
  [3, (dice, world) => patchPod(dice, world, { finalizers: null })],
  [2, (dice) => ({ type: 'deleteStatefulSet', ...SET, cascade: dice.oneOf(['background', 'foreground', 'orphan']) })],
  [6, (_dice, _world, ground) => opening(ground)],
  [1, deleteRevision],
  [1, () => ({ type: 'deleteObject', kind: 'services', namespace: HOME, name: 'nginx' })],
  [2, () => ({ type: 'applyObjects', objects: [headless] })],
  [1, (dice) => ({ type: 'applyObjects', objects: [nakedPod(dice.upTo(MOST_REPLICAS), !dice.once(3))] })],
  [2, (dice, world) => ({ type: 'evictPod', ...pod(dice, world) })],
  [2, (dice) => ({ type: 'applyObjects', objects: [budget(dice.upTo(2))] })],
  [1, () => ({ type: 'deleteObject', kind: 'poddisruptionbudgets', namespace: HOME, name: 'web' })],
  [1, drain],
  [1, onNode('cordonNode', 'stopDrain')],
  [3, onNode('uncordonNode')],
  [1, onNode('powerOffNode', 'rebootNode', 'shutDownNode', 'cutOffNode')],
  [4, onNode('powerOnNode', 'reconnectNode')],
  [1, (dice, world) => ({ type: 'writeFile', ...pod(dice, world), path: '/data/note', text: String(dice.upTo(9)) })],
]

const WEIGHT = DRAWS.reduce((sum, [weight]) => sum + weight, 0)

function drawOf(dice: Dice): Draw {
  let left = dice.upTo(WEIGHT - 1)
  for (const [weight, draw] of DRAWS) {
    if (left < weight) return draw
    left -= weight
  }
  return deletePod
}

/** Mostly at once or within a few turns, now and then when the last act has had its effect. */
const pauseMs = (dice: Dice): number => dice.upTo(dice.oneOf([0, 0, 5, 20, 60, 200, 1000]))

export function drawAct(dice: Dice, world: World, ground: Ground): SwarmAct {
  const afterMs = pauseMs(dice)
  const gone = !readObject(world.objects, 'StatefulSet', HOME, SET.name)
  return { afterMs, command: gone && dice.once(2) ? opening(ground) : drawOf(dice)(dice, world, ground) }
}
