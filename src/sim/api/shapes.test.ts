import { describe, expect, it } from 'vitest'
import { coreTypes, WRITABLE_KINDS } from './coreTypes.ts'
import { plainData, withoutNulls } from './plainData.ts'
import { pathText, readTypes, shapeFaults } from './shapes.ts'

const told = (value: unknown, type = 'StatefulSet', strict = false) =>
  shapeFaults(value, type, coreTypes, strict).map(({ message }) => message)

describe('shapes, in the words of the server’s decoder', () => {
  it.each<[unknown, string[]]>([
    [
      { spec: { replicas: 'two' } },
      ['json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32'],
    ],
    [
      { spec: { replicas: 1.5 } },
      ['json: cannot unmarshal number 1.5 into Go struct field StatefulSetSpec.spec.replicas of type int32'],
    ],
    [
      { spec: { replicas: 4e9 } },
      ['json: cannot unmarshal number 4000000000 into Go struct field StatefulSetSpec.spec.replicas of type int32'],
    ],
    [{ spec: [] }, ['json: cannot unmarshal array into Go struct field StatefulSet.spec of type v1.StatefulSetSpec']],
    [
      { metadata: { labels: { app: 1 } } },
      ['json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels.app of type string'],
    ],
    [
      { spec: { template: { spec: { containers: 'nginx' } } } },
      [
        'json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
      ],
    ],
    [
      { spec: { template: { spec: { containers: [{ env: [{ name: 'A', value: 8080 }] }] } } } },
      [
        'json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
      ],
    ],
    [
      { spec: { template: { spec: { containers: [{ resources: { limits: { cpu: 'much' } } }] } } } },
      ["quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ],
    [{ spec: { template: { spec: { containers: [{ resources: { limits: { cpu: 1 } } }] } } } }, []],
    [
      { spec: { updateStrategy: { rollingUpdate: { maxUnavailable: true } } } },
      [
        'json: cannot unmarshal bool into Go struct field RollingUpdateStatefulSetStrategy.spec.updateStrategy.rollingUpdate.maxUnavailable of type intstr.IntOrString',
      ],
    ],
    [{ spec: { replicas: null, whatever: 1 } }, []],
    ['web', ['json: cannot unmarshal string into Go value of type v1.StatefulSet']],
  ])('%j', (value, messages) => {
    expect(told(value)).toEqual(messages)
  })

  it('names unknown fields only when asked to', () => {
    expect(
      told({ spec: { replica: 2, template: { spec: { containers: [{ nam: 'x' }] } } } }, 'StatefulSet', true),
    ).toEqual(['unknown field "spec.replica"', 'unknown field "spec.template.spec.containers[0].nam"'])
  })

  it('stops at a depth, and after fifty faults', () => {
    const types = readTypes('Node next:Node value:i')
    let deep: object = {}
    for (let i = 0; i < 100; i++) deep = { next: deep }
    expect(shapeFaults(deep, 'Node', types, true).map(({ code }) => code)).toEqual(['tooDeep'])
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, 1]))
    expect(shapeFaults(wide, 'Node', types, true)).toHaveLength(50)
  })

  it('has a type for every kind that can be written, and for every type that it names', () => {
    const named = [...coreTypes.values()].flatMap((fields) =>
      [...fields.values()].map((code) => code.replace(/^[[{]/, '')),
    )
    const missing = [...WRITABLE_KINDS, ...named].filter((name) => name.length > 1 && !coreTypes.has(name))
    expect(missing).toEqual([])
  })

  it('writes paths as the server does', () => {
    expect(pathText(['spec', 'containers', 0, 'name'])).toBe('spec.containers[0].name')
    expect(pathText([])).toBe('')
  })
})

describe('plain data', () => {
  const circular: Record<string, unknown> = {}
  circular.self = circular

  it('copies, and leaves out what is undefined, or null if so wanted', () => {
    const given = { a: null, b: [1, null, { c: undefined, d: 'x', n: null }], e: true }
    const copied = plainData(given)
    expect(copied).toStrictEqual({ ok: true, value: { a: null, b: [1, null, { d: 'x', n: null }], e: true } })
    expect(withoutNulls(given)).toMatchObject({ b: [1, null, { d: 'x' }], e: true })
    expect(withoutNulls(given)).not.toHaveProperty('a')
    if (copied.ok) expect(copied.value).not.toBe(given)
  })

  it.each<[unknown, string]>([
    [circular, 'the value is nested too deeply'],
    [{ a: { b: () => 1 } }, 'a function is no value of JSON'],
    [{ a: 1n }, 'a bigint is no value of JSON'],
    [{ a: Number.NaN }, 'NaN is no number of JSON'],
    [{ a: new Date(0) }, 'an object must be plain'],
    [new Array(300_000).fill(0), 'the value is too large'],
  ])('refuses what JSON cannot say', (value, message) => {
    expect(plainData(value)).toMatchObject({ ok: false, message })
  })

  it('says where', () => {
    expect(plainData({ a: [0, { b: Symbol('x') }] })).toMatchObject({ ok: false, path: ['a', 1, 'b'] })
  })
})
