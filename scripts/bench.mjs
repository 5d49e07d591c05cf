// Prints the figures: first those of the simulation (bench/**/*.bench.ts, run by Vitest in Node), then those of the page
// (bench/*.browser.mjs, each exporting `run({ page, url, report })`, against the built page). A word after the command
// keeps only the benches whose file name contains it: `npm run bench -- scale`.
import { existsSync, readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { browserFlags, findBrowser } from './browser.mjs'
import { buildIfStale } from './build.mjs'
import { run } from './check.mjs'
import { servePreview } from './preview.mjs'

const wanted = process.argv[2] ?? ''
const cores = cpus()
console.log(`Node ${process.version}, ${cores.length} × ${cores[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB\n`)

let ok = run([
  'npx',
  '--no-install',
  'vitest',
  'run',
  '--config',
  'vitest.bench.config.ts',
  ...(wanted ? [wanted] : []),
])

const benches = existsSync('bench')
  ? readdirSync('bench').filter((file) => file.endsWith('.browser.mjs') && file.includes(wanted))
  : []

if (benches.length > 0) {
  buildIfStale()
  const server = await servePreview()
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
  console.log(`\nChromium ${browser.version()}`)
  for (const file of benches.sort()) {
    console.log(`\n${file}`)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    try {
      const bench = await import(pathToFileURL(join('bench', file)).href)
      await bench.run({ page, url: server.url, report: (name, figure) => console.log(`  ${name}: ${figure}`) })
    } catch (error) {
      ok = false
      console.error(`FAIL  ${file}:`, error)
    }
    await page.close()
  }
  await browser.close()
  await server.close()
}
process.exit(ok ? 0 : 1)
