/** Everything that can be done from the palette, as a list to search: acts with their lines, scenarios, objects, the page. */
import { scenarios } from '../../content/scenarios/index.ts'
import type { Command } from '../../sim/index.ts'
import { KUBERNETES_VERSIONS } from '../../sim/index.ts'
import type { Ordinal } from '../../store/types.ts'
import { THEMES } from '../../store/types.ts'
import { fitCanvas } from '../canvas/fit.ts'
import { columnOf, ordinalOfKey } from '../canvas/slices.ts'
import { actsOn } from '../controls/Break.tsx'
import { BROKEN_TAGS, goodTags, rolledOut } from '../controls/images.ts'
import { chooseLanguage, LANGUAGES } from '../controls/pageMenus.tsx'
import { CASCADES } from '../controls/SetEnd.tsx'
import { versionText } from '../controls/VersionMenu.tsx'
import type { Doors } from '../keys.ts'
import { KEYS } from '../keys.ts'
import type { Say } from '../text.ts'
import type { OrdinalStore } from '../useOrdinal.ts'
import { objectAt } from './objects.ts'
import { scenarioSummary, scenarioTitle } from './scenarioText.ts'

export type Group = 'acts' | 'time' | 'objects' | 'scenarios' | 'page'

export interface Entry {
  readonly id: string
  readonly group: Group
  readonly label: string
  /** A kubectl line, a summary; searched as well. */
  readonly note?: string
  readonly keys?: string
  readonly perform: () => void
}

function act(state: Ordinal, label: string, command: Command | undefined): Entry[] {
  if (!command) return []
  const note = state.verbs.lineOf(command)
  return [{ id: `act ${note}`, group: 'acts', label, note, perform: () => void state.verbs.dispatch(command) }]
}

function actEntries(state: Ordinal, t: Say): Entry[] {
  const { picture, selected, world, verbs } = state
  const { set } = picture
  if (!set) return []
  if (!set.exists)
    return [{ id: 'again', group: 'acts', label: t('acts.applyAgain'), perform: () => void verbs.applyAgain() }]
  const { namespace, name, desired, partition } = set
  const scale = (replicas: number) =>
    act(state, t('palette.scale', { replicas }), { type: 'scaleStatefulSet', namespace, name, replicas })
  const part = (to: number) =>
    act(state, t('palette.partition', { partition: to }), { type: 'setPartition', namespace, name, partition: to })
  const object = objectAt(world, set.key)
  const sts = object?.kind === 'StatefulSet' ? object : undefined
  const image = sts?.spec.template.spec.containers[0]?.image ?? ''
  const ordinal = ordinalOfKey(set, selected)
  const column = ordinal === undefined ? undefined : columnOf(set, ordinal)
  const on = column?.pod.name ?? ''
  return [
    ...actsOn(column, namespace).flatMap(({ label, command }) =>
      act(state, t('palette.actOn', { act: t(label), pod: on }), command),
    ),
    ...scale(desired + 1),
    ...(desired > 0 ? scale(desired - 1) : []),
    ...(desired > 1 ? scale(0) : []),
    ...(sts
      ? [...goodTags(image), ...BROKEN_TAGS].flatMap((tag) =>
          act(state, t('palette.rollOut', { tag }), rolledOut(set, sts, tag)),
        )
      : []),
    ...Array.from({ length: Math.min(desired, 8) + 1 }, (_, to) => (to === partition ? [] : part(to))).flat(),
    ...CASCADES.flatMap((cascade) =>
      act(state, t('acts.deleteSet', { name }), { type: 'deleteStatefulSet', namespace, name, cascade }),
    ),
  ]
}

function timeEntries({ verbs }: Ordinal, t: Say): Entry[] {
  const entry = (
    id: 'toggle' | 'step' | 'stepBack' | 'untilQuiet' | 'nextBeat' | 'previousBeat' | 'undo' | 'reset',
    perform: () => void,
  ) => ({
    id,
    group: 'time' as const,
    label: t(`shortcuts.${id}`),
    keys: KEYS[id][0],
    perform,
  })
  return [
    entry('toggle', () => verbs.toggle()),
    entry('step', () => void verbs.step()),
    entry('stepBack', () => verbs.stepBack()),
    entry('untilQuiet', () => verbs.untilQuiet()),
    entry('nextBeat', () => verbs.nextBeat()),
    entry('previousBeat', () => verbs.previousBeat()),
    entry('undo', () => verbs.undo()),
    entry('reset', () => verbs.reset()),
  ]
}

/** More columns than these are found by typing on the canvas. */
const MOST_OBJECTS = 60

function objectEntries({ picture: { set }, verbs }: Ordinal): Entry[] {
  if (!set) return []
  const columns = set.columns.slice(0, MOST_OBJECTS)
  const keys = [
    set.key,
    set.service.key,
    ...columns.map(({ pod }) => pod.key),
    ...columns.flatMap(({ claims }) => claims.filter(({ state }) => state !== 'absent').map(({ key }) => key)),
  ]
  return keys.map((key) => ({
    id: key,
    group: 'objects' as const,
    label: key.slice(key.lastIndexOf('/') + 1),
    note: key.slice(0, key.indexOf('/')),
    perform: () => verbs.select(key),
  }))
}

function pageEntries(store: OrdinalStore, t: Say, { openShortcuts, openVersions }: Doors): Entry[] {
  const { verbs } = store.getState()
  return [
    { id: 'fit', group: 'page', label: t('shortcuts.fit'), keys: KEYS.fit[0], perform: fitCanvas },
    { id: 'keys', group: 'page', label: t('shortcuts.shortcuts'), keys: KEYS.shortcuts[0], perform: openShortcuts },
    { id: 'versions', group: 'page', label: t('version.compare'), perform: openVersions },
    ...KUBERNETES_VERSIONS.map(
      ({ name }): Entry => ({
        id: `kubernetes ${name}`,
        group: 'page',
        label: t('version.name', { version: versionText(name) }),
        perform: () => void verbs.setKubernetes(name),
      }),
    ),
    ...THEMES.map(
      (theme): Entry => ({
        id: `theme ${theme}`,
        group: 'page',
        label: t('palette.theme', { theme: t(`theme.${theme}`) }),
        perform: () => verbs.set({ theme }),
      }),
    ),
    ...LANGUAGES.map(
      ([language, name]): Entry => ({
        id: `language ${language}`,
        group: 'page',
        label: name,
        perform: () => chooseLanguage(store, language),
      }),
    ),
  ]
}

export function paletteEntries(store: OrdinalStore, t: Say, doors: Doors): readonly Entry[] {
  const state = store.getState()
  return [
    ...actEntries(state, t),
    ...timeEntries(state, t),
    ...objectEntries(state),
    ...scenarios.map(({ id }): Entry => {
      const note = scenarioSummary(id, t)
      return {
        id: `scenario ${id}`,
        group: 'scenarios',
        label: scenarioTitle(id, t) ?? id,
        ...(note && { note }),
        perform: () => void state.verbs.load({ scenario: id }),
      }
    }),
    ...pageEntries(store, t, doors),
  ]
}
