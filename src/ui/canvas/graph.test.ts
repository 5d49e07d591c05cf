// @vitest-environment node
import { expect, test } from 'vitest'
import { graphOf } from './graph.ts'
import type { Shape } from './layout.ts'
import { metricsOf, planOf } from './layout.ts'

const graphFor = (count: number, claims: number) => {
  const shape: Shape = Array.from({ length: count }, (_, ordinal) => ({ ordinal, condemned: false, claims }))
  return graphOf(planOf(shape, metricsOf('light')))
}

test('a column is a name, a pod, and a claim with its volume for every claim', () => {
  const ids = graphFor(2, 2).nodes.map(({ id }) => id)
  expect(ids.filter((id) => id.split('/')[1] === '1')).toEqual([
    'name/1',
    'pod/1',
    'claim/1/0',
    'volume/1/0',
    'claim/1/1',
    'volume/1/1',
  ])
  expect(new Set(ids).size).toBe(ids.length)
})

test('every line begins and ends at an anchor that exists', () => {
  const { nodes, edges } = graphFor(3, 2)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const hasAnchor = (id: string, handle: string | null | undefined, type: string) =>
    byId.get(id)?.handles?.some((anchor) => anchor.id === handle && anchor.type === type)
  for (const { id, source, sourceHandle, target, targetHandle } of edges) {
    expect(hasAnchor(source, sourceHandle, 'source'), `${id} from`).toBe(true)
    expect(hasAnchor(target, targetHandle, 'target'), `${id} to`).toBe(true)
  }
  expect(edges).toHaveLength(3 * (3 + 2 * 2))
})

test('the grid holds one node per pod and no lines', () => {
  const { nodes, edges } = graphFor(300, 1)
  expect(nodes.filter(({ type }) => type === 'pod')).toHaveLength(300)
  expect(nodes.filter(({ type }) => type === 'rail')).toHaveLength(12)
  expect(edges).toEqual([])
})

test('nodes carry places and ids only, so that they need not change when a pod does', () => {
  for (const { data } of graphFor(3, 1).nodes) {
    expect(Object.keys(data).every((key) => ['ordinal', 'index', 'folded', 'line', 'anchors'].includes(key))).toBe(true)
  }
})
