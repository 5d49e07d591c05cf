/**
 * A claim and the volume behind it: name, the word that kubectl prints, one fact. A claim outlives its pod and is drawn
 * for a slot that is empty; a volume is drawn only while it exists.
 */
import type { Node, NodeProps } from '@xyflow/react'
import { Database, FileText } from 'lucide'
import { memo } from 'react'
import type { ClaimPicture, VolumePicture } from '../../../sim/index.ts'
import { Icon } from '../../kit/Icon.tsx'
import { useText } from '../../text.ts'
import { shortName } from '../format.ts'
import { useLod } from '../lod.ts'
import { StopButton } from '../StopButton.tsx'
import { useClaim, usePod, useVolume } from '../slices.ts'
import type { Anchored } from './Anchors.tsx'
import { Anchors } from './Anchors.tsx'

export type StorageNodeData = { readonly ordinal: number; readonly index: number } & Anchored
type Props = NodeProps<Node<StorageNodeData>>

export const ClaimNode = memo(function ClaimNode({ data: { ordinal, index, anchors } }: Props) {
  const claim = useClaim(ordinal, index)
  const fact = useClaimFact(claim, ordinal)
  const lod = useLod()
  const t = useText()
  if (!claim) return <Anchors anchors={anchors} />
  const status = claim.status || t('canvas.claim.absent')
  return (
    <StopButton
      stop={`claim/${ordinal}/${index}`}
      target={claim.key}
      label={t('canvas.claim.said', { name: claim.name, status })}
      className="node record"
      title={claim.name}
      marks={{ 'data-storage': claim.state, 'data-lod': lod }}
    >
      {lod === 'card' ? (
        <>
          <RecordLines name={claim.name} status={status} fact={fact} />
          <Icon of={FileText} className="mark" size={16} />
        </>
      ) : (
        <span className="enlarged mini">
          <Icon of={FileText} className="mark" size={16} />
        </span>
      )}
      <Anchors anchors={anchors} />
    </StopButton>
  )
})

function useClaimFact(claim: ClaimPicture | undefined, ordinal: number): string {
  const pod = usePod(ordinal)
  const t = useText()
  if (!claim || claim.state === 'absent') return ''
  if (claim.reason) return t(`strip.${claim.reason.reason}`, { on: '', restarts: 0, ...claim.reason.detail })
  if (pod?.state === 'absent' && claim.state === 'bound') return t('canvas.claim.kept')
  return [claim.capacity, claim.accessModes].filter(Boolean).join(' ')
}

export const VolumeNode = memo(function VolumeNode({ data: { ordinal, index, anchors } }: Props) {
  const volume = useVolume(ordinal, index)
  const lod = useLod()
  const t = useText()
  if (!volume) return <Anchors anchors={anchors} />
  return (
    <StopButton
      stop={`volume/${ordinal}/${index}`}
      target={volume.key}
      label={t('canvas.volume.said', { name: volume.name, status: volume.status })}
      className="node record"
      title={volume.name}
      marks={{ 'data-storage': volume.state, 'data-lod': lod }}
    >
      {lod === 'card' ? (
        <>
          <RecordLines name={shortName(volume.name)} status={volume.status} fact={volumeFact(volume)} />
          <Icon of={Database} className="mark" size={16} />
        </>
      ) : (
        <span className="enlarged mini">
          <Icon of={Database} className="mark" size={16} />
        </span>
      )}
      <Anchors anchors={anchors} />
    </StopButton>
  )

  function volumeFact({ files, reclaimPolicy }: VolumePicture): string {
    return files.length > 0 ? t('canvas.volume.files', { count: files.length }) : (reclaimPolicy ?? '')
  }
})

function RecordLines({
  name,
  status,
  fact,
}: {
  readonly name: string
  readonly status: string
  readonly fact: string
}) {
  return (
    <span className="record-lines">
      <code className="cut">{name}</code>
      <span className="record-fact">
        <b>{status}</b>
        {fact && <code className="cut"> · {fact}</code>}
      </span>
    </span>
  )
}
