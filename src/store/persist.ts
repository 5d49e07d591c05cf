/**
 * Keeps the run in the browser, so that a reload loses nothing: written a moment after the last change, read once at the
 * start. A run belongs to the address it was opened with; another address opens another run.
 */
import type { Environment } from './environment.ts'

/** Real milliseconds of calm before the run is written. */
const CALM_MS = 1000

export class Keeper {
  private readonly environment: Environment
  private readonly written: () => string | undefined
  private cancel: (() => void) | undefined
  private busy = false
  private begun = false

  /** `written` gives the run as text, or undefined when there is nothing worth keeping. */
  constructor(environment: Environment, written: () => string | undefined) {
    this.environment = environment
    this.written = written
    environment.onHidden(() => void this.save())
  }

  /** The run that was left here, if this address left one. Never rejects. */
  async kept(): Promise<string | undefined> {
    try {
      const { search, run } = JSON.parse((await this.environment.runs.read()) ?? '{}')
      return typeof run === 'string' && search === this.environment.search ? run : undefined
    } catch {
      return undefined
    }
  }

  /** Keeps from now on: what was left here has been read, and may be written over. */
  begin(): void {
    this.begun = true
  }

  /** Something is worth keeping: it is written once nothing has changed for a moment, and every so often while it does. */
  touch(): void {
    if (this.busy || !this.begun) return
    this.busy = true
    this.cancel = this.environment.after(CALM_MS, () => void this.save())
  }

  async discard(): Promise<void> {
    this.cancel?.()
    this.busy = false
    await this.environment.runs.empty().catch(() => undefined)
  }

  private async save(): Promise<void> {
    if (!this.busy) return
    this.cancel?.()
    this.busy = false
    const run = this.written()
    const { runs, search } = this.environment
    // A browser that keeps nothing is no obstacle.
    await (run === undefined ? runs.empty() : runs.write(JSON.stringify({ search, run }))).catch(() => undefined)
  }
}
