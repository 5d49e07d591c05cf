/**
 * A list of acts as a run that the page can play: open the file there (or drop it on the page) and it stands at the moment
 * at which something was wrong. The file says all of it, seed and settings included.
 */
import type { Kernel } from '../sim/index.ts'
import { Run } from '../store/run.ts'
import { writeRun } from '../store/runFile.ts'
import { engineVersion } from '../store/version.ts'
import type { SwarmAct } from './acts.ts'
import type { Ground } from './ground.ts'
import { opening } from './ground.ts'

/** Does everything that is due up to a moment, and stands there. */
function goTo(run: Run, at: number): void {
  while ((run.nextDue ?? Number.POSITIVE_INFINITY) <= at) run.turnOnce()
  run.stand({ cursor: run.history.last, now: Math.max(at, run.end.now) })
}

/** The acts as the text of a run that ends at `end` (virtual ms). Throws what the cluster refuses: such an act is no part of a run. */
export function runFileOf(kernel: Kernel, ground: Ground, acts: readonly SwarmAct[], end: number): string {
  const { seed, settings } = ground
  const run = Run.begin(kernel, { seed, settings, commands: [opening(ground)] })
  if (!(run instanceof Run)) throw new Error(run.message)
  for (const { afterMs, command } of acts) {
    goTo(run, run.now + afterMs)
    const { refusal } = run.act({ command, line: '' })
    if (refusal) throw new Error(`${command.type} is refused: ${refusal.message}`)
  }
  goTo(run, end)
  return writeRun(run, undefined, engineVersion)
}
