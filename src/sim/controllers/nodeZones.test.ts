/** How quickly pods are driven away: upstream's zone states as a table. */
import { describe, expect, it } from 'vitest'
import type { Node } from '../api/types.ts'
import { evictionIntervalMs } from './nodeZones.ts'

/** So many nodes of a zone, of which so many are lost. */
const zone = (name: string, size: number, lost: number): Node[] =>
  Array.from({ length: size }, (_, index) => {
    const labels = name === '' ? {} : { 'topology.kubernetes.io/zone': name }
    const status = index < lost ? 'Unknown' : 'True'
    return {
      metadata: { name: `${name}${index}`, labels },
      status: { conditions: [{ type: 'Ready', status }] },
    } as never
  })

describe('the pace of a zone', () => {
  it.each([
    ['one of three lost: the usual pace', zone('', 3, 1), '', 10_000],
    ['two of three lost are too few to count as many', zone('', 3, 2), '', 10_000],
    ['all of three lost: nobody is driven away', zone('', 3, 3), '', 'allLost'],
    ['a cluster of one node', zone('', 1, 1), '', 'allLost'],
    ['three of five lost, in a small zone: nobody further', zone('a', 5, 3), 'a', 'none'],
    ['just below 55 %', zone('a', 100, 54), 'a', 10_000],
    ['55 % of a large zone: a tenth of the pace', zone('a', 100, 55), 'a', 100_000],
    ['a zone of 50 is not large', zone('a', 50, 40), 'a', 'none'],
    ['a zone of 51 is', zone('a', 51, 40), 'a', 100_000],
    ['a whole zone lost, another well: the usual pace', [...zone('a', 3, 3), ...zone('b', 3, 0)], 'a', 10_000],
    ['every zone lost', [...zone('a', 3, 3), ...zone('b', 2, 2)], 'b', 'allLost'],
    ['what befalls one zone does not slow another', [...zone('a', 9, 8), ...zone('b', 3, 1)], 'b', 10_000],
  ] as const)('%s', (_what, nodes, name, interval) => {
    expect(evictionIntervalMs(nodes, name)).toBe(interval)
  })
})
