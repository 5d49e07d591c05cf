/**
 * What stands around the set, as the canvas and the list read it: the room that it takes, how one pod stands in its slice,
 * and how one ordinal stands to what is selected.
 */
import { createContext, useContext } from 'react'
import type { AroundPicture, EndpointPicture, ObjectKey } from '../../sim/index.ts'
import { aroundOf } from '../../sim/projection/index.ts'
import type { Ordinal } from '../../store/types.ts'
import { useOrdinal } from '../useOrdinal.ts'
import type { Extras } from './layout.ts'
import { NO_EXTRAS } from './layout.ts'
import { ordinalOfKey } from './slices.ts'

const NOTHING: AroundPicture = { endpoints: {}, doors: [], classes: [] }

export const AroundContext = createContext<AroundPicture>(NOTHING)
export const useAround = (): AroundPicture => useContext(AroundContext)

/** What stands around the set in focus at the moment shown, if it is drawn; the very same while nothing in it changed. */
export const useAroundNow = (isDrawn: boolean): AroundPicture =>
  useOrdinal(({ world, picture }) => (isDrawn ? aroundOf(world, picture.set) : NOTHING))

/** How a pod stands in the slices of its Service; undefined while it has no address. */
export const useEndpoint = (ordinal: number): EndpointPicture | undefined => useAround().endpoints[ordinal]

const known = new Map<string, Extras>()

/** The room that a picture's surroundings take. One object for each, so that a plan is made anew only when it changes. */
export function extrasOf({ doors, classes }: AroundPicture, hasService: boolean): Extras {
  const lanes = doors.map(({ ordinals }) => (ordinals.length === 1 ? ordinals[0] : undefined))
  const name = `${hasService} ${lanes.map((ordinal) => ordinal ?? 'all').join()} ${classes.length}`
  const extras = known.get(name) ?? { endpoints: hasService, doors: lanes, classes: classes.length }
  known.set(name, extras)
  return extras
}

export const useExtras = (isDrawn: boolean): Extras =>
  useOrdinal(({ world, picture: { set } }) => {
    const around = isDrawn ? aroundOf(world, set) : NOTHING
    const hasService = isDrawn && (set?.service.exists ?? false)
    return hasService || around.doors.length + around.classes.length > 0 ? extrasOf(around, hasService) : NO_EXTRAS
  })

/**
 * How one ordinal stands to what is selected: `chosen` when the selected object is in its column, `member` when it is the
 * Service, `listed` when it is a slice, `led` by a door that leads to it, `stored` when its claim is of the selected class,
 * `other` when it is elsewhere, `none` when nothing is selected.
 */
export type Relation = 'chosen' | 'member' | 'listed' | 'led' | 'stored' | 'other' | 'none'

type Selected = Pick<Ordinal, 'selected' | 'picture'>

export function relationOf({ selected, picture }: Selected, around: AroundPicture, ordinal: number): Relation {
  const { set } = picture
  if (!selected || !set) return 'none'
  if (selected === set.service.key) return 'member'
  const chosen = ordinalOfKey(set, selected)
  if (chosen !== undefined) return chosen === ordinal ? 'chosen' : 'other'
  return aroundRelation(selected, around, ordinal)
}

function aroundRelation(selected: ObjectKey, { endpoints, doors, classes }: AroundPicture, ordinal: number): Relation {
  const door = doors.find(({ key }) => key === selected)
  if (door) return door.ordinals.includes(ordinal) ? 'led' : 'other'
  const named = classes.find(({ key }) => key === selected)
  if (named) return named.ordinals.includes(ordinal) ? 'stored' : 'other'
  const isSlice = Object.values(endpoints).some(({ key }) => key === selected)
  if (!isSlice) return 'none'
  return endpoints[ordinal]?.key === selected ? 'listed' : 'other'
}
