// Replays recordings of a whole control plane against the simulation: `npm run recordings -- FOLDER…`, each folder with a
// recording.jsonl, plain or gzipped; without a folder those of the repository. Prints what differs object by object, and
// ends with `recordings: <agree> of <total>`; exits 0 only when all agree.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { loadSource } from './loadSource.mjs'
import { textOf } from './recordings.mjs'

const own = 'src/sim/conformance/clusters/recordings'

/** The recordings of a path: a file, the one of a folder, or those of the folders in it. */
function recordingsAt(path) {
  if (!existsSync(path)) throw new Error(`${path} does not exist`)
  if (!statSync(path).isDirectory()) return [path]
  const inside = ['recording.jsonl.gz', 'recording.jsonl']
    .map((name) => join(path, name))
    .filter((file) => existsSync(file))
  if (inside.length > 0) return inside
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const below = join(path, name)
      return statSync(below).isDirectory() || /\.jsonl(\.gz)?$/.test(name) ? recordingsAt(below) : []
    })
}

const nameOf = (file) => (basename(file).startsWith('recording.jsonl') ? basename(join(file, '..')) : basename(file))

const { judge, report } = await loadSource('sim/conformance/clusters/judge.ts')
const given = process.argv.slice(2)
const files = (given.length > 0 ? given : [own]).flatMap(recordingsAt)
const verdicts = files.map((file) => judge(textOf(file), nameOf(file)))
for (const verdict of verdicts) console.log(report(verdict))
const agree = verdicts.filter(({ differences }) => differences.length === 0).length
console.log(`\nrecordings: ${agree} of ${verdicts.length}`)
process.exit(agree === verdicts.length ? 0 : 1)
