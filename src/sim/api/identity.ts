/**
 * Which pod of which set: names, ordinals, claims.
 * Models: pkg/controller/statefulset/stateful_set_utils.go (getParentNameAndOrdinal, getPodName, getPersistentVolumeClaimName), v1.36.
 */
import type { StatefulSet } from './types.ts'

export const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name'
export const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index'
export const REVISION_LABEL = 'controller-revision-hash'
export const REVISION_HASH_LABEL = 'controller.kubernetes.io/hash'

/** The set's name and the ordinal that a pod name says; ordinal −1 when it is no member's name. `web-a-10` → web-a, 10. */
export function parentAndOrdinal(podName: string): { parent: string; ordinal: number } {
  const dash = podName.lastIndexOf('-')
  let ordinal = dash >= 0 && dash + 1 < podName.length ? 0 : -1
  for (let i = dash + 1; ordinal >= 0 && i < podName.length; i++) {
    const digit = podName.charCodeAt(i) - 48
    ordinal = digit >= 0 && digit <= 9 ? ordinal * 10 + digit : -1
  }
  return ordinal >= 0 && ordinal <= 2_147_483_647 ? { parent: podName.slice(0, dash), ordinal } : NO_MEMBER
}

const NO_MEMBER = { parent: '', ordinal: -1 } as const

/** Written as a set writes the names of its pods, without zeros in front: `web-7`, not `web-07`. */
export const isCanonical = (podName: string, ordinal: number): boolean =>
  ordinal >= 0 && podName.length - podName.lastIndexOf('-') - 1 === (ordinal < 10 ? 1 : String(ordinal).length)

export const ordinalOf = (podName: string): number => parentAndOrdinal(podName).ordinal

export const podNameOf = (setName: string, ordinal: number): string => `${setName}-${ordinal}`

export const claimNameOf = (templateName: string, setName: string, ordinal: number): string =>
  `${templateName}-${setName}-${ordinal}`

/** First ordinal of the set's range. */
export const startOrdinal = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0

/** One past the last ordinal of the set's range. */
export const endOrdinal = (set: StatefulSet): number => startOrdinal(set) + set.spec.replicas

/** True when the ordinal lies in the set's range; pods outside it are condemned. */
export const inRange = (set: StatefulSet, ordinal: number): boolean =>
  ordinal >= startOrdinal(set) && ordinal < endOrdinal(set)

/** The rolling update's partition, an index relative to the start ordinal; 0 without a block. */
export const partitionOf = (set: StatefulSet): number => set.spec.updateStrategy.rollingUpdate?.partition ?? 0
