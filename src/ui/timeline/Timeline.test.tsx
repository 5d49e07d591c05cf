import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, expect, test, vi } from 'vitest'
import type { OrdinalState } from '../../store/types.ts'
import { fixtureStore } from '../canvas/fixtureStore.ts'
import { NOW, pictureOf, podKey } from '../canvas/fixtures.ts'
import { partitioned, untouched } from '../canvas/scenes.ts'
import { OrdinalContext } from '../useOrdinal.ts'
import { manyLanes, order, partitionedLanes } from './lanesFixture.ts'
import { soughtBy } from './Playhead.tsx'
import { Timeline } from './Timeline.tsx'

afterEach(cleanup)

function show(more: Partial<OrdinalState> = {}, set = partitioned()) {
  const fixture = fixtureStore(pictureOf(set), { lanes: partitionedLanes, order, end: NOW, ...more })
  render(
    <OrdinalContext value={fixture.store}>
      <Timeline />
    </OrdinalContext>,
  )
  return fixture
}

const playhead = () => screen.getByRole('slider', { name: 'Moment shown' })
const laneOf = (name: string) => screen.getByRole('button', { name }).closest<HTMLElement>('.lane')

test('shows a lane per ordinal, a bar per state, and the badge of each incarnation', () => {
  show()
  const bars = [...(laneOf('web-3')?.querySelectorAll<HTMLElement>('.bar') ?? [])]
  expect(bars.map(({ dataset }) => dataset.state)).toEqual([
    'creating',
    'notReady',
    'ready',
    'terminating',
    'creating',
    'notReady',
  ])
  expect(bars.map(({ textContent }) => textContent)).toEqual(['', '', 'Anode-a', '', '', 'Bnode-a'])
})

test('says the moment, and how far the run goes', () => {
  show()
  expect(playhead().getAttribute('aria-valuetext')).toBe('00:58.4 of 00:58.4')
})

test('seeks by keys, pauses for it, and keeps the keys from the rest of the page', () => {
  const { store, called } = show({ now: 30_000, playing: true })
  let heard = 0
  const listen = () => heard++
  document.addEventListener('keydown', listen)
  fireEvent.keyDown(playhead(), { key: 'ArrowLeft' })
  document.removeEventListener('keydown', listen)
  expect(store.getState()).toMatchObject({ now: 29_000, playing: false })
  expect(called).toEqual(['pause', 'seek'])
  expect(heard).toBe(0)
})

test.each([
  ['ArrowRight', false, 31_000],
  ['ArrowRight', true, 40_000],
  ['ArrowLeft', true, 20_000],
  ['PageDown', false, 20_000],
  ['PageUp', false, 40_000],
  ['Home', false, 0],
  ['End', false, 58_400],
  ['a', false, undefined],
])('%s (shift: %s) from 30 s leads to %s', (key, far, to) => {
  expect(soughtBy(key, far, 30_000, 58_400)).toBe(to)
})

test('keys never lead out of the run', () => {
  expect(soughtBy('ArrowLeft', true, 3_000, 58_400)).toBe(0)
  expect(soughtBy('ArrowRight', true, 55_000, 58_400)).toBe(58_400)
})

test('the flag of an act tells its kubectl line and leads to its moment', () => {
  const { called } = show()
  fireEvent.click(screen.getByRole('button', { name: 'kubectl set image sts/web nginx=nginx:1.28' }))
  expect(called).toEqual(['pause', 'seekMoment'])
})

test('a violation is flagged with the rule it breaks', () => {
  const markers = [{ at: 20_000, kind: 'violation', moment: 9, text: 'ORD-1' } as const]
  show({ lanes: { ...partitionedLanes, markers } })
  expect(screen.getByRole('button', { name: 'violation of ORD-1' })).toBeTruthy()
})

test('a name selects the pod, and its lane opens to claim and DNS name', () => {
  const { store } = show()
  expect(document.querySelector('.life')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'web-3' }))
  expect(store.getState().selected).toBe(podKey(3))
  const lives = [...(laneOf('web-3')?.querySelectorAll<HTMLElement>('.life') ?? [])]
  expect(lives.map(({ className, dataset }) => dataset.name ?? className)).toEqual([
    'life claim',
    'published',
    'cached',
  ])
})

test('before anything happened the slots have their lanes already', () => {
  show({ lanes: { lanes: [], markers: [], end: 0 }, end: 0, now: 0 }, untouched(3))
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['web-0', 'web-1', 'web-2'])
})

test('a bar tells what it is when pointed at', () => {
  show()
  const bar = laneOf('web-3')?.querySelector('.bar')
  const track = document.querySelector('[data-track]')
  if (!bar || !track) throw new Error('no bar')
  track.getBoundingClientRect = () => ({ left: 0, width: 700, right: 700 }) as DOMRect
  fireEvent.pointerOver(bar, { clientX: 250 })
  const tip = document.querySelector('.timeline-tip')
  expect(tip?.textContent).toContain('web-3 Ready00:24.0 – 00:47.0 · node-a')
  fireEvent.pointerLeave(screen.getByRole('region', { name: 'Timeline' }))
  expect(document.querySelector('.timeline-tip')).toBeNull()
})

test('of very many lanes only those in view are in the document', async () => {
  // jsdom lays nothing out: without a height no lane would be in view.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(160)
  show({ lanes: manyLanes(300) })
  expect(await screen.findByRole('button', { name: 'web-0' })).toBeTruthy()
  expect(document.querySelectorAll('.lane').length).toBeLessThan(60)
})
