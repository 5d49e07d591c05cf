// @vitest-environment node
import { describe, expect, test } from 'vitest'
import type { AroundPicture, DoorPicture, ObjectKey } from '../../sim/index.ts'
import { extrasOf, relationOf } from './around.ts'
import { column, pictureOf, setKey, setOf } from './fixtures.ts'
import { graphOf } from './graph.ts'
import type { Rect, Shape } from './layout.ts'
import { metricsOf, planOf } from './layout.ts'
import { neighbours } from './stops.ts'

const set = setOf([column(0, 'ready'), column(3, 'ready')])
const picture = pictureOf(set)

const door = (name: string, ordinals: readonly number[]): DoorPicture => ({
  key: `Service/default/${name}` as ObjectKey,
  name,
  type: 'NodePort',
  ordinals,
  addresses: ['10.96.0.100'],
  ports: [80],
  nodePorts: [30080],
  outside: ['172.18.0.2:30080'],
  ready: 1,
  endpoints: 1,
})

const around: AroundPicture = {
  endpoints: {
    0: { key: 'EndpointSlice/default/nginx-a', state: 'ready', addresses: ['10.244.2.2'] },
    3: { key: 'EndpointSlice/default/nginx-a', state: 'notReady', addresses: ['10.244.4.2'] },
  },
  doors: [door('web', [0, 3]), door('web-3', [3])],
  classes: [
    { key: 'StorageClass//fast' as ObjectKey, name: 'fast', exists: true, isDefault: true, ordinals: [3] },
    { key: 'StorageClass//slow' as ObjectKey, name: 'slow', exists: false, isDefault: false, ordinals: [0] },
  ],
}

test.each([
  [undefined, 'none'],
  [setKey, 'none'],
  ['Service/default/nginx', 'member'],
  ['Pod/default/web-3', 'chosen'],
  [set.columns[1]?.volumes[0]?.key, 'chosen'],
  ['Pod/default/web-0', 'other'],
  ['EndpointSlice/default/nginx-a', 'listed'],
  ['EndpointSlice/default/elsewhere', 'none'],
  ['Service/default/web', 'led'],
  ['Service/default/web-3', 'led'],
  ['StorageClass//fast', 'stored'],
  ['StorageClass//slow', 'other'],
] as const)('with %s selected, column 3 is %s', (selected, relation) => {
  expect(relationOf({ selected: selected as ObjectKey | undefined, picture }, around, 3)).toBe(relation)
})

test('the room that is taken is the very same while its shape is', () => {
  expect(extrasOf(around, true)).toEqual({ endpoints: true, doors: [undefined, 3], classes: 2 })
  expect(extrasOf({ ...around, doors: [...around.doors] }, true)).toBe(extrasOf(around, true))
  expect(extrasOf(around, false)).not.toBe(extrasOf(around, true))
})

describe('the plan', () => {
  const shape: Shape = [0, 1, 2].map((ordinal) => ({ ordinal, condemned: false, claims: 1 }))
  const extras = { endpoints: true, doors: [undefined, 0, 1, 1], classes: 2 }
  const plan = planOf(shape, metricsOf('light'), extras)

  test('has room for everything, and nothing covers another', () => {
    const { nodes, edges } = graphOf(plan)
    const rects = nodes
      .filter(({ type = '' }) =>
        ['service', 'door', 'name', 'endpoint', 'pod', 'claim', 'volume', 'class'].includes(type),
      )
      .map(({ id, position, width = 0, height = 0 }) => ({ id, ...position, width, height }))
    const overlap = (a: Rect, b: Rect) =>
      a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    for (const [index, rect] of rects.entries()) {
      expect(rect.y + rect.height, rect.id).toBeLessThanOrEqual(plan.height)
      expect(
        rects
          .slice(index + 1)
          .filter((other) => overlap(rect, other))
          .map(({ id }) => `${rect.id} ${id}`),
      ).toEqual([])
    }
    const ids = new Map(nodes.map((node) => [node.id, node]))
    for (const { id, source, sourceHandle, target, targetHandle } of edges) {
      expect(
        ids.get(source)?.handles?.some((anchor) => anchor.id === sourceHandle),
        `${id} from`,
      ).toBe(true)
      expect(
        ids.get(target)?.handles?.some((anchor) => anchor.id === targetHandle),
        `${id} to`,
      ).toBe(true)
    }
  })

  test('takes no room for what is not there', () => {
    const plain = planOf(shape, metricsOf('light')).height
    const { endpoint, edge, below, service } = metricsOf('light')
    const around = planOf(shape, metricsOf('light'), { endpoints: true, doors: [], classes: 1 })
    expect(around.height - plain).toBe(endpoint - edge + below + service)
    expect(around.height).toBeLessThan(plain * 1.15)
  })

  test.each([
    ['service', 'down', 'door/0'],
    ['door/0', 'up', 'service'],
    ['door/0', 'down', 'door/1'],
    ['door/0', 'right', undefined],
    ['door/1', 'down', 'name/0'],
    ['door/1', 'right', 'door/2'],
    ['door/2', 'down', 'door/3'],
    ['door/3', 'left', 'door/1'],
    ['name/1', 'up', 'door/3'],
    ['name/1', 'down', 'endpoint/1'],
    ['endpoint/1', 'right', 'endpoint/2'],
    ['volume/1/0', 'down', 'class/0'],
    ['class/0', 'down', 'class/1'],
    ['class/1', 'down', undefined],
    ['class/0', 'up', 'volume/0/0'],
  ] as const)('leads from %s %s to %s', (from, direction, to) => {
    expect(neighbours(plan, from, direction)[0]).toBe(to)
  })
})
