/** The names of objects in a line of output, so that they can be pressed: each as the object that is meant by it. */
import type { Kind, ObjectKey, World } from '../../sim/index.ts'
import { keyOfObject, kindNamed, objectsOf } from '../../sim/index.ts'

export interface NameLink {
  readonly key: ObjectKey
  /** Code units in the line. */
  readonly from: number
  readonly to: number
}

/** Which is meant when several share a name. */
const ORDER: readonly Kind[] = ['Pod', 'StatefulSet', 'Service', 'PersistentVolumeClaim', 'PersistentVolume', 'Node']

const WORD = /(?:([a-z]+)(?:\.[a-z.]+)?\/)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)/g

function keysIn(world: World): ReadonlyMap<string, readonly { readonly kind: Kind; readonly key: ObjectKey }[]> {
  const keys = new Map<string, { kind: Kind; key: ObjectKey }[]>()
  for (const kind of ORDER)
    for (const object of objectsOf(world, kind)) {
      const { name } = object.metadata
      keys.set(name, [...(keys.get(name) ?? []), { kind, key: keyOfObject(object) }])
    }
  return keys
}

export function namesIn(line: string, world: World): readonly NameLink[] {
  const keys = keysIn(world)
  return [...line.matchAll(WORD)].flatMap(({ 0: word, 1: type, 2: name = '', index }) => {
    const meant = keys.get(name) ?? []
    const kind = type === undefined ? undefined : kindNamed(type)
    const found = kind === undefined ? meant[0] : meant.find((each) => each.kind === kind)
    return found ? [{ key: found.key, from: index + word.length - name.length, to: index + word.length }] : []
  })
}
