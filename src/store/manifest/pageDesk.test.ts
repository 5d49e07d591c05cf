/** The manifest desk on the real cluster: what runs goes out and comes back, refusals have a place, nothing is half done. */
import { describe, expect, it } from 'vitest'
import { worked } from '../../fixtures/worked.ts'
import type { AnyObject } from '../../sim/index.ts'
import { ALL_KINDS, objectsOf } from '../../sim/index.ts'
import { openPage } from '../fixtures/page.ts'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

async function openDesk(search = '?clock=manual&scenario=rolling-update') {
  const { store } = await openPage(search)
  const { verbs } = store.getState()
  return { store, verbs, desk: await verbs.openManifests() }
}

type Open = Awaited<ReturnType<typeof openDesk>>

/** Every object without what kubectl itself notes in it, and without the version that such a note costs. */
const cluster = ({ store }: Open) =>
  ALL_KINDS.flatMap((kind): readonly AnyObject[] => objectsOf(store.getState().world, kind))
    .filter(({ kind }) => kind !== 'Event')
    .map((object) => {
      const { resourceVersion: _version, annotations, ...metadata } = object.metadata
      const { [LAST_APPLIED]: _note, ...others } = annotations ?? {}
      return { ...object, metadata: { ...metadata, annotations: others } }
    })

const replicas = ({ store }: Open) => objectsOf(store.getState().world, 'StatefulSet')[0]?.spec.replicas

/** Everything that can be written, some of it with fields that the server fills. */
const MANY = `apiVersion: v1
kind: Namespace
metadata: {name: other}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: words, finalizers: [example.com/hold]}
data: {a: "1"}
---
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {app: nginx}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: fixed}
spec: {clusterIP: 10.96.7.7, selector: {app: nginx}, ports: [{port: 80}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: alone}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: single}
spec: {containers: [{name: c, image: busybox}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: nginx}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: nginx}}}
`

describe('what runs', () => {
  it.each(['ordered-start', 'rolling-update', 'zookeeper'])(
    'of %s can be read and applied, which changes nothing',
    async (id) => {
      const open = await openDesk(`?clock=manual&scenario=${id}`)
      open.verbs.advance(120_000)
      expect(open.desk.apply(MANY)).toEqual([])
      open.verbs.advance(60_000)
      const [text, before] = [open.desk.running(), cluster(open)]
      expect(open.desk.check(text)).toEqual({
        problems: [],
        notices: expect.not.arrayContaining([expect.objectContaining({ code: 'serverFieldsIgnored' })]),
      })
      expect(open.desk.apply(text)).toEqual([])
      expect(cluster(open)).toEqual(before)
      expect(open.desk.running()).toBe(text)
      expect(open.verbs.forecast().facts).toEqual([])
    },
  )

  it('builds the same set in an empty cluster', async () => {
    const open = await openDesk()
    open.verbs.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 })
    open.verbs.advance(120_000)
    const text = open.desk.running()
    const other = await openDesk()
    expect(other.verbs.load({ manifests: text })).toBeUndefined()
    expect(replicas(other)).toBe(4)
    expect(other.desk.running()).toBe(text)
    expect(other.desk.start()).toBe(text)
  })

  it('holds nothing that is the server’s, or that controllers made', async () => {
    const open = await openDesk()
    open.desk.apply(MANY)
    open.verbs.advance(60_000)
    const text = open.desk.running()
    for (const word of [
      'uid:',
      'resourceVersion:',
      'creationTimestamp:',
      'status:',
      'last-applied',
      'generation:',
      'volumeName:',
      'nodeName:',
      'name: web-0',
      'kubernetes.io/pvc-protection',
    ])
      expect(text).not.toContain(word)
    expect(text.match(/clusterIP: .*/g)?.sort()).toEqual(['clusterIP: 10.96.7.7', 'clusterIP: None'])
    expect(text).toContain('example.com/hold')
  })
})

describe('a text', () => {
  it('is the scenario’s own at the start, and applying it changes nothing', async () => {
    const { desk } = await openDesk()
    expect(desk.start()).toContain('kind: StatefulSet')
    const changes = desk.changes(desk.start())
    expect(changes).toMatchObject({ before: expect.stringContaining('kind: StatefulSet') })
    expect('before' in changes && changes.before).toBe('after' in changes && changes.after)
  })

  it('shows what applying would change and changes nothing itself', async () => {
    const open = await openDesk()
    const { world } = open.store.getState()
    const text = open.desk.start().replace(/replicas: \d+/, 'replicas: 5')
    const changes = open.desk.changes(text)
    expect('after' in changes && changes.after).toContain('replicas: 5')
    expect('before' in changes && changes.before).not.toContain('replicas: 5')
    expect(open.store.getState().world).toBe(world)
  })

  it('is applied as one act that can be undone', async () => {
    const open = await openDesk()
    const before = replicas(open)
    expect(open.desk.apply(open.desk.start().replace(/replicas: \d+/, 'replicas: 5'))).toEqual([])
    expect(replicas(open)).toBe(5)
    expect(open.store.getState().lastAct?.command.type).toBe('applyObjects')
    open.verbs.undo()
    expect(replicas(open)).toBe(before)
  })

  it('is refused where the API server refuses, with the place of the field, and nothing of it is applied', async () => {
    const open = await openDesk()
    const { world } = open.store.getState()
    const set = open.desk
      .start()
      .replace(/podManagementPolicy: .*\n/, '')
      .replace(/( *)serviceName: .*/, '$1serviceName: another')
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: first\n---\n${set}`
    const { problems } = open.desk.check(text)
    expect(problems).toHaveLength(1)
    const [problem] = problems
    expect(problem?.message).toContain('updates to statefulset spec')
    expect(text.split('\n')[(problem?.line ?? 0) - 1]).toMatch(/^spec:/)
    expect(open.desk.apply(text)).toEqual(problems)
    expect(open.desk.changes(text)).toEqual({ problems })
    expect(open.store.getState().world).toBe(world)
    expect(open.store.getState().notices).toEqual([])
  })

  it.each([
    ['far too long', 'a'.repeat(10_000_000)],
    ['nested too deeply', '['.repeat(200_000)],
    ['nested by indentation', Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    [
      'full of references',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 40 }, (_, n) => `b${n}: &b${n} [${`*${n ? `b${n - 1}` : 'a'},`.repeat(9)}]`).join('\n')}`,
    ],
    ['full of control characters', '\u0000\u0007\u001b[31m'.repeat(2000)],
    ['a script', '<script>globalThis.hurt = true</script>'],
    ['another script', 'apiVersion: v1\nkind: "<img src=x onerror=hurt()>"\nmetadata: {name: a}'],
  ])('%s is refused within a second', async (_what, text) => {
    const { desk } = await openDesk()
    const begun = worked()
    expect(desk.check(text).problems.length).toBeGreaterThan(0)
    expect(worked() - begun).toBeLessThan(1000)
  })
})

it('knows the fields at a place, and none where there is none', async () => {
  const { desk } = await openDesk()
  const names = (kind: string, path: readonly (string | number)[]) =>
    desk.fieldsAt('apps/v1', kind, path).map(({ owner, name }) => `${owner}.${name}`)
  expect(names('StatefulSet', ['spec'])).toContain('StatefulSetSpec.podManagementPolicy')
  expect(names('StatefulSet', ['spec', 'template', 'spec', 'containers', 0])).toContain('Container.readinessProbe')
  expect(names('StatefulSet', ['spec', 'nothing'])).toEqual([])
  expect(names('Deployment', ['spec'])).toEqual([])
})
