/**
 * The graph: React Flow with a static list of nodes and edges, which change only when columns come or go. Loaded on its
 * own, since the list view of a phone does without it.
 */
import { Background, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import type { CSSProperties, ReactNode } from 'react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { Controls } from './Controls.tsx'
import './nodes/around.css'
import './nodes/lines.css'
import './nodes/nodes.css'
import './nodes/rail.css'
import { AroundContext, useAroundNow, useExtras } from './around.ts'
import { RelationEdge } from './edges.tsx'
import { FirstVisit } from './FirstVisit.tsx'
import type { Size, Viewport } from './fit.ts'
import { LEAST_ZOOM, MOST_ZOOM, onFit, viewportFor } from './fit.ts'
import { graphOf } from './graph.ts'
import type { Plan, Rect } from './layout.ts'
import { MOST_COLUMNS, metricsOf, planOf } from './layout.ts'
import { LodContext, useEnlargement, useZoomLod } from './lod.ts'
import { ClassNode, DoorNode, EndpointNode } from './nodes/AroundNodes.tsx'
import { CondemnedNode, GroundNode } from './nodes/GroundNodes.tsx'
import { NameNode } from './nodes/NameNode.tsx'
import { PartitionNode } from './nodes/PartitionNode.tsx'
import { PodNode } from './nodes/PodNode.tsx'
import { PlanContext, RailNode } from './nodes/RailNode.tsx'
import { ServiceNode } from './nodes/ServiceNode.tsx'
import { ClaimNode, VolumeNode } from './nodes/StorageNodes.tsx'
import { StepContext } from './StopButton.tsx'
import { ordinalOfKey, useShape } from './slices.ts'
import type { Direction, Stop } from './stops.ts'
import { neighbours, partsOf } from './stops.ts'

const MiniMap = lazy(() => import('./MiniMap.tsx'))

const nodeTypes = {
  ground: GroundNode,
  rail: RailNode,
  service: ServiceNode,
  door: DoorNode,
  name: NameNode,
  endpoint: EndpointNode,
  pod: PodNode,
  claim: ClaimNode,
  volume: VolumeNode,
  class: ClassNode,
  condemned: CondemnedNode,
  partition: PartitionNode,
}
const edgeTypes = { relation: RelationEdge }

/** From this many nodes on only those in view are kept in the document. */
const MANY_NODES = 150

type Props = { readonly onNodes: () => void; readonly onList: () => void }

export default function FlowCanvas({ onNodes, onList }: Props) {
  const shape = useShape()
  const theme = useOrdinal((state) => state.theme)
  const isDrawn = shape.length <= MOST_COLUMNS
  const extras = useExtras(isDrawn)
  const plan = useMemo(() => planOf(shape, metricsOf(theme), extras), [shape, theme, extras])
  const [stage, size] = useSize()
  return (
    <div className="stage" ref={stage}>
      {size && (
        <ReactFlowProvider>
          <Around isDrawn={isDrawn}>
            <Stage plan={plan} size={size} onNodes={onNodes} onList={onList} />
          </Around>
        </ReactFlowProvider>
      )}
    </div>
  )
}

/** Brings what stands around the set to those who draw it; the graph as such is not drawn anew for it. */
function Around({ isDrawn, children }: { readonly isDrawn: boolean; readonly children: ReactNode }) {
  return <AroundContext value={useAroundNow(isDrawn)}>{children}</AroundContext>
}

function useSize(): [(element: HTMLElement | null) => void, Size | undefined] {
  const [size, setSize] = useState<Size>()
  const observer = useRef<ResizeObserver>(undefined)
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect()
    if (!element) return
    observer.current = new ResizeObserver(() => {
      if (element.clientWidth > 0) setSize({ width: element.clientWidth, height: element.clientHeight })
    })
    observer.current.observe(element)
  }, [])
  return [ref, size]
}

type StageProps = Props & { readonly plan: Plan; readonly size: Size }

function Stage({ plan, size, onNodes, onList }: StageProps) {
  const { nodes, edges } = useMemo(() => graphOf(plan), [plan])
  const { select } = useVerbs()
  const t = useText()
  const name = useOrdinal((state) => state.picture.set?.name ?? '')
  const lod = useZoomLod()
  const enlargement = useEnlargement()
  const { fit, onMoveStart, aim } = useFit(plan, size)
  const [first] = useState(() => viewportFor(plan, size))
  const step = useStep(plan, aim)
  useFollowing(plan, aim)
  return (
    <PlanContext value={plan}>
      <LodContext value={lod}>
        <StepContext value={step}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            defaultViewport={first}
            minZoom={LEAST_ZOOM}
            maxZoom={MOST_ZOOM}
            onlyRenderVisibleElements={nodes.length > MANY_NODES}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            zoomOnDoubleClick={false}
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            panActivationKeyCode={null}
            zoomActivationKeyCode={null}
            onPaneClick={() => select(undefined)}
            onMoveStart={onMoveStart}
            attributionPosition="bottom-right"
            aria-label={t('canvas.label', { name })}
            aria-description={t('canvas.keys')}
            className={`lod-${lod} in-${plan.arrangement}`}
            style={{ '--k': enlargement } as CSSProperties}
          >
            {lod === 'card' && <Background gap={16} size={1.5} />}
          </ReactFlow>
          <FirstVisit top={sentenceTop(plan, size)} />
          <Controls onFit={fit} onNodes={onNodes} onList={onList} />
          {plan.places.length > MOST_COLUMNS && (
            <Suspense>
              <MiniMap plan={plan} />
            </Suspense>
          )}
        </StepContext>
      </LodContext>
    </PlanContext>
  )
}

/** Over the empty lower halves of the first slots. */
function sentenceTop(plan: Plan, size: Size): number {
  const { y, zoom } = viewportFor(plan, size)
  return y + (plan.podTop(0) + plan.pod * 0.66) * zoom
}

type Aim = () => Viewport | undefined

/** Keeps everything in view until a hand has moved the canvas; `fit` takes it back. */
function useFit(plan: Plan, size: Size) {
  const { setViewport } = useReactFlow()
  const moved = useRef(false)
  const wanted = useRef<{ plan: Plan; size: Size }>({ plan, size })

  const show = useCallback(
    (duration: number) => {
      const { plan, size } = wanted.current
      void setViewport(viewportFor(plan, size), { duration: calm() ? 0 : duration })
    },
    [setViewport],
  )
  const fit = useCallback(() => {
    moved.current = false
    show(320)
  }, [show])

  useEffect(() => {
    const resized = wanted.current.plan === plan
    wanted.current = { plan, size }
    if (!moved.current) show(resized ? 0 : 320)
  }, [plan, size, show])
  useEffect(() => onFit(fit), [fit])

  const onMoveStart = useCallback((event: unknown) => {
    if (event) moved.current = true
  }, [])
  /** Where the viewport is going by itself; undefined once a hand has moved it. */
  const aim = useCallback(() => {
    const { plan, size } = wanted.current
    return moved.current ? undefined : viewportFor(plan, size)
  }, [])
  return { fit, onMoveStart, aim }
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Moves the focus along the plan, and the viewport with it where the neighbour is out of view. */
function useStep(plan: Plan, aim: Aim) {
  const reveal = useReveal(plan, aim)
  return useCallback(
    (from: Stop, direction: Direction) => {
      const candidates = neighbours(plan, from, direction)
      const target = candidates.find((stop) => elementOf(stop) !== null) ?? candidates[0]
      if (!target) return
      reveal(target)
      const focus = () => elementOf(target)?.focus({ preventScroll: true })
      // What was out of view is drawn only after the viewport has moved.
      if (elementOf(target)) focus()
      else requestAnimationFrame(() => requestAnimationFrame(focus))
    },
    [plan, reveal],
  )
}

const elementOf = (stop: Stop) => document.querySelector<HTMLElement>(`.canvas [data-stop="${stop}"]`)

/** What is to be seen of a stop: of everything in a column its pod. */
function rectOf(plan: Plan, stop: Stop): Rect | undefined {
  const [kind, number] = partsOf(stop)
  if (kind === 'door') return plan.doors[number]
  if (kind === 'class') return plan.classes[number]
  const place = plan.byOrdinal.get(number)
  return place && { x: place.x, y: plan.podTop(place.line), width: plan.column, height: plan.pod }
}

/** Centres a stop, unless it is in view already. */
function useReveal(plan: Plan, aim: Aim) {
  const { setCenter } = useReactFlow()
  const flow = useStoreApi()
  return useCallback(
    (stop: Stop) => {
      const rect = rectOf(plan, stop)
      if (!rect) return
      const { transform, width, height } = flow.getState()
      const going = aim()
      const [x, y, zoom] = going ? [going.x, going.y, going.zoom] : transform
      const left = x + rect.x * zoom
      const top = y + rect.y * zoom
      const inView =
        left >= -1 && top >= -1 && left + rect.width * zoom <= width + 1 && top + rect.height * zoom <= height + 1
      if (inView) return
      void setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom })
    },
    [plan, aim, setCenter, flow],
  )
}

/** What is selected elsewhere, by a number key or a link, is brought into view. */
function useFollowing(plan: Plan, aim: Aim) {
  const ordinal = useOrdinal(({ picture, selected }) => ordinalOfKey(picture.set, selected))
  const reveal = useReveal(plan, aim)
  const latest = useRef(reveal)
  useEffect(() => {
    latest.current = reveal
  }, [reveal])
  useEffect(() => {
    if (ordinal !== undefined) latest.current(`pod/${ordinal}`)
  }, [ordinal])
}
