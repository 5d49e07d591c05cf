/**
 * Lets the parts of a picture keep their identity while nothing in them changed, so that a view can skip them. What was
 * drawn last is kept for each run and slot, never more than that; a picture is the same with or without it.
 */
import { same } from '../kernel/equality.ts'
import type { World } from '../kernel/types.ts'

interface Kept {
  readonly inputs: readonly unknown[]
  readonly value: unknown
}

/** The settings are one object for a whole run, whatever else changes. */
const shelves = new WeakMap<World['settings'], Map<string, Kept>>()

function shelfOf({ settings }: World): Map<string, Kept> {
  const known = shelves.get(settings)
  if (known) return known
  const shelf = new Map<string, Kept>()
  shelves.set(settings, shelf)
  return shelf
}

const NO_INPUTS: readonly unknown[] = []

/** The value that was kept in this slot before, if it says the same; else this one. */
export function kept<T>(world: World, slot: string, value: T): T {
  const shelf = shelfOf(world)
  const before = shelf.get(slot)
  if (before && same(before.value, value)) return before.value as T
  shelf.set(slot, { inputs: NO_INPUTS, value })
  return value
}

/** What `make` gives, made again only when one of the inputs is another one. */
export function keptBy<T>(world: World, slot: string, inputs: readonly unknown[], make: () => T): T {
  const shelf = shelfOf(world)
  const before = shelf.get(slot)
  if (
    before &&
    before.inputs.length === inputs.length &&
    inputs.every((input, index) => Object.is(input, before.inputs[index]))
  )
    return before.value as T
  const made = make()
  const value = before && same(before.value, made) ? (before.value as T) : made
  shelf.set(slot, { inputs, value })
  return value
}
