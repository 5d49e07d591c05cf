/** What is told of a run that failed: short, the same every time, and a file that the page plays up to what was wrong. */
import { describe, expect, it } from 'vitest'
import { overdue } from '../sim/guarantees/promises.ts'
import { makeSim } from '../sim/index.ts'
import { openPage } from '../store/fixtures/page.ts'
import { MUTANTS } from './mutants.ts'
import type { Failure } from './report.ts'
import { failureOf } from './report.ts'

const mutant = (name: string) => {
  const found = MUTANTS.find((other) => other.name === name)
  if (!found) throw new Error(`no mutant ${name}`)
  const kernel = makeSim({ change: found.change })
  const failure = (seed: number) => failureOf(kernel, seed, 60, { only: found.rule })
  for (let seed = 1; seed <= 60; seed++) {
    const first = failure(seed)
    if (first) return { kernel, first, again: () => failure(seed) as Failure }
  }
  throw new Error(`nothing finds ${name}`)
}

describe('a run that broke a rule', () => {
  const { kernel, first, again } = mutant('updates under OnDelete')

  it('is told with the rule and the few acts that it takes', () => {
    const [what, count, opening, ...acts] = first.text.split('\n')
    expect(what).toMatch(/^seed \d+: UPD-4 at \d\d:\d\d\.\d{3}, Pod\/default\/web-\d: .* for an update under OnDelete$/)
    expect(count).toMatch(/^\d+ acts, \d of them needed:$/)
    expect(opening).toContain('kubectl apply')
    expect(acts.length).toBeLessThan(6)
    expect(acts.join('\n')).toMatch(/kubectl (set image|patch|apply)/)
  })

  it('is the same for the same seed', () => {
    expect(again()).toEqual(first)
  })

  it('plays in the page, where the rule breaks at the same moment', async () => {
    const { script, store } = await openPage('?clock=manual', { kernel })
    expect(script.importRun(first.file)).toBeUndefined()
    const { lamps, now, length } = store.getState()
    const broken = lamps.filter(({ status }) => status === 'broken')
    expect(broken.map(({ id }) => id)).toContain('UPD-4')
    expect(broken.find(({ id }) => id === 'UPD-4')?.brokenAt).toBe(now)
    expect(length).toBeGreaterThan(10)
  })

  it('is refused by a cluster without the mistake: it does not go that way there', async () => {
    const { script } = await openPage('?clock=manual')
    expect(script.importRun(first.file)?.message).toContain('cannot be replayed exactly')
  })
})

describe('a run that left a promise unkept', () => {
  it('plays in the page up to the moment at which nobody will see to it', async () => {
    const { kernel, first } = mutant('has nobody to let claims go')
    const { script, store } = await openPage('?clock=manual', { kernel })
    expect(script.importRun(first.file)).toBeUndefined()
    expect(overdue(store.getState().world)[0]).toMatchObject({ rule: 'LIV-7' })
    expect(first.text).toContain('kubectl delete pvc')
  })
})
