/** The terminal's colours and letters, from the tokens of the page's theme. */
import type { ITheme } from '@xterm/xterm'

/** Of the sixteen colours of a terminal those that our texts use; the tokens hold their contrast in every theme. */
const TOKENS = {
  background: '--surface',
  foreground: '--ink',
  cursor: '--accent',
  cursorAccent: '--accent-ink',
  selectionBackground: '--band',
  selectionInactiveBackground: '--band',
  selectionForeground: '--ink',
  blue: '--accent-text',
  red: '--bad',
  green: '--ok',
  yellow: '--warn',
  brightBlack: '--ink-3',
  scrollbarSliderBackground: '--line-strong',
  scrollbarSliderHoverBackground: '--control',
  scrollbarSliderActiveBackground: '--control',
} as const satisfies Partial<Record<keyof ITheme, string>>

export interface Looks {
  readonly theme: ITheme
  readonly fontFamily: string
  readonly fontSize: number
  readonly fontWeight: 'normal' | 500
}

export function looksOf(element: HTMLElement): Looks {
  const style = getComputedStyle(element)
  const colours = Object.entries(TOKENS).map(([name, token]) => [name, style.getPropertyValue(token).trim()])
  return {
    theme: Object.fromEntries(colours) as ITheme,
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    fontWeight: Number(style.fontWeight) >= 500 ? 500 : 'normal',
  }
}
