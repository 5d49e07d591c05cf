/** The one sentence of the first visit, over the slots it speaks of. It is also the play button it names. */
import { useRich } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

/** `top`: the middle of the sentence, in pixels of the area it lies in; without it, near the bottom. */
export function FirstVisit({ top }: { readonly top?: number }) {
  const untouched = useOrdinal((state) => state.untouched)
  const first = useOrdinal((state) => state.picture.set?.columns[0]?.pod.name)
  const { play } = useVerbs()
  const rich = useRich()
  if (!untouched || first === undefined) return null
  return (
    <button
      type="button"
      className="first-visit"
      style={top === undefined ? undefined : { top }}
      onClick={() => play()}
    >
      <span className="by-key">{rich('canvas.firstVisit', { name: first })}</span>
      <span className="by-touch">{rich('canvas.firstVisit.touch', { name: first })}</span>
    </button>
  )
}
