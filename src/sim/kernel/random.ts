/**
 * Seeded randomness as a value: one named stream per purpose, so that a new draw for one purpose never shifts another.
 * Generator: mulberry32 over a 32-bit state; streams are seeded by FNV-1a of their name.
 */

export interface RandomState {
  readonly seed: number
  /** Stream name → 32-bit state; a stream appears at its first draw. */
  readonly streams: Readonly<Record<string, number>>
}

export const seeded = (seed: number): RandomState => ({ seed: seed >>> 0, streams: {} })

/** 32-bit FNV-1a of the text's code units. */
export function fnv1a(text: string, start = 0x811c9dc5): number {
  let hash = start
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/** The state of a stream before its first draw. */
const firstState = (seed: number, stream: string): number => fnv1a(stream, (seed ^ 0x9e3779b9) >>> 0)

/** Draws from streams that may be written: a number in [0, 1), and the stream moves on. */
export function drawFrom(seed: number, streams: Record<string, number>, stream: string): number {
  const next = ((streams[stream] ?? firstState(seed, stream)) + 0x6d2b79f5) >>> 0
  streams[stream] = next
  let t = next
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/** Two hex digits for each byte: engines write a number in base 16 far more slowly than they join these. */
const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Eight hex digits for a number of 32 bits. */
export const hexOf = (word: number): string =>
  `${BYTES[word >>> 24]}${BYTES[(word >>> 16) & 255]}${BYTES[(word >>> 8) & 255]}${BYTES[word & 255]}`
