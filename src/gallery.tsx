/**
 * A page for looking at the drawings without a simulation: `npx vite` and open `/gallery.html?scene=partitioned`. Scenes,
 * themes and sizes are chosen by the query. No part of the site: the build starts from index.html only.
 */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { ObjectKey, SetPicture } from './sim/index.ts'
import type { OrdinalState, Theme } from './store/types.ts'
import { Canvas } from './ui/canvas/Canvas.tsx'
import { fixtureStore } from './ui/canvas/fixtureStore.ts'
import { NOW, pictureOf } from './ui/canvas/fixtures.ts'
import * as scenes from './ui/canvas/scenes.ts'
import './ui/theme.css'
import { TimelineLegend } from './ui/timeline/Legend.tsx'
import { manyLanes, order, partitionedLanes } from './ui/timeline/lanesFixture.ts'
import { Timeline } from './ui/timeline/Timeline.tsx'
import { OrdinalContext } from './ui/useOrdinal.ts'

const query = new URLSearchParams(location.search)
const count = Number(query.get('count') ?? 3)
const theme = (query.get('theme') ?? 'light') as Theme

function scene(): { readonly set: SetPicture; readonly more: Partial<OrdinalState> } {
  switch (query.get('scene')) {
    case 'untouched':
      return { set: scenes.untouched(count), more: { untouched: true, now: 0 } }
    case 'states':
      return { set: scenes.everyState(), more: {} }
    case 'scaling':
      return { set: scenes.scalingDown(count, 2), more: {} }
    case 'many':
      return { set: scenes.many(count), more: { lanes: manyLanes(count), end: count * 2000, now: count * 2000 } }
    case 'claims':
      return { set: scenes.twoClaims(), more: {} }
    default:
      return { set: scenes.partitioned(), more: { lanes: partitionedLanes, end: NOW, length: 80 } }
  }
}

const { set, more } = scene()
const selected = query.get('selected')
const { store } = fixtureStore(pictureOf(set), {
  ...more,
  order,
  theme,
  ...(selected ? { selected: selected as ObjectKey } : {}),
})
document.documentElement.dataset.theme = theme
Object.assign(window, { store })

const root = document.getElementById('root')
if (!root) throw new Error('gallery.html has no element with the id "root"')
createRoot(root).render(
  <StrictMode>
    <OrdinalContext value={store}>
      <div className="flex h-full flex-col">
        <main className="min-h-0 flex-1">
          <Canvas />
        </main>
        {query.has('timeline') && (
          <div className="flex h-55 flex-col border-t border-line-strong bg-surface">
            <div className="flex h-9 items-center justify-end border-b border-line px-4">
              <TimelineLegend />
            </div>
            <div className="min-h-0 flex-1">
              <Timeline />
            </div>
          </div>
        )}
      </div>
    </OrdinalContext>
  </StrictMode>,
)
