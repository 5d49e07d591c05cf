// The weight of the built page, gzipped: what index.html loads at first (its entry, everything the entry imports
// statically, preloads and style sheets), and everything together. Fonts are listed apart: they are loaded when used.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const firstLoadBudget = 200_000
const totalBudget = 900_000

if (!existsSync('dist/.vite/manifest.json')) {
  console.error('dist is missing: run `npm run build` first')
  process.exit(1)
}

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const page = readFileSync('dist/index.html', 'utf8')
const first = new Set()

function addChunk(key) {
  const chunk = manifest[key]
  if (!chunk || first.has(chunk.file)) return
  first.add(chunk.file)
  for (const file of chunk.css ?? []) first.add(file)
  for (const imported of chunk.imports ?? []) addChunk(imported)
}

const named = new Set([...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, file]) => file))
for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry || named.has(chunk.file)) addChunk(key)
for (const file of named) first.add(file)

const files = readdirSync('dist', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/').slice('dist/'.length))
  .filter((file) => !file.startsWith('.vite/'))

const isFont = (file) => extname(file) === '.woff2'
const isCode = (file) => ['.js', '.css', '.html'].includes(extname(file)) && file !== 'sw.js'
const weigh = (file) => {
  const bytes = readFileSync(join('dist', file))
  return { file, raw: bytes.length, gzip: isFont(file) ? bytes.length : gzipSync(bytes, { level: 9 }).length }
}

const weighed = files.map(weigh).sort((a, b) => b.gzip - a.gzip)
const sum = (rows) => rows.reduce((total, row) => total + row.gzip, 0)
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`

function table(title, rows) {
  if (rows.length === 0) return
  console.log(`\n${title}`)
  for (const row of rows) console.log(`${kB(row.gzip)}  (${kB(row.raw).trim()} raw)  ${row.file}`)
}

const firstRows = weighed.filter((row) => first.has(row.file))
const laterRows = weighed.filter((row) => isCode(row.file) && !first.has(row.file))
const fontRows = weighed.filter((row) => isFont(row.file))
table('First load', firstRows)
table('Later, when needed', laterRows)
table('Fonts (not in the budgets)', fontRows)

const firstLoad = sum(firstRows)
const total = firstLoad + sum(laterRows)
console.log(`\n${kB(firstLoad)}  first load, of ${firstLoadBudget / 1000} kB`)
console.log(`${kB(total)}  all scripts and styles, of ${totalBudget / 1000} kB`)
console.log(`${kB(sum(fontRows))}  fonts`)

const over = [
  firstLoad > firstLoadBudget && 'first load is over budget',
  total > totalBudget && 'the total is over budget',
  !firstRows.some((row) => row.file.endsWith('.js')) && 'no entry script was found',
].filter(Boolean)
for (const fault of over) console.error(`FAIL  ${fault}`)
process.exit(over.length ? 1 : 0)
