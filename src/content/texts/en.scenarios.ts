// What the scenarios are called and what each of their beats shows. A beat's sentence stands beside "next" before it is
// played, so it says what to watch.
export const scenarios = {
  'scenario.ordered-start.title': 'Ordered start',
  'scenario.ordered-start.summary': 'Three pods start one after the other, each when the one before is Ready.',
  'scenario.ordered-start.beats.first': 'web-0 gets its claim and its pod; nothing else is created',
  'scenario.ordered-start.beats.second': 'web-0 is Ready, so web-1 may come',
  'scenario.ordered-start.beats.third': 'web-2 completes the set',

  'scenario.scale-2-5-3.title': 'Scale 2 → 5 → 3',
  'scenario.scale-2-5-3.summary': 'Up in ascending order, down in descending order; the claims stay.',
  'scenario.scale-2-5-3.beats.start': 'Two pods start',
  'scenario.scale-2-5-3.beats.up': 'Scale to 5: web-2, web-3, web-4, in this order',
  'scenario.scale-2-5-3.beats.down': 'Scale to 3: web-4 must be gone before web-3 is touched',

  'scenario.web-0-fails-before-web-2.title': 'web-0 fails before web-2 starts',
  'scenario.web-0-fails-before-web-2.summary': 'A predecessor that fails holds up everything above it.',
  'scenario.web-0-fails-before-web-2.beats.start': 'web-0 and web-1 become Ready',
  'scenario.web-0-fails-before-web-2.beats.fails': 'web-0 crashes: web-2 waits until it is Ready again',
  'scenario.web-0-fails-before-web-2.beats.goesOn': 'web-0 is Ready again, so web-2 may come',

  'scenario.scale-to-1-web-0-fails.title': 'Scale to 1, and web-0 fails',
  'scenario.scale-to-1-web-0-fails.summary': 'Scale-down stops as soon as a pod that is to stay fails.',
  'scenario.scale-to-1-web-0-fails.beats.start': 'Three pods start',
  'scenario.scale-to-1-web-0-fails.beats.down': 'Scale to 1: web-2 goes first',
  'scenario.scale-to-1-web-0-fails.beats.fails': 'web-0 crashes: web-1 is not touched until it is Ready again',
  'scenario.scale-to-1-web-0-fails.beats.goesOn': 'web-0 is Ready again, so web-1 goes',

  'scenario.rolling-update.title': 'Rolling update',
  'scenario.rolling-update.summary': 'A new image reaches the pods from the highest ordinal down.',
  'scenario.rolling-update.beats.start': 'Three pods start at v1',
  'scenario.rolling-update.beats.top': 'Roll out v2: web-2 is replaced first',
  'scenario.rolling-update.beats.rest': 'web-1, then web-0; the current revision moves last',

  'scenario.partition-canary.title': 'Canary by partition',
  'scenario.partition-canary.summary': 'The partition lets one pod through, then two, then all.',
  'scenario.partition-canary.beats.start': 'Three pods start at v1',
  'scenario.partition-canary.beats.two': 'Partition 2 and v2: only web-2 is updated',
  'scenario.partition-canary.beats.one': 'Partition 1: web-1 follows',
  'scenario.partition-canary.beats.zero': 'Partition 0: web-0 follows, and the rollout is complete',

  'scenario.partition-above-replicas.title': 'Partition above replicas',
  'scenario.partition-above-replicas.summary': 'A partition larger than the set: a new template reaches nobody.',
  'scenario.partition-above-replicas.beats.start': 'Three pods start at v1',
  'scenario.partition-above-replicas.beats.nothingRolls': 'Partition 5 and v2: a revision is made, no pod moves',
  'scenario.partition-above-replicas.beats.bornOld': 'Scale to 4: even the new pod starts at v1',

  'scenario.pod-below-partition-deleted.title': 'A pod below the partition is deleted',
  'scenario.pod-below-partition-deleted.summary': 'Which version a lost pod comes back at depends on the partition.',
  'scenario.pod-below-partition-deleted.beats.start': 'A canary: web-2 at v2, the others at v1',
  'scenario.pod-below-partition-deleted.beats.below': 'web-0 is deleted and comes back at v1',
  'scenario.pod-below-partition-deleted.beats.above': 'web-2 is deleted and comes back at v2',

  'scenario.on-delete.title': 'OnDelete',
  'scenario.on-delete.summary': 'A manifest of 2017 names no update strategy: updates wait for your deletes.',
  'scenario.on-delete.beats.start': 'Three pods start at 0.8',
  'scenario.on-delete.beats.nothingRolls': 'A new image: a revision is made, no pod moves',
  'scenario.on-delete.beats.oneByHand': 'web-1 is deleted by hand and comes back at the new image',
  'scenario.on-delete.beats.allByHand': 'The other two follow; the current revision stays behind for ever',

  'scenario.broken-rollout.title': 'Broken rollout',
  'scenario.broken-rollout.summary': 'Stuck, reverted, still stuck, freed by deleting one pod.',
  'scenario.broken-rollout.beats.start': 'Three pods start at v1',
  'scenario.broken-rollout.beats.stuck': 'An image that cannot be pulled: the rollout stops at web-2',
  'scenario.broken-rollout.beats.stillStuck': 'Back to v1: web-2 is not replaced, for it is not Ready',
  'scenario.broken-rollout.beats.freed': 'web-2 is deleted by hand and comes back at v1',

  'scenario.max-unavailable-deadlock.title': 'A budget that blocks itself (1.35.0)',
  'scenario.max-unavailable-deadlock.summary':
    'Parallel with maxUnavailable: one broken pod is the whole budget, and the mended image never reaches it.',
  'scenario.max-unavailable-deadlock.beats.start': 'Four pods start at v1',
  'scenario.max-unavailable-deadlock.beats.broken': 'Roll out an image that does not exist: web-3 hangs',
  'scenario.max-unavailable-deadlock.beats.mended': 'Roll out v2: nothing moves, however long you wait',
  'scenario.max-unavailable-deadlock.beats.byHand': 'Delete web-3: the budget is free again',

  'scenario.pod-deleted.title': 'A pod is deleted',
  'scenario.pod-deleted.summary': 'Same name, same claim, same data; another object, another address.',
  'scenario.pod-deleted.beats.start': 'Three pods start, and web-1 writes a file',
  'scenario.pod-deleted.beats.deleted': 'web-1 is deleted and comes back to its claim',

  'scenario.set-deleted-data-comes-back.title': 'The set is deleted, the data comes back',
  'scenario.set-deleted-data-comes-back.summary': 'Claims outlive their set; a set of the same name finds them again.',
  'scenario.set-deleted-data-comes-back.beats.start': 'Three pods start, and web-0 writes a file',
  'scenario.set-deleted-data-comes-back.beats.deleted': 'The set is deleted: its pods go, its claims stay',
  'scenario.set-deleted-data-comes-back.beats.back': 'The set is created again and finds the file',

  'scenario.dns-cluster-local.title': 'DNS names: default namespace',
  'scenario.dns-cluster-local.summary': 'web-0.nginx.default.svc.cluster.local: a name for each pod that is Ready.',
  'scenario.dns-cluster-local.beats.appear': 'A name appears with each pod that becomes Ready',
  'scenario.dns-cluster-local.beats.notReady': 'web-1 loses readiness and with it its name, then gets it back',

  'scenario.dns-namespace-foo.title': 'DNS names: namespace foo',
  'scenario.dns-namespace-foo.summary': 'web-0.nginx.foo.svc.cluster.local: the namespace is part of the name.',
  'scenario.dns-namespace-foo.beats.appear': 'The same set in foo: every name says so',

  'scenario.dns-kube-local.title': 'DNS names: domain kube.local',
  'scenario.dns-kube-local.summary': 'web-0.nginx.foo.svc.kube.local: the cluster’s own domain ends the name.',
  'scenario.dns-kube-local.beats.appear': 'The same set in a cluster whose domain is kube.local',

  'scenario.group.stories': 'What happens',
  'scenario.group.cluster': 'The cluster around it',
  'scenario.drain-three-nodes.title': 'Drain with a budget, three nodes',
  'scenario.drain-three-nodes.summary':
    'One ZooKeeper server on each node, two must stay: the second drain has to wait.',
  'scenario.drain-three-nodes.beats.start': 'Three servers start, each on a node of its own',
  'scenario.drain-three-nodes.beats.first': 'Drain node-1: zk-0 is evicted and finds no other node',
  'scenario.drain-three-nodes.beats.second': 'Drain node-2: the budget refuses, every five seconds',
  'scenario.drain-three-nodes.beats.uncordoned': 'Open node-1: zk-0 becomes Ready, and the drain gets its pod',
  'scenario.drain-four-nodes.title': 'Drain with a budget, four nodes',
  'scenario.drain-four-nodes.summary': 'With a node to spare one drain goes through; the third is refused.',
  'scenario.drain-four-nodes.beats.start': 'Three servers start, node-4 stays empty',
  'scenario.drain-four-nodes.beats.first': 'Drain node-1: zk-0 moves to node-4',
  'scenario.drain-four-nodes.beats.second': 'Drain node-2: zk-1 is evicted and has no place left',
  'scenario.drain-four-nodes.beats.third': 'Drain node-3: refused, until kubectl gives up after 30 s',
  'scenario.service-missing.title': 'The governing Service is missing',
  'scenario.service-missing.summary':
    'The controller never looks at the Service: pods run, and nobody finds them by name.',
  'scenario.service-missing.beats.start': 'Two pods become Ready without a Service',
  'scenario.service-missing.beats.created': 'The Service is made: names appear, no pod restarts',
  'scenario.peers-need-names.title': 'Peers that need names before they are Ready',
  'scenario.peers-need-names.summary':
    'Each waits for the names of the others, and names are published when a pod is Ready.',
  'scenario.peers-need-names.beats.stuck': 'Three pods run, none becomes Ready: each looks for the others in vain',
  'scenario.peers-need-names.beats.published': 'publishNotReadyAddresses: the names appear, and cached answers run out',
  'scenario.external-access.title': 'Access from outside',
  'scenario.external-access.summary': 'Each pod gets a NodePort Service of its own, by the label with its name.',
  'scenario.external-access.beats.start': 'Three servers start; from outside nobody reaches them',
  'scenario.external-access.beats.exposed': 'Two doors are opened: at every node the same port leads to the same pod',
  'scenario.external-access.beats.moved': 'zk-0 is deleted: its door leads nowhere until the new one is Ready',
  'scenario.zookeeper-verbatim.title': 'ZooKeeper as printed in 2017',
  'scenario.zookeeper-verbatim.summary':
    'Old versions and annotations: it runs, but not all of it means today what it meant.',
  'scenario.zookeeper-verbatim.beats.start': 'Three servers start one after the other',
  'scenario.zookeeper-verbatim.beats.shares': 'node-1 is drained: nothing keeps zk-0 off a node with another server',
  'scenario.zookeeper-verbatim.beats.nothingRolls': 'A new image: apps/v1beta1 means OnDelete, so nothing rolls',

  'scenario.group.believed': 'Commonly believed, but false',

  'scenario.ready-out-of-order.title': '“Pods are Ready in order”',
  'scenario.ready-out-of-order.summary': 'web-0 may be the last to be Ready: only the creation of pods is ordered.',
  'scenario.ready-out-of-order.beats.start': 'Three pods start in order',
  'scenario.ready-out-of-order.beats.notReady': 'web-0 loses readiness: web-1 and web-2 stay as they are',
  'scenario.ready-out-of-order.beats.createdLast': 'web-0 is deleted and created anew while the others run',

  'scenario.parallel-updates-one-by-one.title': '“Parallel updates in parallel”',
  'scenario.parallel-updates-one-by-one.summary':
    'Parallel creates and removes at once, and updates one by one from the top.',
  'scenario.parallel-updates-one-by-one.beats.start': 'Four pods are created at once',
  'scenario.parallel-updates-one-by-one.beats.top': 'Roll out v2: only web-3 goes',
  'scenario.parallel-updates-one-by-one.beats.rest': 'The others follow one by one',
  'scenario.parallel-updates-one-by-one.beats.down': 'Scale to 1: three go at once',

  'scenario.not-ready-is-kept.title': '“A pod that is not Ready is replaced”',
  'scenario.not-ready-is-kept.summary': 'It stays as long as it likes; only a pod that has ended is replaced.',
  'scenario.not-ready-is-kept.beats.start': 'Three pods start',
  'scenario.not-ready-is-kept.beats.kept': 'web-1 is not Ready for half an hour, and nobody touches it',
  'scenario.not-ready-is-kept.beats.failed': 'Its node gives it up: a Failed pod is replaced at once',

  'scenario.dead-node-keeps-its-pod.title': '“A pod on a dead node moves after 5 minutes”',
  'scenario.dead-node-keeps-its-pod.summary':
    'After 5 minutes it is deleted, and stays Terminating until its node can say that it ended.',
  'scenario.dead-node-keeps-its-pod.beats.start': 'Three pods start, each on its own node',
  'scenario.dead-node-keeps-its-pod.beats.lost': 'node-2 loses power: its pod is not Ready a while later',
  'scenario.dead-node-keeps-its-pod.beats.stillThere':
    'Half an hour: web-1 is Terminating, and no other takes its place',
  'scenario.dead-node-keeps-its-pod.beats.back': 'The node is back: web-1 ends, and a new one may come',

  'scenario.budget-does-not-stop-a-rollout.title': '“A disruption budget protects during updates”',
  'scenario.budget-does-not-stop-a-rollout.summary': 'Only evictions ask the budget; a rolling update never does.',
  'scenario.budget-does-not-stop-a-rollout.beats.start': 'Three pods start',
  'scenario.budget-does-not-stop-a-rollout.beats.budget': 'A budget asks for all three: a drain gets nowhere',
  'scenario.budget-does-not-stop-a-rollout.beats.rollout': 'Roll out v2: every pod is taken away all the same',

  'scenario.set-deleted-all-at-once.title': '“Deleting a set stops its pods in order”',
  'scenario.set-deleted-all-at-once.summary': 'All go at once; who wants an order scales to 0 first.',
  'scenario.set-deleted-all-at-once.beats.start': 'Three pods start',
  'scenario.set-deleted-all-at-once.beats.deleted': 'The set is deleted: all three are Terminating at once',
  'scenario.set-deleted-all-at-once.beats.again': 'The same set again',
  'scenario.set-deleted-all-at-once.beats.inOrder': 'Scale to 0 first: web-2, web-1, web-0, then the set',

  'scenario.undo-does-not-repair.title': '“An undo always repairs a rollout”',
  'scenario.undo-does-not-repair.summary':
    'The old template comes back, the broken pod stays until it is deleted by hand.',
  'scenario.undo-does-not-repair.beats.start': 'Three pods start at v1',
  'scenario.undo-does-not-repair.beats.stuck': 'A version that never becomes Ready: stuck at web-2',
  'scenario.undo-does-not-repair.beats.undone': 'Back to v1, and half an hour: web-2 is still the broken one',
  'scenario.undo-does-not-repair.beats.byHand': 'web-2 is deleted by hand and comes back at v1',

  'scenario.deleted-mid-rollout-comes-back-new.title': '“A pod lost in a rollout comes back as it was”',
  'scenario.deleted-mid-rollout-comes-back-new.summary':
    'It comes back updated, before its turn, unless the partition keeps it.',
  'scenario.deleted-mid-rollout-comes-back-new.beats.start': 'Three pods start at v1',
  'scenario.deleted-mid-rollout-comes-back-new.beats.stuck': 'A rollout that stops at web-2',
  'scenario.deleted-mid-rollout-comes-back-new.beats.deleted':
    'web-0 is deleted: it comes back at the new, broken version',
  'scenario.deleted-mid-rollout-comes-back-new.beats.keptByPartition': 'With partition 2 it comes back at v1',

  'scenario.ready-while-terminating.title': '“readyReplicas leaves out pods that go”',
  'scenario.ready-while-terminating.summary':
    'A pod counts as Ready until its process ends, and is out of DNS long before.',
  'scenario.ready-while-terminating.beats.start': 'Three pods start',
  'scenario.ready-while-terminating.beats.leaving': 'web-1 takes 8 seconds to stop: readyReplicas still says 3',
  'scenario.ready-while-terminating.beats.gone': 'Its process has ended: 2, until the new one is Ready',

  'scenario.crashing-is-not-failed.title': '“A pod whose container fails is Failed”',
  'scenario.crashing-is-not-failed.summary': 'It is Running and restarted for ever; Failed comes from the node.',
  'scenario.crashing-is-not-failed.beats.start': 'Three pods start',
  'scenario.crashing-is-not-failed.beats.crashing': 'A version that crashes: web-2 is restarted, never Failed',
  'scenario.crashing-is-not-failed.beats.failed': 'The node gives web-1 up: now a pod is Failed, and replaced',

  'scenario.node-off-six-ways.title': 'A node is off: six ways out',
  'scenario.node-off-six-ways.summary': 'What brings web-1 back from a node without power, and what each way costs.',
  'scenario.node-off-six-ways.beats.start': 'Three pods start, each on a node of its own',
  'scenario.node-off-six-ways.beats.off': 'node-2 loses power: half a minute later nobody has noticed yet',
  'scenario.node-off-six-ways.beats.backInTime': '1: on again within 5 minutes, and the same pod goes on',
  'scenario.node-off-six-ways.beats.backLate': '2: on again too late: web-1 was told to go, and can only now',
  'scenario.node-off-six-ways.beats.nodeDeleted': '3: the Node object is deleted; the volume takes 6 minutes more',
  'scenario.node-off-six-ways.beats.forced': '4: web-1 is deleted by force; the volume takes 6 minutes',
  'scenario.node-off-six-ways.beats.outOfService': '5: put out of service: pod and volume come loose at once',
  'scenario.node-off-six-ways.beats.inGoodOrder': '6: had node-2 been shut down in good order, nobody would wait',

  'scenario.split-brain.title': 'Split brain after a force delete',
  'scenario.split-brain.summary': 'A cut-off node runs on. Who deletes its pod by force may get a second one.',
  'scenario.split-brain.beats.start': 'Three pods start, each on a node of its own',
  'scenario.split-brain.beats.cutOff': 'node-2 is cut off: web-1 runs on, but nobody hears of it',
  'scenario.split-brain.beats.forced': 'web-1 is deleted by force: the new one waits for the volume',
  'scenario.split-brain.beats.twoRun': 'The volume is taken away: now two web-1 run',
  'scenario.split-brain.beats.reconnected': 'node-2 is heard again: its kubelet ends the old one',
} as const
