/**
 * One sync of the simulation's own StatefulSet controller against a recorded cluster: the very generator that the kernel
 * runs, with the recorded API answering. Refusals, stale caches and writes that caches follow early or late are the API's
 * doing; nothing here knows a record.
 */
import { ordinalOf } from '../api/identity.ts'
import { statefulSet } from '../controllers/statefulSet.ts'
import { byCodeUnit } from '../kernel/sorted.ts'
import type { Verdict } from '../machines/ordering.ts'
import { RecordedApi } from './recordedApi.ts'
import { settingsOf } from './recordedSettings.ts'
import { plainStatus } from './recordedWrites.ts'
import type { Caches, Given, Reconcile, RecordedSync, RecordedWait } from './recordTypes.ts'

/**
 * Runs one sync of the set to its end. The error is the one that the work queue would see; what was written and said is
 * numbered in one order.
 */
export function runSync(api: RecordedApi, set: string): RecordedSync {
  api.startLog()
  const steps = statefulSet.decide(api.view(), `StatefulSet/default/${set}`, { id: 'watch' })
  let step = steps.next()
  while (!step.done) step = steps.next(api.answer(step.value))
  const live = api.find('StatefulSet', set)
  const revisions = api.all('ControllerRevision').map(({ metadata, revision }) => ({ name: metadata.name, revision }))
  return {
    writes: api.writes,
    events: api.events,
    ...(live && { status: plainStatus(live) }),
    statusWritten: api.statusWritten,
    statusAttempts: api.statusAttempts,
    revisions: revisions.sort((a, b) => a.revision - b.revision || byCodeUnit(a.name, b.name)),
    error: step.value?.error ?? null,
    waits: waitsOf(api, set),
    ...(api.requeueAfter !== undefined && { requeueAfter: api.requeueAfter }),
  }
}

const WAITS: Partial<Record<Verdict, string>> = {
  waitForTermination: 'podTerminating',
  waitForReady: 'podNotReady',
  waitForAvailable: 'podNotAvailable',
  waitForCondemned: 'condemnedTerminating',
  waitForUpdated: 'updatePodNotAvailable',
}

/** Why the sync stopped, in the words of the recordings; the pod is the one that the set says it waits for. */
function waitsOf(api: RecordedApi, set: string): readonly RecordedWait[] {
  const { notes, reasons } = api
  const own = reasons.find(({ subject }) => subject === `StatefulSet/default/${set}`)
  if (!notes || !own || own.reason === 'syncFailed') return []
  const pod = own.on?.split('/')[2]
  const named = pod === undefined ? {} : { pod }
  if (notes.verdict === 'waitForFirstUnavailable') {
    if (notes.path.some(({ question }) => question === 'isAvailable'))
      return [{ ...named, reason: 'scaleDownPodNotAvailable' }]
    // Without any unavailable pod the real log names none, where the set says that it waits for the condemned pod itself.
    const itself = pod !== undefined && ordinalOf(pod) === notes.stoppedAt
    return [{ ...named, ...(itself && { pod: '' }), reason: 'scaleDownPodNotReady' }]
  }
  const reason = WAITS[notes.verdict]
  return reason === undefined ? [] : [{ ...named, reason }]
}

function load(api: RecordedApi, { statefulSet: set, pods, claims, revisions }: Given): void {
  api.put('StatefulSet', set)
  for (const pod of pods) api.put('Pod', pod)
  for (const claim of claims) api.put('PersistentVolumeClaim', claim)
  for (const revision of revisions) api.put('ControllerRevision', revision)
}

/** Makes the API differ from what the caches show. */
function drift(api: RecordedApi, differs: NonNullable<Given['apiDiffers']>, set: string): void {
  for (const pod of differs.morePods ?? []) api.put('Pod', pod)
  for (const claim of differs.moreClaims ?? []) api.put('PersistentVolumeClaim', claim)
  for (const revision of differs.moreRevisions ?? []) api.put('ControllerRevision', revision)
  for (const name of differs.gonePods ?? []) api.remove('Pod', name)
  for (const name of differs.goneClaims ?? []) api.remove('PersistentVolumeClaim', name)
  for (const name of differs.goneRevisions ?? []) api.remove('ControllerRevision', name)
  for (const name of differs.newerPods ?? []) {
    const pod = api.find('Pod', name)
    if (pod) api.put('Pod', pod as never)
  }
  if (differs.statefulSet) api.put('StatefulSet', differs.statefulSet)
  if (differs.statefulSetGone) api.remove('StatefulSet', set)
}

/** The one sync of a record, under each model of caches. */
export function replayReconcile(record: Reconcile): { readonly [C in Caches]: RecordedSync } {
  const { given } = record
  const set = given.statefulSet.metadata.name
  const api = new RecordedApi(record.now, settingsOf(record), 'snapshot')
  load(api, given)
  api.catchUp()
  if (given.apiDiffers) drift(api, given.apiDiffers, set)
  api.fail(given.faults ?? [])
  return { snapshot: runSync(api.under('snapshot'), set), writeThrough: runSync(api.under('writeThrough'), set) }
}
