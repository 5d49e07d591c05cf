/**
 * What of an object is kept and shown but has no effect here: fields that the API knows and the simulation does not read.
 * Each kind of field is named once per object, at its first place, with the number of its occurrences.
 */
import { coreTypes } from '../api/coreTypes.ts'
import type { Path, TypeTable } from '../api/shapes.ts'
import { pathText } from '../api/shapes.ts'

export interface Idle {
  /** `spec.template.spec.containers[].env[].valueFrom`. */
  readonly field: string
  readonly path: Path
  readonly count: number
}

type Fields = Readonly<Record<string, unknown>>

/** Fields that a live object always has, or that say nothing anybody would miss. */
const SILENT: readonly string[] = [
  'enableServiceLinks',
  'immutable',
  'internalTrafficPolicy',
  'managedFields',
  'preemptionPolicy',
  'priority',
  'selfLink',
  'serviceAccount',
  'sessionAffinity',
  'status',
]

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)

/** The value must be of the type: it has been checked before. */
export function idleFields(value: unknown, type: string, types: TypeTable): readonly Idle[] {
  const found = new Map<string, Idle>()

  function note(path: Path): void {
    const field = pathText(path).replaceAll(/\[\d+\]/g, '[]')
    const before = found.get(field)
    found.set(field, before ? { ...before, count: before.count + 1 } : { field, path, count: 1 })
  }

  function look(part: unknown, code: string, path: Path): void {
    if (Array.isArray(part)) for (const [index, entry] of part.entries()) look(entry, code.slice(1), [...path, index])
    else if (isFields(part) && types.has(code)) lookInside(part, code, path)
  }

  function lookInside(fields: Fields, owner: string, path: Path): void {
    const read = coreTypes.get(owner)
    for (const name of Object.keys(fields)) {
      const code = types.get(owner)?.get(name)
      if (code === undefined || SILENT.includes(name) || isEmpty(fields[name])) continue
      if (read?.has(name)) look(fields[name], code, [...path, name])
      else note([...path, name])
    }
  }

  look(value, type, [])
  return [...found.values()]
}

/** Annotations that old manifests gave a pod template and that nothing reads any more. */
const IDLE_ANNOTATIONS: readonly string[] = [
  'pod.alpha.kubernetes.io/initialized',
  'pod.beta.kubernetes.io/init-containers',
  'scheduler.alpha.kubernetes.io/affinity',
  'scheduler.alpha.kubernetes.io/tolerations',
]

/** Paths of such annotations in a pod template. */
export function idleAnnotations(object: unknown): readonly Path[] {
  const path: Path = ['spec', 'template', 'metadata', 'annotations']
  const annotations = path.reduce<unknown>((part, step) => (isFields(part) ? part[step] : undefined), object)
  if (!isFields(annotations)) return []
  return IDLE_ANNOTATIONS.filter((name) => Object.hasOwn(annotations, name)).map((name) => [...path, name])
}
