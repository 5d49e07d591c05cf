/**
 * The same set as a list: the rail turned downwards, a row per ordinal. It is what a phone shows, and at any size the
 * equivalent of the graph for whoever prefers rows or has them read aloud.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { Fragment, memo, useEffect, useRef } from 'react'
import type { ColumnPicture } from '../../sim/index.ts'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { StateIcon } from '../kit/StateIcon.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { shortName } from './format.ts'
import './list.css'
import { AroundList } from './AroundList.tsx'
import { EndpointMark, endpointSaid } from './AroundText.tsx'
import { AroundContext, useAroundNow, useEndpoint } from './around.ts'
import { NameMark } from './NameMark.tsx'
import { Remaining } from './Remaining.tsx'
import { useAttended, useColumn, useShape } from './slices.ts'
import { isGone, stripOf } from './words.ts'

const ROW = 56
/** Above this many rows only those around the view are in the document. */
const MANY_ROWS = 60

export default function ListView() {
  const shape = useShape()
  const t = useText()
  const name = useOrdinal((state) => state.picture.set?.name ?? '')
  const scroller = useRef<HTMLDivElement>(null)
  const isLong = shape.length > MANY_ROWS
  const rows = useVirtualizer({
    count: shape.length,
    enabled: isLong,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    initialRect: { width: 390, height: 640 },
  })
  useFollowing(scroller)
  const around = useAroundNow(true)
  const shown = isLong ? rows.getVirtualItems().map(({ index }) => index) : shape.keys()
  return (
    <AroundContext value={around}>
      <div className="list" ref={scroller}>
        <ol aria-label={t('list.label', { name })} style={{ height: shape.length * ROW }}>
          {[...shown].map((index) => {
            const ordinal = shape[index]?.ordinal
            if (ordinal === undefined) return null
            return <Row key={ordinal} ordinal={ordinal} before={shape[index - 1]?.ordinal} top={index * ROW} />
          })}
        </ol>
        <AroundList />
      </div>
    </AroundContext>
  )
}

/** Keeps the row in view at which the controller's look ended. */
function useFollowing(scroller: RefObject<HTMLDivElement | null>) {
  const shape = useShape()
  const attended = useAttended()
  const index = attended === undefined ? -1 : shape.findIndex(({ ordinal }) => ordinal === attended)
  useEffect(() => {
    const list = scroller.current
    if (!list || index < 0) return
    const top = index * ROW
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight + 16
  }, [index, scroller])
}

type RowProps = { readonly ordinal: number; readonly before: number | undefined; readonly top: number }

const Row = memo(function Row({ ordinal, before, top }: RowProps) {
  const column = useColumn(ordinal)
  const attended = useAttended() === ordinal
  const previous = useColumn(before ?? -1)
  if (!column) return null
  const passed = column.verdict !== 'notReached' && column.verdict !== 'none'
  return (
    <li
      className="row"
      style={{ transform: `translateY(${top}px)`, height: ROW }}
      data-look={attended ? 'stop' : passed ? 'passed' : 'ahead'}
      data-condemned={column.place === 'condemned' || undefined}
    >
      <span className="row-rail" aria-hidden="true">
        <b className="row-ordinal">{ordinal}</b>
      </span>
      {previous?.heldByPartition && !column.heldByPartition && <PartitionMark />}
      <RowButton column={column} />
    </li>
  )
})

function PartitionMark() {
  const partition = useOrdinal((state) => state.picture.set?.partition ?? 0)
  const t = useText()
  return (
    <span className="row-partition">
      <span>{t('canvas.partition', { partition })}</span>
    </span>
  )
}

function RowButton({ column }: { readonly column: ColumnPicture }) {
  const { pod, place } = column
  const { select } = useVerbs()
  const selected = useOrdinal((state) => state.selected === pod.key)
  const t = useText()
  const absent = pod.state === 'absent'
  return (
    <button
      type="button"
      className="row-pod"
      data-state={pod.state}
      data-strip={stripOf(pod, place) !== undefined || undefined}
      aria-pressed={selected}
      onClick={() => select(pod.key)}
    >
      <StateIcon state={pod.state} countdown={pod.countdown} restarts={pod.restarts} />
      <span className="row-lines">
        <span className="row-name">
          <b>{pod.name}</b>{' '}
          <span className="pod-word">
            {absent ? t(isGone(column) ? 'canvas.pod.gone' : 'canvas.pod.none') : pod.status}
          </span>{' '}
          {!absent && (
            <span>
              {pod.readyContainers}/{pod.containers}
            </span>
          )}
        </span>
        <RowNote column={column} />
      </span>
      <RowStorage column={column} />
      <RowEndpoint ordinal={column.ordinal} />
      <RowName column={column} />
      {pod.revision ? (
        <RevisionBadge mark={pod.revision} label={t('canvas.revision', { letter: pod.revision.letter })} />
      ) : (
        <span className="row-nobadge" />
      )}
    </button>
  )
}

function RowNote({ column: { pod, place } }: { readonly column: ColumnPicture }) {
  const t = useText()
  const strip = stripOf(pod, place)
  if (!strip) return <span className="row-note">{[pod.image, pod.node].filter(Boolean).join(' · ')}</span>
  return (
    <span className="row-note" data-strip="true">
      {t(strip.words.key, strip.words.params)}
      {strip.until !== undefined && (
        <>
          {', '}
          <Remaining until={strip.until} />
        </>
      )}
    </span>
  )
}

/** Claims and volumes: drawn where there is room, told to screen readers everywhere. */
function RowStorage({ column: { claims, volumes } }: { readonly column: ColumnPicture }) {
  const t = useText()
  return (
    <span className="row-storage">
      {claims.map((claim, index) => {
        const volume = volumes[index]
        return (
          <Fragment key={claim.key}>
            <span className="cut">
              {t('list.claim', { name: claim.name, status: claim.status || t('canvas.claim.absent') })}
            </span>
            {volume && (
              <span className="cut">{t('list.volume', { name: shortName(volume.name), status: volume.status })}</span>
            )}
          </Fragment>
        )
      })}
    </span>
  )
}

/** How the pod stands in its slice: a mark, and the words for those who do not see it. */
function RowEndpoint({ ordinal }: { readonly ordinal: number }) {
  const endpoint = useEndpoint(ordinal)
  const t = useText()
  if (!endpoint) return null
  const said = endpointSaid(t, endpoint)
  return (
    <span className="row-endpoint" title={said}>
      <EndpointMark state={endpoint.state} />
      <span className="row-endpoint-word" aria-hidden="true">
        {t(`canvas.endpoint.${endpoint.state}`)}
      </span>
      <span className="sr-only">{said}</span>
    </span>
  )
}

function RowName({ column: { name } }: { readonly column: ColumnPicture }) {
  const t = useText()
  return (
    <span className="row-address" data-name={name.state} title={name.name}>
      {name.state === 'published' && (
        <code>
          → {name.address}
          {name.secondAddress !== undefined && <span className="sr-only"> {name.secondAddress}</span>}
        </code>
      )}
      {name.state === 'cached' && (
        <code>
          {t('canvas.name.cached')} {name.cachedUntil !== undefined && <Remaining until={name.cachedUntil} />}
        </code>
      )}
      {name.state === 'absent' && (
        <>
          <span className="sr-only">{t('canvas.name.absent')}</span>
          <NameMark state="absent" />
        </>
      )}
    </span>
  )
}
