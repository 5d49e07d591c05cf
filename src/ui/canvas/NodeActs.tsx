/** The acts of one node's card: four in view, the others in a menu. The command is shown while one is pointed at. */
import { Ellipsis } from 'lucide'
import type { NodePicture } from '../../sim/index.ts'
import { usePreview, usePreviewOf } from '../controls/preview.tsx'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Menu } from '../kit/Menu.tsx'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'
import type { NodeAct } from './actsOnNode.ts'
import { commonActs, rareActs } from './actsOnNode.ts'

export function NodeActs({ node }: { readonly node: NodePicture }) {
  const t = useText()
  return (
    <div className="machine-acts" role="toolbar" aria-label={t('nodes.acts', { name: node.name })}>
      {commonActs(node).map((act) => (
        <ActButton key={act.label} act={act} />
      ))}
      <MoreActs node={node} />
    </div>
  )
}

function ActButton({ act: { label, icon, command } }: { readonly act: NodeAct }) {
  const { dispatch } = useVerbs()
  const preview = usePreviewOf(command)
  const t = useText()
  return (
    <Button look="tool" small onClick={() => dispatch(command)} {...preview}>
      <Icon of={icon} size={16} />
      {t(label)}
    </Button>
  )
}

function MoreActs({ node }: { readonly node: NodePicture }) {
  const { dispatch } = useVerbs()
  const { show } = usePreview()
  const t = useText()
  const more = t('nodes.acts.more')
  return (
    <Menu
      trigger={
        <Button look="tool" small aria-label={more} data-tip={more}>
          <Icon of={Ellipsis} size={16} />
        </Button>
      }
      align="end"
      onClose={() => show(undefined)}
      entries={() =>
        rareActs(node).map(({ label, icon, command, danger }) => ({
          kind: 'act',
          id: label,
          label: t(label),
          icon: <Icon of={icon} size={16} />,
          ...(danger && { danger }),
          onFocus: () => show(command),
          onSelect: () => dispatch(command),
        }))
      }
    />
  )
}
