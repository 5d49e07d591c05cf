import { expect, test } from 'vitest'
import type { Entry } from './paletteEntries.ts'
import { found } from './paletteSearch.ts'

const entry = (id: string, group: Entry['group'], label: string, note?: string): Entry => ({
  id,
  group,
  label,
  ...(note !== undefined && { note }),
  perform: () => {},
})

const entries = [
  entry('page 1', 'page', 'Theme: dark'),
  entry('act 1', 'acts', 'Scale to 4', 'kubectl scale sts web --replicas=4'),
  entry('act 2', 'acts', 'Delete pod', 'kubectl delete pod web-1'),
  entry('story 1', 'scenarios', 'Delete a pod', 'The same name comes back'),
]

const ids = (typed: string) => found(entries, typed).map(([group, some]) => [group, some.map(({ id }) => id)])

test('all is there until something is typed, in the order of the groups', () => {
  expect(ids(' ')).toEqual([
    ['acts', ['act 1', 'act 2']],
    ['scenarios', ['story 1']],
    ['page', ['page 1']],
  ])
})

test('what fits best comes first, in its group and with its group', () => {
  expect(ids('theme')[0]).toEqual(['page', ['page 1']])
  expect(ids('delete pod')[0]).toEqual(['acts', ['act 2']])
  expect(ids('delete a pod')[0]).toEqual(['scenarios', ['story 1']])
})

test('lines and summaries are searched, and what fits nothing leaves nothing', () => {
  expect(ids('replicas=4')).toEqual([['acts', ['act 1']]])
  expect(ids('same name')).toEqual([['scenarios', ['story 1']]])
  expect(ids('zzz')).toEqual([])
})
