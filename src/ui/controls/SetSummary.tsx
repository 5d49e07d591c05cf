/** How the set in focus stands, in one line. Where there are several sets, its name chooses another. */
import { ArrowRight, ChevronDown } from 'lucide'
import type { SetPicture } from '../../sim/index.ts'
import { quorumOf } from '../../sim/index.ts'
import type { Ordinal } from '../../store/types.ts'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { Menu } from '../kit/Menu.tsx'
import { ObjectLink } from '../kit/ObjectLink.tsx'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { useRich, useText } from '../text.ts'
import { useSlowly } from '../timeline/useSlowly.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

export function SetSummary() {
  const set = useOrdinal((state) => state.picture.set)
  const t = useText()
  const rich = useRich()
  if (!set) return <div className="summary" />
  const { ready, desired, partition, strategy, policy, exists, deleting } = set
  return (
    <section className="summary" aria-label={t('summary.label')}>
      <SetName set={set} />
      <span>{rich('summary.ready', { ready, desired })}</span>
      {exists && !deleting && <Revisions set={set} />}
      {strategy === 'RollingUpdate' && partition > 0 && <span>{rich('summary.partition', { partition })}</span>}
      {exists && <Votes set={set} />}
      {!exists && <span>{t('inspector.set.gone')}</span>}
      {deleting && <span>{t('summary.deleting')}</span>}
      <span className="summary-policy">{policy}</span>
      {strategy === 'OnDelete' && <span className="summary-policy">{strategy}</span>}
    </section>
  )
}

const lanesOf = (state: Ordinal) => state.lanes.lanes
const nowOf = (state: Ordinal) => state.now

/** Of an ensemble: how many of its members serve, and how long there were too few. */
function Votes({ set }: { readonly set: SetPicture }) {
  const lanes = useSlowly(lanesOf)
  const now = useSlowly(nowOf, true)
  const rich = useRich()
  const t = useText()
  const quorum = quorumOf(set, lanes, now)
  if (!quorum) return null
  const { serving, members, needed, lostSince, lostMs } = quorum
  const seconds = Math.round(lostMs / 1000)
  return (
    <span
      className="summary-quorum"
      data-lost={lostSince !== undefined || undefined}
      title={t('summary.quorum.said', { needed, members })}
    >
      <span className="cut">
        {rich(lostSince === undefined ? 'summary.quorum' : 'summary.quorum.lost', { serving, members })}
      </span>
      {seconds > 0 && <small>{t('summary.quorum.without', { seconds })}</small>}
    </span>
  )
}

function Revisions({ set: { current, update, rolling, updated, toUpdate } }: { readonly set: SetPicture }) {
  const t = useText()
  const rich = useRich()
  if (!rolling || !current || !update) {
    return update ? (
      <span>
        <RevisionBadge mark={update} small label={t('canvas.revision', { letter: update.letter })} />
      </span>
    ) : null
  }
  return (
    <span title={t('summary.rollout', { from: current.letter, to: update.letter })}>
      <RevisionBadge mark={current} small label={t('canvas.revision', { letter: current.letter })} />
      <Icon of={ArrowRight} size={14} />
      <RevisionBadge mark={update} small label={t('canvas.revision', { letter: update.letter })} />
      {toUpdate > 0 && <span>{rich('summary.updated', { updated, toUpdate })}</span>}
    </span>
  )
}

function SetName({ set }: { readonly set: SetPicture }) {
  const sets = useOrdinal((state) => state.picture.sets)
  const { select } = useVerbs()
  const t = useText()
  if (sets.length < 2) {
    return (
      <span className="summary-name">
        <ObjectLink to={set.key} />
      </span>
    )
  }
  const trigger = (
    <button type="button" className="link summary-name" aria-label={t('summary.sets', { name: set.name })}>
      {set.name}
      <Icon of={ChevronDown} size={14} />
    </button>
  )
  const entries = () =>
    sets.map(
      ({ key, name, namespace }): MenuEntry => ({
        kind: 'choice',
        id: key,
        checked: key === set.key,
        label: name,
        note: namespace,
        onSelect: () => select(key),
      }),
    )
  return <Menu trigger={trigger} entries={entries} />
}
