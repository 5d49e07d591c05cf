/**
 * From pictures to the keys of texts: the verdict of the controller, the strip of a pod, the caption under an ordinal.
 * Which sentence fits is decided here, what it says in src/content/texts.
 */

import type { ColumnPicture, ObjectKey, PodPicture, Reason, SetPicture } from '../../sim/index.ts'
import type { TextKey } from '../text.ts'

export interface Words {
  readonly key: TextKey
  readonly params: Readonly<Record<string, string | number>>
}

export const nameOfKey = (key: ObjectKey): string => key.slice(key.lastIndexOf('/') + 1)

const stops = {
  podNotReady: 'verdict.podNotReady',
  podTerminating: 'verdict.podTerminating',
  podNotAvailable: 'verdict.podNotAvailable',
  podBeingReplaced: 'verdict.podBeingReplaced',
  podNotCreated: 'verdict.podNotCreated',
  claimBeingDeleted: 'verdict.claimBeingDeleted',
  staleClaim: 'verdict.staleClaim',
  nameTaken: 'verdict.nameTaken',
  syncFailed: 'verdict.syncFailed',
  condemnedTerminating: 'verdict.condemnedTerminating',
  scaleDownBlocked: 'verdict.scaleDownBlocked',
  updateWaits: 'verdict.updateWaits',
  setBeingDeleted: 'verdict.deleting',
} as const satisfies Partial<Record<Reason['reason'], TextKey>>

const isStop = (reason: string): reason is keyof typeof stops => Object.hasOwn(stops, reason)

/** The one sentence on what the controller's last look came to. */
export function verdictOf(set: SetPicture): Words {
  const { controller, desired, ready, partition, name } = set
  const params = { name, desired, ready, partition, count: set.columns.length, revision: set.current?.letter ?? '' }
  if (!set.exists) return { key: 'verdict.gone', params }
  if (set.deleting) return { key: 'verdict.deleting', params }
  if (controller.syncs === 0) return { key: 'verdict.untouched', params }
  const { reason } = controller
  if (reason && isStop(reason.reason)) {
    return { key: stops[reason.reason], params: { ...params, pod: stopName(set, reason) } }
  }
  switch (controller.phase) {
    case 'createInOrder':
    case 'idle':
      return { key: 'verdict.createInOrder', params }
    case 'scaleDown':
      return { key: 'verdict.scaleDown', params }
    case 'update':
      return { key: 'verdict.update', params }
    case 'deleting':
      return { key: 'verdict.deleting', params }
    case 'settled':
      return { key: settledKey(set), params }
  }
}

function settledKey({ desired, rolling, strategy }: SetPicture): TextKey {
  if (rolling) return strategy === 'OnDelete' ? 'verdict.settled.onDelete' : 'verdict.settled.partition'
  return desired === 0 ? 'verdict.empty' : 'verdict.settled'
}

function stopName(set: SetPicture, { on, subject }: Reason): string {
  if (on?.startsWith('Pod/')) return nameOfKey(on)
  const { stoppedAt } = set.controller
  if (stoppedAt !== undefined) return `${set.name}-${stoppedAt}`
  return nameOfKey(subject)
}

const railStops = {
  podNotReady: 'canvas.rail.stop.podNotReady',
  podTerminating: 'canvas.rail.stop.podTerminating',
  podNotAvailable: 'canvas.rail.stop.podNotAvailable',
  podBeingReplaced: 'canvas.rail.stop.podBeingReplaced',
  podNotCreated: 'canvas.rail.stop.podNotCreated',
  claimBeingDeleted: 'canvas.rail.stop.claimBeingDeleted',
  condemnedTerminating: 'canvas.rail.stop.condemnedTerminating',
  scaleDownBlocked: 'canvas.rail.stop.scaleDownBlocked',
  updateWaits: 'canvas.rail.stop.updateWaits',
  syncFailed: 'canvas.rail.stop.syncFailed',
} as const satisfies Partial<Record<Reason['reason'], TextKey>>

const isRailStop = (reason: string): reason is keyof typeof railStops => Object.hasOwn(railStops, reason)

/** A slot out of range whose pod is gone: drawn only while its name or claim is still there. */
export const isGone = ({ place, pod }: ColumnPicture): boolean => place === 'condemned' && pod.state === 'absent'

/** What stands under an ordinal on the rail. */
export function captionOf(set: SetPicture, column: ColumnPicture): Words {
  const params = { pod: `${set.name}-${column.ordinal - 1}` }
  if (isGone(column)) return { key: 'canvas.rail.gone', params }
  switch (column.verdict) {
    case 'accepted':
      return { key: 'canvas.rail.accepted', params }
    case 'created':
      return { key: 'canvas.rail.created', params }
    case 'deleted':
      return { key: 'canvas.rail.deleted', params }
    case 'notReached':
      return { key: 'canvas.rail.notReached', params }
    case 'stop': {
      const reason = set.controller.reason?.reason ?? ''
      return { key: isRailStop(reason) ? railStops[reason] : 'canvas.rail.stop', params }
    }
    case 'none':
      if (set.policy === 'Parallel') return { key: 'canvas.rail.atOnce', params }
      return { key: column.ordinal === set.startOrdinal ? 'canvas.rail.first' : 'canvas.rail.after', params }
  }
}

/** The line between a card's head and its facts. */
export interface Strip {
  readonly words: Words
  /** When it will pass by itself. */
  readonly until?: number
  /** True when `until` is only the next try. */
  readonly again?: boolean
  /** The object waited for, where no time is known. */
  readonly on?: string
}

const tries = new Set<Reason['reason']>([
  'probeFailing',
  'notYetProbed',
  'imageCannotBePulled',
  'containerCrashed',
  'outOfMemory',
  'livenessFailed',
  'startupNotPassed',
  'sidecarNotStarted',
  'syncFailed',
  'quotaExceeded',
  'resourcesUnsaid',
])

export function stripOf(pod: PodPicture, place: ColumnPicture['place']): Strip | undefined {
  const reason = pod.countdown?.reason ?? pod.reason
  if (!reason || (pod.state === 'ready' && told.has(reason.reason))) {
    if (place !== 'condemned' || pod.state === 'absent') return undefined
    return { words: { key: 'strip.condemned', params: {} } }
  }
  const on = reason.on && reason.on !== pod.key ? nameOfKey(reason.on) : undefined
  const words: Words = {
    key: `strip.${reason.reason}`,
    params: { on: on ?? nameOfKey(reason.subject), restarts: pod.restarts, ...reason.detail },
  }
  const until = pod.countdown?.until ?? reason.until
  if (until !== undefined) return { words, until, again: tries.has(reason.reason) }
  return on && leavesOpen.has(reason.reason) ? { words, on } : { words }
}

/** Why a healthy pod keeps its revision: the partition's line and the badges say it, so the card stays quiet. */
const told = new Set<Reason['reason']>(['partitionHolds', 'onDeleteHolds', 'rolloutAhead', 'updateWaits'])

/** Reasons whose words do not name the obstacle, which is then told beside them. */
const leavesOpen = new Set<Reason['reason']>(['scaleDownBlocked', 'condemnedTerminating', 'updateWaits'])
