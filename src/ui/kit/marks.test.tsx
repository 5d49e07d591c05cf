import { cleanup, render, screen } from '@testing-library/preact'
import { afterEach, expect, test } from 'vitest'
import { shareLeft } from './Arc.tsx'
import { Lamp } from './Lamp.tsx'
import { RevisionBadge } from './RevisionBadge.tsx'

afterEach(cleanup)

const countdown = { reason: undefined as never, from: 10_000, until: 20_000 }

test.each([
  [9_000, 1],
  [10_000, 1],
  [15_000, 0.5],
  [20_000, 0],
  [25_000, 0],
])('at %i ms %d of the arc is left', (now, share) => {
  expect(shareLeft(countdown, now)).toBe(share)
})

test('a countdown without a length is over', () => {
  expect(shareLeft({ ...countdown, until: 10_000 }, 9_000)).toBe(0)
})

test('marks say what they are told to say, and are decoration otherwise', () => {
  const mark = { letter: 'B', pattern: 1, name: 'web-7d4f9b6c85' } as const
  const { rerender, container } = render(<RevisionBadge mark={mark} label="revision B" />)
  expect(screen.getByRole('img', { name: 'revision B' }).dataset.pattern).toBe('1')
  rerender(<RevisionBadge mark={mark} />)
  expect(screen.queryByRole('img')).toBeNull()
  rerender(<Lamp status="broken" label="DNS-1 broken" />)
  expect(screen.getByRole('img', { name: 'DNS-1 broken' })).toBeTruthy()
  rerender(<Lamp status="held" />)
  expect(container.querySelector('[data-status="held"] svg')).toBeTruthy()
})
