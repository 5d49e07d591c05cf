/** One kubectl line as one act: all of its requests are done or none, and what is no request is refused by name. */
import { describe, expect, test } from 'vitest'
import type { AnyObject } from '../api/types.ts'
import { DEFAULT_SETTINGS, makeSim } from '../index.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'

const kernel = makeSim()
const start = kernel.create(1, DEFAULT_SETTINGS)
const line = 'kubectl create -f a.yaml'
const map = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: '1' } })
const give = (requests: unknown, world = start) =>
  kernel.dispatch(world, { type: 'kubectl', line, requests } as unknown as Command)
const names = ({ world }: ReturnType<typeof give>) =>
  listObjects(world.objects, 'ConfigMap', 'default').map(
    ({ metadata, data }) => `${metadata.name} ${JSON.stringify(data)}`,
  )

const create = (name: string) => ({ do: 'create', object: map(name) })
const patch = (name: string, change: object) => ({
  do: 'patch',
  kind: 'configmaps',
  namespace: 'default',
  name,
  patch: change,
})

describe('a patch of a line', () => {
  const { world } = give([create('a')])
  const change = (kind: string, name: string, patch: object, namespace?: string) =>
    give([{ do: 'patch', kind, name, patch, ...(namespace !== undefined && { namespace }) }], world).refusal?.message

  test.each([
    ['configmaps', 'a', { data: { a: 5 } }, 'cannot be handled as a ConfigMap: json: cannot unmarshal number'],
    ['configmaps', 'a', { apiVersion: null }, 'the kind and version of an object cannot be changed by a patch'],
    ['nodes', 'node-1', { spec: { taints: 5 } }, 'cannot be handled as a Node: json: cannot unmarshal number'],
    ['nodes', 'node-1', { metadata: { labels: 5 } }, 'cannot be handled as a Node'],
  ])('of %s %s with %j is refused', (kind, name, patch, message) => {
    expect(change(kind, name, patch, kind === 'nodes' ? undefined : 'default')).toContain(message)
  })

  test('of what the cluster writes itself changes its metadata alone', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web' },
      spec: {
        serviceName: 'web',
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    }
    const made = kernel.dispatch(world, { type: 'applyObjects', objects: [set as unknown as AnyObject] }).world
    const running = kernel.advance(made, made.now + 2_000).world
    const [revision] = listObjects(running.objects, 'ControllerRevision', 'default')
    const target = { do: 'patch', kind: 'controllerrevisions', namespace: 'default', name: revision?.metadata.name }
    expect(give([{ ...target, patch: { revision: 7 } }], running).refusal?.message).toContain('all but their metadata')
    expect(give([{ ...target, patch: { metadata: { labels: { x: 'y' } } } }], running).refusal).toBeUndefined()
    expect(give([{ ...target, patch: { metadata: { ownerReferences: [null] } } }], running).refusal).toBeDefined()
  })
})

describe('the requests of a line', () => {
  test('are done in their order; of each object the line is told once', () => {
    const done = give([
      create('a'),
      create('b'),
      patch('a', { data: { a: null, b: '2' } }),
      { do: 'delete', kind: 'cm', namespace: 'default', name: 'b' },
    ])
    expect(done.refusal).toBeUndefined()
    expect(names(done)).toEqual(['a {"b":"2"}'])
    const given = done.facts.filter(({ type }) => type === 'commandGiven')
    expect(given.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(given.every(({ detail }) => detail?.line === line)).toBe(true)
  })

  test('are all undone when one is refused', () => {
    const refused = give([create('a'), create('a')])
    expect(refused.refusal?.message).toBe('configmaps "a" already exists')
    expect(refused.world).toBe(start)
    expect(give([patch('nope', {})]).refusal?.message).toBe('configmaps "nope" not found')
  })

  test('cannot turn one object into another', () => {
    const { world } = give([create('a')])
    expect(give([patch('a', { metadata: { name: 'b' } })], world).refusal?.message).toContain('cannot be changed')
    expect(give([patch('a', { kind: 'Secret' })], world).refusal?.message).toContain('cannot be changed')
  })

  test.each([
    [[{ do: 'fly' }], 'kubectl: requests: unknown request "fly"'],
    [[{ do: 'patch', kind: 'cm', name: 'a' }], 'kubectl: requests: required field "patch" not set'],
    [[{ do: 'delete', kind: 'nothing', name: 'a' }], `error: the server doesn't have a resource type "nothing"`],
    ['none', 'kubectl: json: cannot unmarshal string into Go struct field kubectl.requests of type []v1.ApiRequest'],
    [undefined, 'kubectl: required field "requests" not set'],
  ])('%j is refused', (requests, message) => {
    expect(give(requests).refusal?.message).toBe(message)
  })
})
