/** A summary that follows its list is the one that the list alone would give. */
import { describe, expect, it } from 'vitest'
import { drawFrom } from '../kernel/random.ts'
import { follower } from './follower.ts'

const evens = () =>
  follower<number, Set<number>>(new Set(), (found, number, sign) => {
    if (sign < 0) found.delete(number)
    else if (number % 2 === 0) found.add(number)
  })

describe('a summary', () => {
  it('is that of the list, whatever list came before', () => {
    const streams: Record<string, number> = {}
    const random = (below: number) => Math.floor(drawFrom(7, streams, 'lists') * below)
    const follow = evens()
    let list: readonly number[] = []
    let next = 0
    for (let step = 0; step < 300; step++) {
      const at = random(list.length + 1)
      const fresh = Array.from({ length: random(3) }, () => next++)
      const before = list
      list = [...list.slice(0, at), ...fresh, ...list.slice(at + random(3))]
      expect([...follow(list)].sort((a, b) => a - b)).toEqual(
        list.filter((number) => number % 2 === 0).sort((a, b) => a - b),
      )
      if (random(5) === 0) list = before
    }
  })

  it('costs what differs', () => {
    const noted: string[] = []
    const follow = follower<string, null>(null, (_, letter, sign) => noted.push(`${sign}${letter}`))
    follow(['a', 'b', 'c', 'd'])
    noted.length = 0
    follow(['a', 'b', 'x', 'd'])
    expect(noted).toEqual(['-1c', '1x'])
    noted.length = 0
    follow(['b', 'x', 'd'])
    expect(noted).toEqual(['-1a'])
  })
})
