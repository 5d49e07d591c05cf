/** Where the story in one version parts from the same in another, and its next steps in both, side by side. */
import { kubectlLine } from '../../sim/index.ts'
import type { Comparison, CourseLine } from '../../store/comparing.ts'
import { clock } from '../canvas/format.ts'
import { versionText } from '../controls/VersionMenu.tsx'
import { useRich, useText } from '../text.ts'

/** So many steps are shown of each story. */
const MOST = 8

type Props = { readonly comparison: Comparison; readonly from: string; readonly to: string }

export function VersionStories({ comparison: { course, wording }, from, to }: Props) {
  const t = useText()
  const rich = useRich()
  return (
    <section className="versions-stories">
      <p>{course ? rich('versions.course.parts', { time: clock(course.at) }) : rich('versions.course.same')}</p>
      {course && (
        <div className="versions-columns">
          <Column version={from} lines={course.from} />
          <Column version={to} lines={course.to} />
        </div>
      )}
      {wording && (
        <dl className="versions-wording">
          <dt>{t('versions.wording', { time: clock(wording.at), about: wording.about })}</dt>
          <dd>
            <b>{versionText(from)}</b>
            <code>{wording.from}</code>
          </dd>
          <dd>
            <b>{versionText(to)}</b>
            <code>{wording.to}</code>
          </dd>
        </dl>
      )}
      {!course && !wording && <p>{t('versions.wording.same')}</p>}
    </section>
  )
}

/** Expectations that are met tell nothing. */
const isWorthTelling = (line: CourseLine): boolean => line.kind !== 'check' || !line.check.holds

function Column({ version, lines }: { readonly version: string; readonly lines: readonly CourseLine[] }) {
  const t = useText()
  const told = lines.filter(isWorthTelling)
  return (
    <section aria-label={t('versions.column', { version: versionText(version) })}>
      <h3 className="heading">{t('versions.column', { version: versionText(version) })}</h3>
      <ol>
        {told.slice(0, MOST).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a story never changes, and a step may come twice.
          <li key={index}>
            <time>{clock(line.at)}</time>
            <Step line={line} />
          </li>
        ))}
      </ol>
      {told.length === 0 && <p>{t('versions.nothing')}</p>}
      {told.length > MOST && <p>{t('versions.more', { count: told.length - MOST })}</p>}
    </section>
  )
}

function Step({ line }: { readonly line: CourseLine }) {
  const t = useText()
  const rich = useRich()
  switch (line.kind) {
    case 'fact': {
      const { type, name, detail } = line.fact
      return <span>{rich(`fact.${type}`, { ...(detail as Record<string, string>), name })}</span>
    }
    case 'act':
      return <code>{kubectlLine(line.command)}</code>
    case 'check':
      return <span className="text-bad">{t('versions.expected')}</span>
  }
}
