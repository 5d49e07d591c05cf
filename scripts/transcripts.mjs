// Replays captured kubectl transcripts against the simulation and prints what disagrees: `npm run transcripts -- FILE…`,
// plain or gzipped JSON; without a file those of the repository. A folder `fixtures` beside a file adds to the manifests.
// Ends with `transcripts: <agree> of <total>` and exits 0 only when all agree.
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadSource } from './loadSource.mjs'
import { textOf } from './recordings.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const own = join(root, 'src/sim/conformance/transcripts')

const ownFixtures = JSON.parse(textOf(join(own, 'fixtures.json.gz')))

function fixturesBeside(file) {
  const folder = join(dirname(file), 'fixtures')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : []
  return { ...ownFixtures, ...Object.fromEntries(names.map((name) => [name, textOf(join(folder, name))])) }
}

const { judgeCases, reportOn } = await loadSource('sim/conformance/transcripts/transcripts.ts')
const given = process.argv.slice(2)
const files = given.length > 0 ? given : [join(own, 'transcripts.json.gz')]
const verdicts = files.flatMap((file) => judgeCases(textOf(file), fixturesBeside(file)))
const agreeing = verdicts.filter(({ difference }) => difference === undefined).length

console.log(reportOn(verdicts))
console.log(`transcripts: ${agreeing} of ${verdicts.length}`)
process.exit(agreeing === verdicts.length ? 0 : 1)
