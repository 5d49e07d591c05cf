/** Whether a DNS name is published, as a shape: the same in the graph, in a folded card and in the list. */
import type { NameState } from '../../sim/index.ts'

/** Waves for a published name, a struck circle for none, a broken circle for an answer that outlives its record. */
export function NameMark({ state }: { readonly state: NameState }) {
  return (
    <svg className="mark" data-name={state} viewBox="0 0 16 16" fill="none" aria-hidden="true">
      {marks[state]}
    </svg>
  )
}

const marks = {
  published: (
    <>
      <circle cx="8" cy="8" r="2.5" fill="currentColor" stroke="none" />
      <path d="M4 3.8a5.8 5.8 0 0 0 0 8.4M12 3.8a5.8 5.8 0 0 1 0 8.4" />
    </>
  ),
  absent: (
    <>
      <circle cx="8" cy="8" r="5" strokeDasharray="2.4 1.6" />
      <path d="m3 3 10 10" />
    </>
  ),
  cached: (
    <>
      <path d="M8 2.8a5.2 5.2 0 1 1-4.9 3.5" />
      <path d="M8 5.4V8l1.8 1.3" />
    </>
  ),
} as const
