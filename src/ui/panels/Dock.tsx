/** What has happened (lanes of time, Events, guarantees), and where a person writes (terminal, manifests). Can be drawn higher, lower, or shut. */
import { ChevronDown, ChevronUp } from 'lucide'
import type { CSSProperties } from 'react'
import { Suspense } from 'react'
import { eventCountOf } from '../../sim/index.ts'
import type { DockTab } from '../../store/types.ts'
import { Button } from '../kit/Button.tsx'
import { TabPanel, Tabs } from '../kit/Tabs.tsx'
import { tip } from '../kit/tip.ts'
import { useText } from '../text.ts'
import { TimelineLegend } from '../timeline/Legend.tsx'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { wishes } from '../wish.ts'
import { DockBody, useWishedTab } from './DockBody.tsx'
import './dock.css'
import { Icon } from '../kit/Icon.tsx'
import { LampSummary } from './LampSummary.tsx'
import { Separator } from './Separator.tsx'
import { useDockHeight } from './useDockHeight.ts'

export function Dock() {
  const tab = useOrdinal((state) => state.dockTab)
  const { set } = useVerbs()
  const t = useText()
  const dock = useDockHeight()
  const choose = (dockTab: DockTab) => {
    set({ dockTab })
    if (dock.shut) dock.open()
    else if (dockTab === tab && (tab === 'terminal' || tab === 'manifest')) wishes[tab].ask()
  }
  useWishedTab((dockTab) => {
    set({ dockTab })
    dock.open()
  })
  const fold = t(dock.shut ? 'dock.open' : 'dock.shut')
  return (
    <section className="dock" aria-label={t('dock.label')} style={{ '--dock': `${dock.height}px` } as CSSProperties}>
      <Separator label={t('dock.separator')} {...dock} />
      <div className="dock-bar">
        <DockTabs tab={tab} onChoose={choose} />
        {tab === 'timeline' && !dock.shut && (
          <div className="dock-legend">
            <TimelineLegend />
          </div>
        )}
        <Button look="tool" small aria-label={fold} {...tip(fold)} onClick={dock.toggle}>
          {dock.shut ? <Icon of={ChevronUp} size={16} /> : <Icon of={ChevronDown} size={16} />}
        </Button>
      </div>
      {!dock.shut && (
        <TabPanel name="dock" value={tab} className="dock-body">
          <Suspense fallback={null}>
            <DockBody tab={tab} />
          </Suspense>
        </TabPanel>
      )}
    </section>
  )
}

type DockTabsProps = { readonly tab: DockTab; readonly onChoose: (tab: DockTab) => void }

function DockTabs({ tab, onChoose }: DockTabsProps) {
  const t = useText()
  return (
    <Tabs
      name="dock"
      label={t('dock.label')}
      className="dock-tabs"
      value={tab}
      onChoose={onChoose}
      tabs={[
        ['timeline', t('dock.tab.timeline')],
        [
          'events',
          <>
            {t('dock.tab.events')}
            <EventCount />
          </>,
        ],
        ['terminal', t('dock.tab.terminal')],
        [
          'guarantees',
          <>
            {t('dock.tab.guarantees')}
            <LampSummary />
          </>,
        ],
        ['manifest', t('dock.tab.manifest')],
      ]}
    />
  )
}

function EventCount() {
  const count = useOrdinal((state) => eventCountOf(state.world))
  return count > 0 && <span className="text-ink-3">{count}</span>
}
