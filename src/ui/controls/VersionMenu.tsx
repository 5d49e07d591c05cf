/** Which version of Kubernetes the cluster has. Choosing another begins the run anew in it; what was done can be brought back. */
import { ChevronDown, GitCompareArrows } from 'lucide'
import { KUBERNETES_VERSIONS } from '../../sim/index.ts'
import type { Doors } from '../keys.ts'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { Menu } from '../kit/Menu.tsx'
import type { Say, TextKey } from '../text.ts'
import { useText } from '../text.ts'
import type { OrdinalStore } from '../useOrdinal.ts'
import { useOrdinal, useOrdinalStore } from '../useOrdinal.ts'

/** What is worth knowing about a version besides its number. */
const NOTES: Readonly<Record<string, TextKey & `version.${string}`>> = {
  '1.35.0': 'version.patches',
  '1.35': 'version.latest',
  '1.36': 'version.usual',
  '1.37': 'version.coming',
}

/** What a version is called beside others. */
export const versionText = (version: string): string => (version === '1.35.0' ? '1.35.0–1.35.3' : version)

export function versionEntries(store: OrdinalStore, t: Say, doors: Doors): readonly MenuEntry[] {
  const { run, verbs } = store.getState()
  const compare: MenuEntry = {
    kind: 'act',
    id: 'compare',
    icon: <Icon of={GitCompareArrows} size={16} />,
    label: t('version.compare'),
    note: t('version.compare.note'),
    onSelect: doors.openVersions,
  }
  const choices = KUBERNETES_VERSIONS.map(({ name }): MenuEntry => {
    const note = NOTES[name]
    return {
      kind: 'choice',
      id: name,
      checked: name === run.kubernetes,
      label: t('version.name', { version: versionText(name) }),
      note: note && t(note),
      onSelect: () => {
        if (name !== run.kubernetes) verbs.setKubernetes(name)
      },
    }
  })
  return [compare, { kind: 'rule', id: 'rule' }, ...choices.reverse()]
}

export function VersionMenu({ doors }: { readonly doors: Doors }) {
  const version = useOrdinal((state) => state.run.kubernetes)
  const store = useOrdinalStore()
  const t = useText()
  const trigger = (
    <button type="button" className="choice version-choice" aria-label={t('version.menu', { version })}>
      <span className="tool-word">{t('version.name', { version })}</span>
      <span className="version-short">{version}</span>
      <Icon of={ChevronDown} size={14} />
    </button>
  )
  return <Menu trigger={trigger} align="end" entries={() => versionEntries(store, t, doors)} />
}
