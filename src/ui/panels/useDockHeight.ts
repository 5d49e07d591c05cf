/** How high the dock is: a matter of this window, not of the moment we hold. */
import { useState } from 'react'

const LEAST = 96
const DEFAULT = 206

export interface DockHeight {
  /** Pixels, the bar of tabs included; the bar alone while shut. */
  readonly height: number
  readonly least: number
  readonly most: number
  readonly shut: boolean
  readonly resize: (height: number) => void
  readonly toggle: () => void
  readonly open: () => void
}

const BAR = 37

export function useDockHeight(): DockHeight {
  const most = Math.round(innerHeight * 0.6)
  const [wanted, setWanted] = useState(() => Math.min(DEFAULT, Math.max(LEAST + 40, Math.round(innerHeight * 0.24))))
  const [shut, setShut] = useState(false)
  const resize = (height: number) => {
    setShut(height < LEAST / 2)
    setWanted(Math.min(most, Math.max(LEAST, height)))
  }
  const height = shut ? BAR : wanted
  return { height, least: LEAST, most, shut, resize, toggle: () => setShut(!shut), open: () => setShut(false) }
}
