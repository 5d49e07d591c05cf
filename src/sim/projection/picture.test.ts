/** Pictures of the real cluster: what is drawn, and that whatever did not change is the very same object. */
import { beforeAll, describe, expect, it } from 'vitest'
import { twoPods } from '../../content/manifests/twoPods.ts'
import { webV1 } from '../../content/manifests/webV1.ts'
import type { Picture, SetPicture } from '../index.ts'
import { DEFAULT_SETTINGS, makeSim, setOf } from '../index.ts'
import { readManifests } from '../manifest/index.ts'
import { HandRun, web } from './fixtures/run.ts'

const begun = (): HandRun => new HandRun(makeSim({}), DEFAULT_SETTINGS, readManifests(webV1).objects)

const setIn = (picture: Picture): SetPicture => {
  if (!picture.set) throw new Error('no set in the picture')
  return picture.set
}
/** `0:ready 1:absent | 2:terminating`: states in drawing order, condemned ones behind the bar. */
const drawn = (picture: Picture): string => {
  const { columns } = setIn(picture)
  const text = (place: string) =>
    columns.flatMap((column) => (column.place === place ? [`${column.ordinal}:${column.pod.state}`] : [])).join(' ')
  return [text('wanted'), text('condemned')].filter((part) => part !== '').join(' | ')
}
const rail = (picture: Picture): string =>
  setIn(picture)
    .columns.map(({ verdict }) => verdict)
    .join(' ')

describe('a set whose init containers fail', () => {
  it.each([
    ['bad', 'imageError'],
    ['crash', 'crashLoop'],
  ])('shows what is wrong: %s', (tag, state) => {
    const run = begun()
    const patch = { spec: { template: { spec: { initContainers: [{ name: 'prepare', image: `busybox:${tag}` }] } } } }
    run.give({ type: 'patchObject', ...web, kind: 'statefulsets', patch })
    run.until(() => setIn(run.picture()).columns[0]?.pod.state === state)
    expect(setIn(run.picture()).columns[0]?.pod.status).toMatch(/^Init:/)
  })
})

describe('a set whose pod is refused', () => {
  it('stops at the slot, where nothing was created', () => {
    const run = new HandRun(makeSim({}), DEFAULT_SETTINGS, readManifests(`${twoPods}---\n${webV1}`).objects)
    run.until(() => setIn(run.picture()).columns[2]?.pod.reason?.reason === 'quotaExceeded')
    expect(rail(run.picture())).toBe('accepted accepted stop')
  })
})

describe('a set as it starts', () => {
  const run = begun()

  it('draws every wanted slot before there is a pod', () => {
    const set = setIn(run.picture())
    expect(drawn(run.picture())).toBe('0:absent 1:absent 2:absent')
    expect(set.columns[0]).toMatchObject({
      name: { state: 'absent', name: 'web-0.nginx.default.svc.cluster.local' },
      pod: { name: 'web-0', status: '', containers: 0 },
      claims: [{ name: 'www-web-0', state: 'absent' }],
      volumes: [undefined],
    })
    expect(set.controller).toEqual({ syncs: 0, phase: 'idle', verdict: '' })
    expect(set.service).toMatchObject({
      exists: true,
      headless: true,
      selector: 'app=nginx',
      suffix: '.nginx.default.svc.cluster.local',
      published: 0,
      names: 3,
    })
  })

  it('shows where the controller stopped, and why what comes after waits', () => {
    run.untilFact('podRunning web-0')
    run.until(() => setIn(run.picture()).controller.verdict === 'waitForReady')
    const set = setIn(run.picture())
    expect(drawn(run.picture())).toBe('0:notReady 1:absent 2:absent')
    expect(rail(run.picture())).toBe('stop notReached notReached')
    expect(set.controller).toMatchObject({ phase: 'createInOrder', stoppedAt: 0, reason: { reason: 'podNotReady' } })
    expect(set.columns[1]?.pod.reason).toMatchObject({ reason: 'predecessorBlocks', on: 'Pod/default/web-0' })
    expect(set.columns[0]?.pod).toMatchObject({ status: 'Running', readyContainers: 0, containers: 1, restarts: 0 })
  })

  it('is whole in the end: names, addresses, claims with their volumes, one revision', () => {
    run.quiet()
    const set = setIn(run.picture())
    expect(drawn(run.picture())).toBe('0:ready 1:ready 2:ready')
    expect(rail(run.picture())).toBe('accepted accepted accepted')
    expect(set.controller).toMatchObject({ phase: 'settled', verdict: 'settled' })
    expect(set).toMatchObject({ desired: 3, replicas: 3, ready: 3, available: 3, rolling: false })
    expect(set.current).toMatchObject({ letter: 'A', pattern: 0 })
    for (const { name, pod, claims, volumes } of set.columns) {
      expect(name).toMatchObject({ state: 'published', address: pod.ip })
      expect(pod).toMatchObject({ image: 'nginx-slim:v1', revision: set.current, status: 'Running' })
      expect(pod.reason).toBeUndefined()
      expect(claims).toMatchObject([{ state: 'bound', status: 'Bound', capacity: '1Gi', accessModes: 'RWO' }])
      expect(volumes).toMatchObject([{ state: 'bound', reclaimPolicy: 'Delete' }])
    }
    expect(run.picture().nodes.map(({ pods }) => pods)).toEqual([1, 1, 1])
  })
})

describe('a set that changes', () => {
  const run = begun()
  beforeAll(() => run.quiet())

  it('counts the grace period down and keeps the name in caches', () => {
    run.give({ type: 'deletePod', namespace: 'default', name: 'web-1' })
    run.until(() => setIn(run.picture()).columns[1]?.name.state === 'cached')
    const column = setIn(run.picture()).columns[1]
    expect(column?.pod).toMatchObject({ state: 'terminating', status: 'Terminating' })
    expect(column?.pod.countdown).toMatchObject({ reason: { reason: 'shuttingDown' } })
    const { from = 0, until = 0 } = column?.pod.countdown ?? {}
    expect(from).toBeLessThanOrEqual(run.world.now)
    expect(until).toBeGreaterThan(run.world.now)
    expect(column?.name.cachedUntil).toBeGreaterThan(run.world.now)
    run.quiet()
  })

  it('draws condemned pods behind the wanted ones, then what they leave', () => {
    run.scale(1)
    run.untilFact('podTerminating web-2')
    expect(drawn(run.picture())).toBe('0:ready | 1:ready 2:terminating')
    run.quiet()
    expect(drawn(run.picture())).toBe('0:ready | 1:absent 2:absent')
    expect(setIn(run.picture()).columns[2]?.claims).toMatchObject([{ state: 'bound' }])
    run.scale(3)
    run.quiet()
  })

  it('marks revisions in order of appearance, and what the partition holds', () => {
    run.give({ type: 'setPartition', ...web, partition: 2 })
    run.image('v2')
    run.quiet()
    const set = setIn(run.picture())
    expect(set.columns.map(({ pod }) => pod.revision?.letter)).toEqual(['A', 'A', 'B'])
    expect(set.columns.map(({ heldByPartition }) => heldByPartition)).toEqual([true, true, false])
    expect(set).toMatchObject({
      rolling: true,
      toUpdate: 1,
      partition: 2,
      current: { letter: 'A' },
      update: { letter: 'B', pattern: 1 },
    })
    expect(set.controller).toMatchObject({ phase: 'settled', verdict: 'heldByPartition' })
    expect(set.controller.stoppedAt).toBeUndefined()
  })

  it('shows an image that cannot be pulled and a crash loop', () => {
    run.give({ type: 'setPartition', ...web, partition: 0 })
    run.image('bad')
    run.until(() => setIn(run.picture()).columns[2]?.pod.status === 'ImagePullBackOff')
    expect(setIn(run.picture()).columns[2]?.pod).toMatchObject({
      state: 'imageError',
      reason: { reason: 'imageCannotBePulled' },
    })
    run.image('v2')
    run.give({ type: 'deletePod', namespace: 'default', name: 'web-2' })
    run.quiet()
    run.give({ type: 'crashContainer', namespace: 'default', name: 'web-2' })
    run.until(() => setIn(run.picture()).columns[2]?.pod.state === 'crashLoop')
    run.quiet()
    expect(setIn(run.picture()).columns[2]?.pod).toMatchObject({ state: 'ready', restarts: 1 })
  })

  it('shows files on the volume of the slot that wrote them', () => {
    const path = '/usr/share/nginx/html/index.html'
    run.give({ type: 'writeFile', namespace: 'default', name: 'web-1', path, text: 'hello\n' })
    expect(setIn(run.picture()).columns.map(({ volumes }) => volumes[0]?.files.length)).toEqual([0, 1, 0])
  })

  it('draws what a deleted set leaves, as long as it is in focus', () => {
    run.give({ type: 'deleteStatefulSet', ...web, cascade: 'background' })
    run.quiet()
    const picture = run.picture({ focus: 'StatefulSet/default/web' })
    expect(setIn(picture)).toMatchObject({ exists: false, desired: 0, name: 'web' })
    expect(drawn(picture)).toBe(' | 0:absent 1:absent 2:absent'.trimStart().replace('| ', ''))
    expect(setIn(picture).columns.every(({ claims }) => claims[0]?.state === 'bound')).toBe(true)
    expect(run.picture().set).toBeUndefined()
  })
})

describe('identity', () => {
  it('is kept by every part in which nothing changed', () => {
    const run = begun()
    run.scale(8)
    run.quiet()
    const before = setIn(run.picture())
    expect(setIn(run.picture())).toBe(before)
    run.give({ type: 'setReadiness', namespace: 'default', name: 'web-3', ready: false })
    run.until(() => setIn(run.picture()).columns[3]?.pod.state === 'notReady')
    const after = setIn(run.picture())
    expect(after.columns.map((column, ordinal) => column === before.columns[ordinal])).toEqual(
      before.columns.map((_, ordinal) => ordinal !== 3),
    )
    expect(after.columns[3]?.claims[0]).toBe(before.columns[3]?.claims[0])
    expect(after.columns[3]?.volumes[0]).toBe(before.columns[3]?.volumes[0])
  })

  it('is the same picture whatever was drawn before', () => {
    const drawnOften = begun()
    const drawnOnce = begun()
    for (let steps = 0; steps < 150; steps++) {
      drawnOften.step()
      drawnOften.picture()
      drawnOnce.step()
    }
    expect(drawnOnce.picture()).toEqual(drawnOften.picture())
  })
})

describe('what an object belongs to', () => {
  const run = begun()
  beforeAll(() => run.quiet())
  it.each([
    ['StatefulSet/default/web', true],
    ['Pod/default/web-1', true],
    ['PersistentVolumeClaim/default/www-web-1', true],
    ['Service/default/nginx', true],
    ['PersistentVolumeClaim/default/www-other-1', false],
    ['Node//node-a', false],
  ] as const)('%s', (key, belongs) => {
    expect(setOf(run.world, key)).toBe(belongs ? 'StatefulSet/default/web' : undefined)
  })
})
