/** The page's own bar: which scenario, how the set stands in one line, and what concerns the page rather than the cluster. */
import { Check, CircleHelp, Contrast, Globe, Share } from 'lucide'
import type { Doors } from '../keys.ts'
import { KEYS } from '../keys.ts'
import { Button } from '../kit/Button.tsx'
import { useForAWhile } from '../kit/CopyButton.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Menu } from '../kit/Menu.tsx'
import { tip } from '../kit/tip.ts'
import { useText } from '../text.ts'
import { useOrdinal, useOrdinalStore } from '../useOrdinal.ts'
import { Brand } from './Brand.tsx'
import { LANGUAGES, languageEntries, shareEntries, themeEntries } from './pageMenus.tsx'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import { SetSummary } from './SetSummary.tsx'
import { VersionMenu } from './VersionMenu.tsx'
import './topbar.css'

export function TopBar({ doors }: { readonly doors: Doors }) {
  const t = useText()
  return (
    <header className="topbar">
      <Brand />
      <ScenarioMenu />
      <SetSummary />
      <div className="topbar-tools">
        <VersionMenu doors={doors} />
        <ShareMenu />
        <LanguageMenu />
        <ThemeMenu />
        <Button
          look="tool"
          aria-label={t('help.open')}
          {...tip(t('help.open'), KEYS.shortcuts[0], 'bottom')}
          onClick={doors.openShortcuts}
        >
          <Icon of={CircleHelp} size={16} />
        </Button>
      </div>
    </header>
  )
}

function ShareMenu() {
  const [copied, setCopied] = useForAWhile()
  const store = useOrdinalStore()
  const t = useText()
  const trigger = (
    <Button look="tool" aria-label={t('share.menu')}>
      {copied ? <Icon of={Check} size={16} /> : <Icon of={Share} size={16} />}
      <span className="tool-word">{copied ? t('copy.done') : t('share.menu')}</span>
    </Button>
  )
  return <Menu trigger={trigger} align="end" entries={() => shareEntries(store, t, setCopied)} />
}

function LanguageMenu() {
  const language = useOrdinal((state) => state.language)
  const store = useOrdinalStore()
  const t = useText()
  const short = LANGUAGES.find(([code]) => code === language)?.[2] ?? language
  const trigger = (
    <Button look="tool" aria-label={t('language.menu')}>
      <Icon of={Globe} size={16} />
      <span className="tool-word">{short}</span>
    </Button>
  )
  return <Menu trigger={trigger} align="end" entries={() => languageEntries(store)} />
}

function ThemeMenu() {
  useOrdinal((state) => state.theme)
  const store = useOrdinalStore()
  const t = useText()
  const trigger = (
    <Button look="tool" aria-label={t('theme.menu')}>
      <Icon of={Contrast} size={16} />
    </Button>
  )
  return <Menu trigger={trigger} align="end" entries={() => themeEntries(store, t)} />
}
