/** Every story, in the order in which the page offers them. The first is what a first visit shows. */
import type { Scenario } from '../../sim/index.ts'
import { brokenRollout } from './broken-rollout.ts'
import { budgetDoesNotStopARollout } from './budget-does-not-stop-a-rollout.ts'
import { claimDeletedRunningPod } from './claim-deleted-running-pod.ts'
import { crashLoopPassesForReady } from './crash-loop-passes-for-ready.ts'
import { crashingIsNotFailed } from './crashing-is-not-failed.ts'
import { deadNodeKeepsItsPod } from './dead-node-keeps-its-pod.ts'
import { deletedMidRolloutComesBackNew } from './deleted-mid-rollout-comes-back-new.ts'
import { dnsClusterLocal } from './dns-cluster-local.ts'
import { dnsDualStack } from './dns-dual-stack.ts'
import { dnsKubeLocal } from './dns-kube-local.ts'
import { dnsNamespaceFoo } from './dns-namespace-foo.ts'
import { drainFourNodes } from './drain-four-nodes.ts'
import { drainThreeNodes } from './drain-three-nodes.ts'
import { externalAccess } from './external-access.ts'
import { initContainersFirst } from './init-containers-first.ts'
import { localVolumePins } from './local-volume-pins.ts'
import { maxUnavailableDeadlock } from './max-unavailable-deadlock.ts'
import { nodeOffSixWays } from './node-off-six-ways.ts'
import { notReadyIsKept } from './not-ready-is-kept.ts'
import { onDelete } from './on-delete.ts'
import { orderedStart } from './ordered-start.ts'
import { parallelUpdatesOneByOne } from './parallel-updates-one-by-one.ts'
import { partitionAboveReplicas } from './partition-above-replicas.ts'
import { partitionCanary } from './partition-canary.ts'
import { peersNeedNames } from './peers-need-names.ts'
import { podBelowPartitionDeleted } from './pod-below-partition-deleted.ts'
import { podDeleted } from './pod-deleted.ts'
import { quotaRefusesAPod } from './quota-refuses-a-pod.ts'
import { readyOutOfOrder } from './ready-out-of-order.ts'
import { readyWhileTerminating } from './ready-while-terminating.ts'
import { retainNotRebound } from './retain-not-rebound.ts'
import { retentionMatrix } from './retention-matrix.ts'
import { rollingUpdate } from './rolling-update.ts'
import { scale253 } from './scale-2-5-3.ts'
import { scaleTo1Web0Fails } from './scale-to-1-web-0-fails.ts'
import { serviceMissing } from './service-missing.ts'
import { setDeletedAllAtOnce } from './set-deleted-all-at-once.ts'
import { setDeletedDataComesBack } from './set-deleted-data-comes-back.ts'
import { splitBrain } from './split-brain.ts'
import { undoDoesNotRepair } from './undo-does-not-repair.ts'
import { web0FailsBeforeWeb2 } from './web-0-fails-before-web-2.ts'
import { zookeeperTwoNodes } from './zookeeper-two-nodes.ts'
import { zookeeperVerbatim } from './zookeeper-verbatim.ts'

export interface ScenarioGroup {
  /** Names the text: `scenario.group.<name>`. */
  readonly name: 'stories' | 'cluster' | 'believed'
  readonly scenarios: readonly Scenario[]
}

/** What happens; what the cluster around a set does to it; and what is commonly believed to, each shown false by its story. */
export const scenarioGroups: readonly ScenarioGroup[] = [
  {
    name: 'stories',
    scenarios: [
      orderedStart,
      scale253,
      web0FailsBeforeWeb2,
      scaleTo1Web0Fails,
      rollingUpdate,
      partitionCanary,
      partitionAboveReplicas,
      podBelowPartitionDeleted,
      onDelete,
      brokenRollout,
      maxUnavailableDeadlock,
      podDeleted,
      setDeletedDataComesBack,
      dnsClusterLocal,
      dnsNamespaceFoo,
      dnsKubeLocal,
      dnsDualStack,
    ],
  },
  {
    name: 'cluster',
    scenarios: [
      nodeOffSixWays,
      splitBrain,
      drainThreeNodes,
      drainFourNodes,
      zookeeperTwoNodes,
      claimDeletedRunningPod,
      retentionMatrix,
      retainNotRebound,
      localVolumePins,
      initContainersFirst,
      crashLoopPassesForReady,
      serviceMissing,
      quotaRefusesAPod,
      peersNeedNames,
      externalAccess,
      zookeeperVerbatim,
    ],
  },
  {
    name: 'believed',
    scenarios: [
      readyOutOfOrder,
      parallelUpdatesOneByOne,
      notReadyIsKept,
      deadNodeKeepsItsPod,
      budgetDoesNotStopARollout,
      setDeletedAllAtOnce,
      undoDoesNotRepair,
      deletedMidRolloutComesBackNew,
      readyWhileTerminating,
      crashingIsNotFailed,
    ],
  },
]

export const scenarios: readonly Scenario[] = scenarioGroups.flatMap((group) => group.scenarios)
