/** One kubectl line as one act: all of its requests are done or none, and what is no request is refused by name. */
import { describe, expect, test } from 'vitest'
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
