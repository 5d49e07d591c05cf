/**
 * The places of the canvas that the keyboard can stand on, and the way from one to the next. A stop is named by what it
 * shows: `controller`, `service`, `door/0`, `name/3`, `endpoint/3`, `pod/3`, `claim/3/0`, `volume/3/0`, `class/0`.
 */
import { useSyncExternalStore } from 'react'
import type { Plan } from './layout.ts'

export type Stop =
  | 'controller'
  | 'service'
  | `door/${number}`
  | `class/${number}`
  | `name/${number}`
  | `endpoint/${number}`
  | `pod/${number}`
  | `claim/${number}/${number}`
  | `volume/${number}/${number}`

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
}

export const directionOf = (key: string): Direction | undefined => directions[key]

/** Where an arrow key may lead from a stop, nearest first: the first one that is drawn is taken. */
export function neighbours(plan: Plan, from: Stop, direction: Direction): readonly Stop[] {
  if (from === 'controller' || from === 'service') return fromFrame(plan, from, direction)
  const [kind, ordinal, index] = partsOf(from)
  if (kind === 'door' || kind === 'class') return alongDoorOrClass(plan, from, direction)
  const place = plan.byOrdinal.get(ordinal)
  if (!place) return []
  const sameRow = (target: number): Stop[] => {
    const other = plan.places[target]?.column.ordinal
    return other === undefined ? [] : [stopOf(kind, other, index), `pod/${other}`]
  }
  switch (direction) {
    case 'left':
      return sameRow(place.index - 1)
    case 'right':
      return sameRow(place.index + 1)
    case 'first':
      return sameRow(0)
    case 'last':
      return sameRow(plan.places.length - 1)
    case 'up':
    case 'down':
      return plan.arrangement === 'grid'
        ? acrossLines(plan, place.index, direction)
        : alongColumn(plan, from, direction)
  }
}

function fromFrame(plan: Plan, from: 'controller' | 'service', direction: Direction): readonly Stop[] {
  if (direction === 'up') return ['controller']
  if (direction === 'down' && from === 'controller') return ['service', ...top(plan)]
  return direction === 'down' ? top(plan) : []
}

/** Bars lie in every column's way, a door in that of its own. From a bar the way goes on in the first column. */
function alongDoorOrClass(plan: Plan, from: Stop, direction: Direction): readonly Stop[] {
  const [kind, index] = partsOf(from)
  const own = kind === 'door' ? plan.doors[index]?.ordinal : undefined
  const ordinal = own ?? plan.places[0]?.column.ordinal
  if (ordinal === undefined) return []
  if (direction === 'up' || direction === 'down') return onTheWay(wayOf(plan, ordinal), from, direction)
  if (own === undefined) return []
  const place = plan.byOrdinal.get(own)
  const beside = place && plan.places[place.index + (direction === 'left' ? -1 : 1)]?.column.ordinal
  const doors = plan.doors.flatMap((door, at): Stop[] => (door.ordinal === beside ? [`door/${at}`] : []))
  return beside === undefined || direction === 'first' || direction === 'last' ? [] : [...doors, `name/${beside}`]
}

const top = (plan: Plan): readonly Stop[] =>
  plan.places.slice(0, 1).flatMap(({ column: { ordinal } }) => wayOf(plan, ordinal).slice(2))

function acrossLines(plan: Plan, index: number, direction: 'up' | 'down'): readonly Stop[] {
  const target = plan.places[index + (direction === 'up' ? -plan.perLine : plan.perLine)]
  if (target) return [`pod/${target.column.ordinal}`]
  return direction === 'up' ? ['service', 'controller'] : []
}

const alongColumn = (plan: Plan, from: Stop, direction: 'up' | 'down'): readonly Stop[] =>
  onTheWay(wayOf(plan, partsOf(from)[1]), from, direction)

/** Everything that lies in a column from above down, whether or not it is drawn now. */
function wayOf(plan: Plan, ordinal: number): readonly Stop[] {
  const claims = plan.byOrdinal.get(ordinal)?.column.claims ?? 0
  const doors = (own: number | undefined): Stop[] =>
    plan.doors.flatMap((door, index): Stop[] => (door.ordinal === own ? [`door/${index}`] : []))
  const way: Stop[] = ['controller', 'service', ...doors(undefined), ...doors(ordinal)]
  way.push(`name/${ordinal}`)
  if (plan.endpointTop !== undefined) way.push(`endpoint/${ordinal}`)
  way.push(`pod/${ordinal}`)
  for (let index = 0; index < claims; index++) way.push(`claim/${ordinal}/${index}`, `volume/${ordinal}/${index}`)
  return [...way, ...plan.classes.map((_, index): Stop => `class/${index}`)]
}

function onTheWay(way: readonly Stop[], from: Stop, direction: 'up' | 'down'): readonly Stop[] {
  const at = way.indexOf(from)
  return direction === 'up' ? way.slice(0, at).reverse() : way.slice(at + 1)
}

type Kind = 'controller' | 'service' | 'door' | 'class' | 'name' | 'endpoint' | 'pod' | 'claim' | 'volume'

function stopOf(kind: Kind, ordinal: number, index: number): Stop {
  if (kind === 'controller' || kind === 'service') return kind
  return kind === 'claim' || kind === 'volume' ? `${kind}/${ordinal}/${index}` : `${kind}/${ordinal}`
}

/** Ordinal and index are -1 and 0 where a stop has none. */
export function partsOf(stop: Stop): [kind: Kind, ordinal: number, index: number] {
  const [kind, ordinal = '-1', index = '0'] = stop.split('/')
  return [kind as Kind, Number(ordinal), Number(index)]
}

// The stop that Tab comes back to; it is a matter of this page's keyboard, not of the moment we hold.
let current: Stop = 'controller'
const listeners = new Set<() => void>()

export function standOn(stop: Stop): void {
  if (stop === current) return
  current = stop
  for (const listener of listeners) listener()
}

function follow(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True for the one stop that Tab reaches besides the controller; the others are reached from these by arrow keys. */
export const useIsTabStop = (stop: Stop): boolean => useSyncExternalStore(follow, () => current === stop)
