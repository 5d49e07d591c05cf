/** A played story as text, one line for each fact and each thing checked: what golden files hold and people read. */
import type { Fact } from '../api/changes.ts'
import type { SimTime } from '../api/types.ts'
import type { Command } from '../kernel/command.ts'
import type { PlayedBeat } from './play.ts'
import type { Entry } from './steps.ts'
import type { Check, Expectation, Step } from './types.ts'

const pad = (n: number, width: number) => String(n).padStart(width, '0')

/** `01:02.345`: minutes, seconds, milliseconds of virtual time. */
export const clock = (at: SimTime): string =>
  `${pad(Math.floor(at / 60_000), 2)}:${pad(Math.floor(at / 1000) % 60, 2)}.${pad(at % 1000, 3)}`

const line = (at: SimTime, who: string, what: string, rest: string) =>
  `${clock(at)}  ${who.padEnd(18)}${what.padEnd(20)}${rest}`.trimEnd()

function factLine({ at, by, type, name, detail }: Fact): string {
  const told = Object.entries(detail).map(([key, value]) => `${key}=${value}`)
  return line(at, by, type, [name, ...told].join('  '))
}

/** An expectation in one line: what kind it is, then what is wanted. */
export function expectationText(expectation: Expectation): string {
  return Object.entries(expectation)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
}

function stepText(step: Step): string {
  if ('expect' in step) return expectationText(step.expect)
  if ('until' in step) return `until ${step.until} is ${step.is}`
  if ('untilQuietWithinMs' in step) return 'until quiet'
  return Object.keys(step).join(' ')
}

const checkLine = ({ at, step, holds, found }: Check): string =>
  `${clock(at)}  ${holds ? '✓' : '✗'} ${stepText(step)}${holds ? '' : `\n           found: ${found}`}`

function entryLines(entry: Entry, lineOf: (command: Command) => string): string[] {
  if (entry.kind === 'check') return [checkLine(entry.check)]
  const { transition, command } = entry
  const given = command ? [`${clock(transition.world.now)}  $ ${lineOf(command)}`] : []
  const broken = transition.violations.map(
    ({ at, rule, subject, message }) => `${clock(at)}  ✗ ${rule} ${subject}: ${message}`,
  )
  const told = transition.facts.filter(({ type }) => type !== 'eventRecorded' && type !== 'commandGiven')
  return [...given, ...told.map(factLine), ...broken]
}

/** The lines of one beat under its name. `lineOf` says the kubectl line of a command. */
export const beatLines = ({ beat, entries }: PlayedBeat, lineOf: (command: Command) => string): string[] => [
  `— ${beat.name} —`,
  ...entries.flatMap((entry) => entryLines(entry, lineOf)),
  '',
]
