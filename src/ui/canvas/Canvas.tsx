/**
 * The canvas: the controller's card, and under it the graph, or the list where the canvas is narrow or someone asked for
 * rows, or the cards of the nodes. The graph's code starts loading with the page wherever there is room for it.
 */
import { LayoutGrid, List, Server } from 'lucide'
import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import './canvas.css'
import { Icon } from '../kit/Icon.tsx'
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
const NodesView = lazy(() => import('./NodesView.tsx'))

/** How the objects stand: a column per ordinal, a row per ordinal, or a card per node. */
type Arrangement = 'graph' | 'list' | 'nodes'

export function Canvas() {
  const present = useOrdinal((state) => state.picture.set !== undefined)
  const [chosen, arrange] = useState<Arrangement>('graph')
  const isNarrow = useNarrow()
  const t = useText()
  if (!present) return <section className="canvas canvas-empty">{t('canvas.empty')}</section>
  const shown = isNarrow && chosen === 'graph' ? 'list' : chosen
  return (
    <section className="canvas" data-list={shown === 'list' || undefined}>
      <StepContext value={stepInside}>
        <ControllerCard />
      </StepContext>
      <Suspense fallback={<div className="stage" />}>
        {shown === 'graph' && <FlowCanvas onNodes={() => arrange('nodes')} onList={() => arrange('list')} />}
        {shown === 'list' && <ListView />}
        {shown === 'nodes' && <NodesView />}
      </Suspense>
      {shown === 'list' && <FirstVisit />}
      {shown !== 'graph' && (
        <div className="canvas-controls">
          {!isNarrow && (
            <Control label={t('canvas.asGraph')} onClick={() => arrange('graph')}>
              <Icon of={LayoutGrid} size={16} />
            </Control>
          )}
          {shown === 'list' ? (
            <Control label={t('canvas.asNodes')} onClick={() => arrange('nodes')}>
              <Icon of={Server} size={16} />
            </Control>
          ) : (
            <Control label={t('canvas.asList')} onClick={() => arrange('list')}>
              <Icon of={List} size={16} />
            </Control>
          )}
        </div>
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
