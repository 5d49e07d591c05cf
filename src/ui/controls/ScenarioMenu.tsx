/** Which story is told: each with its title and what it shows. Choosing one loads it, paused at 0. */
import { ChevronDown } from 'lucide'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { Menu } from '../kit/Menu.tsx'
import { scenarioSummary, scenarioTitle } from '../panels/scenarioText.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

export function ScenarioMenu() {
  const scenario = useOrdinal((state) => state.run.scenario)
  const stories = useOrdinal((state) => state.stories)
  const { load } = useVerbs()
  const t = useText()
  const title = (scenario && scenarioTitle(scenario, t)) ?? t('scenario.own')
  const entry = (id: string): MenuEntry => ({
    kind: 'choice',
    id,
    checked: id === scenario,
    label: scenarioTitle(id, t) ?? id,
    note: scenarioSummary(id, t),
    onSelect: () => load({ scenario: id }),
  })
  const entries = () =>
    stories.flatMap(({ name, scenarios }): readonly MenuEntry[] => [
      { kind: 'label', id: name, label: t(`scenario.group.${name}`) },
      ...scenarios.map(({ id }) => entry(id)),
    ])
  const trigger = (
    <button type="button" className="choice scenario-choice" aria-label={t('scenario.menu', { title })}>
      <span className="cut">{title}</span>
      <Icon of={ChevronDown} size={14} />
    </button>
  )
  return <Menu trigger={trigger} entries={entries} />
}
