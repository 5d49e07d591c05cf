import type { Extension } from '@codemirror/state'
import { EditorView, ViewPlugin } from '@codemirror/view'

/** Keeps the line that is written in view when the editor gets less high: when the list of problems opens under it. */
export const cursorInView: Extension = ViewPlugin.define((view) => {
  let bottom = Number.POSITIVE_INFINITY
  const follow = () => {
    const before = bottom
    bottom = view.scrollDOM.getBoundingClientRect().bottom
    const { head } = view.state.selection.main
    const cursor = view.hasFocus ? view.coordsAtPos(head) : null
    // A cursor that was out of view already is where somebody has scrolled away from.
    if (cursor && cursor.bottom > bottom && cursor.bottom <= before)
      view.dispatch({ effects: EditorView.scrollIntoView(head) })
  }
  const observer = new ResizeObserver(follow)
  observer.observe(view.scrollDOM)
  return { destroy: () => observer.disconnect() }
})
