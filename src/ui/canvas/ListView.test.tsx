import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact'
import { afterEach, expect, test, vi } from 'vitest'
import type { SetPicture } from '../../sim/index.ts'
import { OrdinalContext } from '../useOrdinal.ts'
import { Canvas } from './Canvas.tsx'
import { fixtureStore } from './fixtureStore.ts'
import { pictureOf, podKey } from './fixtures.ts'
import ListView from './ListView.tsx'
import { everyState, many, partitioned } from './scenes.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(set: SetPicture) {
  const fixture = fixtureStore(pictureOf(set))
  render(
    <OrdinalContext value={fixture.store}>
      <ListView />
    </OrdinalContext>,
  )
  return fixture
}

test('lists every ordinal in order, with all that the graph says of it', () => {
  show(partitioned())
  const rows = within(screen.getByRole('list', { name: 'Pods of web in order' })).getAllByRole('listitem')
  expect(rows.map((row) => row.querySelector('.row-name')?.textContent)).toEqual([
    'web-0 Running 1/1',
    'web-1 Running 1/1',
    'web-2 Running 1/1',
    'web-3 Running 0/1',
    'web-4 Running 1/1',
  ])
  const blocked = within(rows[3]!).getByRole('button').textContent
  for (const said of ['probe fails, 2.6 s', 'cached 17 s', 'claim www-web-3 Bound', 'volume pvc-19b3…09 Bound']) {
    expect(blocked).toContain(said)
  }
})

test('draws the partition between the last kept and the first replaced ordinal', () => {
  show(partitioned())
  const [mark, ...more] = screen.getAllByText('partition 2')
  expect(more).toEqual([])
  expect(mark?.closest('li')?.textContent).toContain('web-2')
})

test('marks the ordinal at which the controller stopped, those before it and those after', () => {
  show(partitioned())
  const looks = screen.getAllByRole('listitem').flatMap(({ dataset }) => dataset.look ?? [])
  expect(looks).toEqual(['passed', 'passed', 'passed', 'stop', 'ahead'])
})

test('a row selects its pod', () => {
  const { store } = show(everyState())
  const row = screen.getByRole('button', { name: /web-2 Running/ })
  fireEvent.click(row)
  expect(store.getState().selected).toBe(podKey(2))
  expect(row.getAttribute('aria-pressed')).toBe('true')
})

test('of many pods only the rows around the view are in the document', () => {
  // jsdom lays nothing out: without a height no row would be in view.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(640)
  show(many(300))
  const rows = screen.getAllByRole('listitem')
  expect(rows[0]?.textContent).toContain('web-0')
  expect(rows.length).toBeLessThan(60)
})

test('a narrow canvas is a list under the verdict, without the graph', async () => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('max-width'),
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
  const { store } = fixtureStore(pictureOf(partitioned()))
  render(
    <OrdinalContext value={store}>
      <Canvas />
    </OrdinalContext>,
  )
  expect(screen.getByRole('button', { name: /Stops at web-3/ })).toBeTruthy()
  const rows = await screen.findAllByRole('listitem')
  expect(rows.filter(({ dataset }) => dataset.look !== undefined)).toHaveLength(5)
  expect(screen.queryByRole('button', { name: 'Show as a graph' })).toBeNull()
})
