import { describe, expect, it } from 'vitest'
import type { StatefulSet } from '../api/types.ts'
import { DEFAULT_SETTINGS } from '../index.ts'
import type { ClusterView } from '../kernel/types.ts'
import { Sync } from './statefulSetSync.ts'

const syncIn = (kubernetes: string) =>
  new Sync({ settings: { ...DEFAULT_SETTINGS, kubernetes }, now: 5000 } as ClusterView, {} as StatefulSet)

describe('a sync', () => {
  it('counts minReadySeconds as over at their very end from 1.36 on, before only after it', () => {
    expect(syncIn('1.36').availabilityTime).toBe(5000)
    expect(syncIn('1.35').availabilityTime).toBe(4999)
  })

  it('begins messages with a small letter until 1.32', () => {
    expect(syncIn('1.32').verb('Delete')).toBe('delete')
    expect(syncIn('1.33').verb('Delete')).toBe('Delete')
  })
})
