/** `df`: the claims of a container, with what is on them and what they hold. Models: busybox coreutils/df.c. */

import { unitsOf } from '../../api/quantity.ts'
import { readObject } from '../../kernel/apiServer.ts'
import { get } from '../../kernel/sorted.ts'
import type { Program } from '../../shell/run.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import { mountsOf } from './podFiles.ts'
import type { Inside } from './podTools.ts'

const KIB = 1024

/** `1.0G`, `24.0K`: with one digit behind the point, by the largest unit that fits. */
function human(kib: number): string {
  const units = ['K', 'M', 'G', 'T']
  let value = kib
  let unit = 0
  while (value >= KIB && unit < units.length - 1) {
    value /= KIB
    unit++
  }
  return value === 0 ? '0' : `${value.toFixed(1)}${units[unit]}`
}

const row = (cells: readonly string[]): string => {
  const [source = '', size = '', used = '', free = '', share = '', path = ''] = cells
  return `${source.padEnd(20)} ${size.padStart(9)} ${used.padStart(9)} ${free.padStart(9)} ${share.padStart(4)} ${path}\n`
}

export const df = ({ pod, container }: Inside): Program =>
  function* (args) {
    const wrong = args.find((arg) => /^-/.test(arg) && !/^-[hkPT]+$/.test(arg))
    if (wrong !== undefined) {
      yield* complain(`df: invalid option -- '${wrong.slice(1)}'\n`)
      return 1
    }
    const world = yield* currentWorld()
    const shown = args.some((arg) => arg.includes('h')) ? human : String
    const head = ['Filesystem', shown === human ? 'Size' : '1K-blocks', 'Used', 'Available', 'Use%', 'Mounted on']
    const rows = mountsOf(world, pod, container).map(({ path, volume }) => {
      const capacity = readObject(world.objects, 'PersistentVolume', undefined, volume)?.spec.capacity.storage
      const size = Math.floor((capacity === undefined ? 0 : unitsOf(capacity)) / KIB)
      const texts = Object.values(get(world.disks, volume) ?? {})
      const used = texts.reduce((sum, text) => sum + Math.ceil(text.length / (4 * KIB)) * 4, 0)
      const share = size === 0 ? '0%' : `${Math.ceil((used / size) * 100)}%`
      return [`/dev/disk/${volume.slice(0, 9)}`, shown(size), shown(used), shown(size - used), share, path]
    })
    yield* print([head, ...rows].map(row).join(''))
    return 0
  }
