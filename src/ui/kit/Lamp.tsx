/**
 * One guarantee's standing: held is a disc with a check, broken a diamond with an exclamation, not promised a dashed
 * ring. Decoration unless labelled: the row beside it says the words.
 */
import type { Lamp as LampState } from '../../sim/index.ts'
import './kit.css'

export function Lamp({ status, label }: { readonly status: LampState['status']; readonly label?: string }) {
  const said = label === undefined ? {} : { role: 'img', 'aria-label': label }
  return (
    <span className="lamp" data-status={status} {...said}>
      <svg viewBox="0 0 12 12" fill="none" aria-hidden="true">
        {shapes[status]}
      </svg>
    </span>
  )
}

const shapes = {
  held: (
    <>
      <circle cx="6" cy="6" r="5" fill="var(--ok)" />
      <path d="m3.7 6.2 1.7 1.7 3-3.5" stroke="var(--on-ok)" strokeWidth="1.5" />
    </>
  ),
  broken: (
    <>
      <path d="m6 .4 5.6 5.6L6 11.6.4 6Z" fill="var(--bad-solid)" />
      <path d="M6 3.2v3.2M6 8.6v.1" stroke="var(--on-bad)" strokeWidth="1.5" />
    </>
  ),
  notPromised: <circle cx="6" cy="6" r="4.5" stroke="var(--control)" strokeWidth="1.5" strokeDasharray="2 1.5" />,
} as const
