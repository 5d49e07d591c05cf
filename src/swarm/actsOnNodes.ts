/** What a person may do to a node, and what may befall its machine. What brings it back is drawn more often. */
import { OUT_OF_SERVICE, ZONE_LABEL } from '../sim/controllers/taints.ts'
import type { Draw, DrawsOf, Of } from './draws.ts'
import { node } from './draws.ts'
import { HOME } from './objects.ts'

type Plain =
  | 'cordonNode'
  | 'uncordonNode'
  | 'stopDrain'
  | 'powerOffNode'
  | 'powerOnNode'
  | 'rebootNode'
  | 'shutDownNode'
  | 'cutOffNode'
  | 'reconnectNode'

type Acts = Plain | 'drainNode' | 'addNode' | 'taintNode' | 'untaintNode' | 'labelNode'

/** An act that says nothing but which node. */
const plain =
  <T extends Plain>(type: T): Draw<Of<T>> =>
  (dice, world) =>
    ({ type, ...node(dice, world) }) as Of<T>

const OWN = 'example.com/busy'

export const ACTS_ON_NODES: DrawsOf<Acts> = {
  cordonNode: [[1, plain('cordonNode')]],
  uncordonNode: [[4, plain('uncordonNode')]],
  stopDrain: [[2, plain('stopDrain')]],
  powerOffNode: [[1, plain('powerOffNode')]],
  powerOnNode: [[4, plain('powerOnNode')]],
  rebootNode: [[1, plain('rebootNode')]],
  shutDownNode: [[1, plain('shutDownNode')]],
  cutOffNode: [[1, plain('cutOffNode')]],
  reconnectNode: [[4, plain('reconnectNode')]],
  drainNode: [
    [
      2,
      (dice, world) => ({
        type: 'drainNode',
        ...node(dice, world),
        timeoutSeconds: dice.oneOf([5, 30]),
        force: true,
        deleteEmptyDirData: true,
        ...(dice.once(6) && { disableEviction: true }),
      }),
    ],
  ],
  addNode: [
    [
      2,
      (dice) => ({
        type: 'addNode',
        namespace: HOME,
        name: `node-${1 + dice.upTo(4)}`,
        ...(dice.once(2) && { zone: dice.oneOf(['a', 'b', 'c']) }),
        ...(dice.once(2) && { cpu: '2' }),
        ...(dice.once(3) && { labels: { disk: 'fast' } }),
      }),
    ],
  ],
  taintNode: [
    [
      1,
      (dice, world) => ({
        type: 'taintNode',
        ...node(dice, world),
        key: OWN,
        effect: dice.oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
      }),
    ],
    [1, (dice, world) => ({ type: 'taintNode', ...node(dice, world), key: OUT_OF_SERVICE, effect: 'NoExecute' })],
  ],
  untaintNode: [
    [5, (dice, world) => ({ type: 'untaintNode', ...node(dice, world), key: dice.oneOf([OWN, OUT_OF_SERVICE]) })],
  ],
  labelNode: [
    [2, (dice, world) => ({ type: 'labelNode', ...node(dice, world), label: 'disk', value: 'fast' })],
    [1, (dice, world) => ({ type: 'labelNode', ...node(dice, world), label: 'disk' })],
    [
      1,
      (dice, world) => ({ type: 'labelNode', ...node(dice, world), label: ZONE_LABEL, value: dice.oneOf(['a', 'b']) }),
    ],
  ],
}
