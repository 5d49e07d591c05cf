/** The history that leads to the scene of `partitioned` in the canvas's fixtures, and longer ones of many pods. */
import type { Lane, LaneSpan, Lanes, Marker, PodState, RevisionOrder } from '../../sim/index.ts'
import { revisionA, revisionB } from '../canvas/fixtures.ts'

export const order: RevisionOrder = { [revisionA.name]: 0, [revisionB.name]: 1 }

type Piece = readonly [state: PodState, from: number, to?: number]

/** One incarnation: its pieces in seconds, one after the other. */
function life(ordinal: number, revision: string, pieces: readonly Piece[]): LaneSpan[] {
  const uid = `uid-${ordinal}-${pieces[0]?.[1]}`
  const node = `node-${'abc'[ordinal % 3]}`
  return pieces.map(([state, from, to], index) => ({
    from: from * 1000,
    ...(to === undefined ? {} : { to: to * 1000 }),
    state,
    uid,
    first: index === 0,
    revision,
    ...(state === 'pending' ? {} : { node }),
  }))
}

function lane(ordinal: number, spans: LaneSpan[], name: Lane['name'] = []): Lane {
  return { podName: `web-${ordinal}`, ordinal, spans, claim: [{ from: spans[0]?.from ?? 0 }], name }
}

const start = (ordinal: number, begun: number, readyUntil?: number) =>
  life(ordinal, revisionA.name, [
    ['creating', begun, begun + 2],
    ['notReady', begun + 2, begun + 6],
    readyUntil === undefined ? ['ready', begun + 6] : ['ready', begun + 6, readyUntil],
    ...(readyUntil === undefined ? [] : [['terminating', readyUntil, readyUntil + 5] as const]),
  ])

const again = (ordinal: number, begun: number, ready?: number) =>
  life(ordinal, revisionB.name, [
    ['creating', begun, begun + 2],
    ready === undefined ? ['notReady', begun + 2] : ['notReady', begun + 2, ready],
    ...(ready === undefined ? [] : [['ready', ready] as const]),
  ])

const act = (at: number, moment: number, text: string): Marker => ({ at: at * 1000, kind: 'command', moment, text })

export const partitionedLanes: Lanes = {
  lanes: [
    lane(0, start(0, 0)),
    lane(1, start(1, 6)),
    lane(2, start(2, 12)),
    lane(
      3,
      [...start(3, 18, 47), ...again(3, 52)],
      [
        { from: 24_000, to: 47_000, state: 'published' },
        { from: 47_000, state: 'cached' },
      ],
    ),
    lane(4, [...start(4, 24, 36), ...again(4, 41, 47)]),
  ],
  markers: [
    act(0, 0, 'kubectl apply -f web.yaml'),
    act(36, 60, 'kubectl set image sts/web nginx=nginx:1.28'),
    ...[6, 12, 18, 24, 30, 41, 47, 52, 54].map(
      (at, index): Marker => ({ at: at * 1000, kind: 'decision', moment: index + 1, text: 'createNext' }),
    ),
  ],
  end: 58_400,
}

/** A start of many pods, two seconds each. */
export function manyLanes(count: number): Lanes {
  return {
    lanes: Array.from({ length: count }, (_, ordinal) =>
      lane(
        ordinal,
        life(ordinal, revisionA.name, [
          ['creating', ordinal * 2, ordinal * 2 + 1],
          ['notReady', ordinal * 2 + 1, ordinal * 2 + 2],
          ['ready', ordinal * 2 + 2],
        ]),
      ),
    ),
    markers: [act(0, 0, `kubectl scale sts/web --replicas=${count}`)],
    end: count * 2000 + 2000,
  }
}
