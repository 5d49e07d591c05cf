/**
 * How much a card shows at a zoom: the whole card, a tile with icon, name and revision, or icon and ordinal, at last
 * both small. What is left
 * is drawn larger in canvas units, so that it keeps its size on the screen.
 */
import { useStore } from '@xyflow/react'
import { createContext, useContext } from 'react'

export type Lod = 'card' | 'tile' | 'icon' | 'dot'

export function lodOf(zoom: number): Lod {
  if (zoom >= 0.7) return 'card'
  if (zoom >= 0.4) return 'tile'
  return zoom >= 0.25 ? 'icon' : 'dot'
}

/** How much larger to draw in canvas units, in steps of a quarter, so that a zoom gesture restyles the cards rarely. */
export const enlargementOf = (zoom: number): number => (zoom >= 0.7 ? 1 : Math.round(4 / zoom) / 4)

export const LodContext = createContext<Lod>('card')
export const useLod = (): Lod => useContext(LodContext)

/** The level of detail of the canvas around; only inside React Flow. */
export const useZoomLod = (): Lod => useStore(({ transform }) => lodOf(transform[2]))
export const useEnlargement = (): number => useStore(({ transform }) => enlargementOf(transform[2]))
