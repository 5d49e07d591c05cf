/** The names of ControllerRevisions that a real v1.36.2 cluster gave, against those that we give the same templates. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ControllerRevision } from '../api/types.ts'
import { hashOfData, revisionNameOf } from '../controllers/revisionData.ts'

interface Recorded {
  readonly set: string
  readonly name: string
  readonly data: ControllerRevision['data']
}

const text = gunzipSync(readFileSync(new URL('fixtures/revisions.jsonl.gz', import.meta.url))).toString()
const recorded = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

describe('a revision is named as in a real cluster', () => {
  it.each(recorded.map((one) => [one.name, one] as const))('%s', (name, { set, data }) => {
    expect(revisionNameOf(set, hashOfData(data, 0))).toBe(name)
  })
})
