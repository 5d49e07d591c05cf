import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fixtureStore } from './canvas/fixtureStore.ts'
import { pictureOf } from './canvas/fixtures.ts'
import { partitioned } from './canvas/scenes.ts'
import { belongsToFocus, keepFocus, useKeys } from './keys.ts'
import { OrdinalContext } from './useOrdinal.ts'

const doors = { openPalette: vi.fn(), openShortcuts: vi.fn(), openVersions: vi.fn() }

function Page() {
  useKeys(doors)
  return (
    <>
      <input aria-label="name" />
      <input type="range" aria-label="partition" />
      <select aria-label="speed" />
      <button type="button">step</button>
      <button type="button" data-stop="pod/0">
        card
      </button>
      <div role="menu" tabIndex={-1} aria-label="menu" />
      <button type="button" role="tab">
        tab
      </button>
    </>
  )
}

let fixture: ReturnType<typeof fixtureStore>

beforeEach(() => {
  doors.openPalette.mockClear()
  doors.openShortcuts.mockClear()
  fixture = fixtureStore(pictureOf(partitioned()), { length: 80 })
  render(
    <OrdinalContext value={fixture.store}>
      <Page />
    </OrdinalContext>,
  )
})
afterEach(cleanup)

type Press = {
  readonly code: string
  readonly key?: string
  readonly alt?: boolean
  readonly ctrl?: boolean
  readonly shift?: boolean
}

function press(
  { code, key = code, alt = false, ctrl = false, shift = false }: Press,
  on: Element = document.body,
): boolean {
  const modifiers = { altKey: alt, ctrlKey: ctrl, shiftKey: shift }
  const taken = !fireEvent.keyDown(on, { code, key, ...modifiers })
  fireEvent.keyUp(on, { code, key, ...modifiers })
  return taken
}

describe('the keys of the page', () => {
  test.each<[string, Press]>([
    ['toggle', { code: 'Space', key: ' ' }],
    ['toggle', { code: 'Period', key: '.' }],
    ['toggle', { code: 'KeyK', key: '˚', alt: true }],
    ['stepBack', { code: 'ArrowLeft' }],
    ['step', { code: 'ArrowRight' }],
    ['untilQuiet', { code: 'ArrowRight', shift: true }],
    ['seekMoment', { code: 'Home' }],
    ['seekMoment', { code: 'End' }],
    ['previousBeat', { code: 'PageUp' }],
    ['nextBeat', { code: 'PageDown' }],
    ['undo', { code: 'KeyZ', key: 'z', ctrl: true }],
    ['reset', { code: 'KeyR', key: 'r', alt: true }],
    ['select', { code: 'Digit3', key: '3' }],
  ])('%s', (verb, key) => {
    expect(press(key)).toBe(true)
    expect(fixture.called).toEqual([verb])
  })

  test('digits select the first to ninth pod', () => {
    press({ code: 'Digit4', key: '4' })
    expect(fixture.store.getState().selected).toBe('Pod/default/web-3')
    press({ code: 'Digit9', key: '9' })
    expect(fixture.store.getState().selected).toBe('Pod/default/web-3')
  })

  test('the question mark opens the shortcuts, wherever it lies', () => {
    press({ code: 'Slash', key: '?', shift: true })
    press({ code: 'Minus', key: '?' })
    expect(doors.openShortcuts).toHaveBeenCalledTimes(2)
  })

  test('Ctrl+K opens the palette, even while typing', () => {
    press({ code: 'KeyK', key: 'k', ctrl: true }, screen.getByLabelText('name'))
    expect(doors.openPalette).toHaveBeenCalledTimes(1)
  })

  test('keys with other modifiers are left to the browser', () => {
    expect(press({ code: 'KeyF', key: 'f', ctrl: true })).toBe(false)
    expect(press({ code: 'ArrowLeft', alt: true })).toBe(false)
    expect(fixture.called).toEqual([])
  })
})

describe('keys of a single character', () => {
  test('can be switched off; the others stay', () => {
    fixture.store.setState({ singleKeys: false })
    for (const key of [
      { code: 'Period', key: '.' },
      { code: 'Digit1', key: '1' },
      { code: 'Slash', key: '?', shift: true },
    ])
      expect(press(key)).toBe(false)
    expect(fixture.called).toEqual([])
    press({ code: 'Space', key: ' ' })
    press({ code: 'KeyK', key: 'k', alt: true })
    expect(fixture.called).toEqual(['toggle', 'toggle'])
  })
})

describe('what has the focus keeps its keys', () => {
  test('a text field keeps everything but the palette and Alt', () => {
    const field = screen.getByLabelText('name')
    for (const key of [
      { code: 'Space', key: ' ' },
      { code: 'Digit1', key: '1' },
      { code: 'ArrowLeft' },
      { code: 'KeyZ', key: 'z', ctrl: true },
    ])
      expect(press(key, field)).toBe(false)
    expect(press({ code: 'KeyK', key: 'k', alt: true }, field)).toBe(true)
    expect(fixture.called).toEqual(['toggle'])
  })

  test('a slider and a tab keep what moves them, but not Space or play', () => {
    const slider = screen.getByLabelText('partition')
    expect(press({ code: 'ArrowRight' }, slider)).toBe(false)
    expect(press({ code: 'PageDown' }, slider)).toBe(false)
    expect(press({ code: 'Home' }, screen.getByRole('tab'))).toBe(false)
    press({ code: 'Space', key: ' ' }, slider)
    expect(fixture.called).toEqual(['toggle'])
  })

  test('a button keeps Space; a card of the canvas gives it to play', () => {
    expect(press({ code: 'Space', key: ' ' }, screen.getByText('step'))).toBe(false)
    press({ code: 'Space', key: ' ' }, screen.getByText('card'))
    expect(fixture.called).toEqual(['toggle'])
  })

  test('an open menu keeps everything', () => {
    expect(press({ code: 'Digit1', key: '1' }, screen.getByRole('menu', { hidden: true }))).toBe(false)
    expect(belongsToFocus({ target: screen.getByLabelText('menu') }, 'arrowleft')).toBe(true)
  })
})

describe('clicking', () => {
  const click = (target: Element) => {
    const preventDefault = vi.fn()
    keepFocus({ target, preventDefault })
    return preventDefault.mock.calls.length > 0
  }

  test('a button does not take the focus, so Space goes on meaning play', () => {
    expect(click(screen.getByText('step'))).toBe(true)
    expect(click(screen.getByLabelText('name'))).toBe(false)
  })

  test('a field that is typed in is left all the same', () => {
    screen.getByLabelText('name').focus()
    expect(click(screen.getByText('step'))).toBe(false)
  })
})
