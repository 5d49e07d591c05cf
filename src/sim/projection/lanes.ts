/**
 * The timeline: for each slot of each set the lives of its pods, its first claim and its name, and marks for acts, decisions
 * and violations. Grown from the facts of new moments, at a cost of those facts alone; what was drawn is never read again.
 */

import { familyOf } from '../api/addresses.ts'
import type { Fact } from '../api/changes.ts'
import { claimNameOf, ordinalOf, parentAndOrdinal, podNameOf, REVISION_LABEL } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, keyOf } from '../api/kinds.ts'
import { availableAt } from '../api/predicates.ts'
import { timeOf } from '../api/time.ts'
import type { Pod, SimTime, StatefulSet } from '../api/types.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { Violation, World } from '../kernel/types.ts'
import type { LaneBook, SetLane } from './laneDraft.ts'
import { LaneDraft } from './laneDraft.ts'
import { podStateOf } from './picturePod.ts'
import { restingStateOf } from './syncNotes.ts'
import type { Marker, NameState } from './types.ts'

/** One moment of the history as the timeline reads it. */
export interface LaneMoment {
  readonly index: number
  readonly at: SimTime
  readonly world: World
  readonly facts: readonly Fact[]
  readonly violations: readonly Violation[]
  readonly given?: { readonly line: string }
}

const setAt = ({ objects }: World, namespace: string, name: string): StatefulSet | undefined =>
  readObject(objects, 'StatefulSet', namespace, name)

/** The lane of a pod: that of the set which controls it, or the one it has had before. */
function laneOf(draft: LaneDraft, pod: Pod): SetLane | undefined {
  const { namespace = '', name, ownerReferences } = pod.metadata
  const known = draft.find(namespace, name)
  const owner = controllerOf({ ownerReferences: ownerReferences ?? [] })
  if (known || owner?.kind !== 'StatefulSet') return known
  const set = keyOf('StatefulSet', namespace, owner.name)
  return draft.add({ set, namespace, podName: name, ordinal: ordinalOf(name) })
}

const minReadyOf = (world: World, namespace: string, podName: string): number =>
  setAt(world, namespace, parentAndOrdinal(podName).parent)?.spec.minReadySeconds ?? 0

function livePod(draft: LaneDraft, world: World, lane: SetLane, pod: Pod, from: SimTime): void {
  const { uid, labels } = pod.metadata
  draft.live(lane, {
    from,
    uid,
    state: podStateOf(pod, world, minReadyOf(world, lane.namespace, lane.podName)),
    revision: labels?.[REVISION_LABEL] ?? '',
    ...(pod.spec.nodeName !== undefined && { node: pod.spec.nodeName }),
  })
}

/** A claim that was there before its pod: its life is drawn from its creation on. */
function findClaim(draft: LaneDraft, world: World, lane: SetLane, pod: Pod): SetLane {
  const name = pod.spec.volumes?.find(({ persistentVolumeClaim }) => persistentVolumeClaim)?.persistentVolumeClaim
    ?.claimName
  const claim =
    name && lane.firstClaim === undefined && readObject(world.objects, 'PersistentVolumeClaim', lane.namespace, name)
  if (claim) draft.beginClaim(lane, claim.metadata.name, Math.max(0, timeOf(claim.metadata.creationTimestamp)))
  return draft.find(lane.namespace, lane.podName) ?? lane
}

function readPodFact(draft: LaneDraft, { at, world }: LaneMoment, { type, namespace, name }: Fact): void {
  if (type === 'podDeleted') {
    const gone = draft.find(namespace, name)
    if (gone) draft.endPod(gone, at)
  }
  const pod = readObject(world.objects, 'Pod', namespace, name)
  const lane = pod && laneOf(draft, pod)
  if (pod && lane) livePod(draft, world, findClaim(draft, world, lane, pod), pod, at)
}

/** The slot that a claim's name belongs to: one that is known, or that of a set whose template makes this name. */
function laneOfClaim(draft: LaneDraft, world: World, namespace: string, claim: string): SetLane | undefined {
  const known = draft.findByClaim(namespace, claim)
  if (known) return known
  const ordinal = ordinalOf(claim)
  for (const { metadata, spec } of listObjects(world.objects, 'StatefulSet', namespace)) {
    const [template] = spec.volumeClaimTemplates ?? []
    if (!template || claimNameOf(template.metadata.name, metadata.name, ordinal) !== claim) continue
    const podName = podNameOf(metadata.name, ordinal)
    const set = keyOf('StatefulSet', namespace, metadata.name)
    return draft.find(namespace, podName) ?? draft.add({ set, namespace, podName, ordinal })
  }
  return undefined
}

function readClaimFact(draft: LaneDraft, { at, world }: LaneMoment, { type, namespace, name }: Fact): void {
  if (type === 'claimCreated') {
    const lane = laneOfClaim(draft, world, namespace, name)
    if (lane) draft.beginClaim(lane, name, at)
  } else if (type === 'claimDeleted') {
    const lane = draft.findByClaim(namespace, name)
    if (lane) draft.endClaim(lane, at)
  }
}

/** Ready pods become available by time alone; the controller's next status says that it has noticed. */
function readStatusFact(draft: LaneDraft, { world }: LaneMoment, { namespace, name }: Fact): void {
  const minReady = setAt(world, namespace, name)?.spec.minReadySeconds ?? 0
  for (const lane of draft.resting(keyOf('StatefulSet', namespace, name), 'readyNotAvailable')) {
    const pod = readObject(world.objects, 'Pod', namespace, lane.podName)
    const since = pod && availableAt(pod, minReady)
    if (pod && since !== undefined && since <= world.now) livePod(draft, world, lane, pod, Math.max(0, since))
  }
}

const NAME_STATES: Partial<Record<Fact['type'], NameState>> = {
  namePublished: 'published',
  nameCached: 'cached',
  nameWithdrawn: 'absent',
}

/** The name is the pod's own, not one by its address, and it is about the address of its Service's first family. */
function isMemberName({ world }: LaneMoment, { namespace, name, detail }: Fact): boolean {
  const [label, service = ''] = String(detail?.name).split('.')
  const [first] = readObject(world.objects, 'Service', namespace, service)?.spec.ipFamilies ?? []
  return label === name && (first === undefined || first === familyOf(String(detail?.address)))
}

function readFact(draft: LaneDraft, moment: LaneMoment, fact: Fact): void {
  const nameState = fact.kind === 'Pod' ? NAME_STATES[fact.type] : undefined
  if (nameState) {
    const lane = draft.find(fact.namespace, fact.name)
    if (lane && isMemberName(moment, fact)) draft.name(lane, nameState, moment.at)
  } else if (fact.kind === 'Pod') readPodFact(draft, moment, fact)
  else if (fact.kind === 'PersistentVolumeClaim') readClaimFact(draft, moment, fact)
  else if (fact.type === 'setStatusWritten') readStatusFact(draft, moment, fact)
}

const DECIDED: ReadonlySet<Fact['type']> = new Set(['podCreated', 'podDeleted', 'podTerminating'])

/** The StatefulSet controller created or deleted a pod. */
export const isDecision = ({ by, type }: Fact): boolean => by === 'statefulSet' && DECIDED.has(type)

function markersOf({ index, at, world, facts, violations, given }: LaneMoment): Marker[] {
  const markers: Marker[] = []
  const mark = (kind: Marker['kind'], text: string) => markers.push({ at, kind, moment: index, text })
  if (given) mark('command', given.line)
  const decision = facts.find(isDecision)
  if (decision) mark('decision', restingStateOf(world, setOfPod(world, decision)) ?? decision.type)
  for (const { rule } of violations) mark('violation', rule)
  return markers
}

function setOfPod({ objects }: World, { namespace, name }: Fact): ObjectKey {
  const pod = readObject(objects, 'Pod', namespace, name)
  return keyOf('StatefulSet', namespace, (pod && controllerOf(pod.metadata)?.name) ?? parentAndOrdinal(name).parent)
}

/** The lanes with these moments added, which follow on those that were read before. */
export function extendLanes(book: LaneBook, moments: readonly LaneMoment[]): LaneBook {
  const draft = new LaneDraft(book)
  for (const moment of moments) {
    for (const fact of moment.facts) readFact(draft, moment, fact)
    draft.markers.push(...markersOf(moment))
    draft.end = Math.max(draft.end, moment.at)
  }
  return draft.done()
}
