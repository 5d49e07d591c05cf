/**
 * Who may own anything in a list of objects: asked of every kind whenever an object goes, and mostly answered with no.
 * From one version of a list to the next only what changed is looked at. An owner that no longer owns anything may still
 * be told of, so a yes is a reason to look and nothing more.
 */
import type { AnyObject, Kind, Uid } from '../api/types.ts'
import { difference } from './difference.ts'

interface Index {
  readonly list: readonly AnyObject[]
  readonly owners: Set<Uid>
}

/** The last list of each kind that was asked about. */
const last = new Map<Kind, Index>()

const NOTHING: readonly AnyObject[] = []

/** With more owners than this per object most are of former lists, and the index is made anew. */
const MOST_PER_OBJECT = 4

/** False when no object of the list names this uid among its owners. */
export function mayOwnIn(kind: Kind, list: readonly AnyObject[], uid: Uid): boolean {
  const before = last.get(kind)
  if (before?.list === list) return before.owners.has(uid)
  const isFull = before === undefined || before.owners.size > MOST_PER_OBJECT * (list.length + 1)
  const { list: known, owners } = isFull ? { list: NOTHING, owners: new Set<Uid>() } : before
  const { from, end } = difference(known, list)
  for (let index = from; index < end; index++) {
    const { ownerReferences } = (list[index] as AnyObject).metadata
    if (ownerReferences) for (const reference of ownerReferences) owners.add(reference.uid)
  }
  last.set(kind, { list, owners })
  return owners.has(uid)
}
