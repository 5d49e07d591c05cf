/** The API object behind a name, read from the world shown. */
import type { AnyObject, ObjectKey, ObjectOf, World } from '../../sim/index.ts'
import { partsOfKey, readObject } from '../../sim/index.ts'
import { useOrdinal } from '../useOrdinal.ts'

export function objectAt({ objects }: World, key: ObjectKey): AnyObject | undefined {
  const { kind, namespace, name } = partsOfKey(key)
  return readObject(objects, kind, namespace, name)
}

/** The object, or undefined where nothing of that name exists now. */
export const useObject = (key: ObjectKey | undefined): AnyObject | undefined =>
  useOrdinal(({ world }) => (key && objectAt(world, key)) || undefined)

/** The StatefulSet in focus. */
export const useSetObject = (): ObjectOf<'StatefulSet'> | undefined =>
  useOrdinal(({ world, picture: { set } }) => {
    const object = set && objectAt(world, set.key)
    return object?.kind === 'StatefulSet' ? object : undefined
  })
