// Replays captured kubectl transcripts against the simulation and prints what disagrees: `npm run transcripts -- FILE…`,
// plain or gzipped JSON; without a file those of the repository. A folder `fixtures` beside a file adds to the manifests.
// Ends with `transcripts: <agree> of <total>` and exits 0 only when all agree.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const own = join(root, 'src/sim/conformance/transcripts')

const textOf = (file) => {
  const bytes = readFileSync(file)
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** The player is TypeScript, of the same sources that the page is built of: it is bundled for this one run. */
async function loadTranscripts() {
  const outDir = mkdtempSync(join(tmpdir(), 'transcripts-'))
  const options = { ssr: join(own, 'transcripts.ts'), outDir, emptyOutDir: false, minify: false }
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: options,
  })
  const loaded = await import(pathToFileURL(join(outDir, 'transcripts.js')).href)
  rmSync(outDir, { recursive: true })
  return loaded
}

const ownFixtures = JSON.parse(textOf(join(own, 'fixtures.json.gz')))

function fixturesBeside(file) {
  const folder = join(dirname(file), 'fixtures')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : []
  return { ...ownFixtures, ...Object.fromEntries(names.map((name) => [name, textOf(join(folder, name))])) }
}

const { judgeCases, reportOn } = await loadTranscripts()
const given = process.argv.slice(2)
const files = given.length > 0 ? given : [join(own, 'transcripts.json.gz')]
const verdicts = files.flatMap((file) => judgeCases(textOf(file), fixturesBeside(file)))
const agreeing = verdicts.filter(({ difference }) => difference === undefined).length

console.log(reportOn(verdicts))
console.log(`transcripts: ${agreeing} of ${verdicts.length}`)
process.exit(agreeing === verdicts.length ? 0 : 1)
