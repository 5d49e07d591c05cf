import { afterEach, expect, it, vi } from 'vitest'
import { wishes } from '../wish.ts'
import { takeDictation, takesKey } from './keyEvents.ts'

afterEach(() => document.body.replaceChildren())

const doors = {
  hasSelection: vi.fn(() => false),
  walks: vi.fn(() => false),
  escape: vi.fn(() => false),
  leave: vi.fn(),
}

function key(name: string, more: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more })
}

it('ends a search with Escape, and leaves with the next', () => {
  doors.escape.mockReturnValueOnce(true)
  expect(takesKey(key('Escape'), doors)).toBe(false)
  expect(doors.leave).not.toHaveBeenCalled()
  expect(takesKey(key('Escape'), doors)).toBe(false)
  expect(doors.leave).toHaveBeenCalledOnce()
})

it('leaves a key to the walk through the names that takes it', () => {
  doors.leave.mockClear()
  doors.walks.mockReturnValueOnce(true)
  const event = key('Escape')
  expect(takesKey(event, doors)).toBe(false)
  expect(event.defaultPrevented).toBe(true)
  expect(doors.leave).not.toHaveBeenCalled()
})

it('leaves Escape to an input method that composes', () => {
  doors.leave.mockClear()
  expect(takesKey(key('Escape', { isComposing: true }), doors)).toBe(true)
  expect(doors.leave).not.toHaveBeenCalled()
})

it('leaves play, reset, copy of a selection and paste to others, and keeps the rest', () => {
  expect(takesKey(key('k', { altKey: true }), doors)).toBe(false)
  expect(takesKey(key('r', { altKey: true }), doors)).toBe(false)
  expect(takesKey(key('v', { ctrlKey: true }), doors)).toBe(false)
  expect(takesKey(key('c', { ctrlKey: true }), doors)).toBe(true)
  doors.hasSelection.mockReturnValueOnce(true)
  expect(takesKey(key('c', { ctrlKey: true }), doors)).toBe(false)
  expect(takesKey(key('b', { altKey: true }), doors)).toBe(true)
  expect(takesKey(key(' '), doors)).toBe(true)
})

it('keeps Ctrl-K from the page, which would open the palette', () => {
  const seen = vi.fn()
  const field = document.body.appendChild(document.createElement('textarea'))
  document.addEventListener('keydown', seen)
  field.addEventListener('keydown', (event) => void takesKey(event, doors))
  field.dispatchEvent(key('k', { ctrlKey: true }))
  expect(seen).not.toHaveBeenCalled()
  field.dispatchEvent(key('x'))
  expect(seen).toHaveBeenCalledOnce()
  document.removeEventListener('keydown', seen)
})

it('takes text that comes without a key, once', () => {
  const taken: string[] = []
  const field = document.createElement('textarea')
  takeDictation(field, (text) => taken.push(text))
  const input = (data: string, inputType = 'insertText') =>
    field.dispatchEvent(new InputEvent('input', { data, inputType }))
  input('节点')
  field.dispatchEvent(key('a'))
  input('a')
  field.dispatchEvent(new KeyboardEvent('keyup', { key: 'a' }))
  input('zhong', 'insertCompositionText')
  expect(taken).toEqual(['节点'])
})

it('keeps a wish to type until something can take it', () => {
  const heard = vi.fn()
  const end = wishes.terminal.listen(heard)
  wishes.terminal.ask()
  end()
  wishes.terminal.ask()
  expect(heard).toHaveBeenCalledOnce()
  expect([wishes.terminal.take(), wishes.terminal.take()]).toEqual([true, false])
})
