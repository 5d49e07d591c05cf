/**
 * What became of one seed, for tests and for `npm run swarm`: nothing, or the broken rule with the shortest list of acts
 * that still breaks it, as kubectl lines and as a run that the page plays.
 */

import type { Kernel } from '../sim/index.ts'
import { kubectlLine } from '../sim/index.ts'
import { clock } from '../sim/scenario/transcript.ts'
import type { SwarmAct } from './acts.ts'
import { runFileOf } from './file.ts'
import { groundOf, opening } from './ground.ts'
import type { SwarmEnd, SwarmOptions } from './run.ts'
import { swarmRun } from './run.ts'
import { shrink } from './shrink.ts'

export interface Failure {
  readonly seed: number
  readonly rule: string
  /** What was wrong, then the acts that lead there, one line each. */
  readonly text: string
  /** The run as the page reads it. */
  readonly file: string
}

const actLine = ({ afterMs, command }: SwarmAct): string => `  +${afterMs} ms  ${kubectlLine(command)}`

/** The failure of a seed, made short; undefined when all guarantees held. */
export const failureOf = (
  kernel: Kernel,
  seed: number,
  acts: number,
  options: SwarmOptions = {},
): Failure | undefined => failureIn(kernel, seed, swarmRun(kernel, seed, acts, options))

/** What was wrong in a run that has been done, made short. */
export function failureIn(kernel: Kernel, seed: number, found: SwarmEnd): Failure | undefined {
  if (!found.violation) return undefined
  const ground = groundOf(seed)
  const { acts: short, violation } = shrink(kernel, ground, { acts: found.acts, violation: found.violation })
  const { rule, subject, message, at } = violation
  const text = [
    `seed ${seed}: ${rule} at ${clock(at)}, ${subject}: ${message}`,
    `${found.acts.length} acts, ${short.length} of them needed:`,
    `  at 0 ms  ${kubectlLine(opening(ground))}`,
    ...short.map(actLine),
  ].join('\n')
  return { seed, rule, text, file: runFileOf(kernel, ground, short, at) }
}

export { makeSim } from '../sim/index.ts'
