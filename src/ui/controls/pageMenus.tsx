/** What concerns the page rather than the cluster, as entries of menus: giving runs away and taking them in, language, theme. */
import { FolderOpen, Link2, Save } from 'lucide'
import type { ReactNode } from 'react'
import { DEFAULT_SETTINGS } from '../../sim/index.ts'
import type { Language, OrdinalState } from '../../store/types.ts'
import { THEMES } from '../../store/types.ts'
import { copyText, saveAsFile } from '../kit/clipboard.ts'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { openFile, pickFile } from '../panels/files.ts'
import type { Say } from '../text.ts'
import { loadTexts } from '../text.ts'
import type { OrdinalStore } from '../useOrdinal.ts'

type Addressed = Pick<OrdinalState, 'run' | 'now' | 'stories'>

/** The version in which a scenario is told when nobody asks for another. */
function ownVersion({ run, stories }: Addressed): string {
  const scenario = stories.flatMap(({ scenarios }) => scenarios).find(({ id }) => id === run.scenario)
  return scenario?.settings?.kubernetes ?? DEFAULT_SETTINGS.kubernetes
}

/** The address that shows this scenario, seed and version at this moment. What was acted in it is not part of the address. */
export function addressOf(state: Addressed, page: string): string {
  const { run, now } = state
  const address = new URL(page)
  address.hash = ''
  address.search = ''
  if (run.scenario) address.searchParams.set('scenario', run.scenario)
  address.searchParams.set('seed', String(run.seed))
  if (run.kubernetes !== ownVersion(state)) address.searchParams.set('k8s', run.kubernetes)
  address.searchParams.set('t', String(now / 1000))
  return address.href
}

export function shareEntries(store: OrdinalStore, t: Say, onCopied: (copied: boolean) => void): readonly MenuEntry[] {
  const copy = () => void copyText(addressOf(store.getState(), location.href)).then(onCopied)
  const save = () => {
    const { run, verbs } = store.getState()
    saveAsFile(`${run.scenario ?? 'run'}.ordinal.json`, verbs.exportRun())
  }
  const open = () => void pickFile().then((file) => file && openFile(file, store.getState().verbs))
  return [
    act('link', <Icon of={Link2} size={16} />, t('share.copyLink'), t('share.copyLink.note'), copy),
    act('save', <Icon of={Save} size={16} />, t('share.save'), t('share.save.note'), save),
    act('open', <Icon of={FolderOpen} size={16} />, t('share.open'), t('share.open.note'), open),
  ]
}

const act = (id: string, icon: ReactNode, label: string, note: string, onSelect: () => void): MenuEntry => ({
  kind: 'act',
  id,
  icon,
  label,
  note,
  onSelect,
})

/** Each language named in itself, and as the bar abbreviates it. */
export const LANGUAGES = [
  ['en', 'English', 'EN'],
  ['zh-CN', '简体中文', '中文'],
] as const satisfies readonly (readonly [Language, string, string])[]

/** Takes a language once its words are here, so that no half-translated page is seen; English stands in for what fails. */
export function chooseLanguage(store: OrdinalStore, language: Language): void {
  const take = () => store.getState().verbs.set({ language })
  loadTexts(language).then(take, take)
}

export const languageEntries = (store: OrdinalStore): readonly MenuEntry[] =>
  LANGUAGES.map(([language, label]) => ({
    kind: 'choice',
    id: language,
    lang: language,
    label,
    checked: store.getState().language === language,
    onSelect: () => chooseLanguage(store, language),
  }))

export const themeEntries = (store: OrdinalStore, t: Say): readonly MenuEntry[] =>
  THEMES.map((theme) => ({
    kind: 'choice',
    id: theme,
    label: t(`theme.${theme}`),
    note: t(`theme.${theme}.note`),
    checked: store.getState().theme === theme,
    onSelect: () => store.getState().verbs.set({ theme }),
  }))
