/** A hint on an element: what it does, and by which key. One layer (TipLayer.tsx) shows the hint of what is pointed at. */

type Side = 'top' | 'right' | 'bottom' | 'left'

/** Properties of the element. `keys` is a combination as in keys.ts: `shift+arrowright`. */
export function tip(text: string, keys?: string, side: Side = 'top') {
  return {
    'data-tip': text,
    'data-tip-side': side,
    ...(keys && { 'data-tip-keys': keys, 'aria-keyshortcuts': spoken(keys) }),
  }
}

const names: Readonly<Record<string, string>> = {
  alt: 'Alt',
  mod: 'Control',
  shift: 'Shift',
  space: 'Space',
  arrowleft: 'ArrowLeft',
  arrowright: 'ArrowRight',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  home: 'Home',
  end: 'End',
}

/** As `aria-keyshortcuts` wants it: `Shift+ArrowRight`. */
const spoken = (keys: string): string =>
  keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join('+')
