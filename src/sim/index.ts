/**
 * The first door of the simulation: the laws of the cluster put together, and what the other storeys may use.
 * The second door is `manifest/index.ts`, which brings the YAML library, the third `scenario/comparison.ts`, which compares
 * versions of Kubernetes, the fourth `kubectl/index.ts`, a shell that knows kubectl, the fifth `projection/index.ts` with
 * what is looked at closely; all four are loaded after the first paint.
 */

import { nameChange } from './api/nameChange.ts'
import { admitByQuota } from './api/quotaAdmission.ts'
import { strategies } from './api/strategies.ts'
import type { ClusterSettings } from './api/strategy.ts'
import { DEFAULT_VERSION } from './api/switches.ts'
import type { Kind, ObjectOf } from './api/types.ts'
import { clusterDns } from './controllers/clusterDns.ts'
import { disruption } from './controllers/disruption.ts'
import { drain } from './controllers/drain.ts'
import { endpoints } from './controllers/endpoints.ts'
import { garbageCollector } from './controllers/garbageCollector.ts'
import { kubelet } from './controllers/kubelet.ts'
import { nodeLifecycle } from './controllers/nodeLifecycle.ts'
import { bootstrapObjects } from './controllers/nodes.ts'
import { peerNames } from './controllers/peerNames.ts'
import { podGc } from './controllers/podGc.ts'
import { resourceQuota } from './controllers/resourceQuota.ts'
import { scheduler } from './controllers/scheduler.ts'
import { statefulSet } from './controllers/statefulSet.ts'
import { taintEviction } from './controllers/taintEviction.ts'
import { volumeBinder } from './controllers/volumeBinder.ts'
import { volumeExpansion } from './controllers/volumeExpansion.ts'
import { volumeProtection } from './controllers/volumeProtection.ts'
import { RULES } from './guarantees/rules.ts'
import { listObjects } from './kernel/apiServer.ts'
import { makeKernel } from './kernel/kernel.ts'
import type { Kernel, Laws, World } from './kernel/types.ts'
import { act } from './kubectl/acts.ts'

/** The cluster as it is when nobody says otherwise: v1.36, gates at their defaults. */
export const DEFAULT_SETTINGS: ClusterSettings = {
  clusterDomain: 'cluster.local',
  kubernetes: DEFAULT_VERSION,
  gates: {},
  dnsTtlSeconds: 30,
}

export interface SimOptions {
  /** Every stored object is made immutable to the leaves (development and tests; costs time). */
  readonly freeze?: boolean
  /** Puts other laws in the place of some, such as a controller with a mistake in it. */
  readonly change?: (laws: Laws) => Laws
}

/** A kernel under the laws of the whole cluster. */
export const makeSim = ({ freeze = false, change = (laws) => laws }: SimOptions = {}): Kernel =>
  makeKernel(
    change({
      deciders: [
        statefulSet,
        garbageCollector,
        scheduler,
        volumeBinder,
        volumeProtection,
        volumeExpansion,
        kubelet,
        endpoints,
        clusterDns,
        disruption,
        drain,
        peerNames,
        nodeLifecycle,
        taintEviction,
        podGc,
        resourceQuota,
      ],
      strategies,
      admit: admitByQuota,
      rules: RULES,
      act,
      nameChange,
      bootstrap: bootstrapObjects,
      freeze,
    }),
  )

/** The objects of a kind in a world, by namespace and name. */
export const objectsOf = <K extends Kind>(world: World, kind: K, namespace?: string): readonly ObjectOf<K>[] =>
  listObjects(world.objects, kind, namespace)

export type { Fact, FactType } from './api/changes.ts'
export type { ObjectKey } from './api/kinds.ts'
export { ALL_KINDS, keyOfObject, kindNamed, partsOfKey } from './api/kinds.ts'
export type { Reason, ReasonName } from './api/reasons.ts'
export type { ClusterSettings, Refusal } from './api/strategy.ts'
export { KUBERNETES_VERSIONS, settingsProblem, versionNamed } from './api/switches.ts'
export type { AnyObject, Kind, ObjectOf, SimTime } from './api/types.ts'
export { GUARANTEES } from './guarantees/rules.ts'
export type { ReasonLine, Unblock, Why, WhyLink } from './guarantees/types.ts'
export { allReasons, why } from './guarantees/why.ts'
export { readObject } from './kernel/apiServer.ts'
export type { Cascade, Command } from './kernel/command.ts'
export { fnv1a } from './kernel/random.ts'
export type { Kernel, Transition, Violation, World } from './kernel/types.ts'
export { kubectlLine } from './kubectl/commandLine.ts'
export { refusalOf } from './manifest/remarks.ts'
export type { AroundPicture, ClassPicture, DoorPicture, EndpointPicture, EndpointState } from './projection/around.ts'
export { resolve } from './projection/dns.ts'
export { eventCountOf, eventsOf } from './projection/events.ts'
export { lamps } from './projection/lamps.ts'
export type { LaneBook } from './projection/laneDraft.ts'
export { emptyLaneBook } from './projection/laneDraft.ts'
export type { LaneMoment } from './projection/lanes.ts'
export { extendLanes, isDecision } from './projection/lanes.ts'
export { pictureOf, setOf } from './projection/picture.ts'
export { quorumOf } from './projection/quorum.ts'
export { extendRevisionOrder, markOf } from './projection/revisionMarks.ts'
export type * from './projection/types.ts'
export { podHas } from './scenario/milestones.ts'
export {
  namespaceOf as scenarioNamespace,
  opening as openScenario,
  settingsOf as scenarioSettings,
} from './scenario/steps.ts'
export type { Scenario, Step } from './scenario/types.ts'
