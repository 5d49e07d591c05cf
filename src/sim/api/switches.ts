/**
 * What differs between the versions of Kubernetes that are offered, as named switches: feature gates under upstream's
 * names, and behaviours that no gate turns. Deciders ask for a switch by its name and never for a version. Leaves out what
 * differs in parts that are not simulated; docs/model.md lists both.
 * Models: pkg/features/kube_features.go, staging/src/k8s.io/component-base/featuregate, v1.27–v1.37.
 */
import type { ClusterSettings } from './strategy.ts'

/** One version to choose: a minor or, where patches of one minor differ, the patches up to the last that behaves so. */
interface Offered {
  readonly name: string
  /** The release that such a cluster reports. */
  readonly release: string
  /** The last patch that belongs here; undefined when all later ones do. */
  readonly lastPatch?: number
}

/** Oldest first. */
export const KUBERNETES_VERSIONS = [
  { name: '1.27', release: 'v1.27.16' },
  { name: '1.28', release: 'v1.28.0' },
  { name: '1.29', release: 'v1.29.0' },
  { name: '1.30', release: 'v1.30.13' },
  { name: '1.31', release: 'v1.31.0' },
  { name: '1.32', release: 'v1.32.0' },
  { name: '1.33', release: 'v1.33.1' },
  { name: '1.34', release: 'v1.34.0' },
  { name: '1.35.0', release: 'v1.35.0', lastPatch: 3 },
  { name: '1.35', release: 'v1.35.4' },
  { name: '1.36', release: 'v1.36.2' },
  { name: '1.37', release: 'v1.37.0-beta.0' },
] as const satisfies readonly Offered[]

export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number]['name']

export const DEFAULT_VERSION: KubernetesVersion = '1.36'

const OFFERED: readonly Offered[] = KUBERNETES_VERSIONS

/** The offered version that a text means: `1.36`, `1.36.2`, `v1.35.1` (which is one of `1.35.0`); undefined when none is. */
export function versionNamed(text: string): KubernetesVersion | undefined {
  const found = /^v?(1\.\d{1,3})(?:\.(\d{1,3}))?$/.exec(text)
  if (!found) return undefined
  const [, minor = '', patch] = found
  const ofMinor = OFFERED.filter(({ name }) => name === minor || name.startsWith(`${minor}.`))
  const offered = ofMinor.find(({ lastPatch }) => lastPatch === undefined || Number(patch ?? Number.NaN) <= lastPatch)
  return offered?.name as KubernetesVersion | undefined
}

type Stage = 'alpha' | 'beta' | 'GA' | 'removed'

/** A feature gate: its states, each from a version on. Before the first it is unknown, and off; removed, it is always on. */
export interface Gate {
  readonly source: string
  readonly states: readonly (readonly [since: KubernetesVersion, stage: Stage, on: boolean])[]
}

/** Something that no gate turns: its values, each from a version on. */
export interface Behaviour<T> {
  readonly source: string
  readonly values: readonly (readonly [since: KubernetesVersion, value: T])[]
}

export const GATES = {
  /** An update may make several pods unavailable at once; `maxUnavailable` is kept. */
  MaxUnavailableStatefulSet: {
    source: 'pkg/features/kube_features.go; kubernetes/kubernetes#137904, #137926 (off again, because of #137409)',
    states: [
      ['1.27', 'alpha', false],
      ['1.35.0', 'beta', true],
      ['1.35', 'beta', false],
      ['1.37', 'beta', true],
    ],
  },
  /** Pods carry their ordinal as the label `apps.kubernetes.io/pod-index`. */
  PodIndexLabel: {
    source: 'pkg/features/kube_features.go; pkg/controller/statefulset/stateful_set_utils.go (updateIdentity)',
    states: [
      ['1.28', 'beta', true],
      ['1.32', 'GA', true],
      ['1.35.0', 'removed', true],
    ],
  },
  /** `persistentVolumeClaimRetentionPolicy` is kept. */
  StatefulSetAutoDeletePVC: {
    source: 'pkg/features/kube_features.go; pkg/registry/apps/statefulset/strategy.go',
    states: [
      ['1.27', 'beta', true],
      ['1.32', 'GA', true],
      ['1.35.0', 'removed', true],
    ],
  },
  /** `ordinals` is kept. */
  StatefulSetStartOrdinal: {
    source: 'pkg/features/kube_features.go; pkg/registry/apps/statefulset/strategy.go',
    states: [
      ['1.27', 'beta', true],
      ['1.31', 'GA', true],
      ['1.33', 'removed', true],
    ],
  },
} as const satisfies Readonly<Record<string, Gate>>

const until = (source: string, first: KubernetesVersion): Behaviour<boolean> => ({
  source,
  values: [
    ['1.27', true],
    [first, false],
  ],
})

const since = (source: string, first: KubernetesVersion): Behaviour<boolean> => ({
  source,
  values: [
    ['1.27', false],
    [first, true],
  ],
})

export const BEHAVIOURS = {
  /** A pod that has ended is deleted and created anew in one sync, with an event Recreating…Pod. */
  recreatesEndedPodsAtOnce: until(
    'kubernetes/kubernetes#123809, pkg/controller/statefulset/stateful_set_control.go (processReplica)',
    '1.31',
  ),
  /** STATUS shows how a terminating pod ended (Completed, Error) once its phase says so, instead of Terminating to the last. */
  showsHowTerminatingPodsEnd: since('kubernetes/kubernetes#122038, pkg/printers/internalversion/printers.go', '1.31'),
  /** How long a node may be silent before its pods count as not Ready, in seconds. */
  nodeMonitorGraceSeconds: {
    source: 'pkg/controller/nodelifecycle/config/v1alpha1/defaults.go; the minor is bounded, not pinned',
    values: [
      ['1.27', 40],
      ['1.32', 50],
    ],
  },
  /** Events of the StatefulSet controller begin with a capital: `Create Pod …`. */
  capitalisesEventVerbs: since(
    'pkg/controller/statefulset/stateful_pod_control.go (recordPodEvent); the minor is bounded, not pinned',
    '1.33',
  ),
  /** `revisionHistoryLimit` of a set may be changed. */
  historyLimitIsMutable: since('pkg/apis/apps/validation/validation.go (ValidateStatefulSetUpdate)', '1.33'),
  /** The scheduler speaks of resource claims when it finds no node. */
  schedulerCountsClaims: since(
    'pkg/scheduler/framework/plugins/dynamicresources; the minor is bounded, not pinned',
    '1.34',
  ),
  /** A volume that cannot be reached from a node "didn't match"; before, there was a "conflict". */
  saysVolumeAffinityUnmatched: since(
    'pkg/scheduler/framework/plugins/volumebinding/binder.go (ErrReasonNodeConflict); the minor is bounded, not pinned',
    '1.34',
  ),
  /** Events of the kubelet name the container that was created and started. */
  namesContainerInEvents: until(
    'pkg/kubelet/kuberuntime/kuberuntime_container.go; the minor is bounded, not pinned',
    '1.35.0',
  ),
  /** `minReadySeconds` count as over at the very moment when they are, and the controller looks again just then. */
  countsAvailabilityExactly: since(
    'kubernetes/kubernetes#135428, pkg/api/v1/pod/util.go (IsPodAvailable), pkg/controller/statefulset/stateful_set.go',
    '1.36',
  ),
  /** The kubelet says that an image which is there may be used. */
  checksPullCredentials: since('pkg/kubelet/images/image_manager.go', '1.36'),
  /** Parallel: old pods that are unavailable already are replaced whatever the budget for unavailable pods. */
  replacesBrokenPodsBeyondBudget: since(
    'kubernetes/kubernetes#137666, pkg/controller/statefulset/stateful_set_control.go',
    '1.37',
  ),
  /** OnDelete: once every pod is updated and Ready the update revision becomes the current one. */
  completesOnDelete: since(
    'kubernetes/kubernetes#136833, pkg/controller/statefulset/stateful_set_control.go (completeRollingUpdate)',
    '1.37',
  ),
} as const satisfies Readonly<Record<string, Behaviour<boolean | number>>>

export type GateName = keyof typeof GATES
export type BehaviourName = keyof typeof BEHAVIOURS
export type SwitchName = GateName | BehaviourName

type ValueOf<B> = B extends Behaviour<infer T> ? (T extends number ? number : T) : number

/** Where every switch stands. */
export type Switches = { readonly [G in GateName]: boolean } & {
  readonly [B in BehaviourName]: ValueOf<(typeof BEHAVIOURS)[B]>
}

export const GATE_NAMES = Object.keys(GATES) as readonly GateName[]
export const SWITCH_NAMES: readonly SwitchName[] = [...GATE_NAMES, ...(Object.keys(BEHAVIOURS) as BehaviourName[])]

const isGate = (name: string): name is GateName => Object.hasOwn(GATES, name)

const rankOf = (version: string): number => OFFERED.findIndex(({ name }) => name === version)

/** The last entry that begins at or before the version; undefined when all begin later. */
function entryAt<E extends readonly [KubernetesVersion, ...unknown[]]>(entries: readonly E[], version: string) {
  const rank = rankOf(version)
  return entries.findLast(([from]) => rankOf(from) <= rank)
}

const stateOf = (gate: GateName, version: string) => entryAt((GATES[gate] as Gate).states, version)

function defaultOf(name: SwitchName, version: string): boolean | number {
  if (isGate(name)) return stateOf(name, version)?.[2] ?? false
  return entryAt((BEHAVIOURS[name] as Behaviour<boolean | number>).values, version)?.[1] ?? false
}

/** What is wrong with a version and gates, in the words of the component that would not start; undefined when nothing is. */
export function settingsProblem({
  kubernetes,
  gates,
}: Pick<ClusterSettings, 'kubernetes' | 'gates'>): string | undefined {
  if (rankOf(kubernetes) < 0) {
    const known = OFFERED.map(({ name }) => name).join(', ')
    return `Kubernetes ${kubernetes} is not simulated; known are ${known}`
  }
  for (const [name, on] of Object.entries(gates)) {
    const [, stage, standard] = (isGate(name) && stateOf(name, kubernetes)) || [undefined, 'removed']
    if (stage === 'removed') return `unrecognized feature gate: ${name}`
    if (stage === 'GA' && on !== standard)
      return `cannot set feature gate ${name} to ${on}, feature is locked to ${standard}`
  }
  return undefined
}

function resolved({ kubernetes, gates, overrides }: ClusterSettings): Switches {
  const problem = settingsProblem({ kubernetes, gates })
  if (problem) throw new Error(problem)
  const standard = SWITCH_NAMES.map((name) => [name, defaultOf(name, kubernetes)] as const)
  return { ...(Object.fromEntries(standard) as unknown as Switches), ...gates, ...overrides }
}

const known = new WeakMap<ClusterSettings, Switches>()

/** Where the switches stand in a cluster. Throws for settings with a problem; whoever opens a run has asked before. */
export function switchesOf(settings: ClusterSettings): Switches {
  let switches = known.get(settings)
  if (!switches) {
    switches = resolved(settings)
    known.set(settings, switches)
  }
  return switches
}

/** The release that the nodes of a cluster report: `v1.36.2`. */
export const releaseOf = (version: string): string => OFFERED[rankOf(version)]?.release ?? `v${version}.0`
