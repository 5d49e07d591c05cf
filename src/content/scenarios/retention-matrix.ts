/** What becomes of claims when a set is scaled down and when it is deleted: each of the four policies, one after the other. */
import type { Scenario, Step } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

const web = { namespace: 'default', name: 'web' } as const
const ALL = { 'www-web-0': 'Bound', 'www-web-1': 'Bound', 'www-web-2': 'Bound' } as const
const TWO = { 'www-web-0': 'Bound', 'www-web-1': 'Bound' } as const

const patched = (whenDeleted: string, whenScaled: string): Step => ({
  do: {
    type: 'patchObject',
    kind: 'statefulsets',
    ...web,
    patch: { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } } },
  },
})
const settled: Step = { untilQuietWithinMs: 300_000 }
const scaledDown: readonly Step[] = [{ do: { type: 'scaleStatefulSet', ...web, replicas: 2 } }, settled]
const setDeleted: readonly Step[] = [{ do: { type: 'deleteStatefulSet', ...web, cascade: 'background' } }, settled]

export const retentionMatrix: Scenario = {
  id: 'retention-matrix',
  manifests: webV1,
  seed: 52,
  beats: [
    { name: 'start', steps: [settled, { expect: { claims: ALL } }] },
    {
      name: 'retainRetain',
      steps: [
        ...scaledDown,
        { expect: { claims: ALL } },
        ...setDeleted,
        { expect: { claims: ALL } },
        { expect: { neverHappened: ['claimTerminating', 'claimDeleted', 'volumeDeleted'] } },
      ],
    },
    {
      name: 'retainDelete',
      steps: [
        { apply: webV1 },
        patched('Retain', 'Delete'),
        settled,
        ...scaledDown,
        { expect: { claims: TWO } },
        { expect: { happened: ['podDeleted web-2', 'claimDeleted www-web-2', 'volumeDeleted'] } },
        ...setDeleted,
        { expect: { claims: TWO } },
      ],
    },
    {
      name: 'deleteRetain',
      steps: [
        { apply: webV1 },
        patched('Delete', 'Retain'),
        settled,
        ...scaledDown,
        { expect: { claims: ALL } },
        ...setDeleted,
        { expect: { claims: {} } },
        { expect: { happened: ['setDeleted web', 'podDeleted web-0', 'claimDeleted www-web-0', 'volumeDeleted'] } },
      ],
    },
    {
      name: 'deleteDelete',
      steps: [
        { apply: webV1 },
        patched('Delete', 'Delete'),
        settled,
        ...scaledDown,
        { expect: { claims: TWO } },
        ...setDeleted,
        { expect: { claims: {} } },
      ],
    },
  ],
}
