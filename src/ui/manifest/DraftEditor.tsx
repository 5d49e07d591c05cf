/**
 * The editor of `kubectl edit`: the text that a running command asked for, saved to it or left as it was. Stands in the
 * place of the manifest, which is kept meanwhile; what is written here is kept while another tab is looked at.
 */
import { useEffect, useState } from 'react'
import type { ManifestDesk } from '../../store/manifest/types.ts'
import type { Draft } from '../../store/terminal/types.ts'
import { Button } from '../kit/Button.tsx'
import type { Say } from '../text.ts'
import { useText } from '../text.ts'
import { useOrdinalStore, useVerbs } from '../useOrdinal.ts'
import { wishes } from '../wish.ts'
import { ManifestEditor } from './editor.ts'

type Props = { readonly desk: ManifestDesk; readonly draft: Draft }

interface Doors {
  save: () => void
  tooLong: (length: number) => void
}

interface Made {
  readonly editor: ManifestEditor
  readonly doors: Doors
}

const made = new WeakMap<Draft, Made>()

/** The editor of a draft; its doors are those of the panel that is open. */
function editorOf(draft: Draft, desk: ManifestDesk, t: Say): Made {
  const known = made.get(draft)
  if (known) return known
  const doors: Doors = { save: () => {}, tooLong: () => {} }
  const editor = new ManifestEditor(
    {
      desk,
      label: 'edit.input',
      applyKeys: ['Mod-Enter', 'Mod-s'],
      changed: () => {},
      tooLong: (length) => doors.tooLong(length),
      apply: () => doors.save(),
    },
    draft.text,
    t,
  )
  const fresh = { editor, doors }
  made.set(draft, fresh)
  return fresh
}

/** Gives the text to the command that waits; the keyboard goes back to it, unless it asks again. */
function useAnswer() {
  const store = useOrdinalStore()
  const { openTerminal } = useVerbs()
  return async (text: string) => {
    const terminal = await openTerminal()
    terminal.edited(text)
    if (!store.getState().editing) wishes.terminal.ask()
  }
}

export function DraftEditor({ desk, draft }: Props) {
  const t = useText()
  const answer = useAnswer()
  const [tooLong, setTooLong] = useState<number>()
  const { editor, doors } = editorOf(draft, desk, t)
  const save = () => void answer(editor.text)
  doors.save = save
  doors.tooLong = setTooLong
  useEffect(() => editor.say(t), [editor, t])
  useEffect(() => {
    setTooLong(undefined)
    const focus = () => {
      if (wishes.manifest.take()) editor.view.focus()
    }
    focus()
    return wishes.manifest.listen(focus)
  }, [editor])
  const host = (element: HTMLDivElement | null) => {
    if (element && editor.view.dom.parentElement !== element) element.replaceChildren(editor.view.dom)
  }
  const { name } = draft
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section without a heading of its own.
    <div className="manifest" role="group" aria-label={t('edit.label', { name })}>
      <p id="manifest-help" className="sr-only">
        {t('edit.help')}
      </p>
      <div className="manifest-bar">
        <span className="manifest-name">kubectl edit · {name}</span>
        <Button look="primary" small aria-keyshortcuts="Control+Enter Control+S" onClick={save}>
          {t('edit.save')}
        </Button>
        <Button look="ghost" small onClick={() => void answer(draft.text)}>
          {t('edit.close')}
        </Button>
      </div>
      <div className="manifest-body" ref={host} />
      <Reasons draft={draft} tooLong={tooLong} limit={desk.mostCharacters} />
    </div>
  )
}

type ReasonsProps = { readonly draft: Draft; readonly tooLong: number | undefined; readonly limit: number }

/** Why the text was not taken. It stands at the top of the text, too. */
function Reasons({ draft, tooLong, limit }: ReasonsProps) {
  const t = useText()
  const lines = tooLong === undefined ? draft.reasons : [t('manifest.tooLong', { length: tooLong, limit })]
  return (
    <div className="manifest-said manifest-reasons" data-bad role="alert">
      {lines.length > 0 && (
        <span>
          {tooLong === undefined && t('edit.refused')} {lines.join(' ')}
        </span>
      )}
    </div>
  )
}
