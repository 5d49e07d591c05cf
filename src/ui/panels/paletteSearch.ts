import { defaultFilter } from 'cmdk'
import type { Entry, Group } from './paletteEntries.ts'

const GROUPS: readonly Group[] = ['acts', 'time', 'objects', 'scenarios', 'page']

/**
 * What fits what was typed, by group: the best fit first, in its group and among the groups; all in their usual order where
 * nothing was typed. Groups without a fit are left out.
 */
export function found(entries: readonly Entry[], typed: string): readonly (readonly [Group, readonly Entry[]])[] {
  const fits = new Map(
    entries.map((entry) => [entry, fittingOf(entry, typed.trim())] as const).filter(([, fitting]) => fitting > 0),
  )
  const fitOf = (entry?: Entry) => (entry && fits.get(entry)) ?? 0
  const bestFirst = [...fits.keys()].sort((a, b) => fitOf(b) - fitOf(a))
  return GROUPS.map((group) => [group, bestFirst.filter((entry) => entry.group === group)] as const)
    .filter(([, ofGroup]) => ofGroup.length > 0)
    .sort(([, [a]], [, [b]]) => fitOf(b) - fitOf(a))
}

function fittingOf({ id, label, note = '' }: Entry, typed: string): number {
  return typed ? defaultFilter(id, typed, [label, note]) : 1
}
