/**
 * The points of a card at which lines begin and end. React Flow finds them in the document whenever it measures a card,
 * so they are empty elements there; they take no part in anything else.
 */
import type { NodeHandle } from '@xyflow/react'

export type Anchored = { readonly anchors: readonly NodeHandle[] }

export function Anchors({ anchors }: Anchored) {
  return anchors.map(({ id, type, position, x, y }) => (
    <i
      key={id}
      className={`anchor ${type}`}
      data-handleid={id}
      data-handlepos={position}
      style={{ left: x, top: y }}
      aria-hidden="true"
    />
  ))
}
