/**
 * What the StatefulSet controller reads off a pod, worked out once for each version of it and kept by the set's roster: a
 * sync over a thousand pods looks at a thousand and works out the one that changed. All of it follows from the pod and what is asked; nothing here
 * knows the time or another object.
 * Models: pkg/controller/statefulset/stateful_set_utils.go (identityMatches, storageMatches, isMemberOf), v1.36.
 */
import { claimNameOf, isCanonical, POD_NAME_LABEL, parentAndOrdinal, REVISION_LABEL } from '../api/identity.ts'
import { controllerOf } from '../api/kinds.ts'
import { selects } from '../api/labels.ts'
import { availableAt, isCreated, isPending, isRunningAndReady, isTerminal, isTerminating } from '../api/predicates.ts'
import type { LabelSelector, Pod, SimTime, StatefulSet, StatefulSetSpec, Uid } from '../api/types.ts'
import { YES } from '../machines/ordering.ts'
import type { Tenant } from './claimOwners.ts'

function steadyAnswers(pod: Pod): number {
  let yes = 0
  if (isTerminal(pod)) yes |= YES.isTerminal
  if (isCreated(pod)) yes |= YES.isCreated
  if (isPending(pod)) yes |= YES.isPending
  if (isTerminating(pod)) yes |= YES.isTerminating
  if (isRunningAndReady(pod)) yes |= YES.isRunningAndReady
  return yes
}

function hasStorageOf(pod: Pod, ordinal: number, set: StatefulSet): boolean {
  if (ordinal < 0) return false
  return (set.spec.volumeClaimTemplates ?? []).every(({ metadata: { name } }) => {
    const volume = pod.spec.volumes?.find((candidate) => candidate.name === name)
    return volume?.persistentVolumeClaim?.claimName === claimNameOf(name, set.metadata.name, ordinal)
  })
}

export class PodFacts implements Tenant {
  readonly pod: Pod
  readonly name: string
  readonly uid: Uid
  /** −1 when it is no member's name. */
  readonly ordinal: number
  /** The set that the name speaks of; '' when it is no member's name. */
  readonly parent: string
  /** Uid of the controller; undefined for an orphan. */
  readonly controller: Uid | undefined
  /** The name is written as its set writes it, and the label says the same. */
  readonly identityMatches: boolean
  /** The revision's name; '' without a label. */
  readonly revision: string
  /** Answers to the ordering chart's questions, as bits of `YES`, as far as the pod alone gives them. */
  readonly answers: number
  private selector: LabelSelector | undefined
  private isSelected = false
  private minReadySeconds = Number.NaN
  private becomesAvailable: SimTime | undefined
  private spec: StatefulSetSpec | undefined
  private storage = false

  constructor(pod: Pod) {
    const { name, uid, labels } = pod.metadata
    const { parent, ordinal } = parentAndOrdinal(name)
    this.pod = pod
    this.name = name
    this.uid = uid
    this.ordinal = ordinal
    this.parent = parent
    this.controller = controllerOf(pod.metadata)?.uid
    this.identityMatches = isCanonical(name, ordinal) && labels?.[POD_NAME_LABEL] === name
    this.revision = labels?.[REVISION_LABEL] ?? ''
    this.answers = steadyAnswers(pod)
  }

  is(answer: number): boolean {
    return (this.answers & answer) !== 0
  }

  /** Selected by the set, and named as one of its members. */
  isMemberOf({ metadata, spec: { selector } }: StatefulSet): boolean {
    if (this.selector !== selector) {
      this.selector = selector
      this.isSelected = selects(selector, this.pod.metadata.labels)
    }
    return this.isSelected && this.parent === metadata.name
  }

  /** As `availableAt` of the predicates. */
  availableAt(minReadySeconds: number): SimTime | undefined {
    if (this.minReadySeconds !== minReadySeconds) {
      this.minReadySeconds = minReadySeconds
      this.becomesAvailable = availableAt(this.pod, minReadySeconds)
    }
    return this.becomesAvailable
  }

  /** As `isAvailable` of the predicates. */
  isAvailable(minReadySeconds: number, now: SimTime): boolean {
    const at = this.availableAt(minReadySeconds)
    return at !== undefined && at <= now
  }

  /** Mounts the claims of its ordinal. */
  storageMatches(set: StatefulSet): boolean {
    if (this.spec !== set.spec) {
      this.spec = set.spec
      this.storage = hasStorageOf(this.pod, this.ordinal, set)
    }
    return this.storage
  }
}

/** True when a sync that asks for no time cannot tell the two apart: they differ in what it does not read. */
export function areAlike(a: PodFacts, b: PodFacts): boolean {
  return (
    a.answers === b.answers &&
    a.uid === b.uid &&
    a.name === b.name &&
    a.controller === b.controller &&
    a.availableAt(0) === b.availableAt(0) &&
    a.pod.metadata.labels === b.pod.metadata.labels &&
    a.pod.spec.volumes === b.pod.spec.volumes
  )
}
