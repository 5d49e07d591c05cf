/** The switches that differ between two versions: what each changes, whether it matters to the story, and its source. */
import { CircleCheck, CircleDashed, Pencil } from 'lucide'
import type { SwitchChange } from '../../store/comparing.ts'
import { clock } from '../canvas/format.ts'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'

/** What decides most comes first. */
const weightOf = ({ course, wording }: SwitchChange): number => (course ? 0 : wording ? 1 : 2)

export function VersionSwitches({ switches }: { readonly switches: readonly SwitchChange[] }) {
  const t = useText()
  if (switches.length === 0) return <p>{t('versions.switches.none')}</p>
  const ordered = [...switches].sort((a, b) => weightOf(a) - weightOf(b))
  return (
    <section className="versions-switches" aria-labelledby="versions-switches">
      <h3 id="versions-switches" className="heading">
        {t('versions.switches', { count: switches.length })}
      </h3>
      <ul>
        {ordered.map((change) => (
          <Switch key={change.name} change={change} />
        ))}
      </ul>
    </section>
  )
}

function Switch({ change }: { readonly change: SwitchChange }) {
  const t = useText()
  const shown = (value: boolean | number) =>
    typeof value === 'number' ? String(value) : t(value ? 'versions.on' : 'versions.off')
  return (
    <li data-matters={change.course ? 'course' : change.wording ? 'wording' : undefined}>
      <p>
        <code>{change.name}</code>
        <span className="versions-value">
          {shown(change.from)} → {shown(change.to)}
        </span>
      </p>
      <p>{t(`switch.${change.name}`)}</p>
      <Matters change={change} />
      <small>{t('versions.source', { source: change.source })}</small>
    </li>
  )
}

function Matters({ change: { course, wording } }: { readonly change: SwitchChange }) {
  const t = useText()
  if (course)
    return (
      <p className="versions-matters">
        <Icon of={CircleCheck} size={16} />
        {t('versions.matters.course', { time: clock(course.at) })}
      </p>
    )
  if (wording)
    return (
      <p className="versions-matters">
        <Icon of={Pencil} size={16} />
        {t('versions.matters.wording', { time: clock(wording.at) })}
      </p>
    )
  return (
    <p className="versions-matters">
      <Icon of={CircleDashed} size={16} />
      {t('versions.matters.none')}
    </p>
  )
}
