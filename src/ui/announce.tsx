/**
 * What the controller decides, told to those who do not see it: the verdict whenever it changes, and while the run is
 * stepped also what the step wrote. At most one announcement in a while: speech is slower than any run.
 */
import { useEffect, useState } from 'react'
import type { Fact } from '../sim/index.ts'
import { verdictOf } from './canvas/words.ts'
import type { Say } from './text.ts'
import { useText } from './text.ts'
import { useOrdinal } from './useOrdinal.ts'

const PAUSE_MS = 1000
/** More is not listened to. */
const MOST_FACTS = 3

export function Announcer() {
  const set = useOrdinal((state) => state.picture.set)
  const facts = useOrdinal((state) => (state.playing ? undefined : state.facts))
  const t = useText()
  const verdict = set ? verdictOf(set) : undefined
  const sentences = [...(facts ? factsSaid(facts, t) : []), verdict ? t(verdict.key, verdict.params) : '']
  const text = useSlowly(sentences.join(' ').trim())
  return (
    <div className="sr-only" role="status" aria-live="polite" aria-atomic="true">
      {text}
    </div>
  )
}

/** Writes that nobody waits for. */
const quiet = new Set<Fact['type']>([
  'setStatusWritten',
  'eventRecorded',
  'podUpdated',
  'objectUpdated',
  'endpointsChanged',
])

/** Facts as sentences, without those that say nothing to a listener. */
export function factsSaid(facts: readonly Fact[], t: Say): readonly string[] {
  return facts
    .filter(({ type }) => !quiet.has(type))
    .slice(0, MOST_FACTS)
    .map(({ type, name, detail }) => `${t(`fact.${type}`, { name, ...(detail as Record<string, string>) })}.`)
}

/** The value, but changing only after it has been the same for a while. */
function useSlowly(value: string): string {
  const [slow, setSlow] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSlow(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return slow
}
