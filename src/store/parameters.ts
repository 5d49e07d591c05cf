/**
 * What the address asks for: `?scenario=rolling-update&t=42&speed=4`. Every value is checked; what is unknown or cannot be
 * read is told and left out, and the page goes on with the rest.
 */
import type { SimTime } from '../sim/index.ts'
import type { OrdinalState, Panel, Speed } from './types.ts'
import { LANGUAGES, SPEEDS, THEMES } from './types.ts'

/** How one parameter is read: its value, or undefined for a text that is none; what it must be. */
interface Reader<T> {
  readonly must: string
  readonly read: (text: string) => T | undefined
}

const matching = (pattern: RegExp, must: string): Reader<string> => ({
  must,
  read: (text) => (pattern.test(text) ? text : undefined),
})

const oneOf = <const T extends string>(words: readonly T[], must: string): Reader<T> => ({
  must,
  read: (text) => words.find((word) => word === text),
})

const PANELS: readonly Panel[] = ['top', 'acts', 'inspector', 'dock', 'time']
const MOST_SEED = 0xffffffff
const YES: Readonly<Record<string, boolean>> = { 1: true, true: true, '': true, 0: false, false: false }

const isPanel = (word: string): word is Panel => PANELS.includes(word as Panel)

/** Seconds (`42`, `42.18`), or minutes and seconds as the clock shows them (`00:42.180`). */
function momentOf(text: string): SimTime | undefined {
  if (!/^(\d{1,5}:)?\d{1,7}(\.\d{1,3})?$/.test(text)) return undefined
  const [seconds = '0', minutes = '0'] = text.split(':').reverse()
  return Math.round((Number(minutes) * 60 + Number(seconds)) * 1000)
}

function panelsOf(text: string): readonly Panel[] | undefined {
  const words = text.split(',').filter((word) => word !== '')
  return words.every(isPanel) ? words : undefined
}

/** `scenario` and `k8s` are looked up by whoever loads them. */
const READERS = {
  scenario: matching(/^[a-z0-9-]+$/, 'must be the id of a scenario'),
  seed: {
    must: `must be a whole number from 0 to ${MOST_SEED}`,
    read: (text): number | undefined =>
      /^\d{1,10}$/.test(text) && Number(text) <= MOST_SEED ? Number(text) : undefined,
  },
  t: { must: 'must be seconds, such as 42 or 42.18, or minutes and seconds, such as 1:30', read: momentOf },
  speed: {
    must: `must be one of ${SPEEDS.join(', ')}`,
    read: (text): Speed | undefined => SPEEDS.find((speed) => String(speed) === text),
  },
  embed: {
    must: 'must be 1 or 0',
    read: (text): boolean | undefined => (Object.hasOwn(YES, text) ? YES[text] : undefined),
  },
  theme: oneOf(THEMES, 'must be light, dark or projector'),
  lang: oneOf(LANGUAGES, 'must be en or zh-CN'),
  hide: { must: `must be some of ${PANELS.join(',')}`, read: panelsOf },
  clock: oneOf(['manual', 'real'], 'must be manual or real'),
  k8s: matching(/^v?1\.\d{1,3}(\.\d{1,3})?$/, 'must be a version, such as 1.36 or 1.35.0'),
  domain: matching(
    /^(?=.{1,200}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'must be a DNS name of at most 200 characters, such as cluster.local',
  ),
} satisfies Readonly<Record<string, Reader<unknown>>>

type Name = keyof typeof READERS
export type Parameters = { readonly [K in Name]?: NonNullable<ReturnType<(typeof READERS)[K]['read']>> }

/** What is wrong with one parameter. `problem` is a short text; `unknown` names a parameter that does not exist. */
export interface ParameterFault {
  readonly name: string
  readonly value: string
  readonly problem: string
}

const isName = (name: string): name is Name => Object.hasOwn(READERS, name)

/** The parameters that can be used, and what is wrong with the others. Of one that comes twice the last counts. */
export function readParameters(search: string): {
  readonly parameters: Parameters
  readonly faults: readonly ParameterFault[]
} {
  const parameters: Record<string, unknown> = {}
  const faults: ParameterFault[] = []
  for (const [name, value] of new URLSearchParams(search)) {
    if (!isName(name)) {
      faults.push({ name, value, problem: `unknown; known are ${Object.keys(READERS).join(', ')}` })
      continue
    }
    const { must, read } = READERS[name]
    const meant = read(value)
    if (meant === undefined) faults.push({ name, value, problem: must })
    else parameters[name] = meant
  }
  return { parameters: parameters as Parameters, faults }
}

/** The part of the state that the address fixes. */
export const stateOfParameters = ({
  embed,
  theme,
  lang,
  hide,
  clock,
  speed: pace,
}: Parameters): Partial<OrdinalState> => ({
  embedded: embed ?? false,
  hidden: hide ?? [],
  manualClock: clock === 'manual',
  ...(theme && { theme }),
  ...(lang && { language: lang }),
  ...(pace && { speed: pace }),
})
