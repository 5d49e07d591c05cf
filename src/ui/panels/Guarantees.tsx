/**
 * One lamp for each guarantee: held so many times, broken at a moment that can be shown, or not promised here. Below them
 * the promises of progress: kept, on their way, held up by something, or overdue at the moment shown.
 */

import { useMemo } from 'react'
import type { Lamp as LampState } from '../../sim/index.ts'
import type { PromiseRow } from '../../sim/projection/index.ts'
import { promisesOf } from '../../sim/projection/index.ts'
import { clock } from '../canvas/format.ts'
import { Button } from '../kit/Button.tsx'
import { Lamp } from '../kit/Lamp.tsx'
import { nameIn } from '../kit/ObjectLink.tsx'
import type { Say, TextKey } from '../text.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import './guarantees.css'

const notPromised = {
  parallel: 'lamp.notPromised.parallel',
  onDelete: 'lamp.notPromised.onDelete',
  rollingUpdate: 'lamp.notPromised.rollingUpdate',
  noBlock: 'lamp.notPromised.noBlock',
  gateOn: 'lamp.notPromised.gateOn',
  gateOff: 'lamp.notPromised.gateOff',
  forceDelete: 'lamp.notPromised.forceDelete',
  twoProcesses: 'lamp.notPromised.twoProcesses',
  publishNotReady: 'lamp.notPromised.publishNotReady',
  noBudget: 'lamp.notPromised.noBudget',
} as const satisfies Readonly<Record<string, TextKey>>

type Why = keyof typeof notPromised
const isKnown = (why: string | undefined): why is Why => why !== undefined && Object.hasOwn(notPromised, why)

/** How a guarantee stands, in words. */
export function standing({ status, checks, brokenAt, why }: LampState, t: Say): string {
  switch (status) {
    case 'held':
      return t('lamp.held', { checks })
    case 'broken':
      return t('lamp.broken', { time: clock(brokenAt ?? 0) })
    case 'notPromised':
      return t(isKnown(why) ? notPromised[why] : 'lamp.notPromised')
  }
}

/** Broken ones first, then as they are numbered. */
const rank = { broken: 0, held: 1, notPromised: 2 } as const

export function Guarantees() {
  const lamps = useOrdinal((state) => state.lamps)
  const t = useText()
  if (lamps.length === 0) return <p className="events-empty">{t('lamps.none')}</p>
  const sorted = [...lamps].sort((a, b) => rank[a.status] - rank[b.status])
  return (
    <>
      <ul className="lamps" aria-label={t('dock.tab.guarantees')}>
        {sorted.map((lamp) => (
          <Card key={lamp.id} lamp={lamp} />
        ))}
      </ul>
      <Promises />
    </>
  )
}

const promiseStates = { kept: 'held', seenTo: 'held', heldUp: 'notPromised', overdue: 'broken' } as const

/** How a promise of progress stands, in words. */
export function progress({ state, subject, obstacle }: PromiseRow, t: Say): string {
  if (state === 'kept' || !subject) return t('promise.kept')
  if (!obstacle) return t(`promise.${state}`, { subject: nameIn(subject), obstacle: '' })
  const names = { subject: nameIn(subject), on: nameIn(obstacle.on ?? subject) }
  return t('promise.heldUp', { obstacle: t(`reason.${obstacle.reason}.title`, names) })
}

function Promises() {
  const world = useOrdinal((state) => state.world)
  const t = useText()
  const rows = useMemo(() => promisesOf(world), [world])
  return (
    <section aria-label={t('promises.title')}>
      <h3 className="lamps-title">{t('promises.title')}</h3>
      <ul className="lamps">
        {rows.map((row) => {
          const status = promiseStates[row.state]
          return (
            <li key={row.id} className="lamp-card" data-status={status} title={t(`guarantee.${row.id}.note`)}>
              <Lamp status={status} />
              <div className="min-w-0 flex-1">
                <p className="lamp-title">
                  <code>{row.id}</code> {t(`guarantee.${row.id}.title`)}
                </p>
                <p className="lamp-note">{t(`guarantee.${row.id}.note`)}</p>
                <p className="lamp-standing">{progress(row, t)}</p>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Card({ lamp }: { readonly lamp: LampState }) {
  const { pause, seek } = useVerbs()
  const t = useText()
  const { id, status, brokenAt } = lamp
  const name = id as 'ORD-1' | 'ORD-2'
  const show = () => {
    pause()
    if (brokenAt !== undefined) seek(brokenAt)
  }
  return (
    <li
      className="lamp-card"
      data-status={status}
      data-proved={(status === 'held' && lamp.checks > 0) || undefined}
      title={t(`guarantee.${name}.note`)}
    >
      <Lamp status={status} />
      <div className="min-w-0 flex-1">
        <p className="lamp-title">
          <code>{id}</code> {t(`guarantee.${name}.title`)}
        </p>
        <p className="lamp-note">{t(`guarantee.${name}.note`)}</p>
        <p className="lamp-standing">{standing(lamp, t)}</p>
      </div>
      {brokenAt !== undefined && (
        <Button small onClick={show}>
          {t('lamp.show')}
        </Button>
      )}
    </li>
  )
}
