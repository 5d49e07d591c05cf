/** How the editor looks: everything by the tokens of the page, so that another theme needs no other styles. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)', font: 'var(--t-code)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.5', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '6px 0 12px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '32px', padding: '0 6px 0 8px' },
  '.cm-gutter-lint': { width: '1.4em' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 2px' },
  // Its own signs are pictures, which do not follow the theme.
  '.cm-lint-marker.cm-lint-marker': { width: '1em', height: '1.5em', content: 'normal', cursor: 'default' },
  '.cm-lint-marker::before': { display: 'block', lineHeight: '1.5em', textAlign: 'center' },
  '.cm-lint-marker-error::before': { content: '"●"', color: 'var(--bad)' },
  '.cm-lint-marker-info::before': { content: '"○"', color: 'var(--wait)' },
  '.cm-lintRange': { paddingBottom: '0', backgroundImage: 'none' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad) 1px' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--wait) 1px' },
  '.cm-lintPoint::after': { display: 'none' },
  '.cm-specialChar': { color: 'var(--bad)' },
  '.cm-tooltip': {
    zIndex: '60',
    maxWidth: 'min(420px, 90vw)',
    color: 'var(--ink)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow-2)',
    font: 'var(--t-small)',
  },
  '.cm-tooltip-lint': { margin: '0', padding: '0' },
  '.cm-diagnostic': { padding: '4px 8px', margin: '0', borderLeft: '3px solid var(--wait)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: 'var(--t-code)', maxHeight: '14em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--ink)', backgroundColor: 'var(--band)' },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650' },
  '.cm-completionInfo': { padding: '6px 8px' },
  '.manifest-hover': { padding: '6px 8px' },
  '.manifest-hover code': { font: 'var(--t-code)', color: 'var(--ink)' },
  '.manifest-hover p': { margin: '2px 0 0', color: 'var(--ink-2)' },
})

const letters = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent-text)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--ink-3)' },
  { tag: [tags.meta, tags.keyword, tags.typeName, tags.labelName], color: 'var(--done)' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--ink-2)' },
])

export const looks = [look, syntaxHighlighting(letters)]
