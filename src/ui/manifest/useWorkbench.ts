/**
 * The editor of a store, put together once, with what is known about its text: checked a moment after the last key, and
 * again when somebody has acted. A text that nobody has changed follows the run; a changed one is never taken away.
 */
import { useEffect, useRef, useState } from 'react'
import type { ManifestDesk } from '../../store/manifest/types.ts'
import { useText } from '../text.ts'
import type { OrdinalStore } from '../useOrdinal.ts'
import { useOrdinal, useOrdinalStore, useVerbs } from '../useOrdinal.ts'
import { usePart } from '../usePart.ts'
import { wishes } from '../wish.ts'
import { ManifestEditor } from './editor.ts'
import type { Remark } from './remarks.ts'
import { remarksOf } from './remarks.ts'

/** Milliseconds of calm before a text is checked. */
const CALM_MS = 250

export type Said =
  | { readonly is: 'applied' | 'refused' | 'unreadable' }
  | { readonly is: 'tooLong'; readonly length: number; readonly limit: number }

export interface Workbench {
  readonly desk: ManifestDesk
  readonly editor: ManifestEditor
  readonly remarks: readonly Remark[]
  readonly said: Said | undefined
  /** The element that the editor stands in. */
  readonly host: (element: HTMLDivElement | null) => void
  readonly apply: () => void
  readonly open: (file: File) => Promise<void>
}

const editors = new WeakMap<OrdinalStore, ManifestEditor>()

interface Handlers {
  changed: () => void
  tooLong: (length: number) => void
  apply: () => void
}

/** Handlers of the panel that is open; the editor outlives it. */
const handlers = new WeakMap<ManifestDesk, Handlers>()

function editorOf(store: OrdinalStore, desk: ManifestDesk, t: ReturnType<typeof useText>): ManifestEditor {
  const known = editors.get(store)
  if (known) return known
  const doors = {
    desk,
    label: 'manifest.input',
    applyKeys: ['Mod-Enter'],
    changed: () => handlers.get(desk)?.changed(),
    tooLong: (length: number) => handlers.get(desk)?.tooLong(length),
    apply: () => handlers.get(desk)?.apply(),
  } as const
  const made = new ManifestEditor(doors, desk.start(), t)
  editors.set(store, made)
  return made
}

export function useWorkbench(): Workbench | 'missing' | undefined {
  const store = useOrdinalStore()
  const t = useText()
  const desk = usePart(useVerbs().openManifests)
  const [remarks, setRemarks] = useState<readonly Remark[]>([])
  const [said, setSaid] = useState<Said>()
  const [version, setVersion] = useState(0)
  const lastAct = useOrdinal((state) => state.lastAct)
  const run = useOrdinal((state) => state.run)
  const editing = useOrdinal((state) => state.editing)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const editor = desk && desk !== 'missing' ? editorOf(store, desk, t) : undefined

  const check = () => {
    if (!editor || !desk || desk === 'missing') return
    const found = remarksOf(desk.check(editor.text), t)
    setRemarks(found)
    editor.mark(found)
  }
  const apply = () => {
    if (!editor || !desk || desk === 'missing') return
    const problems = desk.apply(editor.text)
    check()
    setSaid({ is: problems.length > 0 ? 'refused' : 'applied' })
  }
  if (desk && desk !== 'missing') {
    handlers.set(desk, {
      changed: () => {
        setSaid(undefined)
        setVersion((before) => before + 1)
      },
      tooLong: (length) => setSaid({ is: 'tooLong', length, limit: desk.mostCharacters }),
      apply,
    })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read before counts for these only.
  useEffect(() => {
    timer.current = setTimeout(check, CALM_MS)
    return () => clearTimeout(timer.current)
  }, [editor, version, lastAct, t])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run may begin with another text.
  useEffect(() => {
    if (!editor || !desk || desk === 'missing') return
    const start = desk.start()
    if (editor.untouched && start !== editor.start) editor.begin(start)
  }, [editor, run])
  useEffect(() => editor?.say(t), [editor, t])
  useEffect(() => {
    const focus = () => {
      if (editor && !editing && wishes.manifest.take()) editor.view.focus()
    }
    focus()
    return wishes.manifest.listen(focus)
  }, [editor, editing])

  if (!editor || !desk || desk === 'missing') return desk === 'missing' ? desk : undefined
  const host = (element: HTMLDivElement | null) => {
    if (element && editor.view.dom.parentElement !== element) element.append(editor.view.dom)
  }
  const open = async (file: File) => {
    if (file.size > 4 * desk.mostCharacters) {
      setSaid({ is: 'tooLong', length: file.size, limit: desk.mostCharacters })
      return
    }
    const text = await file.text().catch(() => undefined)
    if (text === undefined) setSaid({ is: 'unreadable' })
    else editor.put(text)
  }
  return { desk, editor, remarks, said, host, apply, open }
}
