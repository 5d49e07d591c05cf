/**
 * What keeps the members of a set from having names although they run: the Service that the set names does not exist, or
 * is about other pods. The set's controller never looks, so it is told about the Service.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOfObject } from '../api/kinds.ts'
import { matchesLabels } from '../api/labels.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { Service, StatefulSet } from '../api/types.ts'

const isAbout = ({ spec }: Service, { spec: { template } }: StatefulSet): boolean =>
  matchesLabels(spec.selector, template.metadata?.labels)

export function governingReasons(
  view: Pick<StrategyContext, 'list'>,
  subject: ObjectKey,
  {
    namespace,
    name,
    service,
  }: { readonly namespace: string; readonly name: string; readonly service: Service | undefined },
): readonly GivenReason[] {
  const governed = view.list('StatefulSet', namespace).filter(({ spec }) => spec.serviceName === name)
  if (!service) return governed.length > 0 ? [{ reason: 'serviceMissing', subject }] : []
  return governed
    .filter((set) => !isAbout(service, set))
    .map((set) => ({ reason: 'serviceSelectsOthers', subject, on: keyOfObject(set) }))
}
