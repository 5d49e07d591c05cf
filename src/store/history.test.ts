/** A long history: worlds that were let go are made again by replaying, to the same bytes. */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../content/manifests/webV1.ts'
import type { Command } from '../sim/index.ts'
import { DEFAULT_SETTINGS, makeSim } from '../sim/index.ts'
import { readManifests } from '../sim/manifest/index.ts'
import { Run } from './run.ts'

const kernel = makeSim({})
const { objects } = readManifests(webV1)
const opening = { seed: 1, settings: DEFAULT_SETTINGS, commands: [{ type: 'applyObjects', objects } as Command] }

function begun(): Run {
  const run = Run.begin(kernel, opening)
  if (!(run instanceof Run)) throw new Error(run.message)
  return run
}

/** A run of so many moments at least, with an act every so often, and the text of every world in it. */
function longRun(moments: number): { readonly run: Run; readonly texts: string[] } {
  const run = begun()
  const texts: string[] = [JSON.stringify(run.world)]
  run.onMoment = () => texts.push(JSON.stringify(run.world))
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

  it('acts in the middle of an instant, where only a part of what is due was done', () => {
    const run = begun()
    run.forward(Number.POSITIVE_INFINITY)
    const { turn } = run.newest
    run.act({ command: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 }, line: '' })
    expect(run.newest.turn).toBe(turn)
    expect(run.history.entry(2)).toMatchObject({ at: run.history.entry(1).at, turn })
  })
})
