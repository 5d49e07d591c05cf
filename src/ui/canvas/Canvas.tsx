/**
 * The canvas: the controller's card, and under it the graph, or the list where the canvas is narrow or someone asked for
 * rows. The graph's code starts loading with the page wherever there is room for it.
 */
import { LayoutGrid } from 'lucide-react'
import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import './canvas.css'
import { Control } from './Control.tsx'
import { ControllerCard } from './ControllerCard.tsx'
import { FirstVisit } from './FirstVisit.tsx'
import { StepContext } from './StopButton.tsx'
import type { Direction, Stop } from './stops.ts'

const narrow = '(max-width: 639.9px)'

const flow = () => import('./FlowCanvas.tsx')
if (typeof matchMedia === 'function' && !matchMedia(narrow).matches) void flow()
const FlowCanvas = lazy(flow)
const ListView = lazy(() => import('./ListView.tsx'))

export function Canvas() {
  const present = useOrdinal((state) => state.picture.set !== undefined)
  const [asList, setAsList] = useState(false)
  const isNarrow = useNarrow()
  const t = useText()
  if (!present) return <section className="canvas canvas-empty">{t('canvas.empty')}</section>
  return (
    <section className="canvas" data-list={isNarrow || asList || undefined}>
      <StepContext value={stepInside}>
        <ControllerCard />
      </StepContext>
      {isNarrow || asList ? (
        <>
          <Suspense fallback={<div className="stage" />}>
            <ListView />
          </Suspense>
          <FirstVisit />
          {!isNarrow && (
            <div className="canvas-controls">
              <Control label={t('canvas.asGraph')} onClick={() => setAsList(false)}>
                <LayoutGrid size={16} />
              </Control>
            </div>
          )}
        </>
      ) : (
        <Suspense fallback={<div className="stage" />}>
          <FlowCanvas onList={() => setAsList(true)} />
        </Suspense>
      )}
    </section>
  )
}

/** The controller's card stands above graph and list: from it an arrow leads to the first thing below. */
function stepInside(_from: Stop, direction: Direction): void {
  if (direction !== 'down') return
  document.querySelector<HTMLElement>('.canvas [data-stop="service"], .canvas .row-pod')?.focus()
}

function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(narrow)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => matchMedia(narrow).matches,
  )
}
