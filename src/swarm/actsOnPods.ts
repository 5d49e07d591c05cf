/** What a person may do to a pod, and what may befall the processes in it. */
import type { World } from '../sim/kernel/types.ts'
import type { Dice } from './dice.ts'
import type { DrawsOf, Of } from './draws.ts'
import { pod } from './draws.ts'

type Acts =
  | 'deletePod'
  | 'evictPod'
  | 'failPod'
  | 'crashContainer'
  | 'exhaustMemory'
  | 'hangContainer'
  | 'setReadiness'
  | 'writeFile'
  | 'removeFile'

function deletePod(dice: Dice, world: World): Of<'deletePod'> {
  const named = { type: 'deletePod' as const, ...pod(dice, world) }
  if (dice.once(10)) return { ...named, force: true }
  return dice.once(3) ? { ...named, graceSeconds: dice.oneOf([0, 1, 5]) } : named
}

export const ACTS_ON_PODS: DrawsOf<Acts> = {
  deletePod: [[12, deletePod]],
  evictPod: [[4, (dice, world) => ({ type: 'evictPod', ...pod(dice, world) })]],
  failPod: [[6, (dice, world) => ({ type: 'failPod', ...pod(dice, world) })]],
  crashContainer: [[4, (dice, world) => ({ type: 'crashContainer', ...pod(dice, world), exitCode: dice.upTo(1) })]],
  exhaustMemory: [[2, (dice, world) => ({ type: 'exhaustMemory', ...pod(dice, world) })]],
  hangContainer: [[2, (dice, world) => ({ type: 'hangContainer', ...pod(dice, world) })]],
  setReadiness: [[6, (dice, world) => ({ type: 'setReadiness', ...pod(dice, world), ready: !dice.once(3) })]],
  writeFile: [
    [1, (dice, world) => ({ type: 'writeFile', ...pod(dice, world), path: '/data/note', text: String(dice.upTo(9)) })],
  ],
  removeFile: [[1, (dice, world) => ({ type: 'removeFile', ...pod(dice, world), path: '/data/note' })]],
}
