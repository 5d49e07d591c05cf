/**
 * Runs as wholes: another one is loaded, imported, begun anew, brought back from the last visit. Each takes the place of
 * the run that is open, which can be brought back where anything was done in it.
 */
import type { Refusal } from '../sim/index.ts'
import { settingsProblem, versionNamed } from '../sim/index.ts'
import { commandLine } from './commandLine.ts'
import type { Holder } from './holder.ts'
import type { LoadRequest } from './loading.ts'
import { openingOf, openingOfAddress } from './loading.ts'
import { Run } from './run.ts'
import type { ReplayParts, RunFile } from './runReader.ts'
import { NOT_YET } from './runReader.ts'
import { engineVersion } from './version.ts'

/** Real milliseconds of replay in one go. */
const SLICE_MS = 8

type Replayed = Generator<void, Run | Refusal, void>

export class Runs {
  private readonly holder: Holder

  constructor(holder: Holder) {
    this.holder = holder
  }

  load(request: LoadRequest): Refusal | undefined {
    const { holder } = this
    const loaded = openingOf(holder.parts, request)
    if (!('opening' in loaded)) return holder.refuse(loaded)
    const run = holder.session.begin(loaded.opening)
    if (!(run instanceof Run)) return holder.refuse(run)
    this.replace(run, loaded.opening.scenario)
    holder.tell(loaded.notices)
    return undefined
  }

  /** The same run from its beginning. */
  reset(): void {
    const { opening } = this.holder.session.run
    const again = this.holder.session.begin(opening)
    if (again instanceof Run) this.replace(again, opening.scenario)
  }

  /** The same run from its beginning, in a cluster of another version. */
  restartWith(kubernetes: string): Refusal | undefined {
    const { holder } = this
    const {
      run: { opening },
      scenario,
    } = holder.session
    const { seed, settings, commands } = opening
    if (scenario) {
      const { clusterDomain } = settings
      return this.load({ scenario: scenario.id, seed, clusterDomain, kubernetes })
    }
    const other = { ...settings, kubernetes: versionNamed(kubernetes) ?? kubernetes }
    const problem = settingsProblem(other)
    if (problem !== undefined) return holder.refuse({ reason: 'Impossible', message: problem })
    const run = holder.session.begin({ seed, settings: other, commands })
    if (!(run instanceof Run)) return holder.refuse(run)
    this.replace(run, undefined)
    return undefined
  }

  /** Replays a run that was exported, all at once. */
  import(text: string): Refusal | undefined {
    const { holder } = this
    const { parts } = holder.parts.runReader
    if (!parts) return holder.refuse(NOT_YET)
    const file = parts.readRunFile(text)
    if ('reason' in file) return holder.refuse(file)
    const steps = this.replayed(parts, file)
    let step = steps.next()
    while (!step.done) step = steps.next()
    if (!(step.value instanceof Run)) return holder.refuse(step.value)
    this.replace(step.value, file.scenario)
    this.goOn(parts, file)
    return undefined
  }

  /** Brings back the run that was left here, unless somebody has begun meanwhile. Resolves when that is done or cannot be. */
  async restore(): Promise<void> {
    const { holder } = this
    if (holder.state.embedded) return
    const text = await holder.keeper.kept()
    if (text !== undefined) await this.bringBack(text)
    holder.keeper.begin()
    holder.publish()
  }

  /** Rejects when the part that replays it cannot be reached: the run stays where it is kept. */
  private async bringBack(text: string): Promise<void> {
    const { holder } = this
    const parts = await holder.parts.runReader.load()
    const file = parts.readRunFile(text)
    if ('reason' in file) {
      this.notRestored(file)
      return
    }
    if (!holder.untouched) return
    const run = await this.inSlices(this.replayed(parts, file))
    if (!(run instanceof Run)) this.notRestored(run)
    else if (holder.untouched) {
      holder.open(run, this.scenario(file.scenario))
      this.goOn(parts, file)
      holder.notices.add({ kind: 'restored', params: {}, action: 'discardRun' })
    }
  }

  /** Forgets the run that is kept, and begins anew what the address asks for. */
  discard(): void {
    const { holder } = this
    void holder.keeper.discard()
    const { opening } = openingOfAddress(holder.parts, holder.parts.parameters, () => {})
    const run = holder.session.begin(opening)
    if (run instanceof Run) this.replace(run, opening.scenario)
  }

  private replace(run: Run, scenario: string | undefined): void {
    const { holder } = this
    holder.notices.list = []
    holder.open(run, this.scenario(scenario))
    if (holder.session.canRejoin) holder.notices.add({ kind: 'loaded', params: {}, action: 'undoFork' })
  }

  private scenario(wanted: string | undefined) {
    return this.holder.parts.stories.find(wanted)
  }

  private replayed({ replay }: ReplayParts, file: RunFile): Replayed {
    return replay(this.holder.parts.kernel, file, engineVersion, commandLine)
  }

  /** The story goes on where it was in the recorded run. */
  private goOn({ tellingOf }: ReplayParts, file: RunFile): void {
    const { story, run } = this.holder.session
    if (story) story.telling = tellingOf(file, run)
  }

  private notRestored({ message }: Refusal): void {
    this.holder.notices.add({ kind: 'notice', params: { code: 'runNotRestored', message } })
  }

  private inSlices(steps: Replayed): Promise<Run | Refusal> {
    const { environment } = this.holder.parts
    return new Promise((resolve, reject) => {
      const slice = () => {
        try {
          const end = environment.now() + SLICE_MS
          let step = steps.next()
          while (!step.done && environment.now() < end) step = steps.next()
          if (step.done) resolve(step.value)
          else environment.after(0, slice)
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      }
      slice()
    })
  }
}
