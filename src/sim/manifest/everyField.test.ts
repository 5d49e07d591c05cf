/**
 * Whatever stands in a field that the simulation reads, at any depth: a text is read, an object is applied, changed and
 * lives on, or each is refused in words; nothing is thrown. The fields are those of `api/coreTypes.ts`.
 */
import { describe, expect, it } from 'vitest'
import { coreTypes } from '../api/coreTypes.ts'
import type { AnyObject } from '../api/types.ts'
import { DEFAULT_SETTINGS, makeSim } from '../index.ts'
import type { World } from '../kernel/types.ts'
import { readManifests } from './index.ts'

type Fields = Readonly<Record<string, unknown>>

/** What is valid of each kind: one part of it is replaced at a time. */
const VALID: Readonly<Record<string, Fields>> = {
  StatefulSet: {
    apiVersion: 'apps/v1',
    spec: {
      serviceName: 'x',
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  },
  Pod: { apiVersion: 'v1', spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  Service: { apiVersion: 'v1', spec: { ports: [{ port: 80 }] } },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  PersistentVolume: {
    apiVersion: 'v1',
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/x' } },
  },
  StorageClass: { apiVersion: 'storage.k8s.io/v1', provisioner: 'x.example.com' },
  ConfigMap: { apiVersion: 'v1' },
  Secret: { apiVersion: 'v1' },
  Namespace: { apiVersion: 'v1' },
  PodDisruptionBudget: { apiVersion: 'policy/v1', spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } } },
  ResourceQuota: { apiVersion: 'v1', spec: { hard: { pods: '3' } } },
}

/** A field's way from the top: names, an index into a list, a key of a map. */
type Way = readonly (string | number)[]

function fieldsOf(type: string, way: Way = [], above: readonly string[] = [type]): (readonly [Way, code: string])[] {
  return [...(coreTypes.get(type) ?? [])].flatMap(([name, code]) => {
    const inner = code.replace(/^[[{]/, '')
    const at = [...way, name]
    const step = code.startsWith('[') ? [...at, 0] : code.startsWith('{') ? [...at, 'k'] : at
    const deeper = above.includes(inner) ? [] : fieldsOf(inner, step, [...above, inner])
    return [[at, code] as const, ...deeper]
  })
}

const TEXTS = ['', 'foo', 'constructor', '__proto__', '1e9999', '-5%', 'a/b/c', 'x'.repeat(300)]
const NUMBERS = [-1, 0, 7, 2_147_483_647]

/** What may stand in no field, or in few. */
const STRANGE = [5, 'x', true, [[]], [5], { a: 5 }]

function valuesOf(code: string): readonly unknown[] {
  const inner = code.slice(1)
  if (code.startsWith('[')) return [null, [], [null], ...valuesOf(inner).map((value) => [value, value])]
  if (code.startsWith('{')) return [null, {}, ...valuesOf(inner).map((value) => ({ constructor: value, '': value }))]
  if (code === 'b') return [true, false, null]
  if ('ilf'.includes(code)) return [...NUMBERS, null]
  if ('oq'.includes(code)) return [...TEXTS, ...NUMBERS, 0.5, null]
  return 'syta'.includes(code) ? [...TEXTS, null] : [{}, null]
}

/** The value with one part replaced, and with all that leads there. */
function withPart(value: unknown, [step, ...rest]: Way, part: unknown): unknown {
  if (step === undefined) return part
  if (typeof step === 'number') {
    const list: readonly unknown[] = Array.isArray(value) ? value : [{}]
    return list.map((entry, index) => (index === step ? withPart(entry, rest, part) : entry))
  }
  const fields = (value ?? {}) as Fields
  return { ...fields, [step]: withPart(fields[step], rest, part) }
}

describe.each(Object.keys(VALID))('every field of a %s', (kind) => {
  const kernel = makeSim({})
  const empty = kernel.create(1, DEFAULT_SETTINGS)
  const valid: Fields = { ...VALID[kind], kind, metadata: { name: 'x' } }
  const apply = (object: unknown) => kernel.dispatch(empty, { type: 'applyObjects', objects: [object as AnyObject] })
  const { world: made, refusal: none } = apply(valid)
  expect(none).toBeUndefined()

  function live(from: World, turns: number): void {
    let world: World | undefined = from
    for (let turn = 0; world && turn < turns; turn++) world = kernel.next(world)?.world
  }

  /** Fields of a pod are told of once. */
  const ways = fieldsOf(kind).filter(([way]) => kind === 'Pod' || way[2] !== 'spec' || way.length < 6)

  it.each(ways.map(([way, code]) => [way.join('.'), way, code] as const))('%s', (_name, way, code) => {
    for (const value of [...valuesOf(code), ...STRANGE]) {
      const object = withPart(valid, way, value)
      const { problems } = readManifests(JSON.stringify(object), { namespace: 'default', settings: DEFAULT_SETTINGS })
      const applied = apply(object)
      if (applied.refusal) expect(applied.refusal.message).not.toBe('')
      else live(applied.world, 12)
      if (problems.length === 0) expect(applied.refusal?.reason).not.toBe('BadRequest')
      const patch = withPart({}, way, value) as object
      const target = { kind, namespace: 'default', name: 'x', patch }
      const patched = kernel.dispatch(made, { type: 'patchObject', ...target })
      if (!patched.refusal) live(patched.world, 12)
      kernel.dispatch(made, { type: 'kubectl', line: 'kubectl patch', requests: [{ do: 'patch', ...target }] })
    }
  })
})
