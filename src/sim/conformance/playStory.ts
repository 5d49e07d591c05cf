/** A recorded story played: each scripted event is done to the API, then syncs follow until one writes nothing. */
import { timeOf } from '../api/time.ts'
import { RecordedApi } from './recordedApi.ts'
import { claimLines, happen, podLines } from './recordedEvents.ts'
import { settingsOf } from './recordedSettings.ts'
import { plainStatus } from './recordedWrites.ts'
import type { RecordedStep, RecordedSync, Story } from './recordTypes.ts'
import { runSync } from './replay.ts'

/** The recorder stopped here where syncs wrote on and on. */
const MOST_SYNCS = 60

const wroteSomething = ({ writes = [], statusWritten }: RecordedSync): boolean =>
  statusWritten === true || writes.some(({ result }) => result === undefined)

function* untilQuiet(api: RecordedApi, set: string, most: number): Generator<RecordedSync> {
  for (let count = 0; count < most; count++) {
    api.catchUp()
    const sync = runSync(api, set)
    yield sync
    if (!wroteSomething(sync)) return
  }
}

/** Plays a story step by step. A step that the recording cut off is cut off after as many syncs. */
export function* playStory(story: Story): Generator<RecordedStep> {
  const { manifest, applied = manifest, steps, caches } = story
  const { name } = manifest.metadata
  const api = new RecordedApi(steps[0]?.at ?? '', settingsOf(story), caches)
  for (const step of steps) {
    api.now = timeOf(step.at)
    happen(api, step.do, applied)
    const most = step.then.quiet === false ? step.then.syncs.length : MOST_SYNCS
    const syncs = [...untilQuiet(api, name, most)]
    const last = syncs.at(-1) as RecordedSync
    const set = api.find('StatefulSet', name)
    yield {
      syncs: syncs.map(withStatusIfWritten),
      ...(wroteSomething(last) && { quiet: false }),
      ...(set && { status: plainStatus(set), generation: set.metadata.generation ?? 0 }),
      revisions: last.revisions ?? [],
      pods: podLines(api),
      claims: claimLines(api),
    }
  }
}

/** A sync as stories put it down: with the status that it wrote, and without what is told once for the whole step. */
function withStatusIfWritten({ status, statusWritten, revisions: _ofStep, ...sync }: RecordedSync): RecordedSync {
  return { ...sync, ...(statusWritten && status && { status }) }
}
