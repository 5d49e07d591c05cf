/**
 * When an Event was seen, how often, and who told of it: core/v1 and events.k8s.io/v1 keep that in fields of their own, and
 * every reader asks both.
 * Models: pkg/printers/internalversion/printers.go (printEvent), v1.36.
 */
import type { Event, MicroTimestamp, Timestamp } from './types.ts'

export const firstSeen = ({ firstTimestamp, eventTime, metadata }: Event): Timestamp | MicroTimestamp =>
  firstTimestamp ?? eventTime ?? metadata.creationTimestamp

export const lastSeen = (event: Event): Timestamp | MicroTimestamp =>
  event.series?.lastObservedTime ?? event.lastTimestamp ?? firstSeen(event)

/** 1 when nothing was counted. */
export const timesSeen = ({ series, count = 1 }: Pick<Event, 'series' | 'count'>): number => series?.count ?? count

/** The component that tells, '' when nobody is named. */
export const reporterOf = ({ source, reportingComponent }: Partial<Event>): string =>
  source?.component ?? reportingComponent ?? ''

/** Where it runs, '' when that is not told. */
export const reporterPlaceOf = ({ source, reportingInstance }: Partial<Event>): string =>
  source?.host ?? reportingInstance ?? ''
