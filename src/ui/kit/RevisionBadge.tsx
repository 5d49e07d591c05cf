/**
 * A revision as letter and pattern, in ink only: hue belongs to states. Two sizes: beside a pod's name, and inside lanes
 * and captions.
 */
import type { RevisionMark, RevisionOrder } from '../../sim/index.ts'
import './kit.css'

type Props = {
  readonly mark: RevisionMark
  readonly small?: boolean
  /** Said instead of the letter: a whole phrase such as "revision B". Without it the badge is decoration. */
  readonly label?: string
}

export function RevisionBadge({ mark, small = false, label }: Props) {
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <span className="badge" data-pattern={mark.pattern} data-small={small || undefined} title={mark.name} {...said}>
      <i />
      <b>{mark.letter}</b>
    </span>
  )
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The mark of a ControllerRevision by its name, in the order of first appearance; `?` for a name never seen. */
export function markOf(name: string, order: RevisionOrder): RevisionMark {
  const index = order[name]
  if (index === undefined) return { letter: '?', pattern: 0, name }
  const high = index < 26 ? '' : (LETTERS[Math.floor(index / 26) - 1] ?? '')
  return { letter: `${high}${LETTERS[index % 26]}`, pattern: (index % 5) as RevisionMark['pattern'], name }
}
