/** What is offered where, by the real table of fields. The cursor is marked by `|`. */
import { expect, it } from 'vitest'
import { en } from '../../content/texts/en.ts'
import { fieldsAt } from '../../sim/manifest/index.ts'
import { wordsOf } from '../text.ts'
import { fieldAt, offersAt } from './completing.ts'

const { say } = wordsOf({ catalogue: en, locale: 'en' })

function place(marked: string) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n')
  return [marked.replace('|', '').split('\n'), before.length - 1, before.at(-1)?.length ?? 0] as const
}

const offers = (marked: string) => offersAt(...place(marked), fieldsAt, say)?.offers ?? []
const labels = (marked: string) => offers(marked).map(({ label }) => label)

const head = 'apiVersion: apps/v1\nkind: StatefulSet\n'

it('offers the fields of the struct at hand, with type and meaning', () => {
  expect(labels(`${head}spec:\n  |`)).toEqual(
    expect.arrayContaining(['replicas', 'serviceName', 'volumeClaimTemplates']),
  )
  const found = offers(`${head}spec:\n  pod|`).find(({ label }) => label === 'podManagementPolicy')
  expect(found).toMatchObject({
    text: 'podManagementPolicy: ',
    type: 'string',
    about: say('field.StatefulSetSpec.podManagementPolicy'),
  })
  expect(labels(`${head}spec:\n  template:\n    spec:\n      containers:\n      - im|`)).toContain('image')
})

it('offers the values of a field that takes only certain ones', () => {
  expect(labels(`${head}spec:\n  podManagementPolicy: |`)).toEqual(['OrderedReady', 'Parallel'])
  expect(labels(`${head}spec:\n  replicas: |`)).toEqual([])
  expect(labels('apiVersion: |')).toContain('apps/v1')
  expect(labels('apiVersion: apps/v1\nkind: |')).toEqual(['StatefulSet'])
})

it('begins an object, and offers nothing where nothing is known', () => {
  expect(labels('|')).toEqual(['apiVersion', 'kind', 'metadata', 'spec'])
  expect(labels('apiVersion: apps/v1\nkind: Deployment\nspec:\n  re|')).toEqual([])
})

it('only names fields and values that the API has', () => {
  const described = Object.keys(en).flatMap((key) => /^field\.(\w+)\.(\w+)$/.exec(key)?.slice(1, 3).join('.') ?? [])
  expect(described.length).toBeGreaterThan(15)
  const paths = [
    [],
    ['updateStrategy'],
    ['updateStrategy', 'rollingUpdate'],
    ['template', 'spec'],
    ['template', 'spec', 'containers', 0],
  ]
  const known = new Set(
    [
      ...paths.flatMap((path) => fieldsAt('apps/v1', 'StatefulSet', ['spec', ...path])),
      ...fieldsAt('v1', 'Service', ['spec']),
      ...fieldsAt('policy/v1', 'PodDisruptionBudget', ['spec']),
    ].map(({ owner, name }) => `${owner}.${name}`),
  )
  expect(described.filter((name) => !known.has(name))).toEqual([])
})

it('knows the field under the pointer', () => {
  expect(fieldAt(...place(`${head}spec:\n  repl|icas: 3`), fieldsAt, say)).toEqual({
    name: 'replicas',
    type: 'integer',
    about: say('field.StatefulSetSpec.replicas'),
    from: 2,
    to: 10,
  })
  expect(fieldAt(...place(`${head}spec:\n  replicas: |3`), fieldsAt, say)).toBeUndefined()
  expect(fieldAt(...place(`${head}spec:\n  repl|ica: 3`), fieldsAt, say)).toBeUndefined()
})
