/** Whether a record agrees: replayed as a whole, under both models of caches, and what differs with its place in the record. */
import type { AppsVersion } from '../api/defaultsStatefulSet.ts'
import { defaultStatefulSet, storedStatefulSet } from '../api/defaultsStatefulSet.ts'
import { switchesOf } from '../api/switches.ts'
import type { StatefulSet } from '../api/types.ts'
import { validateStatefulSet } from '../api/validationStatefulSet.ts'
import { inKeptVersion } from '../api/versions.ts'
import { failed, textOf, together } from '../controllers/failure.ts'
import type { Difference } from './compare.ts'
import { compareStep, compareSync, compareValues } from './compare.ts'
import { playStory } from './playStory.ts'
import type { Recording } from './readRecord.ts'
import { settingsOf } from './recordedSettings.ts'
import type { Defaults, Reconcile, Story } from './recordTypes.ts'
import { replayReconcile } from './replay.ts'

export interface PlacedDifference extends Difference {
  /** Which part of the record: `step 4 (scale)`. */
  readonly place: string
}

const at = (place: string, differences: readonly Difference[]): readonly PlacedDifference[] =>
  differences.map((difference) => ({ ...difference, place }))

function judgeReconcile(record: Reconcile): readonly PlacedDifference[] {
  const { then, thenWriteThrough = then } = record
  const came = replayReconcile(record)
  return [
    ...at('caches show the beginning', compareSync(came.snapshot, then)),
    ...at('caches follow each write', compareSync(came.writeThrough, thenWriteThrough)),
  ]
}

/** A story up to the first step that comes out otherwise: what follows from there is no news. */
function judgeStory(story: Story): readonly PlacedDifference[] {
  if (story.applied) {
    const differences = compareValues('manifest', whole(story.applied, story), withoutStatus(story.manifest))
    if (differences.length > 0) return at('before the first step', differences)
  }
  let index = 0
  for (const step of playStory(story)) {
    const recorded = story.steps[index]
    if (!recorded) throw new Error('more steps were played than recorded')
    const differences = compareStep(step, recorded.then)
    if (differences.length > 0) return at(`step ${index} (${recorded.do.type})`, differences)
    index += 1
  }
  return []
}

/** The recordings carry the empty status that a client's object gets; it is no part of defaulting here. */
const withoutStatus = ({ status: _empty, ...set }: StatefulSet) => set

const whole = (manifest: StatefulSet, record: Defaults | Story): StatefulSet =>
  storedStatefulSet(inKeptVersion(manifest), switchesOf(settingsOf(record)))

function refusalOf(set: StatefulSet): string | undefined {
  const failure = together(validateStatefulSet(set).map(({ field, message }) => failed(`${field}: ${message}`)))
  return failure && textOf(failure)
}

function judgeDefaults(record: Defaults): readonly PlacedDifference[] {
  const { manifest, defaulted, asV1, invalid } = record
  const own = defaultStatefulSet(manifest, manifest.apiVersion as AppsVersion, switchesOf(settingsOf(record)))
  const kept = whole(manifest, record)
  return at(manifest.apiVersion, [
    ...compareValues('defaulted', own, withoutStatus(defaulted)),
    ...compareValues('asV1', kept, withoutStatus(asV1)),
    ...compareValues('invalid', refusalOf(kept), invalid),
  ])
}

function differencesOf({ kind, record }: Recording): readonly PlacedDifference[] {
  switch (kind) {
    case 'reconcile':
      return judgeReconcile(record)
    case 'history':
    case 'story':
      return judgeStory(record)
    case 'defaults':
      return judgeDefaults(record)
  }
}

/** What differs from the record; nothing when it agrees. A replay that breaks differs. */
export function judge(recording: Recording): readonly PlacedDifference[] {
  try {
    return differencesOf(recording)
  } catch (error) {
    const { message, stack = '' } = error as Error
    return [{ cause: `the replay broke: ${message}`, lines: stack.split('\n').slice(1, 4), place: 'replay' }]
  }
}
