/**
 * Every story of the scenarios plays in the page, part by part with the clicker's key, and ends as the data says. What was
 * built plays to the byte what the sources play.
 */
import { scenarios } from '../src/content/scenarios/index.ts'
import type { Scenario } from '../src/sim/index.ts'
import { partsAt } from '../src/store/fixtures/replayed.ts'
import { expect, test } from './stage.ts'

/** What a story says of its pods at its very end, name → `1/1 Running v2`; undefined when it says nothing there. */
function lastPods({ beats }: Scenario): Readonly<Record<string, string>> | undefined {
  let pods: Readonly<Record<string, string>> | undefined
  for (const step of beats.flatMap(({ steps }) => steps)) {
    if (!('expect' in step)) pods = undefined
    else if ('pods' in step.expect) pods = step.expect.pods
  }
  return pods
}

const half = Math.ceil(scenarios.length / 2)
for (const part of [scenarios.slice(0, half), scenarios.slice(half)])
  test(`plays ${part.map(({ id }) => id).join(', ')}`, async ({ stage, page }) => {
    await stage.open()
    for (const scenario of part) {
      await page.evaluate((id) => window.ordinal.load({ scenario: id }), scenario.id)
      for (const beat of scenario.beats) {
        const from = await stage.now()
        await page.keyboard.press('PageDown')
        await expect
          .poll(() => page.evaluate(() => document.querySelector('progress') === null), {
            message: `${scenario.id}, ${beat.name}`,
          })
          .toBe(true)
        expect(await stage.now()).toBeGreaterThanOrEqual(from)
      }
      const broken = await page.evaluate(() => window.ordinal.guarantees().filter(({ status }) => status === 'broken'))
      expect(broken, scenario.id).toEqual([])
      expect(partsAt(await page.evaluate(() => window.ordinal.exportRun())), scenario.id).toBeUndefined()
      const pods = lastPods(scenario)
      if (!pods) continue
      const names = await page.evaluate(
        (namespace) =>
          (window.ordinal.objects('pods', namespace) as { metadata: { name: string } }[]).map(
            ({ metadata }) => metadata.name,
          ),
        scenario.namespace ?? 'default',
      )
      expect(names.sort(), scenario.id).toEqual(Object.keys(pods).sort())
    }
  })
