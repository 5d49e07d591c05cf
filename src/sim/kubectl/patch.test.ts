import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goMap, mergePatch, strategicMerge, threeWayMerge } from './patch.ts'

const merged = (current: unknown, patch: unknown) => {
  const result = strategicMerge(current, patch)
  return result.ok ? result.value : result.message
}

describe('merge patches (RFC 7386)', () => {
  // The examples of the RFC's appendix.
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (current, patch, result) => {
    expect(mergePatch(current, patch)).toEqual(result)
  })

  it('changes neither side', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (current, patch) => {
        const before = JSON.stringify([current, patch])
        mergePatch(current, patch)
        strategicMerge(current, patch)
        threeWayMerge(patch, patch, current)
        expect(JSON.stringify([current, patch])).toBe(before)
      }),
    )
  })
})

describe('strategic merge patches', () => {
  const spec = {
    containers: [
      { name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }], ports: [{ containerPort: 80, name: 'web' }] },
      { name: 'b', image: 'b:1' },
    ],
    tolerations: [{ key: 'x' }],
    volumes: [{ name: 'v', emptyDir: {} }],
  }

  it('merges containers, env, ports and mounts by their keys', () => {
    const patch = {
      containers: [
        { name: 'a', image: 'a:2', env: [{ name: 'Y', value: '2' }], ports: [{ containerPort: 80, protocol: 'TCP' }] },
        { name: 'c', image: 'c:1' },
      ],
    }
    expect(merged(spec, patch)).toMatchObject({
      containers: [
        {
          name: 'a',
          image: 'a:2',
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '2' },
          ],
          ports: [{ containerPort: 80, name: 'web', protocol: 'TCP' }],
        },
        { name: 'b', image: 'b:1' },
        { name: 'c', image: 'c:1' },
      ],
    })
  })

  it('replaces lists that have no key', () => {
    expect(merged(spec, { tolerations: [{ key: 'y' }] })).toMatchObject({ tolerations: [{ key: 'y' }] })
    const templates = { volumeClaimTemplates: [{ metadata: { name: 'a' } }] }
    expect(merged(templates, { volumeClaimTemplates: [{ metadata: { name: 'b' } }] })).toEqual({
      volumeClaimTemplates: [{ metadata: { name: 'b' } }],
    })
  })

  it('follows its directives', () => {
    expect(merged(spec, { containers: [{ name: 'a', $patch: 'delete' }] })).toMatchObject({
      containers: [{ name: 'b' }],
    })
    expect(merged(spec, { containers: [{ $patch: 'replace' }, { name: 'z' }] })).toMatchObject({
      containers: [{ name: 'z' }],
    })
    expect(merged({ a: { b: 1, c: 2 } }, { a: { $patch: 'replace', d: 3 } })).toEqual({ a: { d: 3 } })
    expect(merged({ a: { b: 1, c: 2 } }, { a: { $retainKeys: ['b'], b: 5 } })).toEqual({ a: { b: 5 } })
    expect(merged({ a: { b: 1 } }, { a: { $patch: 'delete' } })).toEqual({})
    const finalizers = { finalizers: ['x/y', 'z/w'] }
    expect(merged(finalizers, { finalizers: ['n/m'] })).toEqual({ finalizers: ['x/y', 'z/w', 'n/m'] })
    expect(merged(finalizers, { '$deleteFromPrimitiveList/finalizers': ['x/y'] })).toEqual({ finalizers: ['z/w'] })
    expect(merged(spec, { '$setElementOrder/containers': [{ name: 'b' }] })).toEqual(spec)
  })

  it('drops the rolling update’s block when the type becomes OnDelete', () => {
    const set = { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } } }
    const patch = { spec: { updateStrategy: { type: 'OnDelete' } } }
    expect(merged(set, patch)).toEqual({ spec: { updateStrategy: { type: 'OnDelete' } } })
    expect(mergePatch(set, patch)).toEqual({
      spec: { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 0 } } },
    })
  })

  it('refuses what is no patch, in the server’s words', () => {
    expect(merged({}, [])).toBe('json: cannot unmarshal array into Go value of type map[string]interface {}')
    expect(merged({}, 'x')).toBe('json: cannot unmarshal string into Go value of type map[string]interface {}')
    expect(merged(spec, { containers: [{ image: 'x' }] })).toBe(
      'map: map[image:x] does not contain declared merge key: name',
    )
    expect(merged(spec, { containers: ['x'] })).toBe('expected map[string]interface{} in merging slices, got scalar')
  })

  it('treats __proto__ as a field', () => {
    const patch = JSON.parse('{"a":{"__proto__":{"polluted":true}}}')
    merged({ a: {} }, patch)
    mergePatch({ a: {} }, patch)
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('the three-way merge of kubectl apply', () => {
  const live = {
    metadata: { name: 'web', uid: 'u', annotations: { mine: '1', theirs: '2' } },
    spec: {
      replicas: 5,
      containers: [
        { name: 'a', image: 'a:1', imagePullPolicy: 'IfNotPresent' },
        { name: 'injected', image: 'x' },
      ],
    },
  }
  const last = {
    metadata: { name: 'web', annotations: { mine: '1' } },
    spec: { replicas: 2, containers: [{ name: 'a', image: 'a:1' }] },
  }

  it('keeps what others set, sets what the manifest says', () => {
    const next = { ...last, spec: { replicas: 3, containers: [{ name: 'a', image: 'a:2' }] } }
    expect(threeWayMerge(last, next, live)).toEqual({
      ...live,
      spec: {
        replicas: 3,
        containers: [
          { name: 'a', image: 'a:2', imagePullPolicy: 'IfNotPresent' },
          { name: 'injected', image: 'x' },
        ],
      },
    })
  })

  it('removes what the last manifest had and the new one has not', () => {
    const next = { metadata: { name: 'web' }, spec: { containers: [{ name: 'b', image: 'b:1' }] } }
    expect(threeWayMerge(last, next, live)).toEqual({
      metadata: { name: 'web', uid: 'u' },
      spec: {
        containers: [
          { name: 'b', image: 'b:1' },
          { name: 'injected', image: 'x' },
        ],
      },
    })
  })

  it('leaves a scaled set alone when the manifest never named replicas', () => {
    expect(threeWayMerge({ spec: {} }, { spec: {} }, live)).toEqual(live)
  })

  it('gives the live object back when nothing changed', () => {
    expect(threeWayMerge(last, last, { ...live, spec: { ...live.spec, replicas: 2 } })).toEqual({
      ...live,
      spec: { ...live.spec, replicas: 2 },
    })
  })
})

describe('maps in Go’s print', () => {
  it('sorts keys and nests', () => {
    expect(goMap({ spec: { replicas: 'three', a: [1, { b: null }] } })).toBe(
      'map[spec:map[a:[1 map[b:<nil>]] replicas:three]]',
    )
  })
})
