/**
 * Who owns anything in a list of objects: asked of every kind whenever an object goes, and mostly answered with no. From
 * one version of a list to the next only what changed is looked at.
 */
import type { AnyObject, Kind, Uid } from '../api/types.ts'
import { follower } from './follower.ts'

/** How many references name each owner. */
type Counts = Map<Uid, number>

const counting = () =>
  follower<AnyObject, Counts>(new Map(), (counts, { metadata: { ownerReferences } }, sign) => {
    if (ownerReferences)
      for (const { uid } of ownerReferences) {
        const count = (counts.get(uid) ?? 0) + sign
        if (count > 0) counts.set(uid, count)
        else counts.delete(uid)
      }
  })

/** Each kind's lists follow each other. */
const byKind = new Map<Kind, ReturnType<typeof counting>>()

/** Some object of the list names this uid among its owners. */
export function ownsIn(kind: Kind, list: readonly AnyObject[], uid: Uid): boolean {
  const counted = byKind.get(kind) ?? counting()
  byKind.set(kind, counted)
  return counted(list).has(uid)
}
