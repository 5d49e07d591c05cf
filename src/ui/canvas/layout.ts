/**
 * Where everything stands: a pure plan from the shape of a set (which ordinals, which of them condemned, how many claims
 * each) to rectangles. Up to twelve ordinals stand as whole columns in one row; more are wrapped, like lines of text, into
 * a grid of pods with name and claim folded into the card (docs/decisions/0003-canvas.md). Nothing here looks at state.
 */
import type { Theme } from '../../store/types.ts'

export interface ColumnShape {
  readonly ordinal: number
  readonly condemned: boolean
  readonly claims: number
}
export type Shape = readonly ColumnShape[]

/** What stands around the columns; a grid has no room for it. */
export interface Extras {
  /** Pods stand in slices: between a pod and its name there is room to say how. */
  readonly endpoints: boolean
  /** Other Services in their order: the one ordinal that each leads to, or undefined for a bar across all. */
  readonly doors: readonly (number | undefined)[]
  /** How many classes the claims name. */
  readonly classes: number
}
export const NO_EXTRAS: Extras = { endpoints: false, doors: [], classes: 0 }

/** Sizes in canvas units, which are pixels at zoom 1. */
export interface Metrics {
  readonly column: number
  /** Few columns may be wider, up to this. */
  readonly widest: number
  readonly gap: number
  /** The least width of the frame: what the Service bar needs. */
  readonly frame: number
  readonly rail: number
  readonly gridRail: number
  readonly service: number
  readonly below: number
  readonly name: number
  readonly edge: number
  /** Between a pod and its name, where its endpoint stands. */
  readonly endpoint: number
  readonly pod: number
  readonly gridPod: number
  readonly claim: number
}

const screen: Metrics = {
  column: 168,
  widest: 224,
  gap: 12,
  frame: 720,
  rail: 56,
  gridRail: 28,
  service: 30,
  below: 8,
  name: 44,
  edge: 18,
  endpoint: 34,
  pod: 144,
  gridPod: 122,
  claim: 44,
}

const projector: Metrics = {
  column: 200,
  widest: 264,
  gap: 16,
  frame: 856,
  rail: 64,
  gridRail: 32,
  service: 34,
  below: 8,
  name: 54,
  edge: 18,
  endpoint: 36,
  pod: 146,
  gridPod: 130,
  claim: 54,
}

export const metricsOf = (theme: Theme): Metrics => (theme === 'projector' ? projector : screen)

/** From this many columns on a row is much wider than high, and is seen from afar: its rows take the room that is there. */
const WIDE_ROW = 8

function stretched(m: Metrics): Metrics {
  return { ...m, rail: m.rail + 30, service: m.service + 24, name: m.name + 20, pod: m.pod + 34, claim: m.claim + 20 }
}

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly column: ColumnShape
  /** Position among all columns, from 0. */
  readonly index: number
  readonly line: number
  readonly x: number
}

export interface Plan {
  readonly arrangement: 'columns' | 'grid'
  readonly metrics: Metrics
  readonly width: number
  /** Without the foot, which keeps its size on the screen. */
  readonly height: number
  /** Width of one column, height of one pod. */
  readonly column: number
  readonly pod: number
  readonly gap: number
  readonly perLine: number
  readonly lines: number
  readonly places: readonly Place[]
  readonly byOrdinal: ReadonlyMap<number, Place>
  readonly service: Rect
  /** Top of the rail of a line. */
  readonly railTop: (line: number) => number
  readonly podTop: (line: number) => number
  readonly nameTop: number
  /** Other Services, in their order. */
  readonly doors: readonly (Rect & { readonly ordinal: number | undefined })[]
  /** Between names and pods; undefined where no pod stands in a slice. */
  readonly endpointTop: number | undefined
  readonly claimTop: (index: number) => number
  readonly volumeTop: (index: number) => number
  /** Below the volumes, one bar for each class. */
  readonly classes: readonly Rect[]
  /** Bottom of the tinted column of a line. */
  readonly bottom: (line: number) => number
}

export const MOST_COLUMNS = 12

/** Up to how many pods, how many stand in a line: always fives, so that an ordinal is found by counting lines. */
const LINES = [
  [25, 5],
  [60, 10],
  [150, 15],
  [240, 20],
  [500, 25],
] as const

export function perLineOf(count: number): number {
  return LINES.find(([most]) => count <= most)?.[1] ?? Math.ceil(Math.sqrt(2 * count) / 10) * 10
}

export function planOf(shape: Shape, metrics: Metrics, extras: Extras = NO_EXTRAS): Plan {
  return shape.length <= MOST_COLUMNS ? planColumns(shape, metrics, extras) : planGrid(shape, metrics)
}

/** Bars across one below the other, then in each column the Services that lead to it alone. */
function planDoors(
  doors: Extras['doors'],
  places: readonly Place[],
  m: Metrics,
  frame: Pick<Plan, 'width' | 'column'>,
) {
  const top = m.rail + m.service + m.below
  const step = m.service + m.below
  const bars = doors.filter((ordinal) => ordinal === undefined).length
  const rows = new Map<number, number>()
  let bar = 0
  const placed = doors.map((ordinal) => {
    if (ordinal === undefined) return { ordinal, x: 0, y: top + step * bar++, width: frame.width, height: m.service }
    const row = rows.get(ordinal) ?? 0
    rows.set(ordinal, row + 1)
    const x = places.find(({ column }) => column.ordinal === ordinal)?.x ?? 0
    return { ordinal, x, y: top + step * bars + (m.claim + m.below) * row, width: frame.column, height: m.claim }
  })
  const height = step * bars + (m.claim + m.below) * Math.max(0, ...rows.values())
  return { placed, height }
}

function planColumns(shape: Shape, metrics: Metrics, extras: Extras): Plan {
  const m = shape.length >= WIDE_ROW ? stretched(metrics) : metrics
  const count = Math.max(1, shape.length)
  const gap = count <= 3 ? m.gap * 2 : m.gap
  const column = Math.max(m.column, Math.min(m.widest, Math.floor((m.frame - (count - 1) * gap) / count)))
  const across = count * column + (count - 1) * gap
  const width = Math.max(m.frame, across)
  const left = (width - across) / 2
  const places = shape.map((of, index) => ({ column: of, index, line: 0, x: left + index * (column + gap) }))

  const claims = Math.max(0, ...shape.map(({ claims }) => claims))
  const serviceTop = m.rail
  const doors = planDoors(extras.doors, places, m, { width, column })
  const nameTop = serviceTop + m.service + m.below + doors.height
  const endpointTop = extras.endpoints ? nameTop + m.name : undefined
  const podTop = nameTop + m.name + (extras.endpoints ? m.endpoint : m.edge)
  const firstClaim = podTop + m.pod + m.edge
  const pair = m.claim * 2 + m.edge + m.gap
  const claimTop = (index: number) => firstClaim + index * pair
  const volumeTop = (index: number) => claimTop(index) + m.claim + m.edge
  const bottom = claims > 0 ? volumeTop(claims - 1) + m.claim : podTop + m.pod
  const classes = Array.from({ length: extras.classes }, (_, index) => {
    const y = bottom + m.below + index * (m.service + m.below)
    return { x: 0, y, width, height: m.service }
  })
  return {
    arrangement: 'columns',
    metrics: m,
    width,
    height: bottom + classes.length * (m.below + m.service),
    column,
    pod: m.pod,
    gap,
    perLine: count,
    lines: 1,
    places,
    byOrdinal: indexed(places),
    service: { x: 0, y: serviceTop, width, height: m.service },
    railTop: () => 0,
    podTop: () => podTop,
    nameTop,
    doors: doors.placed,
    endpointTop,
    claimTop,
    volumeTop,
    classes,
    bottom: () => bottom,
  }
}

function planGrid(shape: Shape, m: Metrics): Plan {
  const perLine = perLineOf(shape.length)
  const lines = Math.ceil(shape.length / perLine)
  const trunk = 28
  const places = shape.map((column, index) => ({
    column,
    index,
    line: Math.floor(index / perLine),
    x: trunk + (index % perLine) * (m.column + m.gap),
  }))
  const lineHeight = m.gridRail + m.gridPod + m.gap
  // Long lines are seen from afar, where the words on the Service's bar need more height.
  const service = Math.max(m.service, Math.round(perLine * 5.4))
  const railTop = (line: number) => service + m.below + line * lineHeight
  const podTop = (line: number) => railTop(line) + m.gridRail
  const bottom = (line: number) => podTop(line) + m.gridPod
  const width = trunk + perLine * (m.column + m.gap) - m.gap
  return {
    arrangement: 'grid',
    metrics: m,
    width,
    height: bottom(lines - 1),
    column: m.column,
    pod: m.gridPod,
    gap: m.gap,
    perLine,
    lines,
    places,
    byOrdinal: indexed(places),
    service: { x: trunk, y: 0, width: width - trunk, height: service },
    railTop,
    podTop,
    nameTop: 0,
    doors: [],
    endpointTop: undefined,
    claimTop: bottom,
    volumeTop: bottom,
    classes: [],
    bottom,
  }
}

const indexed = (places: readonly Place[]) => new Map(places.map((place) => [place.column.ordinal, place]))

/** A place between two wanted neighbours: where the line of partition `index` stands. */
export interface Boundary {
  readonly index: number
  readonly line: number
  readonly x: number
}

/** All places where the partition may stand, from 0 to the number of wanted ordinals. */
export function boundariesOf(plan: Plan): readonly Boundary[] {
  const wanted = plan.places.filter(({ column }) => !column.condemned)
  const last = wanted.at(-1)
  if (!last) return []
  const margin = plan.gap / 2
  const before = wanted.map(({ line, x }, index) => ({ index, line, x: x - margin }))
  return [...before, { index: wanted.length, line: last.line, x: last.x + plan.column + margin }]
}

/** The boundary nearest to a point of the canvas. */
export function boundaryAt(plan: Plan, x: number, y: number): Boundary | undefined {
  const height = plan.bottom(1) - plan.bottom(0)
  const line = height > 0 ? Math.min(plan.lines - 1, Math.max(0, Math.floor((y - plan.railTop(0)) / height))) : 0
  let nearest: Boundary | undefined
  for (const boundary of boundariesOf(plan)) {
    if (boundary.line !== line) continue
    if (!nearest || Math.abs(boundary.x - x) < Math.abs(nearest.x - x)) nearest = boundary
  }
  return nearest
}
