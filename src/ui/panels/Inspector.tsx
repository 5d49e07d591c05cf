/** One object, looked at closely: why it waits, what it is, its YAML, its Events. Without a selection, the set in focus. */
import { lazy, Suspense } from 'react'
import type { ObjectKey } from '../../sim/index.ts'
import type { InspectorTab } from '../../store/types.ts'
import { TabPanel, Tabs } from '../kit/Tabs.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { InspectorHead } from './InspectorHead.tsx'
import './inspector.css'
import { Story } from './Story.tsx'
import { Why } from './Why.tsx'

const Details = lazy(() => import('./Details.tsx'))

const tabs: readonly InspectorTab[] = ['why', 'overview', 'yaml', 'events']

const useSubject = (): ObjectKey | undefined => useOrdinal(({ selected, picture }) => selected ?? picture.set?.key)

type Props = {
  /** A tab that has a place of its own elsewhere, and the story with it. */
  readonly without?: 'why'
}

export function Inspector({ without }: Props) {
  const subject = useSubject()
  const t = useText()
  return (
    <aside className="inspector" aria-label={t('inspector.label')}>
      {subject ? (
        <>
          <InspectorHead subject={subject} />
          <Looks subject={subject} tabs={tabs.filter((name) => name !== without)} />
        </>
      ) : (
        <p className="events-empty">{t('inspector.nothing')}</p>
      )}
      {without === undefined && <Story />}
    </aside>
  )
}

/** Why alone, with the story under it: a tab of the phone's sheet. */
export function WhySheet() {
  const subject = useSubject()
  const t = useText()
  return (
    <section className="inspector" aria-label={t('inspector.label')}>
      {subject && <Why subject={subject} />}
      <Story />
    </section>
  )
}

type LooksProps = { readonly subject: ObjectKey; readonly tabs: readonly InspectorTab[] }

function Looks({ subject, tabs }: LooksProps) {
  const tab = useOrdinal((state) => state.inspectorTab)
  const { set } = useVerbs()
  const t = useText()
  return (
    <>
      <Tabs
        name="inspector"
        label={t('inspector.tabs')}
        value={tab}
        tabs={tabs.map((name) => [name, t(`inspector.tab.${name}`)])}
        onChoose={(inspectorTab) => set({ inspectorTab })}
      />
      <TabPanel name="inspector" value={tab} className="inspector-body">
        {tab === 'why' ? (
          <Why subject={subject} />
        ) : (
          <Suspense fallback={null}>
            <Details subject={subject} tab={tab} />
          </Suspense>
        )}
      </TabPanel>
    </>
  )
}
