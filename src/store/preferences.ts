/** What a person chose for themselves, kept between visits: how the page looks and speaks, never what the cluster does. */
import type { Environment } from './environment.ts'
import type { OrdinalState } from './types.ts'
import { LANGUAGES, THEMES } from './types.ts'

export type Preferences = Pick<
  OrdinalState,
  'dockTab' | 'inspectorTab' | 'theme' | 'language' | 'singleKeys' | 'pauseOn'
>

const CHOICES: { readonly [K in Exclude<keyof Preferences, 'pauseOn'>]: readonly Preferences[K][] } = {
  theme: THEMES,
  language: LANGUAGES,
  singleKeys: [true, false],
  dockTab: ['timeline', 'events', 'terminal', 'guarantees', 'manifest'],
  inspectorTab: ['why', 'overview', 'yaml', 'events'],
}

/** The choices in a value that was kept; nothing else of it. */
function choicesIn(kept: Readonly<Record<string, unknown>>): Partial<Preferences> {
  const made = Object.entries(CHOICES).filter(([name, words]) => (words as readonly unknown[]).includes(kept[name]))
  const { decision, violation } = (kept.pauseOn ?? {}) as Readonly<Record<string, unknown>>
  return {
    ...Object.fromEntries(made.map(([name]) => [name, kept[name]])),
    ...(typeof decision === 'boolean' && typeof violation === 'boolean' && { pauseOn: { decision, violation } }),
  }
}

/** What a first visit shows: the machine's own colours, and its first language that we speak. */
function defaultsIn({ languages, prefersDark }: Environment): Preferences {
  const spoken = languages.find((language) => /^(en|zh)\b/.test(language))
  return {
    theme: prefersDark ? 'dark' : 'light',
    language: spoken?.startsWith('zh') ? 'zh-CN' : 'en',
    singleKeys: true,
    dockTab: 'timeline',
    inspectorTab: 'why',
    pauseOn: { decision: false, violation: true },
  }
}

/** The preferences to begin with. What was kept and cannot be read counts as never chosen. */
export function readPreferences(environment: Environment): Preferences {
  const defaults = defaultsIn(environment)
  try {
    return { ...defaults, ...choicesIn(JSON.parse(environment.preferences.read() ?? '{}')) }
  } catch {
    return defaults
  }
}

/** Keeps the preferences; a browser that keeps nothing is no obstacle. */
export function writePreferences(environment: Environment, state: Preferences): void {
  const { theme, language, singleKeys, dockTab, inspectorTab, pauseOn } = state
  try {
    environment.preferences.write(JSON.stringify({ theme, language, singleKeys, dockTab, inspectorTab, pauseOn }))
  } catch {
    // The choice holds for this visit.
  }
}
