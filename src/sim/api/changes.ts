/**
 * The vocabulary of facts: what a write to the API meant, in the past tense. A fact is named by comparing the object
 * before and after; nothing else is consulted, so the same write always has the same name.
 */
import type { AnyObject, Kind, SimTime, Uid } from './types.ts'

export const FACT_TYPES = [
  'budgetStatusWritten',
  'claimBound',
  'claimCreated',
  'claimDeleted',
  'claimTerminating',
  'claimUpdated',
  'commandGiven',
  'containerRestarted',
  'containerWaiting',
  'drainStopped',
  'endpointsChanged',
  'eventRecorded',
  'evictionRefused',
  'nameCached',
  'namePublished',
  'nameWithdrawn',
  'nodeCordoned',
  'nodeDrained',
  'nodeNotReady',
  'nodeReady',
  'nodeTaintsChanged',
  'nodeUncordoned',
  'objectCreated',
  'objectDeleted',
  'objectTerminating',
  'objectUpdated',
  'podCreated',
  'podDeleted',
  'podEvicted',
  'podFailed',
  'podNotReady',
  'podReady',
  'podRunning',
  'podScheduled',
  'podSucceeded',
  'podTerminating',
  'podUpdated',
  'quotaStatusWritten',
  'revisionCreated',
  'revisionDeleted',
  'revisionRenumbered',
  'setCreated',
  'setDeleted',
  'setScaled',
  'setStatusWritten',
  'setTerminating',
  'setUpdated',
  'volumeBound',
  'volumeCreated',
  'volumeDeleted',
  'volumeReleased',
  'volumeUpdated',
] as const
export type FactType = (typeof FACT_TYPES)[number]

export interface Fact {
  readonly at: SimTime
  /** Number of the fact in the run, from 1, without gaps. */
  readonly sequence: number
  readonly type: FactType
  /** Who did it: a decider's name, or `user`. */
  readonly by: string
  readonly kind: Kind
  readonly namespace: string
  readonly name: string
  readonly uid: Uid
  /** What a reader wants next to the name: `{node}`, `{reason, message}`, `{from, to}` … */
  readonly detail: Readonly<Record<string, string | number | boolean>>
}

export interface NamedChange {
  readonly type: FactType
  readonly detail: Fact['detail']
}

/** Names a write. `before` is undefined for a create, `after` for a removal. Returns null when nothing worth saying changed. */
export type NameChange = (before: AnyObject | undefined, after: AnyObject | undefined) => NamedChange | null
