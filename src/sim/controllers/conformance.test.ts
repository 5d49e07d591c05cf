// The recorded decisions of the real StatefulSet controller of Kubernetes v1.36.2: single syncs, and stories of scripted
// events. Each is played against the very generator that the kernel runs; refusals, stale caches and writes that the caches
// follow at once or late are the answering side's (fixtures/recordedApi.ts), never special cases of the controller.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { comparable, comparableStep, playStory, replayReconcile } from './fixtures/recordedRun.ts'
import type { Reconcile, Story } from './fixtures/recordedTypes.ts'

function recorded<T>(name: string): readonly T[] {
  const text = gunzipSync(readFileSync(new URL(`./fixtures/${name}.jsonl.gz`, import.meta.url))).toString()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const records = recorded<Reconcile>('reconcile')
const stories = recorded<Story>('stories')

/** Ids and differences of the records that do not agree. */
function disagreeing(caches: 'snapshot' | 'writeThrough'): readonly object[] {
  return records.flatMap((record) => {
    const then = caches === 'writeThrough' ? (record.thenWriteThrough ?? record.then) : record.then
    const came = comparable(replayReconcile(record, caches), then)
    const wanted = comparable(then, then)
    return JSON.stringify(came) === JSON.stringify(wanted) ? [] : [{ id: record.id, came, wanted }]
  })
}

describe('the real controller, one sync', { timeout: 60_000 }, () => {
  it('decides the same where caches show the beginning of the sync', () => {
    expect(records).toHaveLength(400)
    expect(disagreeing('snapshot').slice(0, 3)).toEqual([])
  })

  it('decides the same where caches follow each write', () => {
    expect(disagreeing('writeThrough').slice(0, 3)).toEqual([])
  })
})

describe('the real controller, a story', { timeout: 60_000 }, () => {
  it.each(stories.map((story) => [story.id, story] as const))('%s', (_id, story) => {
    let at = 0
    for (const step of playStory(story)) {
      const then = story.steps[at]?.then
      if (!then) throw new Error('the recording has fewer steps')
      expect({ at, ...comparableStep(step, then) }).toEqual({ at, ...comparableStep(then, then) })
      at += 1
    }
    expect(at).toBe(story.steps.length)
  })
})
