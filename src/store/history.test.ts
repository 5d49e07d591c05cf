/** A long history: worlds that were let go are made again by replaying, to the same bytes. */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../content/manifests/webV1.ts'
import type { Command, Kernel } from '../sim/index.ts'
import { DEFAULT_SETTINGS, makeSim } from '../sim/index.ts'
import { readManifests } from '../sim/manifest/index.ts'
import { Run } from './run.ts'

const kernel = makeSim({})
const { objects } = readManifests(webV1)
const opening = { seed: 1, settings: DEFAULT_SETTINGS, commands: [{ type: 'applyObjects', objects } as Command] }

function begun(under = kernel): Run {
  const run = Run.begin(under, opening)
  if (!(run instanceof Run)) throw new Error(run.message)
  return run
}

/** Goes on to so many moments at least, with an act every so often. */
function growTo(run: Run, moments: number): void {
  for (let acts = 0; run.history.length < moments; acts++) {
    const command: Command =
      acts % 3 === 0
        ? {
            type: 'setImage',
            namespace: 'default',
            name: 'web',
            image: `registry.k8s.io/nginx-slim:v${1 + (acts % 2)}`,
          }
        : { type: 'deletePod', namespace: 'default', name: `web-${acts % 3}` }
    run.act({ command, line: '' })
    for (let steps = 0; steps < 97 && run.forward(run.now + 120_000).reached !== 'limit'; steps++);
  }
}

/** A long run with the texts of its first worlds and of its last. */
function longRun(moments: number): { readonly run: Run; readonly texts: string[] } {
  const run = begun()
  const texts: string[] = [JSON.stringify(run.world)]
  run.onMoment = (_entry, index) => {
    if (index < 700) texts.push(JSON.stringify(run.world))
  }
  growTo(run, moments)
  texts[run.history.last] = JSON.stringify(run.history.world(run.history.last))
  return { run, texts }
}

describe('a history of thousands of moments', () => {
  const { run, texts } = longRun(2800)

  it('gives the same world for every moment, kept or made again', () => {
    const { history } = run
    for (let index = 0; index < 700; index += 13) expect(JSON.stringify(history.world(index))).toBe(texts[index])
    for (let index = 699; index > 0; index -= 17) expect(JSON.stringify(history.world(index))).toBe(texts[index])
  })

  it('finds moments by time, the last one of several at an instant', () => {
    const { history } = run
    for (let index = 1; index < history.length; index += 29) {
      const { at } = history.entry(index)
      const found = history.lastAt(at)
      expect(history.entry(found).at).toBe(at)
      expect(found === history.last || history.entry(found + 1).at > at).toBe(true)
    }
    expect(history.lastAt(-1)).toBe(0)
    expect(history.lastAt(1e12)).toBe(history.last)
  })

  it('is forked and rejoined far behind', () => {
    const { history } = run
    const { length } = history
    run.standAtMoment(301)
    const { fork } = run.act({ command: { type: 'deletePod', namespace: 'default', name: 'web-0' }, line: '' })
    expect(history.length).toBe(303)
    if (fork) run.rejoin(fork)
    expect(history.length).toBe(length)
    expect(run.cursor).toBe(301)
    expect(JSON.stringify(history.world(400))).toBe(texts[400])
    expect(JSON.stringify(history.world(length - 1))).toBe(texts[length - 1])
  })

  it('makes an act again with all that was due at its moment', () => {
    const { history } = run
    run.standAtMoment(101)
    const { fork } = run.act({ command: { type: 'powerOffNode', namespace: '', name: 'node-2' }, line: '' })
    expect(history.entry(102).turns).toBeGreaterThan(1)
    const at = new Map<number, string>()
    run.onMoment = (_entry, index) => at.set(index, JSON.stringify(run.world))
    growTo(run, 2400)
    run.onMoment = () => {}
    expect(JSON.stringify(history.world(104))).toBe(at.get(104))
    if (fork) run.rejoin(fork)
    expect(JSON.stringify(history.world(102))).toBe(texts[102])
  })

  it('forgets what it made again of moments that were cut off', () => {
    const { history } = run
    history.world(405)
    run.standAtMoment(301)
    const command: Command = { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 }
    run.act({ command, line: '' })
    let grown = ''
    run.onMoment = (_entry, index) => {
      if (index === 405) grown = JSON.stringify(run.world)
    }
    growTo(run, 2600)
    expect(JSON.stringify(history.world(405))).toBe(grown)
  })
})

describe('acting between moments', () => {
  it('does first what was due and showed nothing, and nothing that would show', () => {
    const straight = begun()
    const known = begun()
    while (known.forward(Number.POSITIVE_INFINITY).reached !== 'limit');
    const command: Command = { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 }
    for (const at of [1, 57, 2_345, 4_000, 9_999, 20_000]) {
      while (straight.forward(at).reached !== 'limit');
      straight.rest(at)
      known.stand({ cursor: known.history.lastAt(at), now: at })
      const before = known.history.length
      const { fork } = known.act({ command, line: '' })
      straight.act({ command, line: '' })
      expect(JSON.stringify(known.newest.world)).toBe(JSON.stringify(straight.newest.world))
      expect(known.newest.turn).toBe(straight.newest.turn)
      if (fork) known.rejoin(fork)
      else known.undo()
      expect(known.history.length).toBe(before)
      straight.undo()
    }
  })

  it('acts at a moment as if nothing had followed it', () => {
    const known = begun()
    while (known.forward(Number.POSITIVE_INFINITY).reached !== 'limit');
    const command: Command = { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 }
    for (const back of [1, 2, 3, 10, 30]) {
      const index = known.history.length - back
      const straight = begun()
      while (straight.cursor < index) straight.forward(Number.POSITIVE_INFINITY)
      straight.act({ command, line: '' })
      known.standAtMoment(index)
      const { fork } = known.act({ command, line: '' })
      expect(JSON.stringify(known.newest.world)).toBe(JSON.stringify(straight.newest.world))
      if (fork) known.rejoin(fork)
      else known.undo()
    }
  })

  it('acts at the last moment although something that shows nothing was done after it', () => {
    const quietly: Kernel = {
      ...kernel,
      nextDue: (world) => kernel.nextDue(world) ?? (world.sequence < 1e9 ? world.now + 5_000 : undefined),
      next: (world) => {
        const after = { ...world, now: world.now + 5_000, sequence: 1e9 }
        return (
          kernel.next(world) ??
          (world.sequence < 1e9 ? { world: after, facts: [], violations: [], turns: 1 } : undefined)
        )
      },
    }
    const run = begun(quietly)
    while (run.forward(Number.POSITIVE_INFINITY).reached !== 'limit');
    const { last } = run.history
    const { at, turn } = run.history.entry(last)
    expect(run.newest).toMatchObject({ turn: turn + 1, world: { now: at + 5_000 } })
    run.standAtMoment(last)
    run.act({ command: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 }, line: '' })
    expect(run.history.entry(last + 1)).toMatchObject({ at, turn })
  })

  it('never does the next moment by the way, even at its very time', () => {
    const run = begun()
    while (run.forward(Number.POSITIVE_INFINITY).reached !== 'limit');
    const next = run.history.entry(11)
    run.stand({ cursor: 10, now: next.at })
    run.act({ command: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 }, line: '' })
    expect(run.newest.turn).toBe(next.turn - 1)
  })

  it('acts in the middle of an instant, where only a part of what is due was done', () => {
    const run = begun()
    run.forward(Number.POSITIVE_INFINITY)
    const { turn } = run.newest
    run.act({ command: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 }, line: '' })
    expect(run.newest.turn).toBe(turn)
    expect(run.history.entry(2)).toMatchObject({ at: run.history.entry(1).at, turn })
  })
})
