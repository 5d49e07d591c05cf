/** What counts as the same to the API server, and the short way to know that nothing else changed. */
import { expect, it } from 'vitest'
import { sameSemantically, sharesAllBut } from './semanticEquality.ts'

it('takes absent and empty for the same, at any depth', () => {
  expect(sameSemantically({ a: 1, list: [] }, { a: 1 })).toBe(true)
  expect(sameSemantically({ a: { b: {} } }, {})).toBe(true)
  expect(sameSemantically({ a: 1 }, { a: 2 })).toBe(false)
  expect(sameSemantically({}, { a: 1 })).toBe(false)
})

it('knows that all but some fields are shared', () => {
  const containers = [{ name: 'nginx' }]
  const free = new Set(['nodeName'])
  expect(sharesAllBut({ containers, nodeName: 'node-1' }, { containers }, free)).toBe(true)
  expect(sharesAllBut({ containers }, { containers, nodeName: 'node-1' }, free)).toBe(true)
  expect(sharesAllBut({ containers }, { containers: [...containers] }, free)).toBe(false)
  expect(sharesAllBut({ containers }, { containers, hostname: 'web' }, free)).toBe(false)
  expect(sharesAllBut({ containers, hostname: 'web' }, { containers }, free)).toBe(false)
})
