/**
 * What the promises of progress share: the shape of a debt, who will look at what, and what may hold a pod up. Obstacles
 * are looked for in the API objects; only what happens inside a pod is taken from the word of its node and the scheduler.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { isTerminating } from '../api/predicates.ts'
import type { ReasonName } from '../api/reasons.ts'
import type { Pod } from '../api/types.ts'
import { lifeKey } from '../controllers/kubeletLife.ts'
import { isHeard, machineIn } from '../controllers/machine.ts'
import { readObject } from '../kernel/apiServer.ts'
import { get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import { CONTROLLER } from './sync.ts'
import { reasonsAbout } from './why.ts'

export type PromiseId = `LIV-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`

/** What legitimately keeps something from happening, in the words that deciders have for it. */
export interface Obstacle {
  readonly reason: ReasonName
  /** The thing in the way, where it is not the subject itself. */
  readonly on?: ObjectKey
}

export interface Debt {
  readonly promise: PromiseId
  readonly subject: ObjectKey
  /** What is not so yet, for messages. */
  readonly owed: string
  /** `seenTo`: it will come about, or be looked at, by itself. */
  readonly state: 'seenTo' | 'heldUp' | 'overdue'
  readonly obstacle?: Obstacle
}

/** What only an act, another object or luck ends; anything else is a matter of time. */
const LASTING: ReadonlySet<ReasonName> = new Set<ReasonName>([
  'imageCannotBePulled',
  'containerCrashed',
  'outOfMemory',
  'livenessFailed',
  'startupNotPassed',
  'sidecarNotStarted',
  'probeFailing',
  'heldNotReady',
  'peerNotFound',
  'unschedulable',
  'noStorageClass',
  'noProvisioner',
  'namedVolume',
  'finalizerHolds',
  'claimInUse',
  'volumeHeld',
  'nodeHasNotHeard',
  'podOnLostNode',
  'deletionUnconfirmed',
  'awaitsPodGc',
])

/** Why a pod that is to go cannot, besides its finalizers. */
const KEPT: ReadonlySet<ReasonName> = new Set<ReasonName>(['deletionUnconfirmed', 'awaitsPodGc', 'podOnLostNode'])

/** Failures in a row from which on a sync counts as one that fails for ever, where it is asked. */
const MANY_FAILURES = 12

/** Timers of the DNS server that only end what is cached. */
const EXPIRY = 'expiry'

export class Scene {
  readonly world: World
  private readonly looks: ReadonlySet<string>
  private readonly workers: ReadonlySet<string>
  /** Pods, former ones of the same name included, that a node will look at. */
  private readonly atNodes: ReadonlySet<string>

  private readonly trustsRetries: boolean

  constructor(world: World, trustsRetries: boolean) {
    this.world = world
    this.trustsRetries = trustsRetries
    const items = world.queue.flat().filter(({ id }) => id !== EXPIRY)
    this.looks = new Set(items.map(({ decider, key }) => `${decider}|${key}`))
    this.workers = new Set(items.map(({ decider }) => decider))
    const nodes = items.filter(({ decider }) => decider === 'kubelet')
    this.atNodes = new Set(nodes.map(({ key }) => key.slice(0, key.indexOf('#'))))
  }

  /** True when the decider will look at that key. */
  willLook(decider: string, key: string): boolean {
    return this.looks.has(`${decider}|${key}`)
  }

  /** True when the decider will look at anything. */
  isBusy(decider: string): boolean {
    return this.workers.has(decider)
  }

  /** The controller will look at the set; where retries are not trusted, one that failed over and over does not count. */
  willSync(set: ObjectKey): boolean {
    const failures = get(this.world.failures, `${CONTROLLER}|${set}`) ?? 0
    return this.willLook(CONTROLLER, set) && (this.trustsRetries || failures < MANY_FAILURES)
  }

  /** A debt that is held up by the first obstacle given, seen to, or neither. */
  debt(promise: PromiseId, subject: ObjectKey, owed: string, seenTo: boolean, obstacle?: Obstacle): Debt {
    if (obstacle) return { promise, subject, owed, state: 'heldUp', obstacle }
    return { promise, subject, owed, state: seenTo ? 'seenTo' : 'overdue' }
  }

  /** The pod's machine has no power or no network, whether anybody has noticed yet or not. */
  private lostNode({ spec: { nodeName } }: Pod): Obstacle | undefined {
    const lost = nodeName !== undefined && !isHeard(machineIn(this.world, nodeName))
    return lost ? { reason: 'nodeSilent', on: keyOf('Node', undefined, nodeName) } : undefined
  }

  /** What keeps a pod from becoming Ready; undefined when nothing but time does. */
  podObstacle(pod: Pod): Obstacle | undefined {
    const key = keyOfObject(pod)
    for (const { reason, on } of reasonsAbout(this.world, key)) {
      if (LASTING.has(reason)) return { reason, ...(on && { on }) }
      if (reason !== 'volumeNotBound' || !on || isTerminating(pod)) continue
      const claim = this.claimObstacle(on, pod)
      if (claim) return claim
    }
    return this.lostNode(pod)
  }

  private claimObstacle(key: ObjectKey, { spec: { nodeName } }: Pod): Obstacle | undefined {
    const { namespace, name } = partsOfKey(key)
    if (this.claim(namespace, name)?.status.phase === 'Lost') return { reason: 'volumeNotBound', on: key }
    // A claim made anew for a pod that has its node already: nobody chooses one any more.
    const isLate = (reason: ReasonName) => reason === 'waitForFirstConsumer' && nodeName !== undefined
    const lasting = reasonsAbout(this.world, key).find(({ reason }) => LASTING.has(reason) || isLate(reason))
    return lasting && { reason: lasting.reason, on: lasting.on ?? key }
  }

  /** The pod's node, the scheduler, or whoever sees to its volumes, will look at it. */
  podIsSeenTo(pod: Pod): boolean {
    const key = keyOfObject(pod)
    // Its volumes may still be with a former pod of its name, whose node is at it.
    if (this.atNodes.has(key) || this.willLook('scheduler', key)) return true
    // Its processes ask once more when they have forgotten that a name was not there.
    if (this.willLook('peerNames', lifeKey(pod))) return true
    return this.isBusy('volumeBinder') && pod.status.phase === 'Pending'
  }

  /** A pod that is to go: what holds it, or whether its node is at it. */
  goingPod(promise: PromiseId, pod: Pod): Debt {
    const key = keyOfObject(pod)
    const kept = reasonsAbout(this.world, key).find(({ reason }) => KEPT.has(reason))
    const held = pod.metadata.finalizers?.length ? ({ reason: 'finalizerHolds' } as const) : undefined
    const obstacle = kept ? { reason: kept.reason, ...(kept.on && { on: kept.on }) } : (this.lostNode(pod) ?? held)
    const seenTo = this.willLook('kubelet', lifeKey(pod))
    return this.debt(promise, key, 'it is terminating and not gone', seenTo, seenTo ? undefined : obstacle)
  }

  claim(namespace: string | undefined, name: string) {
    return readObject(this.world.objects, 'PersistentVolumeClaim', namespace, name)
  }

  pod(namespace: string | undefined, name: string): Pod | undefined {
    return readObject(this.world.objects, 'Pod', namespace, name)
  }
}

export const podKey = (namespace: string | undefined, name: string): ObjectKey => keyOf('Pod', namespace, name)
