/**
 * A revision as letter and pattern, in ink only: hue belongs to states. Two sizes: beside a pod's name, and inside lanes
 * and captions.
 */
import type { RevisionMark } from '../../sim/index.ts'
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
