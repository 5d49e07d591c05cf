/** Runs as text: out, in again, and refused when they cannot be replayed exactly. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../sim/index.ts'
import { openPage, worldText } from './fixtures/page.ts'
import { readRunFile } from './replay.ts'

const web = { namespace: 'default', name: 'web' } as const
const scale = (replicas: number): Command => ({ type: 'scaleStatefulSet', ...web, replicas })

/** A run with acts in the middle of things, one within an instant at which more is due. */
async function livedPage() {
  const held = await openPage('?clock=manual&scenario=rolling-update')
  const { verbs } = held.store.getState()
  for (let steps = 0; steps < 7; steps++) verbs.step()
  verbs.dispatch(scale(4))
  verbs.advance(9_321)
  verbs.dispatch({ type: 'crashContainer', namespace: 'default', name: 'web-0' })
  verbs.nextBeat()
  verbs.advance(500)
  return held
}

describe('a run as text', () => {
  it('replays to the same bytes, standing where it stood, its story as far as it was', async () => {
    const lived = await livedPage()
    const text = lived.script.exportRun()
    const other = await openPage('?clock=manual')
    expect(other.script.importRun(text)).toBeUndefined()
    expect(worldText(other)).toBe(worldText(lived))
    const { cursor, now, length, beats, lanes, order, lastAct, run } = lived.store.getState()
    expect(other.store.getState()).toMatchObject({ cursor, now, length, beats, lanes, order, lastAct, run })
    expect(other.script.exportRun()).toBe(text)
  })

  it('goes on as the run itself does', async () => {
    const lived = await livedPage()
    const other = await openPage('?clock=manual')
    other.script.importRun(lived.script.exportRun())
    for (const held of [lived, other]) {
      held.store.getState().verbs.nextBeat()
      held.script.untilQuiet()
    }
    expect(worldText(other)).toBe(worldText(lived))
  })

  it('keeps what lies after the moment shown', async () => {
    const lived = await livedPage()
    lived.script.seek(3_000)
    const other = await openPage('?clock=manual')
    other.script.importRun(lived.script.exportRun())
    expect(other.store.getState()).toMatchObject({ now: 3_000, length: lived.store.getState().length })
  })

  it('takes acts without a turn, as written by hand: everything due until then comes first', async () => {
    const lived = await openPage('?clock=manual')
    lived.script.advance(5_000)
    lived.script.dispatch(scale(1))
    lived.script.advance(5_000)
    const file = JSON.parse(lived.script.exportRun())
    for (const act of file.acts) delete act.turn
    const other = await openPage('?clock=manual')
    expect(other.script.importRun(JSON.stringify(file))).toBeUndefined()
    expect(worldText(other)).toBe(worldText(lived))
  })
})

describe('a run that cannot be replayed exactly', () => {
  const spoilt = async (spoil: (file: Record<string, never>) => void) => {
    const lived = await livedPage()
    const file = JSON.parse(lived.script.exportRun())
    spoil(file)
    const other = await openPage('?clock=manual')
    other.script.step()
    const before = other.store.getState()
    const refusal = other.script.importRun(JSON.stringify(file))
    expect(other.store.getState().world).toBe(before.world)
    expect(other.store.getState().notices.at(-1)).toMatchObject({
      kind: 'refused',
      params: { message: refusal?.message },
    })
    return refusal?.message
  }

  it('is refused whole when its end differs', async () => {
    const message = await spoilt((file: { seed?: number }) => {
      file.seed = 12345
    })
    expect(message).toMatch(/^This run cannot be replayed exactly: .*differs.* It was recorded by version/)
  })

  it('is refused when only the very end differs', async () => {
    const message = await spoilt((file: { end?: { digest: string } }) => {
      if (file.end) file.end.digest = '00000000'
    })
    expect(message).toMatch(/the end at \d+ ms differs/)
  })

  it('is refused when an act is refused', async () => {
    const message = await spoilt((file: { acts?: { command: Command }[] }) => {
      if (file.acts?.[0]) file.acts[0].command = scale(-3)
    })
    expect(message).toContain('scaleStatefulSet at')
    expect(message).toContain('is refused')
  })

  it('is refused when its order cannot be reached', async () => {
    const message = await spoilt((file: { acts?: { turn: number }[] }) => {
      if (file.acts?.[1]) file.acts[1].turn = 100_000
    })
    expect(message).toContain('what happens before crashContainer')
  })

  it.each([
    ['{', 'not a run: '],
    ['{"format":"something"}', 'not a run: format: '],
    ['null', 'not a run'],
    ['{"format":"ordinal-run","formatVersion":2}', 'not a run: formatVersion: '],
  ])('is told from a text that is none: %s', (text, message) => {
    expect(readRunFile(text)).toMatchObject({ reason: 'BadRequest', message: expect.stringContaining(message) })
  })
})
