/**
 * What the keyboard does anywhere on the page. A key that belongs to what has the focus (text, sliders, tabs, menus) is left to
 * it. Keys of a single character can be switched off.
 */
import { useEffect } from 'react'
import type { Ordinal } from '../store/types.ts'
import { fitCanvas } from './canvas/fit.ts'
import { useOrdinalStore } from './useOrdinal.ts'
import { wishes } from './wish.ts'

/** Combinations by the place of a key on the keyboard; `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export const KEYS = {
  toggle: ['space', 'period', 'alt+k'],
  stepBack: ['arrowleft'],
  step: ['arrowright'],
  untilQuiet: ['shift+arrowright'],
  first: ['home'],
  last: ['end'],
  previousBeat: ['pageup'],
  nextBeat: ['pagedown'],
  ordinal: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  terminal: ['/'],
  manifest: ['m'],
  fit: ['f'],
  shortcuts: ['?'],
  palette: ['mod+k'],
  undo: ['mod+z'],
  reset: ['alt+r'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The keys that count while the terminal has the focus; it is the terminal that takes them. */
export const TERMINAL_KEYS = {
  complete: ['tab'],
  recall: ['arrowup', 'arrowdown'],
  search: ['ctrl+r'],
  links: ['alt+l'],
  interrupt: ['ctrl+c'],
  endOfInput: ['ctrl+d'],
  leave: ['escape'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type KeyAction = keyof typeof KEYS

/** Of a single character: letter, digit or sign. */
export const isSingle = (keys: string): boolean => keys.length === 1 || keys === 'period'

const actions = new Map<string, KeyAction>(
  (Object.keys(KEYS) as KeyAction[]).flatMap((action) => KEYS[action].map((keys) => [keys, action] as const)),
)

/** Whether the keyboard is one of Apple's. */
export const isMac = typeof navigator === 'object' && /mac|iphone|ipad/i.test(navigator.userAgent)

/** What is pressed, as `KEYS` writes it; with a modifier that no combination has it is none of them. */
function combinationOf({ code, key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  // The question mark and the slash lie elsewhere on every keyboard: here the character counts.
  if ((key === '?' || key === '/') && !altKey && !ctrlKey && !metaKey) return key
  const [mod, other] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey]
  const place = code.replace(/^(Key|Digit|Numpad)/, '').toLowerCase()
  return [other && 'other', mod && 'mod', altKey && 'alt', shiftKey && 'shift', place].filter(Boolean).join('+')
}

export interface Doors {
  readonly openPalette: () => void
  readonly openShortcuts: () => void
  readonly openVersions: () => void
}

/** Listens on the whole document as long as the component is there. */
export function useKeys(doors: Doors): void {
  const store = useOrdinalStore()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const keys = combinationOf(event)
      const state = store.getState()
      const action = actions.get(keys)
      if (!action || (isSingle(keys) && !state.singleKeys) || belongsToFocus(event, keys)) return
      event.preventDefault()
      deeds[action](state, doors, keys)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [store, doors])
}

const typing =
  'input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]'
const floating = '[role="menu"], [role="dialog"], [role="listbox"]'
const pressable = 'button, a, summary, [role="button"], [role="switch"]'
const movable = 'input[type="range"], input[type="radio"], [role="slider"], [role="tab"], [role="separator"]'
const moving = /^(shift\+)?(arrowleft|arrowright|home|end|pageup|pagedown)$/

/** True when what has the focus has its own use for the key. */
export function belongsToFocus(event: Pick<KeyboardEvent, 'target'>, keys: string): boolean {
  const { target } = event
  if (!(target instanceof Element) || keys === 'mod+k') return false
  if (target.closest(floating)) return true
  if (target.matches(typing)) return !keys.startsWith('alt+')
  if (keys === 'space') return target.closest(pressable) !== null && target.closest('[data-stop]') === null
  return moving.test(keys) && target.matches(movable)
}

type Deed = (state: Ordinal, doors: Doors, keys: string) => void

const deeds: Readonly<Record<KeyAction, Deed>> = {
  toggle: ({ verbs }) => verbs.toggle(),
  stepBack: ({ verbs }) => verbs.stepBack(),
  step: ({ verbs }) => void verbs.step(),
  untilQuiet: ({ verbs }) => verbs.untilQuiet(),
  first: ({ verbs }) => verbs.seekMoment(0),
  last: ({ verbs, length }) => verbs.seekMoment(length - 1),
  previousBeat: ({ verbs }) => verbs.previousBeat(),
  nextBeat: ({ verbs }) => verbs.nextBeat(),
  ordinal: (state, _doors, keys) => selectColumn(state, Number(keys) - 1),
  terminal: () => wishes.terminal.ask(),
  manifest: () => wishes.manifest.ask(),
  fit: () => fitCanvas(),
  shortcuts: (_state, doors) => doors.openShortcuts(),
  palette: (_state, doors) => doors.openPalette(),
  undo: ({ verbs }) => verbs.undo(),
  reset: ({ verbs }) => verbs.reset(),
}

function selectColumn({ picture, verbs }: Ordinal, index: number): void {
  const column = picture.set?.columns[index]
  if (column) verbs.select(column.pod.key)
}

/**
 * Keeps the focus where it is when a button is clicked, so that Space goes on meaning play. A field that is being typed in
 * is left all the same, for it takes its value then.
 */
export function keepFocus(event: { readonly target: EventTarget | null; preventDefault: () => void }): void {
  const { target } = event
  if (!(target instanceof Element) || !target.closest('button, [role="tab"]')) return
  if (document.activeElement?.matches(typing) || target.closest(floating)) return
  event.preventDefault()
}
