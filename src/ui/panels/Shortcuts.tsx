/** What the keyboard does, and the switch for keys of a single character. */
import type { KeyAction } from '../keys.ts'
import { isSingle, KEYS, TERMINAL_KEYS } from '../keys.ts'
import { Keys } from '../kit/Keys.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { Dialogue } from './Dialogue.tsx'
import './shortcuts.css'

const groups = [
  ['time', ['toggle', 'stepBack', 'step', 'untilQuiet', 'first', 'last', 'previousBeat', 'nextBeat', 'reset']],
  ['page', ['ordinal', 'terminal', 'manifest', 'fit', 'palette', 'undo', 'shortcuts']],
] as const satisfies readonly (readonly [string, readonly KeyAction[]])[]

type TerminalAction = keyof typeof TERMINAL_KEYS

const terminal = Object.keys(TERMINAL_KEYS) as readonly TerminalAction[]

export default function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  return (
    <Dialogue title={t('shortcuts.title')} onClose={onClose}>
      <div className="shortcuts">
        {groups.map(([group, actions]) => (
          <section key={group}>
            <h3 className="heading">{t(`shortcuts.${group}`)}</h3>
            <dl>
              {actions.map((action) => (
                <Shortcut key={action} action={action} keys={KEYS[action]} />
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3 className="heading">{t('shortcuts.inTerminal')}</h3>
          <dl>
            {terminal.map((action) => (
              <Shortcut key={action} action={action} keys={TERMINAL_KEYS[action]} />
            ))}
          </dl>
        </section>
      </div>
      <SingleKeys />
    </Dialogue>
  )
}

type ShortcutProps = { readonly action: KeyAction | TerminalAction; readonly keys: readonly string[] }

function Shortcut({ action, keys }: ShortcutProps) {
  const singleKeys = useOrdinal((state) => state.singleKeys)
  const t = useText()
  const isRow = keys.length > 3
  const shown = isRow ? [keys[0] ?? '', keys.at(-1) ?? ''] : keys
  return (
    <div>
      <dt>{t(`shortcuts.${action}`)}</dt>
      <dd>
        {shown.map((combination, index) => (
          <span key={combination} data-off={(!singleKeys && isSingle(combination)) || undefined}>
            {isRow && index > 0 && '– '}
            <Keys of={combination} />
          </span>
        ))}
      </dd>
    </div>
  )
}

function SingleKeys() {
  const singleKeys = useOrdinal((state) => state.singleKeys)
  const { set } = useVerbs()
  const t = useText()
  return (
    <label className="single-keys">
      <input
        type="checkbox"
        checked={singleKeys}
        onChange={(event) => set({ singleKeys: event.currentTarget.checked })}
      />
      <span>
        {t('shortcuts.single')}
        <small>{t('shortcuts.single.note')}</small>
      </span>
    </label>
  )
}
