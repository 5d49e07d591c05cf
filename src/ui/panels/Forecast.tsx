/** What comes next if nobody acts: the first few writes that a person would notice. Worked out only while the run rests. */
import { CircleCheck, CircleDashed, CircleX, Clock, HardDrive, Radio } from 'lucide'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import type { Fact, FactType } from '../../sim/index.ts'
import type { Forecast as Ahead } from '../../store/types.ts'
import { clock } from '../canvas/format.ts'
import { Icon } from '../kit/Icon.tsx'
import { useRich, useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

const MOST_LINES = 3
/** The run has to rest for so long before looking ahead. */
const REST_MS = 120

const icons: Partial<Record<FactType, ReactNode>> = {
  podReady: <Icon of={CircleCheck} size={16} className="text-ok" />,
  podCreated: <Icon of={CircleDashed} size={16} />,
  podTerminating: <Icon of={Clock} size={16} />,
  podDeleted: <Icon of={CircleX} size={16} />,
  podNotReady: <Icon of={CircleX} size={16} className="text-warn" />,
  podFailed: <Icon of={CircleX} size={16} className="text-bad" />,
  podSucceeded: <Icon of={CircleCheck} size={16} />,
  containerRestarted: <Icon of={Clock} size={16} />,
  claimBound: <Icon of={HardDrive} size={16} />,
  claimDeleted: <Icon of={CircleX} size={16} />,
  namePublished: <Icon of={Radio} size={16} />,
  nameWithdrawn: <Icon of={CircleX} size={16} />,
  setDeleted: <Icon of={CircleX} size={16} />,
}

/** The facts worth a line, the first of each kind and name. */
export function notable(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>()
  const lines: Fact[] = []
  for (const fact of facts) {
    const what = `${fact.type} ${fact.name}`
    if (!icons[fact.type] || seen.has(what)) continue
    seen.add(what)
    lines.push(fact)
    if (lines.length === MOST_LINES) break
  }
  return lines
}

/** The first label of a DNS name; any other name has no dots to cut at. */
const shortened = (name: string): string => (name.includes('.svc.') ? name.slice(0, name.indexOf('.')) : name)

export function Forecast({ untouched }: { readonly untouched: boolean }) {
  const ahead = useForecast()
  const t = useText()
  const rich = useRich()
  if (!ahead) return null
  const lines = notable(ahead.facts)
  if (lines.length === 0 && !ahead.quiet) return null
  return (
    <section className="forecast" aria-labelledby="forecast-heading">
      <h4 id="forecast-heading" className="heading">
        {t(untouched ? 'why.then.untouched' : 'why.then')}
      </h4>
      <ul>
        {lines.map(({ type, name, at, sequence, detail }) => (
          <li key={sequence}>
            {icons[type]}
            <span>{rich(`fact.${type}`, { ...(detail as Record<string, string>), name: shortened(name) })}</span>
            <time>{clock(at)}</time>
          </li>
        ))}
        {ahead.quiet && lines.length < MOST_LINES && (
          <li>
            <Icon of={CircleCheck} size={16} className="text-ok" />
            <span>{t('why.quiet')}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

/** What lies ahead of the moment shown; undefined while the run moves. */
function useForecast(): Ahead | undefined {
  const { forecast } = useVerbs()
  const world = useOrdinal((state) => state.world)
  const resting = useOrdinal((state) => !state.playing && state.busy === undefined)
  const [known, setKnown] = useState<{ readonly world: unknown; readonly ahead: Ahead }>()
  useEffect(() => {
    if (!resting) return
    const timer = setTimeout(() => setKnown({ world, ahead: forecast() }), REST_MS)
    return () => clearTimeout(timer)
  }, [forecast, world, resting])
  return resting && known?.world === world ? known.ahead : undefined
}
