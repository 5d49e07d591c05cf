/**
 * The DNS name of one pod: published with its address, absent, or gone from the server while resolvers may still answer.
 */
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { NamePicture, NameState } from '../../../sim/index.ts'
import { useText } from '../../text.ts'
import { useLod } from '../lod.ts'
import { Remaining } from '../Remaining.tsx'
import { StopButton } from '../StopButton.tsx'
import { useColumn } from '../slices.ts'
import type { Anchored } from './Anchors.tsx'
import { Anchors } from './Anchors.tsx'

export type NameNodeData = { readonly ordinal: number } & Anchored

export const NameNode = memo(function NameNode({ data }: NodeProps<Node<NameNodeData>>) {
  const column = useColumn(data.ordinal)
  const lod = useLod()
  const t = useText()
  if (!column) return <Anchors anchors={data.anchors} />
  const { name, pod } = column
  const state = t(`canvas.name.said.${name.state}`, { address: name.address ?? '' })
  return (
    <StopButton
      stop={`name/${data.ordinal}`}
      target={pod.key}
      pressable={false}
      label={t('canvas.name.said', { name: name.name, state })}
      className="node record"
      title={name.name}
      marks={{ 'data-name': name.state, 'data-lod': lod }}
    >
      {lod === 'card' ? (
        <>
          <span className="record-lines">
            <code className="cut">
              {name.podName}
              <NameTag name={name} />
            </code>
            <span className="record-fact">
              <NameFact name={name} />
            </span>
          </span>
          <NameMark state={name.state} />
        </>
      ) : (
        <span className="enlarged mini">
          <NameMark state={name.state} />
        </span>
      )}
      <Anchors anchors={data.anchors} />
    </StopButton>
  )
})

function NameTag({ name }: { readonly name: NamePicture }) {
  const t = useText()
  if (name.state === 'cached') return <small>{t('canvas.name.cached')}</small>
  if (name.state === 'published' && name.notReady) return <small>{t('canvas.name.notReady')}</small>
  return null
}

function NameFact({ name }: { readonly name: NamePicture }) {
  const t = useText()
  if (name.state === 'absent') return t('canvas.name.absent')
  if (name.state === 'published') return <code>→ {name.address}</code>
  return (
    <code>
      <s>{name.address}</s> {name.cachedUntil !== undefined && <Remaining until={name.cachedUntil} />}
    </code>
  )
}

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
