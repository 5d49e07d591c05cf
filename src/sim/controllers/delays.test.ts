/** The numbers, held to the tables of docs/model.md, which say where each comes from. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { drawFrom } from '../kernel/random.ts'
import { clusterDns } from './clusterDns.ts'
import { DELAYS, drawDelay, drawWithin } from './delays.ts'
import { disruption } from './disruption.ts'
import { endpoints } from './endpoints.ts'
import { garbageCollector } from './garbageCollector.ts'
import { BEHAVIOUR_ANNOTATIONS, CRASH_AFTER, INIT_WORK, NEEDS_NAMES, NUMBERS_BY_NAME } from './imageBehaviour.ts'
import { kubelet } from './kubelet.ts'
import { nodeLifecycle } from './nodeLifecycle.ts'
import { peerNames } from './peerNames.ts'
import { podGc } from './podGc.ts'
import { resourceQuota } from './resourceQuota.ts'
import { scheduler } from './scheduler.ts'
import { statefulSet } from './statefulSet.ts'
import { taintEviction } from './taintEviction.ts'
import { volumeBinder } from './volumeBinder.ts'
import { volumeExpansion } from './volumeExpansion.ts'
import { volumeProtection } from './volumeProtection.ts'

const page = readFileSync(new URL('../../../docs/model.md', import.meta.url), 'utf8')

/** The cells of the rows under a heading. */
const tableUnder = (heading: string): readonly (readonly string[])[] => {
  const section = page.split(`${heading}\n`)[1]?.split(/\n##/)[0] ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const written = ([least, most]: readonly [number, number]) => `${least}–${most}`
const firstTwo = (rows: readonly (readonly string[])[]) => Object.fromEntries(rows.map(([name, ms]) => [name, ms]))

describe('docs/model.md', () => {
  it('lists every delay, and no other', () => {
    expect(firstTwo(tableUnder('### Delays'))).toEqual(
      Object.fromEntries(Object.entries(DELAYS).map(([name, range]) => [name, written(range)])),
    )
  })

  it('lists how long a change takes to reach every watcher', () => {
    const watchers = [
      statefulSet,
      garbageCollector,
      scheduler,
      kubelet,
      volumeBinder,
      volumeProtection,
      volumeExpansion,
      endpoints,
      clusterDns,
      disruption,
      nodeLifecycle,
      taintEviction,
      podGc,
      peerNames,
      resourceQuota,
    ]
    expect(firstTwo(tableUnder('### How long a change takes to be noticed'))).toEqual(
      Object.fromEntries(watchers.map(({ name, delayMs }) => [name, written(delayMs)])),
    )
  })

  it('names a source for every number', () => {
    const sources = [...tableUnder('### Delays'), ...tableUnder('### Fixed numbers')].map((row) => row.at(-1) ?? '')
    expect(sources.filter((source) => source.length < 6)).toEqual([])
  })

  it('lists what images do, and the annotations', () => {
    const rows = tableUnder('### Images')
    const words = rows
      .slice(0, 3)
      .flatMap(([names = '', ...ranges]) =>
        (names === 'anything else' ? '' : names).split(', ').map((word) => [word, ranges]),
      )
    expect(words).toEqual(
      NUMBERS_BY_NAME.map(([word, { pullMs, startMs, readyMs, stopMs }]) => [
        word,
        [pullMs, startMs, readyMs, stopMs].map(written),
      ]),
    )
    const text = page.replaceAll('\n', ' ')
    expect(text).toContain(`\`crash\` ends ${written(CRASH_AFTER)} ms after each start`)
    expect(text).toContain(`or after ${written(INIT_WORK)} ms`)
    const annotations = [...page.matchAll(/^\| `(ordinal\.dev\/[a-z-]+)`/gm)].map(([, name]) => name)
    expect(annotations).toEqual([...Object.values(BEHAVIOUR_ANNOTATIONS), NEEDS_NAMES])
  })
})

describe('a drawn delay', () => {
  const viewOf = (seed: number) => {
    const streams: Record<string, number> = {}
    return { draw: (stream: string) => drawFrom(seed, streams, stream) }
  }

  it('is a whole number of the range, both ends included', () => {
    const view = viewOf(1)
    const seen = new Set(Array.from({ length: 200 }, () => drawWithin(view, [3, 6], 'x')))
    expect([...seen].sort()).toEqual([3, 4, 5, 6])
  })

  it('has a stream of its own: another kind of draw does not shift it', () => {
    const plain = viewOf(7)
    const mixed = viewOf(7)
    for (let i = 0; i < 20; i++) {
      drawDelay(mixed, 'unmount')
      expect(drawDelay(mixed, 'attach')).toBe(drawDelay(plain, 'attach'))
    }
  })
})
