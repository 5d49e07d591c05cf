/** What stops a run that plays: the controller's next decision, a broken guarantee. */
import { CircleStop } from 'lucide'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { Menu } from '../kit/Menu.tsx'
import { tip } from '../kit/tip.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

export function PauseOn() {
  const pauseOn = useOrdinal((state) => state.pauseOn)
  const { set } = useVerbs()
  const t = useText()
  const label = t('pauseOn.menu')
  const entries = (): readonly MenuEntry[] => [
    { kind: 'label', id: 'label', label },
    ...(['decision', 'violation'] as const).map(
      (what): MenuEntry => ({
        kind: 'check',
        id: what,
        label: t(`pauseOn.${what}`),
        note: t(`pauseOn.${what}.note`),
        checked: pauseOn[what],
        onSelect: () => set({ pauseOn: { ...pauseOn, [what]: !pauseOn[what] } }),
      }),
    ),
  ]
  const trigger = (
    <Button look="tool" className="pause-on" data-on={pauseOn.decision || undefined} aria-label={label} {...tip(label)}>
      <Icon of={CircleStop} size={18} />
    </Button>
  )
  return <Menu trigger={trigger} align="end" side="top" entries={entries} />
}
