import { describe, expect, it } from 'vitest'
import { columnsOf, placeBehind } from './columns.ts'
import { completed, inColumns } from './completing.ts'
import { keystrokesOf } from './keystrokes.ts'
import type { Edit, Line } from './lineEditor.ts'
import { EMPTY, edited, inserted, lineOf } from './lineEditor.ts'
import type { Pressed } from './typist.ts'
import { NOT_TYPING, pressed } from './typist.ts'

/** A line with the cursor at the bar. */
const line = (text: string): Line => ({ text: text.replace('|', ''), at: text.indexOf('|'), killed: '' })
const shown = ({ text, at }: Line): string => `${text.slice(0, at)}|${text.slice(at)}`
const keyed = (text: string, ...edits: Edit[]): string => shown(edits.reduce(edited, line(text)))

describe('the line editor', () => {
  it.each<[string, Edit, string]>([
    ['ab|c', 'left', 'a|bc'],
    ['|abc', 'left', '|abc'],
    ['ab|c', 'right', 'abc|'],
    ['abc|', 'right', 'abc|'],
    ['get pods web-0|', 'wordLeft', 'get pods web-|0'],
    ['get |pods -n', 'wordRight', 'get pods| -n'],
    ['ab|c', 'home', '|abc'],
    ['a|bc', 'end', 'abc|'],
    ['ab|c', 'backspace', 'a|c'],
    ['|abc', 'backspace', '|abc'],
    ['a|bc', 'delete', 'a|c'],
    ['a|bc', 'killEnd', 'a|'],
    ['ab|c', 'killStart', '|c'],
    ['get po/web-0 |', 'killWord', 'get |'],
    ['get |pods web', 'killWordRight', 'get | web'],
    ['ab|cd', 'transpose', 'acb|d'],
    ['abc|', 'transpose', 'acb|'],
    ['|abc', 'transpose', '|abc'],
  ])('%s, %s: %s', (before, edit, expected) => expect(keyed(before, edit)).toBe(expected))

  it('gives back what was killed last', () => {
    expect(keyed('get |pods', 'killEnd', 'home', 'yank')).toBe('pods|get ')
  })

  it('takes a letter with its signs, and a Chinese one, as one', () => {
    expect(keyed('中文|', 'left')).toBe('中|文')
    expect(keyed('👩‍💻|', 'backspace')).toBe('|')
    expect(keyed('节点 一|', 'wordLeft')).toBe('节点 |一')
  })

  it('puts text in where the cursor is', () => {
    expect(shown(inserted(line('a|d'), 'bc'))).toBe('abc|d')
  })
})

const history = ['kubectl get pods', 'ls', 'kubectl get sts', 'echo done']

/** Types keys as a terminal sends them. */
function typed(data: string, from = NOT_TYPING): Pressed {
  return keystrokesOf(data).reduce<Pressed>((state, stroke) => pressed(state.typing, stroke, history), { typing: from })
}
const text = (data: string): string => typed(data).typing.line.text

const UP = '\u001b[A'
const DOWN = '\u001b[B'

describe('keys', () => {
  it('reads what a terminal sends', () => {
    expect(keystrokesOf('ab\u001b[D\u0001\u001bb中\r')).toEqual([
      { text: 'ab' },
      { key: 'left' },
      { key: 'home' },
      { key: 'wordLeft' },
      { text: '中' },
      { key: 'enter' },
    ])
    expect(keystrokesOf('\u001b[200~x\u001b[99;5u\u0000')).toEqual([{ text: 'x' }])
  })

  it('asks for what is not a matter of the line', () => {
    expect(typed('ls\r').wish).toBe('enter')
    expect(typed('ls\t').wish).toBe('complete')
    expect(typed('ls\u0003').wish).toBe('interrupt')
    expect(typed('\u000c').wish).toBe('clear')
    expect(typed('\u0004').wish).toBe('end of input')
    expect(typed('ab\u0001\u0004').wish).toBeUndefined()
    expect(text('ab\u0001\u0004')).toBe('b')
  })
})

describe('history', () => {
  it('goes back and forth, and comes back to what was being typed', () => {
    expect(text(UP)).toBe('echo done')
    expect(text(`${UP}${UP}`)).toBe('kubectl get sts')
    expect(text(`dra${UP}${UP}${DOWN}${DOWN}`)).toBe('dra')
    expect(text(UP.repeat(9))).toBe('kubectl get pods')
    expect(text(DOWN)).toBe('')
    expect(text('\u001b<')).toBe('kubectl get pods')
    expect(text('dra\u001b<\u001b>')).toBe('dra')
  })

  it('is searched with Ctrl-R, older ones with another', () => {
    expect(text('\u0012get')).toBe('kubectl get sts')
    expect(text('\u0012get\u0012')).toBe('kubectl get pods')
    expect(typed('\u0012get\u0012\u0012').typing).toMatchObject({
      search: { fails: true },
      line: { text: 'kubectl get pods' },
    })
    expect(text('\u0012getx\u007f')).toBe('kubectl get sts')
  })

  it('runs, edits or leaves what was found', () => {
    expect(typed('\u0012ls\r')).toMatchObject({ wish: 'enter', typing: { line: { text: 'ls' } } })
    expect(text('\u0012ls\u0005 -l')).toBe('ls -l')
    expect(text('mine\u0012ls\u0007')).toBe('mine')
  })
})

describe('completion', () => {
  const done = (before: string, current: string, ...words: string[]) => {
    const { line: made, choice } = completed(line(before), { from: 0, current, words })
    return [shown(made), ...choice]
  }

  it('writes the only word and a blank', () => {
    expect(done('get po|', 'po', 'pods')).toEqual(['get pods |'])
    expect(done('scale --rep|', '--rep', '--replicas=')).toEqual(['scale --replicas=|'])
    expect(done('cat mo|', 'mo', 'more/')).toEqual(['cat more/|'])
  })

  it('writes what all have in common, then offers the choice', () => {
    expect(done('get po w|', 'w', 'web-0', 'web-1')).toEqual(['get po web-|'])
    expect(done('get po web-|', 'web-', 'web-0', 'web-1')).toEqual(['get po web-|', 'web-0', 'web-1'])
  })

  it('leaves a line alone that nothing fits, and what stands behind the cursor', () => {
    expect(done('get x|', 'x')).toEqual(['get x|'])
    expect(done('get po| -o wide', 'po', 'pods')).toEqual(['get pods | -o wide'])
  })

  it('lists in columns, downwards', () => {
    expect(inColumns(['a', 'b', 'c', 'd', 'e'], 9)).toBe('a  c  e\nb  d')
    expect(inColumns(['long-name'], 4)).toBe('long-name')
  })
})

describe('columns', () => {
  it('counts Chinese letters twice and signs on letters not at all', () => {
    expect(columnsOf('a中e\u0301')).toBe(4)
  })

  it('knows where the cursor comes to stand', () => {
    expect(placeBehind('abc', 4)).toEqual({ row: 0, column: 3 })
    expect(placeBehind('abcd', 4)).toEqual({ row: 1, column: 0 })
    expect(placeBehind('abc中', 4)).toEqual({ row: 1, column: 2 })
    expect(placeBehind('ab\nc', 4)).toEqual({ row: 1, column: 1 })
  })
})

describe('an empty line', () => {
  it('stays one', () => {
    for (const edit of [
      'left',
      'right',
      'wordLeft',
      'wordRight',
      'backspace',
      'delete',
      'killEnd',
      'transpose',
    ] as const)
      expect(edited(EMPTY, edit)).toEqual(EMPTY)
    expect(lineOf('ab').at).toBe(2)
  })
})
