/**
 * What a person may do to a StatefulSet. Each act reads the set, changes one field and lets the API server judge; only
 * what the server would take without any effect is refused here.
 */
import type { Refusal } from '../api/strategy.ts'
import type { Container, StatefulSet, StatefulSetSpec } from '../api/types.ts'
import type { Command } from '../kernel/command.ts'
import type { Answer, ClusterView, Decision } from '../kernel/types.ts'
import { badRequest, impossible, notFound } from './refusals.ts'

export type Steps = Generator<Decision, Refusal | undefined, Answer>
type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** A refused decision is the act's own refusal. */
export const refusalOf = (answer: Answer): Refusal | undefined => (answer.ok ? undefined : answer.refusal)

/** The set, unless it is on its way out: its controller would do nothing any more. */
function livingSet(view: ClusterView, { namespace, name }: { namespace: string; name: string }): StatefulSet | Refusal {
  const set = view.get('StatefulSet', namespace, name)
  if (!set) return notFound('StatefulSet', name)
  return set.metadata.deletionTimestamp === undefined
    ? set
    : impossible(
        `statefulsets.apps "${name}" is being deleted: its controller neither creates nor deletes pods any more; create the set again once it is gone`,
      )
}

const isRefusal = (found: StatefulSet | Refusal): found is Refusal => 'reason' in found

function* change(set: StatefulSet, spec: Partial<StatefulSetSpec>): Steps {
  return refusalOf(yield { do: 'update', object: { ...set, spec: { ...set.spec, ...spec } } })
}

export function* scaleStatefulSet(view: ClusterView, command: Of<'scaleStatefulSet'>): Steps {
  const set = livingSet(view, command)
  return isRefusal(set) ? set : yield* change(set, { replicas: command.replicas })
}

const ALL_CONTAINERS = '*'

/** The containers with the image in the named one, or in the only one when none is named. */
function withImage(set: StatefulSet, { image, container }: Of<'setImage'>): Partial<StatefulSetSpec> | Refusal {
  const { spec } = set.spec.template
  const all = [...(spec.initContainers ?? []), ...spec.containers]
  if (container === undefined && spec.containers.length > 1)
    return badRequest(
      `error: a container name must be specified for statefulset ${set.metadata.name}, choose one of: [${spec.containers.map(({ name }) => name).join(' ')}]`,
    )
  const wanted = container ?? spec.containers[0]?.name
  if (wanted !== ALL_CONTAINERS && !all.some(({ name }) => name === wanted))
    return badRequest(`error: unable to find container named "${wanted}"`)
  const changed = (list: readonly Container[]) =>
    list.map((entry) => (wanted === ALL_CONTAINERS || entry.name === wanted ? { ...entry, image } : entry))
  const { initContainers } = spec
  const containers = changed(spec.containers)
  return {
    template: {
      ...set.spec.template,
      spec: { ...spec, containers, ...(initContainers && { initContainers: changed(initContainers) }) },
    },
  }
}

export function* setImage(view: ClusterView, command: Of<'setImage'>): Steps {
  const set = livingSet(view, command)
  if (isRefusal(set)) return set
  const spec = withImage(set, command)
  return 'reason' in spec ? (spec as Refusal) : yield* change(set, spec as Partial<StatefulSetSpec>)
}

export function* setPartition(view: ClusterView, command: Of<'setPartition'>): Steps {
  const set = livingSet(view, command)
  if (isRefusal(set)) return set
  const { updateStrategy } = set.spec
  const rollingUpdate = { ...updateStrategy.rollingUpdate, partition: command.partition }
  return yield* change(set, { updateStrategy: { ...updateStrategy, rollingUpdate } })
}

export function* setUpdateStrategy(view: ClusterView, command: Of<'setUpdateStrategy'>): Steps {
  const set = livingSet(view, command)
  return isRefusal(set) ? set : yield* change(set, { updateStrategy: command.strategy })
}

const PROPAGATION = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const

export function* deleteStatefulSet(_view: ClusterView, { namespace, name, cascade }: Of<'deleteStatefulSet'>): Steps {
  const options = { propagation: PROPAGATION[cascade] }
  return refusalOf(yield { do: 'delete', kind: 'StatefulSet', namespace, name, options })
}
