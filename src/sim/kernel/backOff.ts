/**
 * How long a failed sync waits before it is tried again.
 * Models: client-go/util/workqueue DefaultTypedItemBasedRateLimiter (per item, without the overall bucket), v1.36.
 */

/** 5 ms, doubled with every failure before this one, at most 1000 s. */
export const retryDelayMs = (failuresBefore: number): number => Math.min(1_000_000, 5 * 2 ** failuresBefore)
