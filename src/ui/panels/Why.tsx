/** Why something waits: one sentence, the chain of reasons to its root, what would end the wait, and what comes next. */
import { useMemo } from 'react'
import type { ObjectKey, WhyLink } from '../../sim/index.ts'
import { clock } from '../canvas/format.ts'
import { nameIn, ObjectLink } from '../kit/ObjectLink.tsx'
import { useRich, useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { Forecast } from './Forecast.tsx'
import { Unblocks } from './Unblocks.tsx'
import { LinkIcon } from './WhyIcons.tsx'

/** So many links are shown at most; what lies between the first ones and the root is left out. */
const MOST_LINKS = 4

export function Why({ subject }: { readonly subject: ObjectKey }) {
  const world = useOrdinal((state) => state.world)
  const untouched = useOrdinal((state) => state.untouched)
  const { why } = useVerbs()
  const t = useText()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is about the world shown.
  const { chain, unblock } = useMemo(() => why(subject), [why, subject, world])
  const [first] = chain
  return (
    <div className="why">
      {first && !untouched ? (
        <>
          <h3 className="why-head">{t(`reason.${first.reason.reason}.head`, slotsOf(first))}</h3>
          <Chain chain={chain} />
          <Unblocks unblock={unblock} />
        </>
      ) : (
        <Nothing subject={subject} />
      )}
      <Forecast untouched={untouched} />
    </div>
  )
}

/** The names in a reason's sentences. Without an obstacle of its own a thing stands in its own way. */
export function slotsOf({ reason: { subject, on, detail } }: WhyLink) {
  return { ...detail, subject: nameIn(subject), on: nameIn(on ?? subject) }
}

function Nothing({ subject }: { readonly subject: ObjectKey }) {
  const untouched = useOrdinal((state) => state.untouched)
  const set = useOrdinal((state) => state.picture.set)
  const t = useText()
  const rich = useRich()
  if (untouched) return <h3 className="why-head">{t('why.untouched')}</h3>
  const stop = set?.controller.reason?.on
  const elsewhere = stop !== undefined && stop !== subject ? stop : undefined
  return (
    <>
      <h3 className="why-head">{t('why.nothing', { name: nameIn(subject) })}</h3>
      {elsewhere && <p className="why-note">{rich('why.elsewhere', { on: <ObjectLink to={elsewhere} /> })}</p>}
    </>
  )
}

function Chain({ chain }: { readonly chain: readonly WhyLink[] }) {
  const t = useText()
  const shown = chain.length <= MOST_LINKS ? chain : [...chain.slice(0, MOST_LINKS - 1), ...chain.slice(-1)]
  return (
    <ol className="chain" aria-label={t('why.chain')}>
      {shown.map((link, index) => (
        <Link key={`${link.reason.subject}${link.reason.reason}`} link={link} first={index === 0} />
      ))}
    </ol>
  )
}

function Link({ link, first }: { readonly link: WhyLink; readonly first: boolean }) {
  const { reason, root } = link
  const t = useText()
  const rich = useRich()
  const slots = {
    ...reason.detail,
    subject: <ObjectLink to={reason.subject} />,
    on: <ObjectLink to={reason.on ?? reason.subject} />,
  }
  const said = reason.detail?.message ?? reason.detail?.error
  return (
    <li className="chain-link">
      <LinkIcon reason={reason} first={first} />
      <div className="min-w-0">
        <p className="chain-title">
          <span>{rich(`reason.${reason.reason}.title`, slots)}</span>
          {root && <span className="chip chip-root">{t('why.root')}</span>}
          {reason.rule && <Rule id={reason.rule} />}
        </p>
        <p className="chain-note">{t(`reason.${reason.reason}.note`)}</p>
        {said !== undefined && <p className="chain-said">{said}</p>}
        <p className="chain-time">
          {reason.until === undefined
            ? t('why.since', { time: clock(reason.since) })
            : t('why.sinceUntil', { time: clock(reason.since), until: clock(reason.until) })}
        </p>
        {!root && <p className="chain-because">{t('why.because')}</p>}
      </div>
    </li>
  )
}

/** The rule that asks for the wait: leads to its lamp. */
function Rule({ id }: { readonly id: string }) {
  const { set } = useVerbs()
  const t = useText()
  const title = useRuleTitle(id)
  return (
    <button
      type="button"
      className="chip"
      title={title}
      aria-label={t('why.rule', { id, title })}
      onClick={() => set({ dockTab: 'guarantees' })}
    >
      {id}
    </button>
  )
}

export function useRuleTitle(id: string): string {
  const t = useText()
  return t(`guarantee.${id as 'ORD-1' | 'ORD-2'}.title`)
}
