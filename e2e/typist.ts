/** Somebody at the terminal: types with the keyboard, pastes, and reads the rows of the screen. */
import type { Page } from '@playwright/test'
import type { Stage } from './stage.ts'
import { expect } from './stage.ts'

export class Typist {
  readonly stage: Stage
  readonly page: Page

  constructor(stage: Stage) {
    this.stage = stage
    this.page = stage.page
  }

  /** Opens it with its key; the cursor is in it then. */
  async open(): Promise<void> {
    await this.page.keyboard.press('/')
    await expect(this.field()).toBeFocused()
    await this.is('ready')
  }

  field() {
    return this.page.getByRole('textbox', { name: /^Command line/ })
  }

  is(state: 'ready' | 'reading' | 'waiting'): Promise<void> {
    return expect(this.page.locator('.terminal-screen')).toHaveAttribute('data-state', state)
  }

  /** The rows that are seen, without the times at their right edge. */
  async rows(): Promise<readonly string[]> {
    const rows = await this.page.locator('.xterm-rows > div').allInnerTexts()
    return rows
      .map((row) => row.replaceAll('\u00a0', ' ').replace(/\s+(\d\d:\d\d\.\d{3})?\s*$/, ''))
      .filter((row) => row !== '')
  }

  async type(line: string): Promise<void> {
    await this.page.keyboard.insertText(line)
    await this.page.keyboard.press('Enter')
  }

  shows(text: string | RegExp): Promise<void> {
    return expect
      .poll(async () => (await this.rows()).join('\n'), { intervals: [50] })
      .toMatch(typeof text === 'string' ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text)
  }

  /** Empties the screen first, so that what is seen belongs to this line. */
  async ask(line: string, answer: string | RegExp): Promise<void> {
    await this.page.keyboard.press('Control+l')
    await this.type(line)
    await this.shows(answer)
  }
}
