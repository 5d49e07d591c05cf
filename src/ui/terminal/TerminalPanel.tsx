/**
 * The terminal as a panel: the screen, what is said to those who come by keyboard, and, where fingers type, the keys that a
 * phone's keyboard lacks. Loaded when it is first opened.
 */
import { useEffect, useRef, useState } from 'react'
import { partsOfKey } from '../../sim/index.ts'
import type { Terminal } from '../../store/terminal/types.ts'
import { clock } from '../canvas/format.ts'
import { Button } from '../kit/Button.tsx'
import { useText } from '../text.ts'
import { useMedia } from '../useMedia.ts'
import { useOrdinal, useOrdinalStore, useVerbs } from '../useOrdinal.ts'
import { usePart } from '../usePart.ts'
import { wishes } from '../wish.ts'
import type { WalkTold } from './linkWalk.ts'
import type { ScreenDoors } from './screen.ts'
import { TerminalScreen } from './screen.ts'
import { useSoftKeyboard } from './useSoftKeyboard.ts'
import '@xterm/xterm/css/xterm.css'
import './terminal.css'

export default function TerminalPanel() {
  const t = useText()
  const terminal = usePart(useVerbs().openTerminal)
  const [host, setHost] = useState<HTMLDivElement | null>(null)
  const [told, tellLink] = useState<WalkTold>()
  const screen = useScreen(host, terminal, { say: t, tellLink })
  const fingers = useMedia('(pointer: coarse)')
  useSoftKeyboard(fingers ? host : null)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section without a heading of its own.
    <div className="terminal" role="group" aria-label={t('terminal.label')} aria-describedby="terminal-help">
      <p id="terminal-help" className="sr-only">
        {t('terminal.help')}
      </p>
      {terminal === 'missing' ? (
        <p className="terminal-missing">{t('terminal.missing')}</p>
      ) : (
        <div className="terminal-screen" ref={setHost} />
      )}
      <p className="terminal-link" role="status">
        {told && (told.is === 'none' ? t('terminal.link.none') : t(`terminal.link.${told.is}`, linkWords(told)))}
      </p>
      {fingers && screen && <KeyBar onPress={(data) => screen.press(data)} />}
    </div>
  )
}

const linkWords = ({ link, index, count }: Exclude<WalkTold, { is: 'none' }>) => ({
  kind: partsOfKey(link.key).kind,
  name: link.name,
  index,
  count,
})

type Words = Pick<ScreenDoors, 'say' | 'tellLink'>

function useScreen(host: HTMLElement | null, terminal: Terminal | 'missing' | undefined, { say, tellLink }: Words) {
  const store = useOrdinalStore()
  const theme = useOrdinal((state) => state.theme)
  const [screen, setScreen] = useState<TerminalScreen>()
  const doors = useRef<() => ScreenDoors | undefined>(() => undefined)
  doors.current = () =>
    terminal && terminal !== 'missing'
      ? {
          terminal,
          say,
          tellLink,
          time: (ms) => clock(ms, 3),
          world: () => store.getState().world,
          select: store.getState().verbs.select,
        }
      : undefined
  useEffect(() => {
    if (!host || !terminal) return
    let made: TerminalScreen | undefined
    let here = true
    const make = () => {
      const now = doors.current()
      if (!here || !now) return
      made = new TerminalScreen(host, now)
      setScreen(made)
      if (wishes.terminal.take()) made.focus()
    }
    const { font } = getComputedStyle(host)
    document.fonts.load(font).then(make, make)
    const end = wishes.terminal.listen(() => {
      if (wishes.terminal.take()) made?.focus()
    })
    return () => {
      here = false
      end()
      made?.dispose()
      setScreen(undefined)
    }
  }, [host, terminal])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means other colours.
  useEffect(() => screen?.recolour(), [screen, theme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language means other words.
  useEffect(() => {
    const now = doors.current()
    if (now) screen?.use(now)
  }, [screen, say])
  return screen
}

const KEYS = [
  ['Tab', '\t'],
  ['↑', '\u001b[A'],
  ['↓', '\u001b[B'],
  ['←', '\u001b[D'],
  ['→', '\u001b[C'],
  ['Ctrl+C', '\u0003'],
  ['Ctrl+R', '\u0012'],
] as const

const NAMES = { '↑': 'up', '↓': 'down', '←': 'left', '→': 'right' } as const

function KeyBar({ onPress }: { readonly onPress: (data: string) => void }) {
  const t = useText()
  return (
    <div className="terminal-keys" role="toolbar" aria-label={t('terminal.keys')}>
      {KEYS.map(([key, data]) => (
        <Button
          key={key}
          look="tool"
          aria-label={key in NAMES ? t(`terminal.key.${NAMES[key as keyof typeof NAMES]}`) : key}
          onClick={() => onPress(data)}
        >
          {key}
        </Button>
      ))}
    </div>
  )
}
