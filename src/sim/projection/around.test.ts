/** What stands around a set: endpoints by ordinal, doors from outside, classes of claims; and that what is unchanged is kept. */
import { describe, expect, it } from 'vitest'
import { scenarios } from '../../content/scenarios/index.ts'
import { DEFAULT_SETTINGS, makeSim, scenarioSettings } from '../index.ts'
import type { World } from '../kernel/types.ts'
import { readManifests } from '../manifest/index.ts'
import { play } from '../scenario/play.ts'
import { aroundOf } from './around.ts'
import { pictureOf } from './picture.ts'

const kernel = makeSim()

/** The worlds of a scenario: after its opening, and after each beat. */
function told(id: string): readonly World[] {
  const scenario = scenarios.find((known) => known.id === id)!
  const stage = { kernel, read: readManifests }
  const beats = play(stage, scenario, scenarioSettings(scenario, DEFAULT_SETTINGS))
  return [...beats].map(({ after }) => after)
}

const around = (world: World) => aroundOf(world, pictureOf(world, { order: {} }).set)

describe('endpoints', () => {
  it('are there from the first address on, and say what their slice says', () => {
    const { world } = kernel.advance(told('dns-dual-stack')[0] as World, 5000)
    expect(around(world).endpoints[0]).toMatchObject({
      state: 'notReady',
      addresses: ['10.244.2.2', 'fd00:10:244:1::2'],
    })
    const ready = kernel.advance(world, 8000).world
    expect(around(ready).endpoints[0]?.state).toBe('ready')
    const leaving = kernel.dispatch(ready, { type: 'deletePod', namespace: 'default', name: 'web-0' }).world
    expect(around(kernel.advance(leaving, leaving.now + 200).world).endpoints[0]?.state).toBe('serving')
  })

  it('keep their identity while they say the same', () => {
    const { world } = kernel.advance(told('dns-dual-stack')[0] as World, 8000)
    const before = around(world)
    const after = around(kernel.advance(world, 12_000).world)
    expect(after.endpoints[1]?.state).toBe('notReady')
    expect(after.endpoints[0]).toBe(before.endpoints[0])
    expect(after.classes).toBe(before.classes)
  })
})

describe('doors', () => {
  it('lead to one ordinal, or to several', () => {
    const [opened, start, exposed] = told('external-access') as [World, World, World]
    expect(around(opened).doors).toEqual([])
    expect(around(start).doors).toEqual([])
    expect(
      around(exposed).doors.map(({ name, ordinals, nodePorts, ready }) => ({ name, ordinals, nodePorts, ready })),
    ).toEqual([
      { name: 'zk-0', ordinals: [0], nodePorts: [31690], ready: 1 },
      { name: 'zk-1', ordinals: [1], nodePorts: [31691], ready: 1 },
    ])
    expect(around(exposed).doors[0]?.outside).toEqual(['172.18.0.2:31690', '172.18.0.3:31690', '172.18.0.4:31690'])
    const [, both] = told('dns-dual-stack') as [World, World]
    expect(around(both).doors).toMatchObject([
      {
        name: 'web',
        type: 'NodePort',
        addresses: ['10.96.0.100', 'fd00:10:96::64'],
        ready: 3,
        endpoints: 3,
        ordinals: [0, 1, 2],
      },
    ])
    expect(around(both).doors[0]?.outside).toContain('[fd00:172:18::3]:30080')
  })
})

describe('classes', () => {
  it('are those that the claims name, there or not', () => {
    const [opened, , settled] = told('retain-not-rebound') as [World, World, World]
    expect(around(opened).classes).toMatchObject([{ name: 'by-hand', exists: true, isDefault: false, ordinals: [] }])
    expect(around(settled).classes).toMatchObject([{ reclaimPolicy: 'Retain', bindingMode: 'Immediate' }])
    const usual = around(told('dns-dual-stack')[1] as World).classes
    expect(usual).toMatchObject([{ name: 'standard', isDefault: true, ordinals: [0, 1, 2], reclaimPolicy: 'Delete' }])
    const without = kernel.dispatch(told('dns-dual-stack')[1] as World, {
      type: 'deleteObject',
      kind: 'storageclasses',
      namespace: '',
      name: 'standard',
    })
    expect(without.refusal).toBeUndefined()
    expect(around(without.world).classes).toMatchObject([{ name: 'standard', exists: false, isDefault: false }])
  })

  it('are none without claims, and nothing stands around no set', () => {
    const empty = kernel.create(1, DEFAULT_SETTINGS)
    expect(aroundOf(empty, undefined)).toEqual({ endpoints: {}, doors: [], classes: [] })
  })
})
