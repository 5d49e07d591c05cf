/** The words of scenarios, whose keys are made of ids that come from data. */
import { en } from '../../content/texts/en.ts'
import type { Say, TextKey } from '../text.ts'

const isKey = (key: string): key is TextKey => Object.hasOwn(en, key)

const said = (key: string, t: Say): string | undefined => (isKey(key) ? t(key) : undefined)

/** The title of a scenario; undefined for one that the catalogue does not know. */
export const scenarioTitle = (id: string, t: Say): string | undefined => said(`scenario.${id}.title`, t)
export const scenarioSummary = (id: string, t: Say): string | undefined => said(`scenario.${id}.summary`, t)
export const beatText = (id: string, beat: string, t: Say): string | undefined =>
  said(`scenario.${id}.beats.${beat}`, t)
