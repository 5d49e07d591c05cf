import { describe, expect, test } from 'vitest'
import { Grammar, readMessage, slotsOf } from './messages.ts'
import { pseudo } from './pseudo.ts'

const english = new Grammar('en')
const chinese = new Grammar('zh-CN')

const say = (text: string, values: Record<string, string | number> = {}, grammar = english) =>
  grammar.fill<string | number, string>(readMessage(text), values, (_mark, inner) => inner).join('')

describe('a message', () => {
  test.each([
    ['Fit everything', {}, 'Fit everything'],
    ['{name} waits for {on}', { name: 'web-1', on: 'web-0' }, 'web-1 waits for web-0'],
    ['it’s {name}', { name: 'web' }, 'it’s web'],
    ["it's {name}", { name: 'web' }, "it's web"],
    ['ordinal #{n}', { n: 3 }, 'ordinal #3'],
    ['<b>{name}</b> is <k>gone</k>', { name: 'web-1' }, 'web-1 is gone'],
    ['{ready}/{desired}', { ready: 0, desired: 3 }, '0/3'],
  ])('%s', (text, values, said) => {
    expect(say(text, values)).toBe(said)
  })

  test('an unfilled slot shows its name', () => {
    expect(say('{name} waits')).toBe('{name} waits')
  })

  test('marks are handed over with what is in them', () => {
    const parts = english.fill<string, object>(
      readMessage('<b>Stops at {pod}:</b> not Ready'),
      { pod: 'web-1' },
      (mark, inner) => ({
        mark,
        inner,
      }),
    )
    expect(parts).toEqual([{ mark: 'b', inner: ['Stops at ', 'web-1', ':'] }, ' not Ready'])
  })
})

describe('a plural', () => {
  const text = '{count, plural, =0 {no pods} one {# pod} other {# pods}} left'

  test.each([
    [0, 'no pods left'],
    [1, '1 pod left'],
    [2, '2 pods left'],
    [12_345, '12,345 pods left'],
  ])('of %i', (count, said) => {
    expect(say(text, { count })).toBe(said)
  })

  test('follows the rules of the language', () => {
    expect(say('{count, plural, one {# only} other {# 个}}', { count: 1 }, chinese)).toBe('1 个')
  })

  test('holds slots and marks inside its branches', () => {
    expect(say('{count, plural, other {<b>#</b> of {all}}}', { count: 2, all: 5 })).toBe('2 of 5')
  })
})

describe('a bad message', () => {
  test.each([
    '{name',
    '{name, select, a {x} other {y}}',
    '{n, plural, one {#}}',
    '{n, plural, other {#}',
    '<b>open',
    'closed</b>',
    'a } b',
    '{a b}',
  ])('%s', (text) => {
    expect(() => readMessage(text)).toThrow('bad message')
  })
})

test('the slots of a message are known by name', () => {
  expect(slotsOf(readMessage('{a} <b>{b}</b> {c, plural, one {{d}} other {#}}'))).toEqual(['a', 'b', 'c', 'd'])
})

describe('the pseudo-language', () => {
  const pseudoSay = (text: string, values: Record<string, string | number> = {}) =>
    english.fill<string | number, string>(pseudo(readMessage(text)), values, (_mark, inner) => inner).join('')

  test('accents letters, keeps slots, and is longer', () => {
    expect(pseudoSay('Delete {name}', { name: 'web-0' })).toBe('⟦Đéļéţé web-0···⟧')
  })

  test('reaches into plurals and marks', () => {
    expect(pseudoSay('<b>Stops</b> {count, plural, one {# pod} other {# pods}}', { count: 2 })).toMatch(
      /^⟦Šţöþš 2 þöđš·+⟧$/,
    )
  })
})
