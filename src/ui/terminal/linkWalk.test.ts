import { expect, it } from 'vitest'
import type { ObjectKey } from '../../sim/index.ts'
import type { ShownLink, WalkTold } from './linkWalk.ts'
import { LinkWalk } from './linkWalk.ts'

const linkTo = (name: string, row: number): ShownLink => ({
  key: `Pod/default/${name}` as ObjectKey,
  name,
  row,
  column: 0,
  width: name.length,
})

function walking(names: readonly string[]) {
  const seen = {
    marked: undefined as string | undefined,
    told: undefined as WalkTold | undefined,
    selected: [] as string[],
  }
  const walk = new LinkWalk({
    links: () => names.map(linkTo),
    mark: (link) => {
      seen.marked = link?.name
    },
    tell: (told) => {
      seen.told = told
    },
    select: (key) => void seen.selected.push(key),
  })
  const press = (key: string, more: KeyboardEventInit = {}) =>
    walk.takes(new KeyboardEvent('keydown', { key, code: key === 'l' ? 'KeyL' : key, ...more }))
  return { seen, press, next: () => press('l', { altKey: true }) }
}

it('begins at the lowest, goes up, and comes in again at the other end', () => {
  const { seen, press, next } = walking(['web-0', 'web-1', 'web-2'])
  const marks = [next, next, next, next].map((go) => [go(), seen.marked])
  expect(marks).toEqual([
    [true, 'web-2'],
    [true, 'web-1'],
    [true, 'web-0'],
    [true, 'web-2'],
  ])
  expect(seen.told).toMatchObject({ is: 'at', index: 3, count: 3 })
  press('ArrowDown')
  expect(seen.marked).toBe('web-0')
  press('l', { altKey: true, shiftKey: true })
  expect(seen.marked).toBe('web-1')
})

it('shows the object with Enter, and only that once', () => {
  const { seen, press, next } = walking(['web-0'])
  expect(press('Enter')).toBe(false)
  next()
  expect(press('Enter')).toBe(true)
  expect(seen).toMatchObject({ marked: undefined, selected: ['Pod/default/web-0'], told: { is: 'shown' } })
  expect(press('Enter')).toBe(false)
  expect(seen.selected).toHaveLength(1)
  expect(seen.told).toBeUndefined()
})

it('ends with Escape, which is its own, and with every other key, which is not', () => {
  const { seen, press, next } = walking(['web-0'])
  next()
  expect(press('Shift', { shiftKey: true })).toBe(false)
  expect(seen.marked).toBe('web-0')
  expect([press('Escape'), seen.marked, seen.told]).toEqual([true, undefined, undefined])
  expect(press('Escape')).toBe(false)
  next()
  expect([press('a'), seen.marked]).toEqual([false, undefined])
  expect(press('l')).toBe(false)
})

it('says that there is no name', () => {
  const { seen, next } = walking([])
  expect([next(), seen.told, seen.marked]).toEqual([true, { is: 'none' }, undefined])
})
