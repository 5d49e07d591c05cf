/** From problems of the real reader to the words that are marked. */
import { expect, it } from 'vitest'
import { en } from '../../content/texts/en.ts'
import { readManifests } from '../../sim/manifest/index.ts'
import { wordsOf } from '../text.ts'
import { markedRange, remarksOf } from './remarks.ts'

const { say } = wordsOf({ catalogue: en, locale: 'en' })

function marked(text: string) {
  const lines = text.split('\n')
  return remarksOf(readManifests(text), say).map((remark) => {
    const { line, from, to } = markedRange(lines, remark)
    return [remark.kind, line + 1, (lines[line] ?? '').slice(from, to)]
  })
}

it('marks the word at which a problem stands', () => {
  expect(marked('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  nam: b\n')).toEqual([['problem', 5, 'nam']])
  expect(marked('apiVersion: v1\nkind: "Config Map"\nmetadata: {name: a}')).toEqual([['problem', 2, '"Config Map"']])
})

it('marks the line when there is no word, and the first one when no place is known', () => {
  expect(markedRange(['a: 1', '  b'], { kind: 'problem', message: '', line: 2, column: 9 })).toEqual({
    line: 1,
    from: 2,
    to: 3,
  })
  expect(markedRange(['a: 1'], { kind: 'problem', message: '' })).toEqual({ line: 0, from: 0, to: 1 })
  expect(markedRange(['a'], { kind: 'problem', message: '', line: 99, column: 99 })).toMatchObject({ line: 0 })
})

it('tells notices too, in our words, after the problems', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  uid: b\n'
  expect(marked(text)).toEqual([['notice', 3, 'metadata']])
  expect(remarksOf(readManifests(text), say)[0]?.message).toBe(
    say('notice.serverFieldsIgnored', { name: 'a', fields: 'uid' }),
  )
})
