/**
 * From a plan to the nodes and edges of React Flow. They hold ids and places only and are made anew only when the plan
 * changes: what a card says it takes from the store by itself. Sizes and handles are given, so the edges need no second pass.
 */
import type { Edge, Node, NodeHandle } from '@xyflow/react'
import { Position } from '@xyflow/react'
import type { RelationData, RelationName } from './edges.tsx'
import type { Place, Plan, Rect } from './layout.ts'

export interface Graph {
  readonly nodes: Node[]
  readonly edges: Edge<RelationData>[]
}

export function graphOf(plan: Plan): Graph {
  const nodes = [...frameOf(plan), ...aroundNodes(plan), ...plan.places.flatMap((place) => columnNodes(plan, place))]
  const edges = plan.arrangement === 'columns' ? plan.places.flatMap((place) => columnEdges(plan, place)) : []
  return { nodes, edges }
}

/** Screen readers meet the button inside; the box around it says nothing, and neither do the lines. */
const silent = { role: 'presentation', 'aria-roledescription': undefined } as object
const unsaid = { ...silent, 'aria-label': undefined, 'aria-hidden': true } as object

type Given = { readonly data?: Node['data']; readonly anchors?: NodeHandle[]; readonly zIndex?: number }

function node(id: string, type: string, { x, y, width, height }: Rect, given: Given = {}): Node {
  const { data, anchors = [], zIndex = 0 } = given
  return {
    id,
    type,
    data: { ...data, anchors },
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: anchors,
    zIndex,
    domAttributes: silent,
  }
}

const anchor = (id: string, type: 'source' | 'target', x: number, y: number): NodeHandle => ({
  id,
  type,
  x,
  y,
  width: 0,
  height: 0,
  position: type === 'source' ? Position.Bottom : Position.Top,
})

function frameOf(plan: Plan): Node[] {
  const whole = { x: 0, y: 0, width: plan.width, height: plan.height }
  const railHeight = plan.arrangement === 'grid' ? plan.metrics.gridRail : plan.metrics.rail
  const rails = Array.from({ length: plan.lines }, (_, line) =>
    node(
      `rail/${line}`,
      'rail',
      { x: 0, y: plan.railTop(line), width: plan.width, height: railHeight },
      { data: { line }, zIndex: 1 },
    ),
  )
  const anchors = plan.places.flatMap((place) => serviceAnchors(plan, place))
  const service = node('service', 'service', plan.service, { anchors })
  return [
    node('ground', 'ground', whole, { zIndex: -1 }),
    ...rails,
    service,
    node('condemned', 'condemned', whole),
    node('partition', 'partition', whole, { zIndex: plan.arrangement === 'grid' ? 2 : -1 }),
  ]
}

/** The Service's line to a pod runs here, behind the card of the name. */
const ASIDE = 18

function serviceAnchors(plan: Plan, place: Place): NodeHandle[] {
  const { ordinal } = place.column
  const { x, height } = plan.service
  return [
    anchor(`hangs/${ordinal}`, 'source', place.x + plan.column / 2 - x, height),
    anchor(`selects/${ordinal}`, 'source', place.x + ASIDE - x, height),
  ]
}

/** Lines of other Services run here, beside those of the governing one. */
const DOOR_ASIDE = 25

/** What a door has to do with a column: one that leads elsewhere only, nothing. */
const leadsTo = (door: Plan['doors'][number], ordinal: number): boolean =>
  door.ordinal === undefined || door.ordinal === ordinal

/** Other Services above the columns, classes below them. */
function aroundNodes(plan: Plan): Node[] {
  const doors = plan.doors.map((door, index) => {
    const anchors = plan.places
      .filter(({ column }) => leadsTo(door, column.ordinal))
      .map(({ column, x }) => anchor(`leads/${column.ordinal}`, 'source', x + DOOR_ASIDE - door.x, door.height))
    return node(`door/${index}`, 'door', door, { data: { index }, anchors })
  })
  const classes = plan.classes.map((rect, index) => {
    const anchors = plan.places.map(({ column, x }) =>
      anchor(`of/${column.ordinal}`, 'target', x + plan.column / 2 - rect.x, 0),
    )
    return node(`class/${index}`, 'class', rect, { data: { index }, anchors })
  })
  return [...doors, ...classes]
}

/** Left free beside an endpoint for the lines that run there. */
const ENDPOINT_MARGIN = 30

function endpointNode(plan: Plan, { x, column: { ordinal } }: Place): Node[] {
  const { endpointTop: top, metrics, column } = plan
  if (top === undefined) return []
  const height = metrics.endpoint - 12
  const rect = { x: x + ENDPOINT_MARGIN, y: top + 7, width: column - 2 * ENDPOINT_MARGIN, height }
  return [node(`endpoint/${ordinal}`, 'endpoint', rect, { data: { ordinal } })]
}

function columnNodes(plan: Plan, place: Place): Node[] {
  const { x, line, column } = place
  const { ordinal } = column
  const { metrics, column: width } = plan
  const middle = width / 2
  const folded = plan.arrangement === 'grid'
  const pod = node(
    `pod/${ordinal}`,
    'pod',
    { x, y: plan.podTop(line), width, height: plan.pod },
    {
      data: { ordinal, folded },
      anchors: [
        anchor('up', 'source', middle, 0),
        anchor('down', 'source', middle, plan.pod),
        anchor('aside', 'source', ASIDE, plan.pod),
        anchor('selected', 'target', ASIDE, 0),
        anchor('led', 'target', DOOR_ASIDE, 0),
      ],
    },
  )
  if (folded) return [pod]
  const name = node(
    `name/${ordinal}`,
    'name',
    { x, y: plan.nameTop, width, height: metrics.name },
    {
      data: { ordinal },
      anchors: [anchor('up', 'target', middle, 0), anchor('down', 'target', middle, metrics.name)],
    },
  )
  const storage = Array.from({ length: column.claims }, (_, index): Node[] => [
    node(
      `claim/${ordinal}/${index}`,
      'claim',
      { x, y: plan.claimTop(index), width, height: metrics.claim },
      {
        data: { ordinal, index },
        anchors: [
          index === 0 ? anchor('up', 'target', middle, 0) : anchor('up', 'target', 0, metrics.claim / 2),
          anchor('down', 'source', middle, metrics.claim),
        ],
      },
    ),
    node(
      `volume/${ordinal}/${index}`,
      'volume',
      { x, y: plan.volumeTop(index), width, height: metrics.claim },
      {
        data: { ordinal, index },
        anchors: [anchor('up', 'target', middle, 0), anchor('down', 'source', middle, metrics.claim)],
      },
    ),
  ]).flat()
  return [name, ...endpointNode(plan, place), pod, ...storage]
}

function columnEdges(plan: Plan, { column: { ordinal, claims }, index: position }: Place): Edge<RelationData>[] {
  const edge = (
    relation: RelationName,
    index: number,
    ends: Pick<Edge, 'source' | 'target' | 'sourceHandle' | 'targetHandle'>,
  ) => ({
    id: `${relation}/${ordinal}/${index}`,
    type: 'relation',
    data: { relation, ordinal, index, first: position === 0 },
    ...ends,
    domAttributes: unsaid,
  })
  const pod = `pod/${ordinal}`
  const name = `name/${ordinal}`
  const storage = Array.from({ length: claims }, (_, index) => {
    const claim = `claim/${ordinal}/${index}`
    const sourceHandle = index === 0 ? 'down' : 'aside'
    return [
      edge('mounts', index, { source: pod, sourceHandle, target: claim, targetHandle: 'up' }),
      edge('binds', index, {
        source: claim,
        sourceHandle: 'down',
        target: `volume/${ordinal}/${index}`,
        targetHandle: 'up',
      }),
    ]
  }).flat()
  const doors = plan.doors.flatMap((door, index) =>
    leadsTo(door, ordinal)
      ? [
          edge('leads', index, {
            source: `door/${index}`,
            sourceHandle: `leads/${ordinal}`,
            target: pod,
            targetHandle: 'led',
          }),
        ]
      : [],
  )
  const classes = plan.classes.flatMap((_, index) =>
    claims === 0
      ? []
      : [
          edge('of', index, {
            source: `volume/${ordinal}/${claims - 1}`,
            sourceHandle: 'down',
            target: `class/${index}`,
            targetHandle: `of/${ordinal}`,
          }),
        ],
  )
  return [
    edge('hangs', 0, { source: 'service', sourceHandle: `hangs/${ordinal}`, target: name, targetHandle: 'up' }),
    edge('selects', 0, {
      source: 'service',
      sourceHandle: `selects/${ordinal}`,
      target: pod,
      targetHandle: 'selected',
    }),
    edge('publishes', 0, { source: pod, sourceHandle: 'up', target: name, targetHandle: 'down' }),
    ...storage,
    ...doors,
    ...classes,
  ]
}
