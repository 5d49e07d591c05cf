/**
 * One pod of the set, or the empty slot that waits for it: a card, a tile or an icon, by how far away it is. A healthy
 * pod is quiet; the strip appears only while something counts down or blocks.
 */
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { ColumnPicture, PodPicture } from '../../../sim/index.ts'
import { RevisionBadge } from '../../kit/RevisionBadge.tsx'
import { StateIcon } from '../../kit/StateIcon.tsx'
import { useRich, useText } from '../../text.ts'
import { useLod } from '../lod.ts'
import { NameMark } from '../NameMark.tsx'
import { Remaining } from '../Remaining.tsx'
import { StopButton } from '../StopButton.tsx'
import { useAttended, useColumn } from '../slices.ts'
import type { Strip } from '../words.ts'
import { isGone, stripOf } from '../words.ts'
import type { Anchored } from './Anchors.tsx'
import { Anchors } from './Anchors.tsx'

/** `folded`: the name and the claim have no cards of their own and are told here. */
export type PodNodeData = { readonly ordinal: number; readonly folded: boolean } & Anchored

export const PodNode = memo(function PodNode({ data }: NodeProps<Node<PodNodeData>>) {
  const column = useColumn(data.ordinal)
  const attended = useAttended() === data.ordinal
  const lod = useLod()
  const said = usePodLabel(column)
  if (!column) return <Anchors anchors={data.anchors} />
  const { pod, place } = column
  const strip = stripOf(pod, place)
  return (
    <StopButton
      stop={`pod/${data.ordinal}`}
      target={pod.key}
      label={said}
      className={`node pod pod-${lod}`}
      marks={{
        'data-state': pod.state,
        'data-condemned': place === 'condemned' || undefined,
        'data-attended': attended || undefined,
        'data-folded': data.folded || undefined,
      }}
    >
      {lod === 'card' && <PodCard column={column} strip={strip} folded={data.folded} />}
      {lod === 'tile' && <PodTile pod={pod} strip={strip} />}
      {(lod === 'icon' || lod === 'dot') && <PodIcon column={column} />}
      <Anchors anchors={data.anchors} />
    </StopButton>
  )
})

function usePodLabel(column: ColumnPicture | undefined): string {
  const t = useText()
  if (!column) return ''
  const { pod, place } = column
  const strip = stripOf(pod, place)
  const note = strip ? `, ${t(strip.words.key, strip.words.params)}` : ''
  if (pod.state === 'absent') return `${t('canvas.pod.said.absent', { name: pod.name })}${note}`
  const { name, status, readyContainers: ready, containers, revision } = pod
  return `${t('canvas.pod.said', { name, status, ready, containers, revision: revision?.letter ?? '?' })}${note}`
}

type CardProps = { readonly column: ColumnPicture; readonly strip: Strip | undefined; readonly folded: boolean }

function PodCard({ column, strip, folded }: CardProps) {
  const { pod } = column
  const t = useText()
  const absent = pod.state === 'absent'
  return (
    <>
      <span className="pod-head">
        <StateIcon
          state={pod.state}
          countdown={pod.countdown}
          restarts={pod.restarts}
          inverse={pod.state === 'failed'}
        />
        <span className="pod-title">
          <PodName pod={pod} ordinal={column.ordinal} />
          <span className="pod-word">{absent ? <AbsentWord column={column} strip={strip} /> : pod.status}</span>
        </span>
        {pod.revision && (
          <RevisionBadge
            mark={pod.revision}
            small={folded}
            label={t('canvas.revision', { letter: pod.revision.letter })}
          />
        )}
      </span>
      {!absent && strip && <StripLine strip={strip} />}
      {!absent && <Facts column={column} folded={folded} short={strip !== undefined} />}
    </>
  )
}

/** The stem may be cut short, the ordinal and the ready count never. */
function PodName({ pod, ordinal }: { readonly pod: PodPicture; readonly ordinal: number }) {
  const suffix = `-${ordinal}`
  return (
    <span className="pod-name">
      <span className="stem">{pod.name.slice(0, -suffix.length)}</span>
      <span>{suffix}</span>
      {pod.state !== 'absent' && (
        <small>
          {pod.readyContainers}/{pod.containers}
        </small>
      )}
    </span>
  )
}

function AbsentWord({ column, strip }: Pick<CardProps, 'column' | 'strip'>) {
  const t = useText()
  if (isGone(column)) return t('canvas.pod.gone')
  return strip ? t(strip.words.key, strip.words.params) : t('canvas.pod.none')
}

function StripLine({ strip }: { readonly strip: Strip }) {
  const t = useText()
  return (
    <span className="strip">
      <span className="cut">{t(strip.words.key, strip.words.params)}</span>
      {strip.until !== undefined && <StripTime until={strip.until} again={strip.again ?? false} />}
      {strip.on !== undefined && <span>{t('strip.waitsFor', { on: strip.on })}</span>}
    </span>
  )
}

function StripTime({ until, again }: { readonly until: number; readonly again: boolean }) {
  const rich = useRich()
  const time = <Remaining key="time" until={until} />
  return <span className="still">{again ? rich('strip.next', { time }) : time}</span>
}

type FactsProps = { readonly column: ColumnPicture; readonly folded: boolean; readonly short: boolean }

function Facts({ column: { pod, name, claims }, folded, short }: FactsProps) {
  const t = useText()
  const none = t('canvas.pod.nothing')
  const [claim] = claims
  if (folded) {
    return (
      <span className="facts">
        <Fact label={t('canvas.pod.node')} value={pod.node ?? none} />
        <span className="fact">
          <span>{t('canvas.pod.name')}</span>
          <code>
            {name.state === 'absent' ? t('canvas.name.absent') : name.address}
            <NameMark state={name.state} />
          </code>
        </span>
        {!short && claim && <Fact label={t('canvas.pod.claim')} value={claim.status || t('canvas.claim.absent')} />}
      </span>
    )
  }
  return (
    <span className="facts">
      <Fact label={t('canvas.pod.image')} value={pod.image ?? none} />
      <Fact label={t('canvas.pod.node')} value={pod.node ?? none} />
      <Fact label={t('canvas.pod.ip')} value={pod.ip ?? none} />
      {!short && <Fact label={t('canvas.pod.restarts')} value={pod.restarts} last />}
    </span>
  )
}

type FactProps = { readonly label: string; readonly value: string | number; readonly last?: boolean }

function Fact({ label, value, last }: FactProps) {
  return (
    <span className="fact" data-last={last}>
      <span>{label}</span>
      <code className="cut">{value}</code>
    </span>
  )
}

function PodTile({ pod, strip }: { readonly pod: PodPicture; readonly strip: Strip | undefined }) {
  return (
    <span className="enlarged tile">
      <span className="tile-head">
        <StateIcon state={pod.state} countdown={pod.countdown} restarts={pod.restarts} />
        {pod.revision && <RevisionBadge mark={pod.revision} small />}
      </span>
      <b className="cut">{pod.name}</b>
      <span className="tile-word cut">{pod.status}</span>
      {strip?.until !== undefined && (
        <span className="tile-time">
          <Remaining until={strip.until} />
        </span>
      )}
    </span>
  )
}

function PodIcon({ column: { pod, ordinal } }: { readonly column: ColumnPicture }) {
  return (
    <span className="enlarged pod-mark" data-pattern={pod.revision?.pattern}>
      <StateIcon state={pod.state} />
      <b>{ordinal}</b>
    </span>
  )
}
