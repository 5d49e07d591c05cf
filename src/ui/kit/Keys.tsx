/** A key combination as caps, written the way this machine's keyboard has it. */
import { isMac } from '../keys.ts'

const caps: Readonly<Record<string, string>> = {
  alt: isMac ? '⌥' : 'Alt',
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  ctrl: isMac ? '⌃' : 'Ctrl',
  tab: 'Tab',
  escape: 'Esc',
  space: 'Space',
  period: '.',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
}

/** `shift+arrowright` → `Shift`, `→`. */
export const capsOf = (keys: string): readonly string[] =>
  keys.split('+').map((key) => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key))

type Props = {
  readonly of: string
  /** In one piece, for under a button: `⇧→`. */
  readonly brief?: boolean
}

export function Keys({ of, brief = false }: Props) {
  if (brief) return <kbd>{capsOf(of).join(' ').replace('Shift ', '⇧').replace('⇧ ', '⇧').replace('⌥ ', '⌥')}</kbd>
  return (
    <span className="inline-flex gap-1">
      {capsOf(of).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
