/**
 * The phone's sheet: acts, why, the object, timeline, Events, terminal, guarantees and manifests as tabs over the lower part
 * of the page. Its handle draws it higher or lower, by a thumb or by a press.
 */
import type { CSSProperties, PointerEvent } from 'react'
import { Suspense, useRef, useState } from 'react'
import { Acts } from '../controls/Acts.tsx'
import { PreviewScope } from '../controls/preview.tsx'
import { TabPanel, Tabs } from '../kit/Tabs.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { DockBody, useWishedTab } from './DockBody.tsx'
import { Inspector, WhySheet } from './Inspector.tsx'
import './sheet.css'

const tabs = ['act', 'why', 'object', 'timeline', 'events', 'terminal', 'guarantees', 'manifest'] as const
type SheetTab = (typeof tabs)[number]

/** Heights of the sheet as shares of the page. */
const STOPS = [0.08, 0.36, 0.62] as const

export function Sheet() {
  const [tab, setTab] = useState<SheetTab>('why')
  const inspectorTab = useOrdinal((state) => state.inspectorTab)
  const { set } = useVerbs()
  const { height, dragging, handle, open } = useHeight()
  const t = useText()
  const choose = (name: SheetTab) => {
    setTab(name)
    if (name !== 'act' && name !== 'why' && name !== 'object') set({ dockTab: name })
    if (name === 'object' && inspectorTab === 'why') set({ inspectorTab: 'overview' })
    open()
  }
  useWishedTab(choose)
  return (
    <section
      className="sheet"
      data-dragging={dragging || undefined}
      aria-labelledby="sheet-heading"
      style={{ '--sheet': `${height * 100}dvh` } as CSSProperties}
    >
      <h2 id="sheet-heading" className="sr-only">
        {t('sheet.label')}
      </h2>
      <button type="button" className="sheet-handle" aria-label={t('sheet.handle')} {...handle}>
        <i />
      </button>
      <Tabs
        name="sheet"
        label={t('sheet.label')}
        className="sheet-tabs"
        value={tab}
        tabs={tabs.map((name) => [name, t(`sheet.tab.${name}`)])}
        onChoose={choose}
      />
      <TabPanel name="sheet" value={tab} className="sheet-body">
        <Suspense fallback={null}>
          <Body tab={tab} />
        </Suspense>
      </TabPanel>
    </section>
  )
}

function Body({ tab }: { readonly tab: SheetTab }) {
  switch (tab) {
    case 'act':
      return (
        <PreviewScope>
          <Acts />
        </PreviewScope>
      )
    case 'why':
      return <WhySheet />
    case 'object':
      return <Inspector without="why" />
    default:
      return <DockBody tab={tab} />
  }
}

const nearest = (share: number): (typeof STOPS)[number] =>
  STOPS.reduce((best, stop) => (Math.abs(stop - share) < Math.abs(best - share) ? stop : best))

/** Drawn with the thumb, it comes to rest at the nearest stop; pressed, it goes to the next one. */
function useHeight() {
  const [height, setHeight] = useState<number>(STOPS[1])
  const [dragging, setDragging] = useState(false)
  const from = useRef({ y: 0, height: 0 })
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { y: event.clientY, height }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const moved = from.current.y - event.clientY
    if (Math.abs(moved) > 4) setDragging(true)
    setHeight(Math.min(STOPS[2], Math.max(STOPS[0], from.current.height + moved / innerHeight)))
  }
  const onPointerUp = () => {
    setHeight(nearest)
    // The click that follows a drag belongs to it.
    setTimeout(() => setDragging(false))
  }
  const onClick = () => {
    if (!dragging) setHeight((now) => STOPS[(STOPS.indexOf(nearest(now)) + 1) % STOPS.length] ?? STOPS[1])
  }
  const open = () => setHeight((now) => (now < STOPS[1] ? STOPS[1] : now))
  const handle = { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onClick }
  return { height, dragging, handle, open }
}
