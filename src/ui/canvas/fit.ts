/**
 * The viewport that shows a whole plan, and the one wish that the rest of the page may send to the canvas: fit.
 */
import type { Plan } from './layout.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export const LEAST_ZOOM = 0.08
export const MOST_ZOOM = 2
/** Fitting never enlarges beyond this: a single pod should not fill the page. */
const MOST_FIT = 1.25
const MARGIN = 16
/** The grid begins with the Service, which should not touch the controller's card; columns begin with the rail. */
const HEAD = 10
/** Kept free below for the partition's handle and the controls, in pixels. */
const FOOT = 46

/** Everything in view, centred across, near the top: the rail hangs from the controller's card above. */
export function viewportFor(plan: Plan, { width, height }: Size): Viewport {
  const across = (width - 2 * MARGIN) / plan.width
  const head = plan.arrangement === 'grid' ? HEAD : 0
  const free = height - head - FOOT
  const down = free / plan.height
  const zoom = Math.max(LEAST_ZOOM, Math.min(MOST_FIT, across, down))
  const left = free - plan.height * zoom
  return { x: (width - plan.width * zoom) / 2, y: head + Math.min(28, Math.max(0, left / 2)), zoom }
}

const wishes = new EventTarget()

/** Brings everything into view, wherever the canvas is; without a canvas nothing happens. */
export const fitCanvas = (): void => {
  wishes.dispatchEvent(new Event('fit'))
}

/** Listens until the returned function is called. */
export function onFit(listener: () => void): () => void {
  wishes.addEventListener('fit', listener)
  return () => wishes.removeEventListener('fit', listener)
}
