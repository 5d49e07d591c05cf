/** The words of scenarios, whose keys are made of ids that come from data. */
import type { Say } from '../text.ts'
import { isTextKey } from '../text.ts'

const said = (key: string, t: Say): string | undefined => (isTextKey(key) ? t(key) : undefined)

/** The title of a scenario; undefined for one that the catalogue does not know. */
export const scenarioTitle = (id: string, t: Say): string | undefined => said(`scenario.${id}.title`, t)
export const scenarioSummary = (id: string, t: Say): string | undefined => said(`scenario.${id}.summary`, t)
export const beatText = (id: string, beat: string, t: Say): string | undefined =>
  said(`scenario.${id}.beats.${beat}`, t)
