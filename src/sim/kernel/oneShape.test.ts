/** What is stored says what was sent, but for the server's own part; nothing is lost and nothing absent becomes present. */
import { describe, expect, it } from 'vitest'
import type { AnyObject, ObjectMeta, Pod } from '../api/types.ts'
import { metadataWith, nextVersion, objectWith, revised } from './oneShape.ts'
import type { Draft } from './types.ts'

const server = { namespace: 'default', uid: 'new', resourceVersion: '7', creationTimestamp: 'now' }
const everything = {
  name: 'web',
  namespace: 'default',
  uid: 'old',
  resourceVersion: '6',
  generation: 2,
  creationTimestamp: 'before',
  deletionTimestamp: 'soon',
  deletionGracePeriodSeconds: 30,
  labels: { app: 'web' },
  annotations: { note: 'x' },
  ownerReferences: [],
  finalizers: ['a/b'],
} as const satisfies ObjectMeta

describe('metadata', () => {
  it.each([
    ['all that is known', everything],
    ['little', { name: 'web', labels: { app: 'web' } }],
    ['what is not known here', { ...everything, managedFields: [], selfLink: '/x' }],
    ['no name', { labels: {} }],
  ])('keeps %s, but for what the server says', (_what, sent) => {
    expect(metadataWith(sent as Draft['metadata'], server)).toStrictEqual({
      ...sent,
      ...server,
      name: (sent as Partial<ObjectMeta>).name,
    })
  })

  it('has no namespace where the kind has none', () => {
    const { namespace: _none, ...rest } = everything
    const cluster = { ...server, namespace: undefined }
    expect(metadataWith(everything, cluster)).toStrictEqual({
      ...rest,
      uid: 'new',
      resourceVersion: '7',
      creationTimestamp: 'now',
    })
    const unknown = { ...everything, selfLink: '/x' } as Draft['metadata']
    expect(metadataWith(unknown, cluster)).not.toHaveProperty('namespace')
  })

  it('differs from version to version by the version alone', () => {
    expect(revised(everything, '8')).toStrictEqual({ ...everything, resourceVersion: '8' })
  })
})

describe('an object', () => {
  const parts = { apiVersion: 'v1', metadata: everything }
  it.each([
    ['of spec and status', { ...parts, kind: 'Pod', spec: {}, status: {} }],
    ['of a spec alone', { ...parts, kind: 'Pod', spec: {} }],
    ['with a field more', { ...parts, kind: 'Pod', spec: {}, status: {}, other: 1 }],
    ['of five other fields', { ...parts, kind: 'ConfigMap', data: {}, binaryData: {} }],
    ['with endpoints', { ...parts, kind: 'EndpointSlice', addressType: 'IPv4', endpoints: [], ports: [] }],
    ['with other endpoints', { ...parts, kind: 'EndpointSlice', addressType: 'IPv4', endpoints: [], other: [] }],
  ])('%s keeps all but its metadata', (_what, object) => {
    const metadata = revised(everything, '8')
    const given = object as unknown as AnyObject
    expect(objectWith(given, metadata)).toStrictEqual({ ...object, metadata })
    expect(nextVersion(given, metadata, undefined)).toStrictEqual({ ...object, metadata })
  })

  it('keeps the very parts that its former version has, and copies others', () => {
    const before = { ...parts, kind: 'Pod', spec: { hostname: 'web-0' }, status: {} } as unknown as Pod
    const spec = { ...before.spec }
    const after = nextVersion({ ...before, spec }, revised(everything, '8'), before) as Pod
    expect(after.status).toBe(before.status)
    expect(after.spec).toStrictEqual(spec)
    expect(after.spec).not.toBe(spec)
    expect((nextVersion(before, revised(everything, '9'), before) as Pod).spec).toBe(before.spec)
  })
})
