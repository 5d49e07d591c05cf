/** The verbs of the state: each does its work on the open run and shows what came of it. */
import type { AnyObject, Command, Fact, ObjectKey, Refusal, World } from '../sim/index.ts'
import { partsOfKey, readObject, why } from '../sim/index.ts'
import { commandLine } from './commandLine.ts'
import type { Holder } from './holder.ts'
import { writePreferences } from './preferences.ts'
import type { Run } from './run.ts'
import type { Runs } from './runs.ts'
import type { Forecast, OrdinalVerbs } from './types.ts'

/** Turns that a forecast looks ahead at most. */
const FORECAST_TURNS = 500

type Kernel = Holder['parts']['kernel']

const forecasts = new WeakMap<World, Forecast>()

/** Enough facts to tell what comes next. */
const FORECAST_FACTS = 24

/** What happens next if nobody acts: the facts of the next few moments that tell something, in order. */
function forecastFrom(kernel: Kernel, world: World): Forecast {
  const known = forecasts.get(world)
  if (known) return known
  const facts: Fact[] = []
  let ahead: World | undefined = world
  for (let turns = 0; ahead && turns < FORECAST_TURNS && facts.length < FORECAST_FACTS; turns++) {
    const next = kernel.next(ahead)
    if (next?.facts.some(({ type }) => type !== 'eventRecorded')) facts.push(...next.facts)
    ahead = next?.world
  }
  const forecast = { facts, quiet: ahead === undefined }
  forecasts.set(world, forecast)
  return forecast
}

function objectAt(world: World, key: ObjectKey): AnyObject | undefined {
  const { kind, namespace, name } = partsOfKey(key)
  return readObject(world.objects, kind, namespace, name) as AnyObject | undefined
}

/** The object before the write that made the version shown; undefined when that write created it. */
function previousOf({ history, cursor, world }: Run, key: ObjectKey): AnyObject | undefined {
  const now = objectAt(world, key)
  if (!now) return undefined
  const { uid, resourceVersion } = now.metadata
  const isCurrent = (index: number) => {
    const metadata = objectAt(history.world(index), key)?.metadata
    return metadata?.uid === uid && metadata.resourceVersion === resourceVersion
  }
  let low = 0
  let high = cursor
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isCurrent(middle)) high = middle
    else low = middle + 1
  }
  const before = low > 0 ? objectAt(history.world(low - 1), key) : undefined
  return before?.metadata.uid === uid ? before : undefined
}

type Moving =
  | 'play'
  | 'pause'
  | 'toggle'
  | 'setSpeed'
  | 'step'
  | 'stepBack'
  | 'untilQuiet'
  | 'seek'
  | 'seekMoment'
  | 'advance'
  | 'nextBeat'
  | 'previousBeat'
  | 'reset'

function movingVerbs(holder: Holder, runs: Runs): Pick<OrdinalVerbs, Moving> {
  const { session } = holder
  const { playback } = session
  const toggle = () => (playback.playing || playback.busy ? playback.pause() : playback.play())
  return {
    play: () => holder.do(() => playback.play()),
    pause: () => holder.do(() => playback.pause()),
    toggle: () => holder.do(toggle),
    setSpeed: (speed) =>
      holder.do(() => {
        playback.speed = speed
      }),
    step: () => holder.do(() => session.step()) ?? [],
    stepBack: () => holder.do(() => session.stepBack()),
    untilQuiet: (limitMs) => holder.do(() => session.untilQuiet(limitMs)),
    seek: (at) => holder.do(() => session.seek(at)),
    seekMoment: (index) => holder.do(() => session.seekMoment(index)),
    advance: (ms) => holder.do(() => session.seek(session.run.now + Math.max(0, ms), true)),
    nextBeat: () => holder.do(() => session.nextBeat()),
    previousBeat: () => holder.do(() => session.previousBeat()),
    reset: () => holder.do(() => runs.reset()),
  }
}

/** Does work that may be refused; our own mistake counts as a refusal too. */
function refusable(holder: Holder, work: () => Refusal | undefined): Refusal | undefined {
  const before = holder.state.crash
  const refusal = holder.do(work)
  const { crash } = holder.state
  return crash && crash !== before ? { reason: 'InternalError', message: crash.message } : refusal
}

type Acting =
  | 'load'
  | 'setKubernetes'
  | 'apply'
  | 'applyAgain'
  | 'dispatch'
  | 'undo'
  | 'undoFork'
  | 'exportRun'
  | 'importRun'
  | 'discardRun'

function actingVerbs(holder: Holder, runs: Runs): Pick<OrdinalVerbs, Acting> {
  const { session, notices } = holder
  return {
    load: (request) => refusable(holder, () => runs.load(request)),
    setKubernetes: (version) => refusable(holder, () => runs.restartWith(version)),
    apply: (manifests) => refusable(holder, () => session.apply(manifests)),
    dispatch: (command) => refusable(holder, () => session.give(command)),
    applyAgain: () => refusable(holder, () => session.applyAgain()),
    undo: () =>
      holder.do(() => {
        const act = session.undo()
        if (act) notices.add({ kind: 'undone', params: { line: act.line }, action: 'undoFork' })
      }),
    undoFork: () => holder.do(() => session.rejoin()),
    exportRun: () => holder.exportRun(),
    importRun: (text) => refusable(holder, () => runs.import(text)),
    discardRun: () => holder.do(() => runs.discard()),
  }
}

/** What `why` is about when nothing is named: what is selected, else the set. */
const subjectOf = ({ state, focus }: Holder): ObjectKey | undefined => state.selected ?? focus

export function verbsOf(holder: Holder, runs: Runs): OrdinalVerbs {
  const { session, notices, parts } = holder
  return {
    ...movingVerbs(holder, runs),
    ...actingVerbs(holder, runs),
    select: (selected) =>
      holder.do(() => {
        holder.focusOn(selected)
        holder.store.setState({ selected })
      }),
    set: (preferences) => {
      holder.store.setState(preferences)
      writePreferences(parts.environment, holder.state)
    },
    dismiss: (notice) => holder.do(() => notices.dismiss(notice)),
    dismissCrash: () => holder.store.setState({ crash: undefined }),
    lineOf: (command: Command) => commandLine(session.run.world, command),
    why: (subject) => {
      const about = subject ?? subjectOf(holder)
      return about
        ? why(session.run.world, about)
        : { subject: 'StatefulSet/default/' as ObjectKey, chain: [], unblock: [] }
    },
    forecast: () => session.guard(() => forecastFrom(parts.kernel, session.run.world)) ?? { facts: [], quiet: false },
    previous: (key) => session.guard(() => previousOf(session.run, key)),
    toYaml: (object) => parts.reader.toYaml(object),
    openTerminal: holder.openTerminal,
    openManifests: holder.openManifests,
  }
}
