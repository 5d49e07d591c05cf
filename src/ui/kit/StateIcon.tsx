/**
 * A pod's state as a shape, with its hue as the second sign: check, clock, half disc, cross, restart arrow, exclamation,
 * ring, question mark, dotted ring for a slot that is empty. What counts down runs around it.
 */
import type { ReactNode } from 'react'
import type { Countdown, PodState } from '../../sim/index.ts'
import { Arc } from './Arc.tsx'
import './kit.css'

type Props = {
  readonly state: PodState
  readonly countdown?: Countdown | undefined
  /** Shown inside the restart arrow. */
  readonly restarts?: number | undefined
  /** On the solid ground of a failed pod's head. */
  readonly inverse?: boolean | undefined
}

export function StateIcon({ state, countdown, restarts, inverse = false }: Props) {
  return (
    <svg className="state-icon" data-state={state} viewBox="0 0 28 28" fill="none" aria-hidden="true">
      {state === 'failed' ? failed(inverse) : shapes[state]}
      {state === 'crashLoop' && <RestartCount>{restarts && restarts < 100 ? restarts : '↻'}</RestartCount>}
      {countdown && <Arc countdown={countdown} />}
    </svg>
  )
}

function RestartCount({ children }: { readonly children: ReactNode }) {
  return (
    <text x="14" y="17.5" textAnchor="middle" fontWeight="700" fontSize="9.5" fill="currentColor">
      {children}
    </text>
  )
}

const restartArrow = (
  <>
    <circle cx="14" cy="14" r="9.5" fill="var(--surface)" />
    <path d="M20.5 9.7A7.8 7.8 0 1 0 21.8 14M21.5 5.8v4.4h-4.4" stroke="currentColor" strokeWidth="2" />
  </>
)

const clock = (dashes?: string) => (
  <>
    <circle
      cx="14"
      cy="14"
      r="8.5"
      fill="var(--surface)"
      stroke={dashes ? 'var(--wait-mark)' : 'currentColor'}
      strokeWidth="2"
      strokeDasharray={dashes}
    />
    <path d="M14 9.7V14l3 2" stroke="currentColor" strokeWidth="2" />
  </>
)

const failed = (inverse: boolean) => (
  <>
    <circle cx="14" cy="14" r="10" fill={inverse ? 'var(--on-bad)' : 'var(--bad-solid)'} />
    <path d="M14 8.5V15M14 18.9v.1" stroke={inverse ? 'var(--bad-solid)' : 'var(--on-bad)'} strokeWidth="2.8" />
  </>
)

const shapes: Readonly<Record<Exclude<PodState, 'failed'>, ReactNode>> = {
  absent: <circle cx="14" cy="14" r="8.5" stroke="var(--control)" strokeWidth="2" strokeDasharray=".1 4.35" />,
  pending: clock('3.2 2.14'),
  creating: clock('3.2 2.14'),
  notReady: (
    <>
      <circle cx="14" cy="14" r="8.5" fill="var(--surface)" stroke="var(--warn-mark)" strokeWidth="2.2" />
      <path d="M14 5.5a8.5 8.5 0 0 0 0 17Z" fill="var(--warn-mark)" />
    </>
  ),
  ready: (
    <>
      <circle cx="14" cy="14" r="10" fill="currentColor" />
      <path d="m9.3 14.3 3.2 3.2 6.2-6.8" stroke="var(--on-ok)" strokeWidth="2.2" />
    </>
  ),
  readyNotAvailable: clock(),
  terminating: (
    <>
      <circle cx="14" cy="14" r="9.5" fill="var(--surface)" />
      <path d="m10.5 10.5 7 7M17.5 10.5l-7 7" stroke="currentColor" strokeWidth="2.2" />
    </>
  ),
  crashLoop: restartArrow,
  imageError: (
    <>
      {restartArrow}
      <path d="M14 10.4v4M14 17.3v.1" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  succeeded: <circle cx="14" cy="14" r="7.5" stroke="currentColor" strokeWidth="4" />,
  nodeLost: (
    <>
      <rect
        x="6.5"
        y="6.5"
        width="15"
        height="15"
        rx="3.5"
        fill="var(--surface)"
        stroke="currentColor"
        strokeWidth="2"
      />
      <path d="M12 12a2.1 2.1 0 1 1 3 1.9c-.7.35-1 .8-1 1.4M14 18v.1" stroke="currentColor" strokeWidth="2" />
    </>
  ),
}
