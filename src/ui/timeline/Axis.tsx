/** The times along the top, and the flags of what people did. Decisions are small ticks, violations red diamonds. */
import { Flag } from 'lucide'
import type { Marker } from '../../sim/index.ts'
import { clock } from '../canvas/format.ts'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import type { Placed } from './scale.ts'
import { placed, ticksOf, widthOf } from './scale.ts'

/** More decisions than this are no longer told apart by ticks. */
const MOST_DECISIONS = 400

type Props = { readonly markers: readonly Marker[]; readonly domain: number; readonly width: number }

export function Axis({ markers, domain, width }: Props) {
  const flags = placed(
    markers.filter(({ kind }) => kind !== 'decision'),
    domain,
    width,
  )
  const letter = useOrdinal((state) => (state.theme === 'projector' ? 8.4 : 6.6))
  const decisions = markers.filter(({ kind }) => kind === 'decision')
  return (
    <div className="axis">
      {ticksOf(domain, width).map((at) => {
        const x = (at / domain) * width
        return (
          isFree(x, flags, letter) && (
            <time key={at} style={{ left: x }}>
              {clock(at, 0)}
            </time>
          )
        )
      })}
      {decisions.length <= MOST_DECISIONS &&
        decisions.map(({ at, moment }) => (
          <i key={moment} className="decision" style={{ left: `${(at / domain) * 100}%` }} />
        ))}
      {flags.map((flag) => (
        <FlagButton key={`${flag.item.kind}${flag.item.moment}`} flag={flag} />
      ))}
    </div>
  )
}

/** The line as said on a flag: without the command's own name. */
const shortened = (text: string) => text.replace(/^kubectl /, '')

function isFree(x: number, flags: readonly Placed<Marker>[], letter: number): boolean {
  return flags.every(({ item, x: flag, room }) => {
    const reach = Math.min(room, widthOf(shortened(item.text), letter))
    return x + 40 < flag || x > flag + reach + 4
  })
}

function FlagButton({ flag: { item, x, room } }: { readonly flag: Placed<Marker> }) {
  const { pause, seekMoment } = useVerbs()
  const t = useText()
  if (room < 14 && item.kind === 'command') return null
  const said = item.kind === 'violation' ? t('timeline.marker.violation', { rule: item.text }) : item.text
  const go = () => {
    pause()
    seekMoment(item.moment)
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      className="flag"
      data-kind={item.kind}
      style={{ left: x, maxWidth: room }}
      title={`${clock(item.at)} ${said}`}
      aria-label={said}
      onClick={go}
    >
      {item.kind === 'command' ? <Icon of={Flag} size={14} /> : <i className="diamond" />}
      {room > 44 && <span className="cut">{shortened(item.text)}</span>}
    </button>
  )
}
