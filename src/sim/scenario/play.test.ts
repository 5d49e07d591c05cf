/** What playing makes of a story whose expectations do not come true: every kind of step and expectation, once wrong. */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import { DEFAULT_SETTINGS, makeSim } from '../index.ts'
import type { World } from '../kernel/types.ts'
import { readManifests } from '../manifest/index.ts'
import type { PlayedBeat } from './play.ts'
import { play, playBeat } from './play.ts'
import type { Check, Expectation, Scenario, Step } from './types.ts'

const stage = { kernel: makeSim(), read: readManifests }
const scenario: Scenario = { id: 'x', manifests: webV1, seed: 1, beats: [] }
const told = (steps: readonly Step[], more: Partial<Scenario> = {}): readonly PlayedBeat[] => [
  ...play(stage, { ...scenario, ...more, beats: [{ name: 'only', steps }] }, DEFAULT_SETTINGS),
]
const checksOf = (beats: readonly PlayedBeat[]): readonly Check[] =>
  beats.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'check' ? [entry.check] : [])))

const quiet = playBeat(
  stage,
  scenario,
  { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
  told([])[0]?.after as World,
)

/** What is found when this is expected of the settled set, after web-1 was deleted and came back. */
function judged(expectation: Expectation): Check | undefined {
  const steps: readonly Step[] = [
    { do: { type: 'deletePod', namespace: 'default', name: 'web-1' } },
    { untilQuietWithinMs: 300_000 },
    { expect: expectation },
  ]
  return checksOf([playBeat(stage, scenario, { name: 'x', steps }, quiet.after)]).at(-1)
}

const POD = '1/1 Running v1'

describe('playing a story', () => {
  it('gives the opening, then beat after beat, and every transition in order', () => {
    const beats = told([{ until: 'web-0', is: 'Ready', withinMs: 60_000 }, { runMs: 1000 }])
    expect(beats.map(({ beat }) => beat.name)).toEqual(['opening', 'only'])
    const moments = beats.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'moment' ? [entry] : [])))
    const facts = moments.flatMap(({ transition }) => transition.facts.map(({ sequence }) => sequence))
    expect(facts).toEqual(facts.map((_, index) => index + 1))
    expect(moments.at(-1)?.transition.world).toBe(beats.at(-1)?.after)
  })

  it('stands at the end of a stretch of time, although nothing is due there', () => {
    const [, beat] = told([{ runMs: 3_600_000 }])
    expect(beat?.after.now).toBe(3_600_000)
  })

  it('makes the namespace of the scenario first, and looks for names in it', () => {
    const beats = told([{ until: 'web-0', is: 'Ready', withinMs: 60_000 }], { namespace: 'foo' })
    expect(checksOf(beats).map(({ holds }) => holds)).toEqual([true])
  })

  it('gives the opening acts at time 0', () => {
    const [first] = told([], {
      openingActs: [{ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 }],
    })
    expect(first?.after.now).toBe(0)
    expect(first?.after.objects.StatefulSet[0]?.[0]?.[1].spec.replicas).toBe(1)
  })

  it('says what was refused, in the words of whoever refused it', () => {
    const bad = checksOf(
      told([
        { do: { type: 'scaleStatefulSet', namespace: 'default', name: 'db', replicas: 1 } },
        { apply: 'kind: [' },
        { apply: webV1.replace('replicas: 3', 'replicas: -1') },
      ]),
    )
    expect(bad.map(({ holds }) => holds)).toEqual([false, false, false])
    expect(bad[0]?.found).toContain('statefulsets.apps "db" not found')
    expect(bad[2]?.found).toContain('must be greater than or equal to 0')
  })

  it('says when a wait was in vain', () => {
    const [late, loud] = checksOf(told([{ until: 'web-2', is: 'Ready', withinMs: 100 }, { untilQuietWithinMs: 100 }]))
    expect([late?.holds, late?.found]).toEqual([false, 'web-2 is not Ready'])
    expect([loud?.holds, loud?.found]).toEqual([false, expect.stringContaining('next thing due at')])
  })
})

describe('expectations', () => {
  const cases: readonly (readonly [name: string, right: Expectation, wrong: Expectation])[] = [
    ['pods', { pods: { 'web-0': POD, 'web-1': POD, 'web-2': POD } }, { pods: { 'web-0': POD, 'web-1': POD } }],
    [
      'status',
      { set: 'web', status: { readyReplicas: 3, rolling: false } },
      { set: 'web', status: { readyReplicas: 3, rolling: true } },
    ],
    ['a set', { set: 'web', status: {} }, { set: 'db', status: {} }],
    [
      'claims',
      { claims: { 'www-web-0': 'Bound', 'www-web-1': 'Bound', 'www-web-2': 'Bound' } },
      { claims: { 'www-web-0': 'Pending', 'www-web-1': 'Bound', 'www-web-2': 'Bound' } },
    ],
    [
      'names',
      { names: { 'web-1.nginx.default.svc.cluster.local': ['web-1'] } },
      { names: { 'web-1.nginx.default.svc.cluster.local': [] } },
    ],
    ['reasons', { waits: 'Pod/default/web-1', because: [] }, { waits: 'Pod/default/web-1', because: ['heldNotReady'] }],
    [
      'order',
      { happened: ['podTerminating web-1', 'podCreated', 'podReady web-1'] },
      { happened: ['podReady web-1', 'podTerminating web-1'] },
    ],
    ['absence', { neverHappened: ['podTerminating web-0'] }, { neverHappened: ['podTerminating'] }],
    ['what is kept', { kept: ['Pod/default/web-0'] }, { kept: ['Pod/default/web-1'] }],
    ['what is replaced', { replaced: ['Pod/default/web-1'] }, { replaced: ['Pod/default/web-0'] }],
    ['what is there', { kept: [] }, { kept: ['Pod/default/web-9'] }],
  ]
  for (const [name, right, wrong] of cases)
    it(`tells right from wrong: ${name}`, () => {
      expect(judged(right)?.holds).toBe(true)
      expect(judged(wrong)?.holds).toBe(false)
      expect(judged(wrong)?.found).not.toBe('')
    })

  it('tells right from wrong: a file', () => {
    const file = { type: 'writeFile', namespace: 'default', name: 'web-0', path: '/usr/share/nginx/html/a', text: 'x' }
    const steps = [{ do: file as Extract<Step, { do: unknown }>['do'] }] as const
    const expected = (holds: string): Step => ({ expect: { claim: 'www-web-0', path: 'a', holds } })
    const { after } = quiet
    const played = playBeat(stage, scenario, { name: 'x', steps: [...steps, expected('x'), expected('y')] }, after)
    expect(checksOf([played]).map(({ holds }) => holds)).toEqual([true, false])
  })
})
