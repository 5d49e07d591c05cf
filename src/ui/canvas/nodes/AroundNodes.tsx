/**
 * What stands around the columns: how each pod stands in the slices of the governing Service, on the line from the pod to
 * its name; other Services above, each over the pod that it leads to; classes below the volumes.
 */
import type { Node, NodeProps } from '@xyflow/react'
import { DoorOpen, HardDrive } from 'lucide'
import { memo } from 'react'
import type { DoorPicture } from '../../../sim/index.ts'
import { Icon } from '../../kit/Icon.tsx'
import { useText } from '../../text.ts'
import {
  classFacts,
  classSaid,
  DoorMark,
  doorPlace,
  doorReady,
  doorSaid,
  EndpointMark,
  endpointSaid,
} from '../AroundText.tsx'
import { useAround, useEndpoint } from '../around.ts'
import { useLod } from '../lod.ts'
import { StopButton } from '../StopButton.tsx'
import type { Anchored } from './Anchors.tsx'
import { Anchors } from './Anchors.tsx'

type OfOrdinal = Node<{ readonly ordinal: number } & Anchored>
type OfIndex = Node<{ readonly index: number } & Anchored>

export const EndpointNode = memo(function EndpointNode({ data: { ordinal } }: NodeProps<OfOrdinal>) {
  const endpoint = useEndpoint(ordinal)
  const lod = useLod()
  const t = useText()
  if (!endpoint) return null
  const { key, state, addresses } = endpoint
  return (
    <span className="endpoint-place">
      <StopButton
        stop={`endpoint/${ordinal}`}
        target={key}
        label={endpointSaid(t, endpoint)}
        className="node endpoint"
        title={addresses.join('\n')}
        marks={{ 'data-endpoint': state, 'data-lod': lod }}
      >
        <EndpointMark state={state} />
        {lod === 'card' && (
          <span>
            <i>{t('canvas.endpoint')}</i> {t(`canvas.endpoint.${state}`)}
          </span>
        )}
      </StopButton>
    </span>
  )
})

export const DoorNode = memo(function DoorNode({ data: { index, anchors } }: NodeProps<OfIndex>) {
  const door = useAround().doors[index]
  const lod = useLod()
  const t = useText()
  if (!door) return <Anchors anchors={anchors} />
  const isBar = door.ordinals.length > 1
  return (
    <StopButton
      stop={`door/${index}`}
      target={door.key}
      label={doorSaid(t, door)}
      className={isBar ? 'node service' : 'node record'}
      title={door.outside.join('\n')}
      marks={{ 'data-door': door.type, 'data-lod': lod }}
    >
      {isBar ? <DoorBar door={door} /> : <DoorCard door={door} />}
      <Anchors anchors={anchors} />
    </StopButton>
  )
})

type Props = { readonly door: DoorPicture }

function DoorBar({ door }: Props) {
  const lod = useLod()
  const t = useText()
  return (
    <span className={lod === 'card' ? 'service-line' : 'enlarged service-line'}>
      <Icon of={DoorOpen} size={16} />
      <span>{t('canvas.service')}</span>
      <b>{door.name}</b>
      <span className="cut quiet">
        {door.type} · {doorPlace(t, door)}
      </span>
      <span className="service-end">{doorReady(t, door)}</span>
    </span>
  )
}

function DoorCard({ door }: Props) {
  const lod = useLod()
  const t = useText()
  if (lod !== 'card')
    return (
      <span className="enlarged mini">
        <DoorMark door={door} />
      </span>
    )
  return (
    <>
      <span className="record-lines">
        <code className="cut">
          {door.name}
          <small>{door.type}</small>
        </code>
        <span className="record-fact">
          <code className="cut">{doorPlace(t, door)}</code>
        </span>
      </span>
      <DoorMark door={door} />
    </>
  )
}

export const ClassNode = memo(function ClassNode({ data: { index, anchors } }: NodeProps<OfIndex>) {
  const named = useAround().classes[index]
  const lod = useLod()
  const t = useText()
  if (!named) return <Anchors anchors={anchors} />
  const { key, name, exists, isDefault, provisioner } = named
  return (
    <StopButton
      stop={`class/${index}`}
      target={key}
      label={classSaid(t, named)}
      className="node service"
      marks={{ 'data-missing': !exists || undefined, 'data-lod': lod }}
    >
      <span className={lod === 'card' ? 'service-line' : 'enlarged service-line'}>
        <Icon of={HardDrive} size={16} />
        <span>{t('canvas.class')}</span>
        <b>{name}</b>
        {isDefault && <small className="class-default">{t('canvas.class.default')}</small>}
        <span className="cut quiet">{provisioner}</span>
        <span className="service-end">{exists ? classFacts(t, named) : <em>{classFacts(t, named)}</em>}</span>
      </span>
      <Anchors anchors={anchors} />
    </StopButton>
  )
})
