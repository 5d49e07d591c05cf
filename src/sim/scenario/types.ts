/**
 * A story as data: a cluster to begin with, and beats of things done, waited for and expected. The same data is played
 * headless, by the page beat by beat, and through the scripting object. Titles live in the texts: `scenario.<id>.title`,
 * `scenario.<id>.summary`, `scenario.<id>.beats.<name>`.
 */
import type { IpFamily } from '../api/addresses.ts'
import type { ObjectKey } from '../api/kinds.ts'
import type { ReasonName } from '../api/reasons.ts'
import type { ClusterSettings } from '../api/strategy.ts'
import type { SimTime, StatefulSetStatus } from '../api/types.ts'
import type { Command } from '../kernel/command.ts'

export interface Scenario {
  readonly id: string
  /** YAML, applied at time 0; nothing is applied when it is empty. */
  readonly manifests: string
  /** Given at time 0, right after the manifests. */
  readonly openingActs?: readonly Command[]
  readonly seed: number
  /** What its cluster has otherwise than the usual one; whoever plays it may ask for another version. */
  readonly settings?: Partial<Pick<ClusterSettings, 'clusterDomain' | 'dualStack' | 'gates' | 'kubernetes' | 'nodes'>>
  /** Where objects go that name no namespace, and where names in steps are looked for; made first if need be. Default `default`. */
  readonly namespace?: string
  readonly beats: readonly Beat[]
}

/** What one press of "next" plays. */
export interface Beat {
  readonly name: string
  readonly steps: readonly Step[]
}

export type PodMilestone = 'Created' | 'Running' | 'Ready' | 'Terminating' | 'Failed' | 'Gone'

export type Step =
  | { readonly do: Command }
  /** Applies YAML in the middle of a story. */
  | { readonly apply: string }
  | { readonly runMs: number }
  /** Until a pod has reached a milestone; a terminating pod is neither Running nor Ready. */
  | { readonly until: string; readonly is: PodMilestone; readonly withinMs: number }
  /** Until nothing is due any more. */
  | { readonly untilQuietWithinMs: number }
  | { readonly expect: Expectation }

type Counter = 'replicas' | 'readyReplicas' | 'availableReplicas' | 'currentReplicas' | 'updatedReplicas'

/** What must be so now. Facts are those since the beat began. */
export type Expectation =
  /** Exactly these pods, each as kubectl shows it with its image tag: `1/1 Running v2`. */
  | { readonly pods: Readonly<Record<string, string>> }
  /** Counters of the set's status, and whether its two revisions differ. Zero is written out. */
  | {
      readonly set: string
      readonly status: Partial<Pick<StatefulSetStatus, Counter>> & { readonly rolling?: boolean }
    }
  /** Exactly these claims, each with the status that kubectl shows. */
  | { readonly claims: Readonly<Record<string, string>> }
  /** What is in a file on the volume of a claim; the path is the volume's own, without the place where it is mounted. */
  | { readonly claim: string; readonly path: string; readonly holds: string }
  /** Name → the pods whose addresses of a family (IPv4) the cluster's DNS answers now; none: no answer. */
  | { readonly names: Readonly<Record<string, readonly string[]>>; readonly family?: IpFamily }
  /** Address with port → the pods that a connection might come to; none: it fails. */
  | { readonly reaches: Readonly<Record<string, readonly string[]>> }
  /** Pod name → the nodes on which processes run under it, whether or not the API knows of them. */
  | { readonly runsOn: Readonly<Record<string, readonly string[]>> }
  /** The chain of reasons of a subject, from its own to the root. */
  | { readonly waits: ObjectKey; readonly because: readonly ReasonName[] }
  /** Facts in this order, others may lie between: `podReady web-0`. */
  | { readonly happened: readonly string[] }
  /** No such facts: `podDeleted web-1`, or `podDeleted` of any object. */
  | { readonly neverHappened: readonly string[] }
  /** Objects that are still the same ones as when the beat began. */
  | { readonly kept: readonly ObjectKey[] }
  /** Objects of the same name with another uid, and for a pod another address, than when the beat began. */
  | { readonly replaced: readonly ObjectKey[] }

/** One expectation, or one wait, and whether it came true. */
export interface Check {
  readonly at: SimTime
  readonly step: Step
  readonly holds: boolean
  /** What was found, in the form of what was wanted. */
  readonly found: string
}
