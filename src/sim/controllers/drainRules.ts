/**
 * kubectl's own rules for a drain, whoever runs one: the pods that it leaves alone unless it is told otherwise, when it
 * asks again, and the words of its errors. Leaves out DaemonSets and mirror pods, which only a terminal asks about.
 * Models: staging/src/k8s.io/kubectl/pkg/drain/{drain,filters}.go, v1.37.
 */
import { controllerOf } from '../api/kinds.ts'
import { isTerminal } from '../api/predicates.ts'
import type { ObjectMeta, Pod } from '../api/types.ts'

/** Between two tries to evict a pod. */
export const RETRY_MS = 5000

/** What a drain may take besides pods that lose nothing and are made again. */
export interface Leave {
  /** Takes pods that nobody will make again, too. */
  readonly force?: boolean
  readonly deleteEmptyDirData?: boolean
}

/** Nobody will make the pod again. */
export const isLonely = (pod: Pod): boolean => !isTerminal(pod) && controllerOf(pod.metadata) === undefined

/** The pod keeps something on its node that goes with it. */
const hasScratch = (pod: Pod): boolean =>
  !isTerminal(pod) && (pod.spec.volumes ?? []).some((volume) => Object.hasOwn(volume, 'emptyDir'))

export const podName = ({ metadata: { namespace, name } }: Pod): string => `${namespace}/${name}`

/** What is said about these pods; nothing when there are none. */
export const saidOf = (what: string, pods: readonly Pod[]): readonly string[] =>
  pods.length === 0 ? [] : [`${what}: ${pods.map(podName).join(', ')}`]

/** Why kubectl will not touch these pods, each text with the pods that it is about. */
export const objections = (pods: readonly Pod[], { force, deleteEmptyDirData }: Leave): readonly string[] => [
  ...(deleteEmptyDirData
    ? []
    : saidOf(
        'cannot delete Pods with local storage (use --delete-emptydir-data to override)',
        pods.filter(hasScratch),
      )),
  ...(force
    ? []
    : saidOf('cannot delete Pods that declare no controller (use --force to override)', pods.filter(isLonely))),
]

/** The beginning of an error about one pod. */
export const whenEvicting = ({ namespace, name }: Pick<ObjectMeta, 'namespace' | 'name'>): string =>
  `error when evicting pods/"${name}" -n "${namespace}"`

/** Several errors as Go's aggregates print them. */
export const asOne = (errors: readonly string[]): string =>
  errors.length > 1 ? `[${errors.join(', ')}]` : (errors[0] ?? '')
