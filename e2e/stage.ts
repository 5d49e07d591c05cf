/**
 * The one driver of the page: opens it with the clock held, moves time through `window.ordinal`, and finds what a person
 * finds, by role and text. A spec reads like a story and never sleeps.
 */
import type { Locator, Page } from '@playwright/test'
import { test as base, expect } from '@playwright/test'
import type { Command, Refusal } from '../src/sim/index.ts'
import type { Milestone, ScriptingObject } from '../src/store/script.ts'

declare global {
  interface Window {
    ordinal: ScriptingObject
  }
}

export interface Opening {
  readonly scenario?: string
  readonly query?: Readonly<Record<string, string>>
  /** Leave the clock to real time. */
  readonly live?: boolean
}

export class Stage {
  readonly page: Page
  /** Console errors and uncaught exceptions, as they happen; every test ends by finding none. */
  readonly complaints: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
  }

  /** Opens the page and waits until everything it will ever need is loaded. */
  async open({ scenario, query = {}, live = false }: Opening = {}): Promise<void> {
    const words = new URLSearchParams({
      ...(live ? {} : { clock: 'manual' }),
      ...(scenario ? { scenario } : {}),
      ...query,
    })
    await this.page.goto(`./?${words}`)
    await this.page.waitForFunction(() => window.ordinal !== undefined)
    await this.page.evaluate(() => window.ordinal.ready())
  }

  dispatch(command: Command): Promise<Refusal | undefined> {
    return this.page.evaluate((given) => window.ordinal.dispatch(given), command)
  }

  async until(pod: string, is: Milestone, withinMs = 120_000): Promise<void> {
    const reached = await this.page.evaluate(([where, ms]) => window.ordinal.until(where, ms), [
      { pod, is },
      withinMs,
    ] as const)
    expect(reached, `${pod} is ${is} within ${withinMs} ms`).toBe(true)
  }

  advance(ms: number): Promise<void> {
    return this.page.evaluate((by) => window.ordinal.advance(by), ms)
  }

  untilQuiet(): Promise<void> {
    return this.page.evaluate(() => window.ordinal.untilQuiet())
  }

  now(): Promise<number> {
    return this.page.evaluate(() => window.ordinal.now())
  }

  /** Name → `status/ready` of the pods in the API, as the scripting object gives them. */
  pods(): Promise<Record<string, string>> {
    return this.page.evaluate(() =>
      Object.fromEntries(
        (
          window.ordinal.objects('pods') as {
            metadata: { name: string }
            status: { phase: string; conditions?: { type: string; status: string }[] }
          }[]
        ).map(({ metadata, status }) => [
          metadata.name,
          `${status.phase}${status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ? ' Ready' : ''}`,
        ]),
      ),
    )
  }

  /** A button by its accessible name. */
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }
}

export const test = base.extend<{ stage: Stage }>({
  stage: async ({ page }, use) => {
    const stage = new Stage(page)
    await use(stage)
    expect(stage.complaints).toEqual([])
  },
})

export { expect } from '@playwright/test'
