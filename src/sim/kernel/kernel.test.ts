/** The kernel with one toy decider: it keeps a ConfigMap's echo in step with it. No kind of the real cluster is needed. */
import { describe, expect, it } from 'vitest'
import { ALL_KINDS } from '../api/kinds.ts'
import type { Strategies, Strategy } from '../api/strategy.ts'
import type { AnyObject, ConfigMap } from '../api/types.ts'
import { readObject } from './apiServer.ts'
import type { Command } from './command.ts'
import { makeKernel } from './kernel.ts'
import type { Decider, Laws, World } from './types.ts'

const plain: Strategy<AnyObject> = {
  prepareForCreate: (object) => object,
  validateCreate: (object) =>
    object.metadata.name === 'bad'
      ? [{ field: 'metadata.name', type: 'Invalid', message: 'Invalid value: "bad": no' }]
      : [],
  prepareForUpdate: (object) => object,
  validateUpdate: () => [],
  graceSeconds: (_object, requested) => requested ?? 0,
}
const strategies = Object.fromEntries(ALL_KINDS.map((kind) => [kind, plain])) as unknown as Strategies

const configMap = (name: string, data: Record<string, string>, finalizers?: string[]) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap' as const,
  metadata: { name, namespace: 'default', ...(finalizers && { finalizers }) },
  data,
})

const echo: Decider = {
  name: 'echo',
  component: 'echo-controller',
  delayMs: [2, 9],
  watches: [
    {
      kind: 'ConfigMap',
      wakes: ({ after }) => (after && !after.metadata.name.startsWith('echo-') ? [after.metadata.name] : []),
    },
  ],
  *decide(view, key, due) {
    if (due.signal?.type === 'fail') return { error: 'told to fail' }
    const source = view.get('ConfigMap', 'default', key)
    if (!source) return undefined
    const notes = (view.recall() as { turns: number } | undefined) ?? { turns: 0 }
    yield { do: 'remember', memory: { turns: notes.turns + 1 } }
    const copy = configMap(`echo-${key}`, { ...source.data, roll: String(view.draw('roll')) })
    const answer = yield { do: 'create', object: copy }
    if (!answer.ok && answer.refusal.reason !== 'AlreadyExists') return { error: answer.refusal.message }
    yield { do: 'record', about: source, type: 'Normal', reason: 'Echoed', message: key }
    yield { do: 'explain', reasons: [{ reason: 'provisioning', subject: `ConfigMap/default/${key}` }] }
    if (notes.turns < 3) yield { do: 'wake', id: 'again', afterMs: 1000 }
    return undefined
  },
}

const laws: Laws = {
  deciders: [echo],
  strategies,
  rules: [
    {
      id: 'TOY-1',
      check: ({ changes }) => ({
        checks: changes.length,
        violations: changes
          .filter(({ after }) => after?.metadata.name === 'echo-broken')
          .map(() => ({ subject: 'ConfigMap/default/echo-broken' as const, message: 'broken' })),
      }),
    },
  ],
  *act(_view, command) {
    if (command.type === 'deleteObject') {
      const answer = yield { do: 'delete', kind: 'ConfigMap', namespace: 'default', name: command.name }
      return answer.ok ? undefined : answer.refusal
    }
    if (command.type !== 'applyObjects') return { reason: 'Impossible', message: 'only objects' }
    for (const object of command.objects) {
      const answer = yield { do: 'create', object }
      if (!answer.ok) return answer.refusal
    }
    return undefined
  },
  nameChange: (before, after) => ({
    type: !after ? 'objectDeleted' : before ? 'objectUpdated' : 'objectCreated',
    detail: {},
  }),
  bootstrap: () => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' }, status: { phase: 'Active' } },
  ],
  freeze: true,
}

const kernel = makeKernel(laws)
const settings = {
  clusterDomain: 'cluster.local',
  kubernetes: '1.36',
  gates: { MaxUnavailableStatefulSet: false },
  dnsTtlSeconds: 30,
}
const apply = (...objects: object[]): Command => ({ type: 'applyObjects', objects: objects as AnyObject[] })
const bytes = (world: World) => JSON.stringify(world)

describe('the kernel', () => {
  it('wakes a decider by a change, does what it yields, and lets it come back by itself', () => {
    const start = kernel.create(1, settings)
    const { world, facts, refusal } = kernel.dispatch(start, apply(configMap('a', { x: '1' })))
    expect(refusal).toBeUndefined()
    expect(facts.map((fact) => [fact.type, fact.name, fact.by, fact.sequence])).toEqual([
      ['objectCreated', 'a', 'user', 1],
    ])
    const after = kernel.advance(world, 60_000)
    expect(after.world.now).toBe(60_000)
    expect((readObject(after.world.objects, 'ConfigMap', 'default', 'echo-a') as ConfigMap).data?.x).toBe('1')
    expect(
      readObject(after.world.objects, 'Event', 'default', after.world.objects.Event[0]?.[0]?.[1].metadata.name ?? '')
        ?.count,
    ).toBe(4)
    expect(after.world.queue).toEqual([])
    expect(after.world.waiting[0]?.[0]?.[1][0]?.since).toBe(after.facts[0]?.at)
  })

  it('gives the same bytes however time is sliced, and another seed gives others', () => {
    const run = (seed: number, slices: readonly number[]) => {
      let { world } = kernel.dispatch(kernel.create(seed, settings), apply(configMap('a', {}), configMap('b', {})))
      for (const until of slices) world = kernel.advance(world, until).world
      return bytes(world)
    }
    expect(run(1, [1, 3, 4, 5, 900, 1007, 5000])).toBe(run(1, [5000]))
    expect(run(2, [5000])).not.toBe(run(1, [5000]))
  })

  it('goes on from a world that went through JSON as from the one that did not', () => {
    const { world } = kernel.dispatch(kernel.create(1, settings), apply(configMap('a', {})))
    const middle = kernel.advance(world, 500).world
    expect(bytes(kernel.advance(JSON.parse(bytes(middle)), 9000).world)).toBe(bytes(kernel.advance(middle, 9000).world))
  })

  it('does with an act what the act has due at once, as if time had passed to this very moment', () => {
    const told = (kinds: readonly string[]) =>
      makeKernel({
        ...laws,
        *act(view, command) {
          const refusal = yield* laws.act(view, command)
          for (const type of kinds)
            yield { do: 'wake', decider: 'echo', key: 'a', id: 'signal', afterMs: 0, signal: { type } }
          return refusal
        },
      })
    const start = kernel.create(1, settings)
    const quiet = told([]).dispatch(start, apply(configMap('a', {})))
    expect(quiet.turns).toBe(0)
    expect(readObject(quiet.world.objects, 'ConfigMap', 'default', 'echo-a')).toBeUndefined()

    const done = told(['hurry', 'hurry']).dispatch(start, apply(configMap('a', {})))
    expect(done).toMatchObject({ turns: 2, world: { now: 0 } })
    expect(readObject(done.world.objects, 'ConfigMap', 'default', 'echo-a')).toBeDefined()
    expect(done.facts.map(({ name, by }) => [name, by]).slice(0, 2)).toEqual([
      ['a', 'user'],
      ['echo-a', 'echo'],
    ])
    expect(bytes(kernel.advance(done.world, 0).world)).toBe(bytes(done.world))
  })

  it('undoes a refused act whole and says what was wrong in upstream’s words', () => {
    const start = kernel.create(1, settings)
    const refused = kernel.dispatch(start, apply(configMap('a', {}), configMap('bad', {})))
    expect(refused.world).toBe(start)
    expect(refused.refusal?.message).toBe('ConfigMap "bad" is invalid: metadata.name: Invalid value: "bad": no')
    expect(
      kernel.dispatch(start, apply({ ...configMap('a', {}), metadata: { name: 'a', namespace: 'foo' } })).refusal
        ?.message,
    ).toBe('namespaces "foo" not found')
  })

  it('retries a failed sync after 5 ms, then doubles, and forgets the failures after a success', () => {
    const { world } = kernel.dispatch(kernel.create(1, settings), apply(configMap('a', {})))
    const calm = kernel.advance(world, 60_000).world
    const failing: Laws = {
      ...laws,
      deciders: [
        {
          ...echo,
          *decide() {
            yield { do: 'remember', memory: undefined }
            return { error: 'no' }
          },
        },
      ],
    }
    const other = makeKernel(failing)
    let failed = kernel.dispatch(calm, apply(configMap('c', {}))).world
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      failed = (other.next(failed) as { world: World }).world
      times.push(failed.now)
    }
    expect(times.slice(1).map((at, index) => at - (times[index] as number))).toEqual([5, 10, 20, 40])
    expect(kernel.advance(failed, failed.now + 100).world.failures).toEqual([])
  })

  it('holds an object by its finalizers, and lets it go with the last one', () => {
    const held = kernel.dispatch(kernel.create(1, settings), apply(configMap('a', {}, ['x/y']))).world
    const dying = kernel.dispatch(held, {
      type: 'deleteObject',
      kind: 'configmaps',
      namespace: 'default',
      name: 'a',
    }).world
    expect(readObject(dying.objects, 'ConfigMap', 'default', 'a')?.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 0,
    })
  })

  it('counts what its rules found, and shows a violation at its moment', () => {
    const { world } = kernel.dispatch(kernel.create(1, settings), apply(configMap('broken', {})))
    const after = kernel.advance(world, 100)
    expect(after.violations).toEqual([
      { rule: 'TOY-1', at: expect.any(Number), subject: 'ConfigMap/default/echo-broken', message: 'broken' },
    ])
    expect(after.world.tallies['TOY-1']).toMatchObject({ violations: 1, firstViolationAt: after.violations[0]?.at })
  })
})
