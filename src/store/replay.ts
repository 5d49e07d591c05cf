/**
 * Reads a run that was saved and plays it again: the same bytes, which is checked at the end; a run that cannot be replayed
 * exactly is refused whole. Loaded after the first picture.
 */
import * as v from 'valibot'
import type { ClusterSettings, Command, Kernel, Refusal, World } from '../sim/index.ts'
import { settingsProblem } from '../sim/index.ts'
import type { Opening, Place } from './run.ts'
import { Run } from './run.ts'
import { digestOf, FORMAT, FORMAT_VERSION } from './runFile.ts'
import type { Telling } from './story.ts'

/** Turns between two breaths of a replay. */
const BREATH = 64

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const command = v.custom<Command>((given) => typeof given === 'object' && given !== null && 'type' in given)
const node = v.custom<NonNullable<ClusterSettings['nodes']>[number]>(
  (given) => typeof given === 'object' && given !== null && 'name' in given && typeof given.name === 'string',
)
const place = v.object({ cursor: count, now: count })

const schema = v.object({
  format: v.literal(FORMAT),
  formatVersion: v.literal(FORMAT_VERSION),
  engine: v.string(),
  seed: v.pipe(v.number(), v.safeInteger()),
  settings: v.object({
    clusterDomain: v.string(),
    kubernetes: v.string(),
    gates: v.record(v.string(), v.boolean()),
    dnsTtlSeconds: v.number(),
    dualStack: v.exactOptional(v.boolean()),
    nodes: v.exactOptional(v.pipe(v.array(node), v.readonly())),
  }),
  scenario: v.optional(v.string()),
  opening: v.array(command),
  /** `turn`: due items done before the act; tells the order within a millisecond. Without it: all that was due. */
  acts: v.array(v.object({ at: count, turn: v.optional(count), command })),
  told: v.optional(v.array(v.object({ name: v.string(), start: place, end: v.optional(place) }))),
  pending: v.optional(v.object({ step: count, until: v.optional(count) })),
  shown: v.optional(place),
  end: v.object({ at: count, turn: count, digest: v.string() }),
})

export type RunFile = v.InferOutput<typeof schema>

const refuse = (message: string): Refusal => ({ reason: 'BadRequest', message })

/** The text as a run file, or what is wrong with it and where. */
export function readRunFile(text: string): RunFile | Refusal {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse(`not a run: ${error instanceof Error ? error.message : String(error)}`)
  }
  const read = v.safeParse(schema, value)
  if (read.success) return read.output
  const [issue] = read.issues
  const where = v.getDotPath(issue)
  return refuse(`not a run${where === null ? '' : `: ${where}`}: ${issue.message}`)
}

const differs = ({ engine }: RunFile, ours: string, what: string): Refusal => ({
  reason: 'Impossible',
  message: `This run cannot be replayed exactly: ${what}. It was recorded by version ${engine}, this is version ${ours}.`,
})

/** Does what was due before an act; false when the recorded order cannot be reached. */
function* upTo(run: Run, at: number, turn: number | undefined): Generator<void, boolean, void> {
  const goesOn = () => (turn === undefined ? (run.nextDue ?? Number.POSITIVE_INFINITY) <= at : run.newest.turn < turn)
  for (let turns = 1; goesOn(); turns++) {
    if ((run.nextDue ?? Number.POSITIVE_INFINITY) > at || !run.turnOnce()) return false
    if (turns % BREATH === 0) yield
  }
  // Everything due before `at` must be done; what is due at `at` itself may come after.
  return run.newest.world.now === at || (run.nextDue ?? Number.POSITIVE_INFINITY) > at
}

/** Replays a run, pausing for breath now and then; the run standing where it was shown, or why it is refused. */
export function* replay(
  kernel: Kernel,
  file: RunFile,
  engine: string,
  lineOf: (world: World, command: Command) => string,
): Generator<void, Run | Refusal, void> {
  const { seed, settings, scenario, acts, end } = file
  const problem = settingsProblem(settings)
  if (problem) return differs(file, engine, problem)
  const opening: Opening = { seed, settings, commands: file.opening, ...(scenario !== undefined && { scenario }) }
  const run = Run.begin(kernel, opening)
  if (!(run instanceof Run)) return differs(file, engine, `its opening is refused (${run.message})`)
  for (const act of acts) {
    const reached = yield* upTo(run, act.at, act.turn)
    if (!reached) return differs(file, engine, `what happens before ${act.command.type} at ${act.at} ms differs`)
    run.stand({ cursor: run.history.last, now: Math.max(act.at, run.end.now) })
    const { refusal } = run.act({ command: act.command, line: lineOf(run.world, act.command) })
    if (refusal) return differs(file, engine, `${act.command.type} at ${act.at} ms is refused (${refusal.message})`)
  }
  const reached = yield* upTo(run, end.at, end.turn)
  if (!reached || digestOf(run.newest.world) !== end.digest)
    return differs(file, engine, `the end at ${end.at} ms differs`)
  standWhereShown(run, file.shown)
  return run
}

function standWhereShown(run: Run, shown: Place | undefined): void {
  const { last } = run.history
  const fits = shown && shown.cursor <= last && shown.now >= run.history.entry(shown.cursor).at
  const next = fits && shown.cursor < last ? run.history.entry(shown.cursor + 1).at : Number.POSITIVE_INFINITY
  run.stand(fits && shown.now <= next ? shown : run.end)
}

/** How far the story was told, as far as it fits the history. */
export function tellingOf({ told = [], pending }: RunFile, { history }: Run): Telling {
  const fits = ({ cursor }: Place) => cursor < history.length
  const beats = told
    .filter(({ start }) => fits(start))
    .map(({ name, start, end }) => ({ name, start, ...(end && fits(end) && { end }) }))
  const { step, until } = pending ?? {}
  const waits = step !== undefined && beats.length === told.length && beats.at(-1)?.end === undefined
  return { told: beats, ...(waits && { pending: { step, ...(until !== undefined && { until }) } }) }
}
