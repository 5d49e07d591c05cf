/**
 * What the API server must know about a kind to store it: defaults, validation, what an update may change, how a delete
 * begins. The generic server in `kernel/` drives these; one strategy per kind lives in `strategies.ts`.
 * Models: k8s.io/apiserver/pkg/registry/rest (create, update, delete strategies), v1.36.
 */
import type { ObjectKey } from './kinds.ts'
import type { GateName, Switches } from './switches.ts'
import type { AnyObject, Kind, Labels, ObjectOf, Taint } from './types.ts'

/** A machine of the cluster; what is left out is as usual (4 CPUs, 16Gi, 500 pods, no zone). */
export interface NodeSettings {
  readonly name: string
  /** Label `topology.kubernetes.io/zone`. */
  readonly zone?: string
  readonly cpu?: string
  readonly memory?: string
  readonly pods?: string
  readonly labels?: Labels
  readonly taints?: readonly Taint[]
}

/** Behaviours of the whole cluster, fixed for a run. */
export interface ClusterSettings {
  readonly clusterDomain: string
  /** The version whose behaviour is simulated, as `KUBERNETES_VERSIONS` names it: `1.36`. */
  readonly kubernetes: string
  /** Feature gates that are set explicitly; the others are as the version has them. */
  readonly gates: { readonly [G in GateName]?: boolean }
  /** Switches turned against the version, whether or not a real cluster allows it: to see what a single one changes. */
  readonly overrides?: Partial<Switches>
  /** How long resolvers keep an answer after the record is gone, in seconds (kubeadm's Corefile: 30). */
  readonly dnsTtlSeconds: number
  /** Nodes and pods have addresses of both families, IPv4 first; else of IPv4 alone. */
  readonly dualStack?: boolean
  /** The machines at the beginning; left out: `node-1` to `node-3`. */
  readonly nodes?: readonly NodeSettings[]
}

/** One thing wrong with an object, at one field, in upstream's words. */
export interface FieldError {
  /** Dotted path with indices: `spec.template.spec.containers[0].name`. */
  readonly field: string
  readonly type: 'Required' | 'Invalid' | 'NotSupported' | 'Forbidden' | 'Duplicate' | 'TooLong' | 'NotFound'
  /** The whole text after the field: `Invalid value: -1: must be greater than or equal to 0`. */
  readonly message: string
}

/** What a client is told when the answer is no. `message` is the API server's own text. */
export interface Refusal {
  readonly reason:
    | 'AlreadyExists'
    | 'BadRequest'
    | 'Conflict'
    | 'Forbidden'
    | 'Impossible'
    | 'InternalError'
    | 'Invalid'
    | 'NotFound'
    | 'TooManyRequests'
  readonly message: string
  /** What stands behind the answer, where the server says so besides its message. */
  readonly cause?: string
  /** When a client may ask again; 0: the server does not say. */
  readonly retryAfterSeconds?: number
  /** The quota that says no; where it is exceeded, what of it: `pods=2` is the most, with this object it would be `pods=3`. */
  readonly quota?: {
    readonly key: ObjectKey
    readonly exceeded?: { readonly limited: string; readonly needed: string }
  }
  /** The fields at fault, where single fields are. */
  readonly fields?: readonly FieldError[]
  /** Where in the given text, 1-based. */
  readonly line?: number
  readonly column?: number
}

/** What admission and defaulting may look at: the objects that exist, and the settings. */
export interface StrategyContext {
  readonly settings: ClusterSettings
  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> | undefined
  list<K extends Kind>(kind: K, namespace?: string): readonly ObjectOf<K>[]
}

/**
 * What admission says of an object that is sound in itself, before it is stored: a refusal, or what is written with it
 * (the quotas that count it). `previous` is undefined for a new object.
 */
export type Admit = (
  object: AnyObject,
  previous: AnyObject | undefined,
  context: StrategyContext,
) => Refusal | readonly AnyObject[]

export interface Strategy<T extends AnyObject> {
  /** Fills defaults and server-owned fields (initial status, generation, finalizers). Names, uid, times are set by the server. */
  prepareForCreate(object: T, context: StrategyContext): T
  validateCreate(object: T, context: StrategyContext): readonly FieldError[]
  /** `part` says which door the write came through; the other part is taken from `previous`. Bumps generation when due. */
  prepareForUpdate(object: T, previous: T, part: 'spec' | 'status', context: StrategyContext): T
  validateUpdate(object: T, previous: T, part: 'spec' | 'status', context: StrategyContext): readonly FieldError[]
  /** Why admission lets an update of the spec not even come to be validated; undefined when it does. */
  forbidsUpdate?(object: T, previous: T, context: StrategyContext): string | undefined
  /** Seconds of grace that a delete gets; 0 removes at once (finalizers permitting). Absent: always 0. */
  graceSeconds?(object: T, requested: number | undefined): number
}

export type Strategies = { readonly [K in Kind]: Strategy<ObjectOf<K>> }
