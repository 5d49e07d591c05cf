/**
 * What the address asks for: `?scenario=rolling-update&t=42&speed=4`. Every value is checked against a schema; what is
 * unknown or cannot be read is told and left out, and the page goes on with the rest.
 */
import * as v from 'valibot'
import type { SimTime } from '../sim/index.ts'
import type { OrdinalState, Panel, Speed } from './types.ts'
import { SPEEDS } from './types.ts'

const PANELS = ['top', 'acts', 'inspector', 'dock', 'time'] as const satisfies readonly Panel[]

const yesOrNo = v.pipe(
  v.picklist(['1', '0', 'true', 'false', ''], 'must be 1 or 0'),
  v.transform((text) => text !== '0' && text !== 'false'),
)

const wholeNumber = v.pipe(
  v.string(),
  v.regex(/^\d{1,10}$/, 'must be a whole number from 0 to 4294967295'),
  v.transform(Number),
  v.maxValue(0xffffffff, 'must be a whole number from 0 to 4294967295'),
)

/** Seconds (`42`, `42.18`), or minutes and seconds as the clock shows them (`00:42.180`). */
const moment = v.pipe(
  v.string(),
  v.regex(
    /^(\d{1,5}:)?\d{1,7}(\.\d{1,3})?$/,
    'must be seconds, such as 42 or 42.18, or minutes and seconds, such as 1:30',
  ),
  v.transform((text): SimTime => {
    const [seconds = '0', minutes = '0'] = text.split(':').reverse()
    return Math.round((Number(minutes) * 60 + Number(seconds)) * 1000)
  }),
)

const speed = v.pipe(
  v.picklist(SPEEDS.map(String), `must be one of ${SPEEDS.join(', ')}`),
  v.transform((text): Speed => (text === 'max' ? 'max' : (Number(text) as Speed))),
)

const panels = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').filter((part) => part !== '')),
  v.array(v.picklist(PANELS, `must be some of ${PANELS.join(',')}`)),
)

const domain = v.pipe(
  v.string(),
  v.maxLength(200, 'must be at most 200 characters'),
  v.regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'must be a DNS name, such as cluster.local',
  ),
)

/** One schema for each parameter; `scenario` and `k8s` are looked up by whoever loads them. */
const SCHEMAS = {
  scenario: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'must be the id of a scenario')),
  seed: wholeNumber,
  t: moment,
  speed,
  embed: yesOrNo,
  theme: v.picklist(['light', 'dark', 'projector'], 'must be light, dark or projector'),
  lang: v.picklist(['en', 'zh-CN', 'pseudo'], 'must be en or zh-CN'),
  hide: panels,
  clock: v.picklist(['manual', 'real'], 'must be manual or real'),
  k8s: v.pipe(v.string(), v.regex(/^v?1\.\d{1,3}(\.\d{1,3})?$/, 'must be a version, such as 1.36 or 1.35.0')),
  domain,
} as const

type Name = keyof typeof SCHEMAS
export type Parameters = { readonly [K in Name]?: v.InferOutput<(typeof SCHEMAS)[K]> }

/** What is wrong with one parameter. `problem` is a short text; `unknown` names a parameter that does not exist. */
export interface ParameterFault {
  readonly name: string
  readonly value: string
  readonly problem: string
}

const isName = (name: string): name is Name => Object.hasOwn(SCHEMAS, name)

/** The parameters that can be used, and what is wrong with the others. Of one that comes twice the last counts. */
export function readParameters(search: string): {
  readonly parameters: Parameters
  readonly faults: readonly ParameterFault[]
} {
  const parameters: Record<string, unknown> = {}
  const faults: ParameterFault[] = []
  for (const [name, value] of new URLSearchParams(search)) {
    if (!isName(name)) {
      faults.push({ name, value, problem: `unknown; known are ${Object.keys(SCHEMAS).join(', ')}` })
      continue
    }
    const read = v.safeParse(SCHEMAS[name], value)
    if (read.success) parameters[name] = read.output
    else faults.push({ name, value, problem: read.issues[0].message })
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
