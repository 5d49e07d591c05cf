/**
 * Whether a quota stands against what a slot of a set lacks: asks admission anew, whatever the controller has said of it.
 * Where templates differ, the older one counts as well: which of them a slot gets is the business of the rollout.
 */
import { controllerOf } from '../api/kinds.ts'
import { admitByQuota } from '../api/quotaAdmission.ts'
import { strategies } from '../api/strategies.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { AnyObject, PersistentVolumeClaim, Pod, StatefulSet } from '../api/types.ts'
import { claimDraft, claimNamesOf } from '../controllers/statefulSetClaims.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import type { Obstacle } from './promiseScene.ts'

const contextOf = ({ settings, objects }: World): StrategyContext => ({
  settings,
  get: (kind, namespace, name) => readObject(objects, kind, namespace, name),
  list: (kind, namespace) => listObjects(objects, kind, namespace),
})

/** The claims of the slot that are not there, as admission would see them. */
function missingClaims(context: StrategyContext, set: StatefulSet, ordinal: number): readonly AnyObject[] {
  return claimNamesOf(set, ordinal).flatMap((name, index) => {
    const template = set.spec.volumeClaimTemplates?.[index]
    if (!template || context.get('PersistentVolumeClaim', set.metadata.namespace, name)) return []
    const draft = claimDraft(set, template, name) as unknown as PersistentVolumeClaim
    return [strategies.PersistentVolumeClaim.prepareForCreate(draft, context)]
  })
}

/** The pod that the slot may get, in the template of today and in that of the current revision. */
function possiblePods(context: StrategyContext, set: StatefulSet): readonly AnyObject[] {
  const { name, namespace, uid } = set.metadata
  const current = context
    .list('ControllerRevision', namespace)
    .filter(({ metadata }) => controllerOf(metadata)?.uid === uid && metadata.name === set.status.currentRevision)
  const templates = [set.spec.template, ...current.map(({ data }) => data.spec.template)]
  return templates.map(({ spec }) => {
    const draft = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec } as unknown as Pod
    return strategies.Pod.prepareForCreate(draft, context)
  })
}

/** The quota that says no to what the slot lacks; undefined when none does. */
export function quotaObstacle(
  world: World,
  set: StatefulSet,
  { ordinal, lacksPod }: { readonly ordinal: number; readonly lacksPod: boolean },
): Obstacle | undefined {
  if (listObjects(world.objects, 'ResourceQuota', set.metadata.namespace).length === 0) return undefined
  const context = contextOf(world)
  const wanted = [...missingClaims(context, set, ordinal), ...(lacksPod ? possiblePods(context, set) : [])]
  for (const object of wanted) {
    const said = admitByQuota(object, undefined, context)
    if ('reason' in said && said.quota)
      return { reason: said.quota.exceeded ? 'quotaExceeded' : 'resourcesUnsaid', on: said.quota.key }
  }
  return undefined
}
