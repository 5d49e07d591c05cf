/** Completion and hover of CodeMirror, fed with what `completing.ts` knows. Texts are put in as texts, never as markup. */
import type { CompletionSource } from '@codemirror/autocomplete'
import type { Extension, Text } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import type { ManifestDesk } from '../../store/manifest/types.ts'
import type { Say } from '../text.ts'
import type { FieldAbout } from './completing.ts'
import { fieldAt, offersAt } from './completing.ts'

type FieldsAt = ManifestDesk['fieldsAt']

const linesOf = (doc: Text): readonly string[] => doc.toString().split('\n')

export const completionSource =
  (fieldsAt: FieldsAt, t: Say): CompletionSource =>
  ({ state, pos, explicit }) => {
    const line = state.doc.lineAt(pos)
    const found = offersAt(linesOf(state.doc), line.number - 1, pos - line.from, fieldsAt, t)
    if (!found || (!explicit && found.from === pos - line.from)) return null
    return {
      from: line.from + found.from,
      options: found.offers.map(({ label, text, type, about }) => ({
        label,
        apply: text,
        ...(type !== undefined && { detail: type }),
        ...(about !== undefined && { info: about }),
      })),
      validFor: /^[\w./-]*$/,
    }
  }

function aboutElement({ name, type, about }: FieldAbout): HTMLElement {
  const box = document.createElement('div')
  box.className = 'manifest-hover'
  const head = document.createElement('code')
  head.textContent = `${name} <${type}>`
  box.append(head)
  if (about !== undefined) {
    const text = document.createElement('p')
    text.textContent = about
    box.append(text)
  }
  return box
}

export const fieldHover = (fieldsAt: FieldsAt, t: Say): Extension =>
  hoverTooltip(({ state }, pos) => {
    const line = state.doc.lineAt(pos)
    const found = fieldAt(linesOf(state.doc), line.number - 1, pos - line.from, fieldsAt, t)
    if (!found) return null
    return {
      pos: line.from + found.from,
      end: line.from + found.to,
      create: () => ({ dom: aboutElement(found) }),
    }
  })
