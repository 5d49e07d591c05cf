/** The pods that an object stands for: itself, those that it controls, those that it selects; the first is taken first. */
import { controllerOf } from '../../api/kinds.ts'
import { isReady, isTerminating } from '../../api/predicates.ts'
import type { Labels, Pod } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import type { Thing } from '../call.ts'

const matchesAll = (labels: Labels | undefined, wanted: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => labels?.[key] === value)

/** Those that serve come before those that do not. */
const rank = (pod: Pod): number =>
  (pod.spec.nodeName ? 0 : 4) + (pod.status.phase === 'Running' ? 0 : 2) + (isReady(pod) && !isTerminating(pod) ? 0 : 1)

export function podsBehind(world: World, object: Thing): readonly Pod[] {
  if (object.kind === 'Pod') return [object as unknown as Pod]
  const pods = listObjects(world.objects, 'Pod', object.metadata.namespace)
  const { selector } = (object.spec ?? {}) as { readonly selector?: Labels | { readonly matchLabels?: Labels } }
  const found =
    object.kind === 'Service'
      ? pods.filter(({ metadata }) => selector !== undefined && matchesAll(metadata.labels, selector as Labels))
      : pods.filter(({ metadata }) => controllerOf(metadata)?.uid === object.metadata.uid)
  return found.slice().sort((a, b) => rank(a) - rank(b))
}
