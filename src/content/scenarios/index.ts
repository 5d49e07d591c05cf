/** Every story, in the order in which the page offers them. The first is what a first visit shows. */
import type { Scenario } from '../../sim/index.ts'
import { brokenRollout } from './broken-rollout.ts'
import { dnsClusterLocal } from './dns-cluster-local.ts'
import { dnsKubeLocal } from './dns-kube-local.ts'
import { dnsNamespaceFoo } from './dns-namespace-foo.ts'
import { onDelete } from './on-delete.ts'
import { orderedStart } from './ordered-start.ts'
import { partitionAboveReplicas } from './partition-above-replicas.ts'
import { partitionCanary } from './partition-canary.ts'
import { podBelowPartitionDeleted } from './pod-below-partition-deleted.ts'
import { podDeleted } from './pod-deleted.ts'
import { rollingUpdate } from './rolling-update.ts'
import { scale253 } from './scale-2-5-3.ts'
import { scaleTo1Web0Fails } from './scale-to-1-web-0-fails.ts'
import { setDeletedDataComesBack } from './set-deleted-data-comes-back.ts'
import { web0FailsBeforeWeb2 } from './web-0-fails-before-web-2.ts'

export const scenarios: readonly Scenario[] = [
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
  podDeleted,
  setDeletedDataComesBack,
  dnsClusterLocal,
  dnsNamespaceFoo,
  dnsKubeLocal,
]
