/** What is kept of reasons from one telling to the next: since when, and the very objects where nothing is new. */
import { describe, expect, it } from 'vitest'
import type { GivenReason, Reason } from '../api/reasons.ts'
import { stillWaiting } from './waiting.ts'

const pod = (ordinal: number) => `Pod/default/web-${ordinal}` as const

const ahead = (ordinal: number, on: number): GivenReason => ({
  reason: 'rolloutAhead',
  subject: pod(ordinal),
  on: pod(on),
})

describe('reasons that are given again', () => {
  const before = stillWaiting([ahead(3, 5), ahead(2, 5), { reason: 'podTerminating', subject: pod(2) }], undefined, 100)
  const [three, two, ending] = before as readonly Reason[]

  it('hold since they were first given', () => {
    expect(before?.map(({ since }) => since)).toEqual([100, 100, 100])
    const after = stillWaiting([{ ...ahead(2, 5), until: 900 }, ahead(1, 5)], before, 200)
    expect(after).toEqual([
      { ...ahead(2, 5), until: 900, since: 100 },
      { ...ahead(1, 5), since: 200 },
    ])
  })

  it('are the very objects of before where nothing about them is new, wherever they stand now', () => {
    const after = stillWaiting([ahead(2, 5), { reason: 'podTerminating', subject: pod(2) }, ahead(3, 5)], before, 200)
    expect(after?.[0]).toBe(two)
    expect(after?.[1]).toBe(ending)
    expect(after?.[2]).toBe(three)
  })

  it('begin anew with another obstacle', () => {
    expect(stillWaiting([ahead(3, 4)], before, 200)).toEqual([{ ...ahead(3, 4), since: 200 }])
  })

  it('are the very list of before when nothing is new, and none when none is given', () => {
    const again = [ahead(3, 5), ahead(2, 5), { reason: 'podTerminating' as const, subject: pod(2) }]
    expect(stillWaiting(again, before, 200)).toBe(before)
    expect(stillWaiting([], before, 200)).toBeUndefined()
    expect(stillWaiting(again.slice(0, 2), before, 200)).toHaveLength(2)
  })

  it('leave absent what is absent', () => {
    expect(Object.keys(ending as Reason)).toEqual(['reason', 'subject', 'since'])
  })
})
