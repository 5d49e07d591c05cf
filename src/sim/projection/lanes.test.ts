/** The timeline, grown moment by moment and in one go. */
import { describe, expect, it } from 'vitest'
import { webDualStack } from '../../content/manifests/webDualStack.ts'
import { webV1 } from '../../content/manifests/webV1.ts'
import type { Lane } from '../index.ts'
import { DEFAULT_SETTINGS, makeSim } from '../index.ts'
import { readManifests } from '../manifest/index.ts'
import { HandRun } from './fixtures/run.ts'

const begun = (manifests = webV1): HandRun =>
  new HandRun(makeSim({}), DEFAULT_SETTINGS, readManifests(manifests).objects)

const lane = ({ lanes }: HandRun, ordinal: number): Lane => {
  const found = lanes.lanes.find((one) => one.ordinal === ordinal)
  if (!found) throw new Error(`no lane ${ordinal}`)
  return found
}
const states = ({ spans }: Lane): string => spans.map(({ state, first }) => `${first ? '+' : ''}${state}`).join(' ')

describe('lanes', () => {
  it('tell a life in spans without gaps, one incarnation after the other', () => {
    const run = begun()
    run.quiet()
    expect(states(lane(run, 0))).toBe('+pending creating notReady ready')
    run.give({ type: 'deletePod', namespace: 'default', name: 'web-0' })
    run.quiet()
    const { spans } = lane(run, 0)
    expect(states(lane(run, 0))).toBe('+pending creating notReady ready terminating +pending creating notReady ready')
    for (const [index, { from, to, uid }] of spans.entries()) {
      const next = spans[index + 1]
      if (!next) expect(to).toBeUndefined()
      else if (next.uid === uid) expect(to).toBe(next.from)
      else expect(to).toBeLessThan(next.from)
      expect(to ?? Number.POSITIVE_INFINITY).toBeGreaterThan(from)
    }
    expect(new Set(spans.map(({ uid }) => uid)).size).toBe(2)
    expect(spans.filter(({ node }) => node === undefined).map(({ state }) => state)).toEqual(['pending', 'pending'])
  })

  it('follow a name by its Service’s first family: losing the other is no loss of the name', () => {
    const settings = { ...DEFAULT_SETTINGS, dualStack: true }
    const run = new HandRun(makeSim({}), settings, readManifests(webDualStack, { settings }).objects)
    run.quiet()
    const before = lane(run, 1).name
    expect(before.map(({ state, to }) => [state, to])).toEqual([['published', undefined]])
    const patch = { spec: { ipFamilyPolicy: 'SingleStack' } }
    run.give({ type: 'patchObject', namespace: 'default', name: 'nginx', kind: 'services', patch })
    run.quiet()
    expect(lane(run, 1).name).toEqual(before)
  })

  it('keep the claim through its pods, and the name as DNS has it', () => {
    const run = begun()
    run.quiet()
    run.give({ type: 'deletePod', namespace: 'default', name: 'web-0' })
    run.quiet()
    expect(lane(run, 0).claim).toHaveLength(1)
    expect(lane(run, 0).claim[0]?.to).toBeUndefined()
    expect(lane(run, 0).name.map(({ state }) => state)).toEqual(['published', 'cached', 'published'])
    run.scale(0)
    run.quiet()
    expect(lane(run, 0).name.at(-1)?.to).toBeDefined()
    run.give({ type: 'deleteClaim', namespace: 'default', name: 'www-web-0' })
    run.quiet()
    expect(lane(run, 0).claim.at(-1)?.to).toBeDefined()
    expect(lane(run, 1).claim.at(-1)?.to).toBeUndefined()
  })

  it('notice that a Ready pod has become available', () => {
    const run = begun(webV1.replace('replicas: 3', 'replicas: 2\n  minReadySeconds: 10'))
    run.quiet()
    const { spans } = lane(run, 0)
    expect(states(lane(run, 0))).toBe('+pending creating notReady readyNotAvailable ready')
    const [waited, available] = spans.slice(-2)
    expect((available?.from ?? 0) - (waited?.from ?? 0)).toBeGreaterThan(8_000)
    expect((available?.from ?? 0) - (waited?.from ?? 0)).toBeLessThanOrEqual(10_000)
  })

  it('hold nothing of what began and ended at one instant', () => {
    const run = begun()
    run.untilFact('podCreated web-0')
    expect(states(lane(run, 0))).toBe('+pending')
    run.give({ type: 'deletePod', namespace: 'default', name: 'web-0', force: true })
    expect(lane(run, 0).spans).toEqual([])
  })

  it('stand in order, whatever came first', () => {
    const run = begun()
    run.scale(12)
    run.quiet()
    expect(run.lanes.lanes.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('that no new fact is about stay the very same', () => {
    const run = begun()
    run.quiet()
    const before = run.lanes.lanes
    run.give({ type: 'deletePod', namespace: 'default', name: 'web-2' })
    const after = run.lanes.lanes
    expect(after.map((one, index) => one === before[index])).toEqual([true, true, false])
  })
})

describe('markers', () => {
  it('stand at acts and at decisions of the controller, with the moment they belong to', () => {
    const run = begun()
    run.quiet()
    run.scale(2)
    run.quiet()
    const markers = run.lanes.markers.map(({ kind, text }) => `${kind} ${text}`)
    expect(markers[0]).toBe('command kubectl apply -f -')
    expect(markers.filter((text) => text.startsWith('decision'))).toEqual([
      'decision createNext',
      'decision createNext',
      'decision createNext',
      'decision deleteHighest',
    ])
    expect(markers).toContain('command kubectl scale sts web --replicas=2')
    expect(run.lanes.markers.every(({ moment, at }) => moment >= 0 && at >= 0 && at <= run.lanes.end)).toBe(true)
  })
})
