/** What a person may do to a pod, and what may befall the processes in it. */
import { listObjects, readObject } from '../sim/kernel/apiServer.ts'
import { get } from '../sim/kernel/sorted.ts'
import type { World } from '../sim/kernel/types.ts'
import type { Dice } from './dice.ts'
import type { DrawsOf, Of } from './draws.ts'
import { livePod, pod } from './draws.ts'
import { HOME } from './objects.ts'

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

/** Mostly a pod on whose volume something was written. */
function removeFile(dice: Dice, world: World): Of<'removeFile'> {
  const written = listObjects(world.objects, 'Pod', HOME).filter(({ metadata }) => {
    const claim = readObject(world.objects, 'PersistentVolumeClaim', HOME, `www-${metadata.name}`)
    return get(world.disks, claim?.spec.volumeName ?? '') !== undefined
  })
  const named = written.length > 0 ? { namespace: HOME, name: dice.oneOf(written).metadata.name } : pod(dice, world)
  return { type: 'removeFile', ...named, path: '/data/note' }
}

export const ACTS_ON_PODS: DrawsOf<Acts> = {
  deletePod: [[12, deletePod]],
  evictPod: [[4, (dice, world) => ({ type: 'evictPod', ...pod(dice, world) })]],
  failPod: [[6, (dice, world) => ({ type: 'failPod', ...pod(dice, world) })]],
  crashContainer: [[4, (dice, world) => ({ type: 'crashContainer', ...livePod(dice, world), exitCode: dice.upTo(1) })]],
  exhaustMemory: [[2, (dice, world) => ({ type: 'exhaustMemory', ...livePod(dice, world) })]],
  hangContainer: [[2, (dice, world) => ({ type: 'hangContainer', ...livePod(dice, world) })]],
  setReadiness: [[6, (dice, world) => ({ type: 'setReadiness', ...pod(dice, world), ready: !dice.once(3) })]],
  writeFile: [
    [
      4,
      (dice, world) => ({ type: 'writeFile', ...livePod(dice, world), path: '/data/note', text: String(dice.upTo(9)) }),
    ],
  ],
  removeFile: [[3, removeFile]],
}
