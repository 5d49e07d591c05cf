/** What may be done to the cluster, as a panel; and as a rail of icons that open the same groups, where room is short. */
import { Flag, SlidersHorizontal, Zap } from 'lucide'
import type { ReactNode } from 'react'
import { cloneElement, lazy, Suspense, useState } from 'react'
import { tip } from '../kit/tip.ts'
import type { TextKey } from '../text.ts'
import { useText } from '../text.ts'
import './acts.css'
import { Icon } from '../kit/Icon.tsx'
import { Break } from './Break.tsx'
import { Partition } from './Partition.tsx'
import { PreviewScope } from './preview.tsx'
import { Replicas } from './Replicas.tsx'
import { RollOut } from './RollOut.tsx'
import { SameAs } from './SameAs.tsx'
import { SetEnd } from './SetEnd.tsx'
import { Strategy } from './Strategy.tsx'

const Float = lazy(() => import('../kit/Float.tsx'))

export function Acts() {
  const t = useText()
  return (
    <section className="acts" aria-labelledby="acts-heading">
      <h2 id="acts-heading" className="sr-only">
        {t('acts.label')}
      </h2>
      <div className="acts-groups">
        <Replicas />
        <RollOut />
        <Partition />
        <Strategy />
        <Break />
        <SetEnd />
      </div>
      <SameAs />
    </section>
  )
}

export function ActsRail() {
  const t = useText()
  return (
    <section className="acts-rail" aria-label={t('acts.label')}>
      <RailGroup label="acts.rail.size" icon={<Icon of={SlidersHorizontal} size={20} />}>
        <Replicas />
        <Partition />
        <Strategy />
      </RailGroup>
      <RailGroup label="acts.rail.rollOut" icon={<Icon of={Flag} size={20} />}>
        <RollOut />
        <SetEnd />
      </RailGroup>
      <RailGroup label="acts.rail.break" icon={<Icon of={Zap} size={20} />}>
        <Break />
      </RailGroup>
    </section>
  )
}

type GroupProps = { readonly label: TextKey; readonly icon: ReactNode; readonly children: ReactNode }

function RailGroup({ label, icon, children }: GroupProps) {
  const t = useText()
  const [asked, setAsked] = useState(false)
  const button = (
    <button type="button" className="rail-button" aria-label={t(label)} {...tip(t(label), undefined, 'right')}>
      {icon}
    </button>
  )
  if (!asked)
    return cloneElement(button, { 'aria-haspopup': 'dialog', 'aria-expanded': false, onClick: () => setAsked(true) })
  return (
    <Suspense fallback={button}>
      <Float trigger={button} label={t(label)} className="acts acts-float">
        <PreviewScope>
          <div className="acts-groups">{children}</div>
          <SameAs />
        </PreviewScope>
      </Float>
    </Suspense>
  )
}
