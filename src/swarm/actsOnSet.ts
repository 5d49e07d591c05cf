/** What a person may do to the set itself: its size, its image, its strategy, its end. */
import type { DrawsOf } from './draws.ts'
import { MOST_REPLICAS } from './draws.ts'
import { SET } from './objects.ts'
import { drawImage } from './template.ts'

type Acts = 'scaleStatefulSet' | 'setImage' | 'setPartition' | 'setUpdateStrategy' | 'deleteStatefulSet' | 'kubectl'

export const ACTS_ON_SET: DrawsOf<Acts> = {
  scaleStatefulSet: [[12, (dice) => ({ type: 'scaleStatefulSet', ...SET, replicas: dice.upTo(MOST_REPLICAS) })]],
  setImage: [[12, (dice) => ({ type: 'setImage', ...SET, image: drawImage(dice) })]],
  setPartition: [[4, (dice) => ({ type: 'setPartition', ...SET, partition: dice.upTo(3) })]],
  setUpdateStrategy: [
    [
      2,
      (dice) => ({ type: 'setUpdateStrategy', ...SET, strategy: { type: dice.oneOf(['OnDelete', 'RollingUpdate']) } }),
    ],
  ],
  deleteStatefulSet: [
    [2, (dice) => ({ type: 'deleteStatefulSet', ...SET, cascade: dice.oneOf(['background', 'foreground', 'orphan']) })],
  ],
  kubectl: [
    [
      1,
      (dice) => {
        const replicas = dice.upTo(MOST_REPLICAS)
        const patch = { spec: { replicas } }
        return {
          type: 'kubectl',
          line: `kubectl scale statefulset web --replicas=${replicas}`,
          requests: [{ do: 'patch', kind: 'statefulsets', ...SET, patch }],
        }
      },
    ],
    [
      1,
      () => ({
        type: 'kubectl',
        line: 'kubectl delete pod web-0 web-1 --now',
        requests: [
          { do: 'delete', kind: 'pods', namespace: SET.namespace, name: 'web-0', graceSeconds: 1 },
          { do: 'delete', kind: 'pods', namespace: SET.namespace, name: 'web-1', graceSeconds: 1 },
        ],
      }),
    ],
  ],
}
