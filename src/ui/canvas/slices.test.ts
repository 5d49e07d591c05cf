// @vitest-environment node
import { expect, test } from 'vitest'
import type { ObjectKey } from '../../sim/index.ts'
import { column, setOf } from './fixtures.ts'
import { columnOf, ordinalOfKey } from './slices.ts'

const set = setOf([column(0, 'ready'), column(3, 'ready')])
const volume = set.columns[1]?.volumes[0]?.key

test('a column is found by its ordinal, not by its position', () => {
  expect(columnOf(set, 3)).toBe(set.columns[1])
  expect(columnOf(set, 1)).toBeUndefined()
  expect(columnOf(undefined, 0)).toBeUndefined()
})

test.each([
  ['Pod/default/web-3', 3],
  ['PersistentVolumeClaim/default/www-web-3', 3],
  [volume, 3],
  ['Service/default/nginx', undefined],
  ['Pod/default/other', undefined],
  [undefined, undefined],
] as const)('%s belongs to ordinal %s', (key, ordinal) => {
  expect(ordinalOfKey(set, key as ObjectKey | undefined)).toBe(ordinal)
})
