/**
 * The editor's surface: CodeMirror with what a manifest needs. Lives as long as its store, so that text, cursor and undo
 * outlast the panel; the panel lends it a place to stand. Escape gives Tab back to the page for a while: no keyboard trap.
 */
import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { indentUnit } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import type { ManifestDesk } from '../../store/manifest/types.ts'
import { withAdoptedStyles } from '../terminal/adoptStyles.ts'
import type { Say } from '../text.ts'
import { cursorInView } from './cursorInView.ts'
import { completionSource, fieldHover } from './helping.ts'
import type { Remark } from './remarks.ts'
import { markedRange } from './remarks.ts'
import { looks } from './theme.ts'
import { yaml } from './yamlLanguage.ts'

export interface EditorDoors {
  readonly desk: ManifestDesk
  /** What the field is called, with the keys that matter in it. */
  readonly label: 'manifest.input' | 'edit.input'
  /** The keys that apply the text, as CodeMirror writes them. */
  readonly applyKeys: readonly string[]
  /** The text is another one. */
  changed(): void
  /** Something longer than is read was to be put in, and was not. */
  tooLong(length: number): void
  /** One of the keys that apply. */
  apply(): void
}

/** So long Tab leaves the editor after Escape. */
const LEAVING_MS = 10_000

const leave = (view: EditorView): boolean => {
  view.setTabFocusMode(LEAVING_MS)
  return true
}

export class ManifestEditor {
  readonly view: EditorView
  /** The text that the run at hand began with, as last put in. */
  start: string
  private readonly words = new Compartment()
  private readonly doors: EditorDoors

  constructor(doors: EditorDoors, start: string, t: Say) {
    this.doors = doors
    this.start = start
    const state = EditorState.create({ doc: start, extensions: [this.words.of(this.inWords(t)), this.extensions()] })
    let view: EditorView | undefined
    // The styles stay: CodeMirror writes them once for the whole document.
    withAdoptedStyles(() => {
      view = new EditorView({ state })
    })
    this.view = view as unknown as EditorView
  }

  get text(): string {
    return this.view.state.doc.toString()
  }

  /** Nobody has changed the text of the run. */
  get untouched(): boolean {
    return this.text === this.start
  }

  /** Another text, as one step that can be undone. False when it is too long. */
  put(text: string): boolean {
    if (text.length > this.doors.desk.mostCharacters) {
      this.doors.tooLong(text.length)
      return false
    }
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } })
    return true
  }

  /** The text of another run. */
  begin(start: string): void {
    this.start = start
    this.put(start)
  }

  say(t: Say): void {
    this.view.dispatch({ effects: this.words.reconfigure(this.inWords(t)) })
  }

  mark(remarks: readonly Remark[]): void {
    const { doc } = this.view.state
    const lines = doc.toString().split('\n')
    const diagnostics = remarks.map((remark): Diagnostic => {
      const { line, from, to } = markedRange(lines, remark)
      const begin = doc.line(line + 1).from
      const severity = remark.kind === 'problem' ? 'error' : 'info'
      return { from: begin + from, to: begin + to, severity, message: remark.message }
    })
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics))
  }

  /** Puts the cursor to a place and into view; both from 1. */
  goTo({ line = 1, column = 1 }: Pick<Remark, 'line' | 'column'>): void {
    const { doc } = this.view.state
    const found = doc.line(Math.min(Math.max(line, 1), doc.lines))
    const anchor = Math.min(found.from + Math.max(column - 1, 0), found.to)
    this.view.dispatch({ selection: { anchor }, scrollIntoView: true })
    this.view.focus()
  }

  private inWords(t: Say): Extension {
    const { desk, label } = this.doors
    const { fieldsAt } = desk
    return [
      EditorView.contentAttributes.of({ 'aria-label': t(label), 'aria-describedby': 'manifest-help' }),
      EditorState.phrases.of({
        Completions: t('manifest.completions'),
        Diagnostics: t('manifest.problems'),
        'Control character': t('manifest.control'),
      }),
      autocompletion({ override: [completionSource(fieldsAt, t)], icons: false }),
      fieldHover(fieldsAt, t),
    ]
  }

  private extensions(): Extension {
    const { doors } = this
    const most = doors.desk.mostCharacters
    const apply = () => {
      doors.apply()
      return true
    }
    return [
      lineNumbers(),
      lintGutter(),
      highlightSpecialChars(),
      history(),
      yaml(),
      indentUnit.of('  '),
      looks,
      cursorInView,
      keymap.of([
        ...doors.applyKeys.map((key) => ({ key, run: apply, preventDefault: true })),
        ...completionKeymap,
        ...lintKeymap.filter(({ key }) => key === 'F8'),
        ...historyKeymap,
        { key: 'Escape', run: leave },
        ...defaultKeymap,
        indentWithTab,
      ]),
      EditorState.changeFilter.of(({ newDoc }) => newDoc.length <= most),
      EditorView.domEventHandlers({
        // Typed over a selection: left to itself a browser keeps the letters' look in a style that the page's policy forbids.
        beforeinput({ inputType, data }, view) {
          if (inputType !== 'insertText' || data === null || view.composing) return false
          if (view.state.selection.main.empty) return false
          view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true })
          return true
        },
        paste(event, { state }) {
          const length = event.clipboardData?.getData('text/plain').length ?? 0
          if (state.doc.length + length <= most) return false
          event.preventDefault()
          doors.tooLong(state.doc.length + length)
          return true
        },
      }),
      EditorView.updateListener.of(({ docChanged }) => {
        if (docChanged) doors.changed()
      }),
    ]
  }
}
