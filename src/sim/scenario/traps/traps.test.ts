/** Each of the 57 known traps of a naive simulator has a test of its name beside this file, or a line in docs/model.md. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const here = new URL('.', import.meta.url)
const tests = readdirSync(here).filter((file) => file.endsWith('.test.ts') && file !== 'traps.test.ts')
const titles = tests.flatMap((file) => [
  ...readFileSync(new URL(file, here), 'utf8').matchAll(/^it(?:\.each\(.*\))?\('trap (\d+): /gm),
])
const model = readFileSync(new URL('../../../../docs/model.md', import.meta.url), 'utf8')
const told = new Set([...titles, ...model.matchAll(/\btrap (\d+)\b/gi)].map(([, number]) => Number(number)))

it.each(Array.from({ length: 57 }, (_, index) => index + 1))('trap %i', (number) => {
  expect(told.has(number)).toBe(true)
})
