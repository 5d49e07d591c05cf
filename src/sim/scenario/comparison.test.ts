/** What changes between two versions for a story, found by playing it: in the stories of the page, and in made-up ones. */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import { scenarios } from '../../content/scenarios/index.ts'
import type { KubernetesVersion } from '../api/switches.ts'
import { SWITCH_NAMES, switchesOf } from '../api/switches.ts'
import { DEFAULT_SETTINGS, makeSim } from '../index.ts'
import { readManifests } from '../manifest/index.ts'
import type { Comparison } from './comparison.ts'
import { changedSwitches, compared, storyPlayer } from './comparison.ts'
import { settingsOf } from './steps.ts'
import type { Scenario, Step } from './types.ts'

const stage = { kernel: makeSim(), read: readManifests }
const settingsIn = (kubernetes: KubernetesVersion, scenario?: Scenario) =>
  settingsOf(scenario, DEFAULT_SETTINGS, { kubernetes })

function compare(scenario: Scenario, from: KubernetesVersion, to: KubernetesVersion) {
  const steps = compared(storyPlayer(stage, scenario), settingsIn(from, scenario), settingsIn(to, scenario))
  const progress: number[] = []
  let step = steps.next()
  while (!step.done) {
    progress.push(step.value)
    step = steps.next()
  }
  return { comparison: step.value, progress }
}

const inCourse = ({ switches }: Comparison) => switches.flatMap(({ name, course }) => (course ? [name] : []))
const inWords = ({ switches }: Comparison) => switches.flatMap(({ name, wording }) => (wording ? [name] : []))
const storyOf = (...steps: readonly Step[]): Scenario => ({
  id: 'x',
  manifests: webV1,
  seed: 3,
  beats: [{ name: 'all', steps }],
})
const quiet: Step = { untilQuietWithinMs: 300_000 }
const fail: Step = { do: { type: 'failPod', namespace: 'default', name: 'web-1' } }

describe('switches between two versions', () => {
  it('are those that differ, and none for a version and itself', () => {
    expect(changedSwitches(settingsIn('1.36'), settingsIn('1.36'))).toEqual([])
    expect(changedSwitches(settingsIn('1.36'), settingsIn('1.37'))).toEqual([
      'MaxUnavailableStatefulSet',
      'replacesBrokenPodsBeyondBudget',
      'completesOnDelete',
    ])
  })
})

describe('a story in two versions', () => {
  it('goes the same way where nothing in it depends on the version', () => {
    const { comparison } = compare(storyOf(quiet), '1.31', '1.32')
    expect(comparison.course).toBeUndefined()
    expect(comparison.wording).toBeUndefined()
    expect(comparison.switches.map(({ name }) => name)).toEqual(['nodeMonitorGraceSeconds'])
  })

  it('parts where a switch makes it, and says which one', () => {
    const { comparison } = compare(storyOf(quiet, fail, quiet), '1.30', '1.31')
    expect(inCourse(comparison)).toEqual(['recreatesEndedPodsAtOnce'])
    const { course } = comparison
    const told = (lines: typeof course extends infer C ? (C extends { from: infer L } ? L : never) : never) =>
      lines.slice(0, 3).map((line) => (line.kind === 'fact' ? `${line.fact.type} ${line.fact.name}` : line.kind))
    expect(course?.from[0]?.at).toBe(course?.at)
    expect(told(course?.from ?? [])[0]).toBe('podCreated web-1')
    expect(told(course?.to ?? [])[0]).toBe('setStatusWritten web')
  })

  it('tells words from deeds', () => {
    const { comparison } = compare(storyOf(quiet), '1.32', '1.33')
    expect(comparison.course).toBeUndefined()
    expect(inWords(comparison)).toEqual(['capitalisesEventVerbs'])
    expect(comparison.wording).toEqual({
      at: 8,
      about: 'StatefulSet/default/web',
      from: 'create Claim www-web-0 Pod web-0 in StatefulSet web success',
      to: 'Create Claim www-web-0 Pod web-0 in StatefulSet web success',
    })
  })

  it('names the place in an object that is written otherwise', () => {
    const { comparison } = compare(storyOf(quiet), '1.27', '1.28')
    expect(comparison.wording).toMatchObject({
      about: 'Pod/default/web-0',
      from: 'metadata.labels.apps.kubernetes.io/pod-index: –',
      to: 'metadata.labels.apps.kubernetes.io/pod-index: 0',
    })
  })

  it('sees the STATUS that kubectl shows', () => {
    const remove: Step = { do: { type: 'deletePod', namespace: 'default', name: 'web-1' } }
    const { comparison } = compare(storyOf(quiet, remove, quiet), '1.30', '1.31')
    const shows = comparison.switches.find(({ name }) => name === 'showsHowTerminatingPodsEnd')
    expect(shows?.course).toBeUndefined()
    expect(shows?.wording).toMatchObject({ about: 'Pod/default/web-1', from: 'Terminating', to: 'Completed' })
  })

  it('counts a refused act as part of the story', () => {
    const patch = { spec: { revisionHistoryLimit: 1 } }
    const limit: Step = { do: { type: 'patchObject', namespace: 'default', name: 'web', kind: 'statefulsets', patch } }
    const { comparison } = compare(storyOf(quiet, limit), '1.32', '1.33')
    expect(inCourse(comparison)).toEqual(['historyLimitIsMutable'])
  })

  it('tells how far it is, without going back', () => {
    const { progress } = compare(storyOf(quiet), '1.30', '1.31')
    expect(progress[0]).toBe(0)
    expect([...progress].sort((a, b) => a - b)).toEqual(progress)
    expect(progress.at(-1)).toBeLessThan(1)
  })
})

describe('the stories of the page between 1.30 and 1.36', () => {
  const wordsOnly = ['capitalisesEventVerbs', 'namesContainerInEvents']

  const switchesIn = (kubernetes: KubernetesVersion) => switchesOf(settingsIn(kubernetes))
  const differing = SWITCH_NAMES.filter((name) => switchesIn('1.30')[name] !== switchesIn('1.36')[name])

  it.each([
    ['ordered-start', []],
    ['scale-2-5-3', []],
    ['pod-deleted', ['recreatesEndedPodsAtOnce']],
  ])('%s: %j makes it go otherwise', (id, names) => {
    const { comparison } = compare(scenarios.find((scenario) => scenario.id === id) as Scenario, '1.30', '1.36')
    expect(comparison.switches.map(({ name }) => name)).toEqual(differing)
    expect(inWords(comparison)).toEqual(expect.arrayContaining(wordsOnly))
    expect(inCourse(comparison)).toEqual(names)
  })

  it('the budget that blocks itself in 1.35.0 is mended by a gate in 1.35.4, and by more than a gate in 1.37', () => {
    const scenario = scenarios.find(({ id }) => id === 'max-unavailable-deadlock') as Scenario
    expect(inCourse(compare(scenario, '1.35.0', '1.35').comparison)).toEqual(['MaxUnavailableStatefulSet'])
    const { comparison } = compare(scenario, '1.35.0', '1.37')
    expect(inCourse(comparison)).toEqual(['replacesBrokenPodsBeyondBudget'])
    expect(comparison.course?.to[0]).toMatchObject({ fact: { type: 'podTerminating', name: 'web-3' } })
  })

  it('OnDelete, and the end of it in 1.37', () => {
    const scenario = scenarios.find(({ id }) => id === 'on-delete') as Scenario
    const { comparison } = compare(scenario, '1.36', '1.37')
    expect(inCourse(comparison)).toEqual(['completesOnDelete'])
    expect(comparison.course?.to[0]).toMatchObject({ kind: 'fact', fact: { type: 'setStatusWritten' } })
  })
})
