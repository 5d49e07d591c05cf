/** What a person chose for themselves, kept between visits: how the page looks and speaks, never what the cluster does. */
import * as v from 'valibot'
import type { Environment } from './environment.ts'
import type { OrdinalState } from './types.ts'

const schema = v.object({
  theme: v.optional(v.picklist(['light', 'dark', 'projector'])),
  language: v.optional(v.picklist(['en', 'zh-CN', 'pseudo'])),
  singleKeys: v.optional(v.boolean()),
  dockTab: v.optional(v.picklist(['timeline', 'events', 'terminal', 'guarantees', 'manifest'])),
  inspectorTab: v.optional(v.picklist(['why', 'overview', 'yaml', 'events'])),
  pauseOn: v.optional(v.object({ decision: v.boolean(), violation: v.boolean() })),
})

export type Preferences = Pick<
  OrdinalState,
  'dockTab' | 'inspectorTab' | 'theme' | 'language' | 'singleKeys' | 'pauseOn'
>

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
    const read = v.safeParse(schema, JSON.parse(environment.preferences.read() ?? '{}'))
    if (!read.success) return defaults
    const chosen = Object.entries(read.output).filter(([, value]) => value !== undefined)
    return { ...defaults, ...Object.fromEntries(chosen) }
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
