/**
 * The DNS name of one pod: published with its address or both of them, absent, or gone from the server while resolvers may still answer.
 */
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { NamePicture } from '../../../sim/index.ts'
import { useText } from '../../text.ts'
import { useLod } from '../lod.ts'
import { NameMark } from '../NameMark.tsx'
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
  const addresses = [name.address, name.secondAddress].filter(Boolean).join(', ')
  const state = t(`canvas.name.said.${name.state}`, { address: addresses })
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
              {name.secondAddress !== undefined && <span className="first-address">→ {name.address}</span>}
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
  if (name.state === 'published') return <code className="cut">→ {name.secondAddress ?? name.address}</code>
  return (
    <code>
      <s>{name.address}</s> {name.cachedUntil !== undefined && <Remaining until={name.cachedUntil} />}
    </code>
  )
}
