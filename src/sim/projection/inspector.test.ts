/** What the inspector tells: events near an object, rows about it, lines that changed; and the letters of revisions. */
import { beforeAll, describe, expect, it } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import type { Fact } from '../index.ts'
import {
  ALL_KINDS,
  DEFAULT_SETTINGS,
  eventCountOf,
  eventsOf,
  extendRevisionOrder,
  keyOfObject,
  makeSim,
  markOf,
  objectsOf,
} from '../index.ts'
import { readManifests } from '../manifest/index.ts'
import { HandRun } from './fixtures/run.ts'
import { diffLines, overviewOf } from './index.ts'

const begun = (): HandRun => new HandRun(makeSim({}), DEFAULT_SETTINGS, readManifests(webV1).objects)

const run = begun()
beforeAll(() => {
  run.quiet()
  run.image('v2')
  run.quiet()
})

describe('events', () => {
  it('come newest first, the same list while nothing is added', () => {
    const events = eventsOf(run.world)
    expect(events.length).toBeGreaterThan(10)
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => b - a))
    expect(eventsOf(run.world)).toBe(events)
  })

  it('near a pod are its own, its claim’s, and what the controller says about it by name', () => {
    const near = eventsOf(run.world, 'Pod/default/web-1')
    const objects = new Set(near.map(({ object }) => object))
    expect([...objects].sort()).toEqual(['persistentvolumeclaim/www-web-1', 'pod/web-1', 'statefulset/web'])
    expect(
      near.filter(({ object }) => object === 'statefulset/web').every(({ message }) => message.includes('web-1')),
    ).toBe(true)
  })

  it('near a set are those of its pods and claims too', () => {
    expect(eventsOf(run.world, 'StatefulSet/default/web')).toHaveLength(eventsOf(run.world).length)
    expect(eventCountOf(run.world)).toBe(eventsOf(run.world).length)
    expect(eventsOf(run.world, 'StatefulSet/default/other')).toEqual([])
  })
})

describe('an overview', () => {
  const rows = (key: Parameters<typeof overviewOf>[1]) =>
    overviewOf(run.world, key).map(({ code, value, key: to }) => `${code}=${value}${to ? ` → ${to}` : ''}`)

  it('of a Service and its slice says how each address stands', () => {
    const slice = objectsOf(run.world, 'EndpointSlice')[0]
    for (const key of ['Service/default/nginx', slice && keyOfObject(slice)] as const)
      expect(rows(key as Parameters<typeof overviewOf>[1]).filter((row) => row.startsWith('endpoint'))).toEqual([
        expect.stringMatching(/^endpoint=10\.244\.\d\.\d+ \(ready\) → Pod\/default\/web-\d$/),
        expect.stringMatching(/\(ready\)/),
        expect.stringMatching(/\(ready\)/),
      ])
    expect(rows('Service/default/nginx')).toContain('type=IPv4 (SingleStack)')
  })

  it('of a claim, its volume and its class says what is on them, and which claims are of the class', () => {
    const other = begun()
    other.quiet()
    const path = '/usr/share/nginx/html/index.html'
    other.give({ type: 'writeFile', namespace: 'default', name: 'web-0', path, text: `kept${'.'.repeat(500)}` })
    const told = (key: Parameters<typeof overviewOf>[1]) => overviewOf(other.world, key)
    const file = told('PersistentVolumeClaim/default/www-web-0').find(({ code }) => code === 'file')?.value
    expect(file).toMatch(/^index\.html: kept\.{396}…$/)
    const claims = told('StorageClass//standard' as never).filter(({ code }) => code === 'claim')
    expect(claims.map(({ value }) => value)).toEqual(['www-web-0', 'www-web-1', 'www-web-2'])
  })

  it('of a pod says what kubectl says, and leads to what it names', () => {
    expect(rows('Pod/default/web-0')).toEqual(
      expect.arrayContaining([
        'status=Running',
        'ready=1/1',
        expect.stringMatching(/^node=(node-\w+|\S+) → Node\/\/\S+$/),
        'host=web-0.nginx',
        'image=registry.k8s.io/nginx-slim:v2',
        'claim=www-web-0 → PersistentVolumeClaim/default/www-web-0',
        'owner=statefulset/web → StatefulSet/default/web',
      ]),
    )
  })

  it('of a set counts, of a claim names volume and pods', () => {
    expect(rows('StatefulSet/default/web')).toEqual(
      expect.arrayContaining([
        'replicas=3/3',
        'ready=3/3',
        'strategy=RollingUpdate',
        'service=nginx → Service/default/nginx',
      ]),
    )
    expect(rows('PersistentVolumeClaim/default/www-web-2')).toEqual(
      expect.arrayContaining(['status=Bound', 'capacity=1Gi', 'accessModes=RWO', 'usedBy=web-2 → Pod/default/web-2']),
    )
  })

  it('is there for every object of every kind, and ends with what all have', () => {
    for (const kind of ALL_KINDS)
      for (const object of objectsOf(run.world, kind)) {
        const told = overviewOf(run.world, keyOfObject(object))
        expect(told.at(-1)).toEqual({ code: 'uid', value: object.metadata.uid })
        expect(told.every(({ value }) => value !== '' && !value.includes('undefined'))).toBe(true)
      }
    expect(overviewOf(run.world, 'Pod/default/web-9')).toEqual([])
  })
})

describe('changed lines', () => {
  const marked = (before: string, after: string) =>
    diffLines(before, after).map(({ mark, text }) => `${{ same: ' ', added: '+', removed: '-' }[mark]}${text}`)

  it.each([
    ['a\nb\nc\n', 'a\nb\nc\n', [' a', ' b', ' c']],
    ['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
    ['', 'a\n', ['+a']],
    ['a\n', '', ['-a']],
    ['a\na\nb', 'a\nb', [' a', '-a', ' b']],
    ['x\na\nb\ny', 'a\nq\nb', ['-x', ' a', '+q', ' b', '-y']],
  ])('%j → %j', (before, after, expected) => {
    expect(marked(before, after)).toEqual(expected)
  })
})

describe('letters', () => {
  const created = (name: string) => ({ type: 'revisionCreated', name }) as Fact

  it('follow the order of appearance, for each set from A', () => {
    const order = extendRevisionOrder({}, ['web-1', 'zk-9', 'web-2', 'web-1', 'my-web-5'].map(created))
    expect(['web-1', 'web-2', 'zk-9', 'my-web-5'].map((name) => markOf(order, name).letter)).toEqual([
      'A',
      'B',
      'A',
      'A',
    ])
    expect(markOf(order, 'web-7')).toEqual({ letter: '?', pattern: 0, name: 'web-7' })
    expect(extendRevisionOrder(order, [created('web-1')])).toBe(order)
  })

  it('go on after Z, patterns after the fifth', () => {
    const order = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`web-${index}`, index]))
    expect([0, 25, 26, 51, 52].map((index) => markOf(order, `web-${index}`).letter)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
    ])
    expect([4, 5, 6].map((index) => markOf(order, `web-${index}`).pattern)).toEqual([4, 0, 1])
  })
})
