/** As the top bar, for a phone: the tools are behind one button. */
import { CircleHelp, Command, Ellipsis, RotateCcw } from 'lucide'
import type { Doors } from '../keys.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { Menu } from '../kit/Menu.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useOrdinalStore } from '../useOrdinal.ts'
import { Brand } from './Brand.tsx'
import { languageEntries, shareEntries, themeEntries } from './pageMenus.tsx'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import { VersionMenu } from './VersionMenu.tsx'
import './topbar.css'

export function PhoneBar({ doors }: { readonly doors: Doors }) {
  useOrdinal((state) => state.theme)
  const store = useOrdinalStore()
  const t = useText()
  const entries = (): readonly MenuEntry[] => [
    {
      kind: 'act',
      id: 'reset',
      icon: <Icon of={RotateCcw} size={16} />,
      label: t('transport.reset'),
      onSelect: () => store.getState().verbs.reset(),
    },
    { kind: 'rule', id: 'rule0' },
    ...shareEntries(store, t, () => {}),
    { kind: 'rule', id: 'rule1' },
    { kind: 'label', id: 'language', label: t('language.menu') },
    ...languageEntries(store),
    { kind: 'rule', id: 'rule2' },
    { kind: 'label', id: 'theme', label: t('theme.menu') },
    ...themeEntries(store, t),
    { kind: 'rule', id: 'rule3' },
    {
      kind: 'act',
      id: 'palette',
      icon: <Icon of={Command} size={16} />,
      label: t('palette.open'),
      onSelect: doors.openPalette,
    },
    {
      kind: 'act',
      id: 'help',
      icon: <Icon of={CircleHelp} size={16} />,
      label: t('help.open'),
      onSelect: doors.openShortcuts,
    },
  ]
  const trigger = (
    <Button look="tool" aria-label={t('top.more')}>
      <Icon of={Ellipsis} size={20} />
    </Button>
  )
  return (
    <header className="topbar topbar-phone">
      <Brand />
      <ScenarioMenu />
      <div className="topbar-tools">
        <VersionMenu doors={doors} />
        <Menu trigger={trigger} align="end" entries={entries} />
      </div>
    </header>
  )
}
