/**
 * Label and field selectors as they are written after -l and --field-selector.
 * Models: staging/src/k8s.io/apimachinery/pkg/{labels/selector.go,fields/selector.go}, v1.36.
 */
import { reporterOf } from '../../api/seenEvent.ts'
import type { Labels } from '../../api/types.ts'
import { clientError } from '../failure.ts'

export interface Requirement {
  readonly key: string
  readonly operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!'
  readonly values: readonly string[]
}

const parseError = (message: string) => clientError(`unable to parse requirement: ${message}`)

/** Splits at commas that stand outside of brackets. */
function parts(text: string): readonly string[] {
  const found: string[] = []
  let depth = 0
  let current = ''
  for (const letter of text) {
    if (letter === '(') depth++
    if (letter === ')') depth--
    if (letter === ',' && depth === 0) {
      found.push(current)
      current = ''
    } else current += letter
  }
  return [...found, current].map((part) => part.trim())
}

const KEY = /^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/

function requirement(part: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\((.*)\)$/.exec(part)
  if (set) {
    const values = (set[3] as string).split(',').map((value) => value.trim())
    return { key: checkedKey(set[1] as string), operator: set[2] as 'in' | 'notin', values }
  }
  const pair = /^(.*?)\s*(!=|==|=)\s*(.*)$/.exec(part)
  if (pair) {
    const value = pair[3] as string
    if (/[=!]/.test(value)) throw parseError(`found '${value[0]}', expected: ',' or 'end of string'`)
    return { key: checkedKey(pair[1] as string), operator: pair[2] === '!=' ? '!=' : '=', values: [value] }
  }
  if (part.startsWith('!')) return { key: checkedKey(part.slice(1).trim()), operator: '!', values: [] }
  if (/\s/.test(part)) throw parseError(`found '${part.split(/\s+/)[1]}', expected: in, notin, =, ==, !=, gt, lt`)
  return { key: checkedKey(part), operator: 'exists', values: [] }
}

function checkedKey(key: string): string {
  if (KEY.test(key)) return key
  if (key === '') throw parseError("found '', expected: !, identifier, or 'end of string'")
  throw clientError(
    `<nil>: Invalid value: ${JSON.stringify(key)}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  )
}

/** @throws Failure */
export const readSelector = (text: string): readonly Requirement[] =>
  text.trim() === '' ? [] : parts(text).map(requirement)

function meets(labels: Labels, { key, operator, values }: Requirement): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    case '=':
    case 'in':
      return value !== undefined && values.includes(value)
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value)
  }
}

export const matches = (labels: Labels | undefined, requirements: readonly Requirement[]): boolean =>
  requirements.every((each) => meets(labels ?? {}, each))

/** Fields by which each type can be selected, beside its name and namespace. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
}

export interface FieldTerm {
  readonly field: string
  readonly not: boolean
  readonly value: string
}

/** @throws Failure */
export function readFieldSelector(text: string): readonly FieldTerm[] {
  return parts(text)
    .filter((part) => part !== '')
    .map((part) => {
      const [, field = '', operator, value = ''] = /^([^=!]+)(!=|==|=)(.*)$/.exec(part) ?? []
      if (operator === undefined) throw clientError(`invalid field selector: "${part}"; can't understand '${part}'`)
      return { field, not: operator === '!=', value }
    })
}

/** The first field that a type cannot be selected by. */
export const unknownField = (plural: string, terms: readonly FieldTerm[]): string | undefined =>
  terms.find(({ field }) => !['metadata.name', 'metadata.namespace', ...(FIELDS[plural] ?? [])].includes(field))?.field

/** What a field says of an object; absent is the empty text. */
function fieldValue(object: object, field: string): string {
  if (field === 'source') return reporterOf(object)
  let value: unknown = object
  for (const part of field.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined
  if (field === 'spec.unschedulable' || field === 'spec.hostNetwork') return String(value === true)
  return value === undefined || value === null ? '' : String(value)
}

export const matchesFields = (object: object, terms: readonly FieldTerm[]): boolean =>
  terms.every(({ field, not, value }) => (fieldValue(object, field) === value) !== not)
