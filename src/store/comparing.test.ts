/** The run at hand in two versions: a scenario by its story, any other run by what was done in it. */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../content/manifests/webV1.ts'
import type { Comparison } from './comparing.ts'
import { comparing } from './comparing.ts'
import { openPage } from './fixtures/page.ts'

function compare(run: string, from: string, to: string): Comparison {
  const steps = comparing(run, from, to)
  if ('reason' in steps) throw new Error(steps.message)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

const deciding = ({ switches }: Comparison) => switches.flatMap(({ name, course }) => (course ? [name] : []))

describe('comparing a run in two versions', () => {
  it('plays the story of its scenario, however far it was told, and leaves the run alone', async () => {
    const { store } = await openPage('?clock=manual&scenario=pod-deleted')
    const before = store.getState().verbs.exportRun()
    const comparison = compare(before, '1.30', '1.31')
    expect(deciding(comparison)).toEqual(['recreatesEndedPodsAtOnce'])
    expect(store.getState().verbs.exportRun()).toBe(before)
  })

  it('plays what was done where there is no scenario, each act at its moment', async () => {
    const { store } = await openPage('?clock=manual')
    const { verbs } = store.getState()
    verbs.load({ manifests: webV1, seed: 4 })
    verbs.advance(60_000)
    verbs.dispatch({ type: 'failPod', namespace: 'default', name: 'web-1' })
    const comparison = compare(store.getState().verbs.exportRun(), '1.30', '1.31')
    expect(deciding(comparison)).toEqual(['recreatesEndedPodsAtOnce'])
    expect(comparison.course?.at).toBeGreaterThan(60_000)
    expect(comparison.course?.at).toBeLessThan(62_000)
  })

  it('leaves out a gate that one of the versions does not take', async () => {
    const { store } = await openPage('?clock=manual&scenario=ordered-start')
    const file = JSON.parse(store.getState().verbs.exportRun())
    file.settings.gates = { StatefulSetStartOrdinal: false }
    expect(compare(JSON.stringify(file), '1.30', '1.31').switches.map(({ name }) => name)).toContain(
      'StatefulSetStartOrdinal',
    )
  })

  it('refuses what is no run', () => {
    expect(comparing('{}', '1.30', '1.36')).toMatchObject({ reason: 'BadRequest' })
  })
})
