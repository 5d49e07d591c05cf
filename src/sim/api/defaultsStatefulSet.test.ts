/** StatefulSet defaulting against recordings of the real API machinery (v1.36.2), for all three versions of the API. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { AppsVersion } from './defaultsStatefulSet.ts'
import { defaultStatefulSet, storedStatefulSet } from './defaultsStatefulSet.ts'
import type { ClusterSettings } from './strategy.ts'
import type { StatefulSet } from './types.ts'
import { validateStatefulSet } from './validationStatefulSet.ts'
import { inKeptVersion } from './versions.ts'

interface Recorded {
  readonly id: string
  readonly gates: ClusterSettings['gates']
  readonly manifest: StatefulSet
  readonly defaulted: StatefulSet
  readonly asV1: StatefulSet
  readonly invalid?: string
}

const text = gunzipSync(readFileSync(new URL('fixtures/defaults.jsonl.gz', import.meta.url))).toString()
const records = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

/** The recordings carry the empty status that a client's object gets; it is not part of defaulting here. */
const withoutStatus = ({ status: _empty, ...set }: StatefulSet) => set

describe('StatefulSet defaults, recorded', () => {
  it('has all three versions, with the gate on and off', () => {
    expect(records).toHaveLength(94)
    expect(
      new Set(records.map(({ manifest, gates }) => `${manifest.apiVersion} ${gates.MaxUnavailableStatefulSet}`)).size,
    ).toBe(6)
  })

  for (const { id, gates, manifest, defaulted, asV1, invalid } of records)
    it(`${id} ${manifest.apiVersion}`, () => {
      expect(defaultStatefulSet(manifest, manifest.apiVersion as AppsVersion, gates)).toEqual(withoutStatus(defaulted))
      const kept = storedStatefulSet(inKeptVersion(manifest), gates)
      expect(kept).toEqual(withoutStatus(asV1))
      const errors = validateStatefulSet(kept).map(({ field, message }) => `${field}: ${message}`)
      expect(errors).toEqual(invalid === undefined ? [] : [invalid])
      // What is complete stays the very same object.
      expect(storedStatefulSet(kept, gates)).toBe(kept)
    })
})
