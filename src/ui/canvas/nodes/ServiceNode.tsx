/**
 * The governing Service: one bar over the row of names, which hang from it. The ending that all names share is said here
 * once.
 */
import type { Node, NodeProps } from '@xyflow/react'
import { Network } from 'lucide'
import { memo } from 'react'
import type { ServicePicture } from '../../../sim/index.ts'
import { Icon } from '../../kit/Icon.tsx'
import { useText } from '../../text.ts'
import { useOrdinal } from '../../useOrdinal.ts'
import { useLod } from '../lod.ts'
import { StopButton } from '../StopButton.tsx'
import type { Anchored } from './Anchors.tsx'
import { Anchors } from './Anchors.tsx'

export const ServiceNode = memo(function ServiceNode({ data }: NodeProps<Node<Anchored>>) {
  const service = useOrdinal((state) => state.picture.set?.service)
  const lod = useLod()
  const t = useText()
  if (!service) return <Anchors anchors={data.anchors} />
  const { key, name, published, names, exists } = service
  return (
    <StopButton
      stop="service"
      target={key}
      label={t('canvas.service.said', { name, published, names })}
      className="node service"
      marks={{ 'data-missing': !exists || undefined, 'data-lod': lod }}
    >
      <span className={lod === 'card' ? 'service-line' : 'enlarged service-line'}>
        <Icon of={Network} size={16} />
        <span>{t('canvas.service')}</span>
        <b>{name}</b>
        {exists ? <ServiceFacts service={service} /> : <em>{t('canvas.service.missing')}</em>}
      </span>
      <Anchors anchors={data.anchors} />
    </StopButton>
  )
})

function ServiceFacts({ service }: { readonly service: ServicePicture }) {
  const t = useText()
  const { published, names, suffix, selector, headless, clusterIP } = service
  return (
    <>
      <span className="cut quiet">
        {headless ? t('canvas.service.headless') : clusterIP} · {t('canvas.service.selects', { selector })}
      </span>
      <span className="cut service-end">
        {published === 0
          ? t('canvas.service.none', { count: names })
          : t('canvas.service.ending', { published, names })}{' '}
        <code>{suffix}</code>
      </span>
    </>
  )
}
