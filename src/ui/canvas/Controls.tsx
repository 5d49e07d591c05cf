/** Zoom and fit, and the ways to the other arrangements; in the corner of the graph. */
import { useReactFlow } from '@xyflow/react'
import { List, Maximize, Minus, Plus, Server } from 'lucide'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'
import { Control } from './Control.tsx'

type Props = { readonly onFit: () => void; readonly onNodes: () => void; readonly onList: () => void }

export function Controls({ onFit, onNodes, onList }: Props) {
  const { zoomIn, zoomOut } = useReactFlow()
  const t = useText()
  return (
    <div className="canvas-controls">
      <Control label={t('canvas.zoomOut')} onClick={() => void zoomOut({ duration: 120 })}>
        <Icon of={Minus} size={16} />
      </Control>
      <Control label={t('canvas.zoomIn')} onClick={() => void zoomIn({ duration: 120 })}>
        <Icon of={Plus} size={16} />
      </Control>
      <Control label={t('canvas.fit')} onClick={onFit}>
        <Icon of={Maximize} size={16} />
      </Control>
      <Control label={t('canvas.asNodes')} onClick={onNodes}>
        <Icon of={Server} size={16} />
      </Control>
      <Control label={t('canvas.asList')} onClick={onList}>
        <Icon of={List} size={16} />
      </Control>
    </div>
  )
}
