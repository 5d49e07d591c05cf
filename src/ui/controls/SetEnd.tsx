/** The end of a set: deleted with one of the three cascades, and applied again. Undo takes either back. */
import { ChevronDown, RotateCcw, Trash2 } from 'lucide'
import type { Cascade, Command, SetPicture } from '../../sim/index.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { Menu } from '../kit/Menu.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { usePreview } from './preview.tsx'

export const CASCADES: readonly Cascade[] = ['background', 'foreground', 'orphan']

const deleted = ({ namespace, name }: SetPicture, cascade: Cascade): Command => ({
  type: 'deleteStatefulSet',
  namespace,
  name,
  cascade,
})

export function SetEnd() {
  const set = useOrdinal((state) => state.picture.set)
  const { applyAgain } = useVerbs()
  const t = useText()
  return (
    <div className="act-group">
      <div className="act-row act-row-across">
        <h3 className="heading">{t('acts.set')}</h3>
        {set?.exists ? (
          <Delete set={set} />
        ) : (
          <Button small onClick={() => applyAgain()}>
            <Icon of={RotateCcw} size={14} />
            {t('acts.applyAgain')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Delete({ set }: { readonly set: SetPicture }) {
  const { dispatch } = useVerbs()
  const { show } = usePreview()
  const t = useText()
  const entries = (): readonly MenuEntry[] => [
    { kind: 'label', id: 'cascade', label: t('acts.deleteSet.cascade') },
    ...CASCADES.map(
      (cascade): MenuEntry => ({
        kind: 'act',
        id: cascade,
        label: cascade,
        note: t(`acts.deleteSet.${cascade}`),
        mono: true,
        danger: true,
        icon: <Icon of={Trash2} size={14} />,
        onFocus: () => show(deleted(set, cascade)),
        onSelect: () => dispatch(deleted(set, cascade)),
      }),
    ),
  ]
  const trigger = (
    <button type="button" className="choice choice-small" disabled={set.deleting}>
      <span className="cut">{set.deleting ? t('summary.deleting') : t('acts.deleteSet', { name: set.name })}</span>
      <Icon of={ChevronDown} size={14} />
    </button>
  )
  return <Menu trigger={trigger} entries={entries} onClose={() => show(undefined)} />
}
