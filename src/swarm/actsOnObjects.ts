/**
 * What a person may do to any object: apply, patch and delete. The set's spec and template, what stands around it (Service,
 * budget, ConfigMap, classes, volumes, claims, revisions, nodes), and the metadata by which controllers know their own.
 */
import type { AnyObject, Kind } from '../sim/api/types.ts'
import { listObjects } from '../sim/kernel/apiServer.ts'
import type { World } from '../sim/kernel/types.ts'
import type { Dice } from './dice.ts'
import type { Draw, DrawsOf, Of } from './draws.ts'
import { MOST_REPLICAS, node, pod, podName } from './draws.ts'
import type { Ground } from './ground.ts'
import { opening } from './ground.ts'
import { budget, CLASSES, configMap, HOME, headless, nakedPod, quota, SET, volume } from './objects.ts'
import { CONFIG, drawTemplate } from './template.ts'

type Patching = Draw<Of<'patchObject'>>
type Applying = Draw<Of<'applyObjects'>>
type Deleting = Draw<Of<'deleteObject'>>

const HOLD = 'example.com/hold'

const applies = (...objects: readonly AnyObject[]): Of<'applyObjects'> => ({ type: 'applyObjects', objects })

const patchSet =
  (spec: (dice: Dice) => object): Patching =>
  (dice) => ({ type: 'patchObject', kind: 'statefulsets', ...SET, patch: { spec: spec(dice) } })

const patchPod =
  (metadata: (dice: Dice) => object): Patching =>
  (dice, world) => ({ type: 'patchObject', kind: 'pods', ...pod(dice, world), patch: { metadata: metadata(dice) } })

const claim = (dice: Dice, world: World) => ({ namespace: HOME, name: `www-${podName(dice, world)}` })

const patchClaim =
  (patch: object): Patching =>
  (dice, world) => ({ type: 'patchObject', kind: 'persistentvolumeclaims', ...claim(dice, world), patch })

const nameOf = (dice: Dice, world: World, kind: Kind): string =>
  dice.oneOf([...listObjects(world.objects, kind).map(({ metadata }) => metadata.name), 'web-0'])

const patchVolume =
  (spec: (dice: Dice) => object): Patching =>
  (dice, world) => ({
    type: 'patchObject',
    kind: 'persistentvolumes',
    namespace: HOME,
    name: nameOf(dice, world, 'PersistentVolume'),
    patch: { spec: spec(dice) },
  })

const deletes = (kind: string, name: string): Of<'deleteObject'> => ({
  type: 'deleteObject',
  kind,
  namespace: HOME,
  name,
})

const retention = (dice: Dice) => ({
  persistentVolumeClaimRetentionPolicy: {
    whenScaled: dice.oneOf(['Retain', 'Delete']),
    whenDeleted: dice.oneOf(['Retain', 'Delete']),
  },
})

/** The label that makes a pod the set's, another one, and the revision that it says it has. */
const relabel = (dice: Dice) => ({
  labels: dice.oneOf([
    { app: 'other' },
    { app: 'nginx' },
    { app: 'nginx' },
    { 'controller-revision-hash': 'web-none' },
  ]),
})

/** The set with another template, and else as at first. */
const otherTemplate: Applying = (dice, _world, { set, mounts }: Ground) => {
  const { spec, ...rest } = set as unknown as { readonly spec: object }
  return applies({ ...rest, spec: { ...spec, template: drawTemplate(dice, mounts) } } as unknown as AnyObject)
}

const classOfGround: Applying = (dice, _world, { className }) =>
  applies(CLASSES[className ?? 'standard'] ?? (CLASSES[dice.oneOf(['lazy', 'local'])] as AnyObject))

const volumeOfGround: Applying = (dice, world, { className }) =>
  applies(volume(dice, className ?? 'standard', node(dice, world).name))

const revision: Deleting = (dice, world) => deletes('controllerrevisions', nameOf(dice, world, 'ControllerRevision'))

type Acts = 'applyObjects' | 'patchObject' | 'deleteObject' | 'deleteClaim'

export const ACTS_ON_OBJECTS: DrawsOf<Acts> = {
  applyObjects: [
    [6, (_dice, _world, ground) => opening(ground) as Of<'applyObjects'>],
    [4, otherTemplate],
    [2, (dice) => applies(headless(dice.once(4)))],
    [1, (dice) => applies(nakedPod(dice.upTo(MOST_REPLICAS), !dice.once(3)))],
    [3, (dice) => applies(budget(dice))],
    [1, (dice) => applies(quota(dice))],
    [2, (dice) => applies(configMap(dice.oneOf(['first', 'second'])))],
    [2, classOfGround],
    [2, volumeOfGround],
  ],
  patchObject: [
    [
      2,
      patchSet((dice) => ({
        updateStrategy: { rollingUpdate: { maxUnavailable: dice.oneOf([1, 2, '50%', '100%']) } },
      })),
    ],
    [2, patchSet((dice) => ({ ordinals: { start: dice.upTo(2) } }))],
    [2, patchSet((dice) => ({ minReadySeconds: dice.oneOf([0, 0, 2, 6]) }))],
    [2, patchSet(retention)],
    [1, patchSet((dice) => ({ revisionHistoryLimit: dice.upTo(3) }))],
    [3, patchPod(relabel)],
    [1, patchPod(() => ({ ownerReferences: null }))],
    [1, patchPod(() => ({ finalizers: [HOLD] }))],
    [3, patchPod(() => ({ finalizers: null }))],
    [2, patchClaim({ spec: { resources: { requests: { storage: '2Gi' } } } })],
    [1, patchClaim({ metadata: { finalizers: null } })],
    [1, patchVolume((dice) => ({ persistentVolumeReclaimPolicy: dice.oneOf(['Retain', 'Delete']) }))],
    [1, patchVolume(() => ({ claimRef: null }))],
  ],
  deleteObject: [
    [1, revision],
    [1, () => deletes('services', 'nginx')],
    [1, () => deletes('poddisruptionbudgets', 'web')],
    [2, () => deletes('resourcequotas', 'web')],
    [1, () => deletes('configmaps', CONFIG)],
    [1, (dice) => deletes('storageclasses', dice.oneOf(Object.keys(CLASSES)))],
    [1, (dice, world) => deletes('persistentvolumes', nameOf(dice, world, 'PersistentVolume'))],
    [1, (dice, world) => deletes('nodes', node(dice, world).name)],
  ],
  deleteClaim: [[3, (dice, world) => ({ type: 'deleteClaim', ...claim(dice, world) })]],
}
