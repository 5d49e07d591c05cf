// Pictures of the built page for the eye, written to screenshots/. A view is a moment of a scenario, made by the
// scripting object of the page (window.ordinal) with the clock held; each view is taken in every look that fits it.
// Words after the command keep only the pictures whose name contains one of them: `npm run screenshots -- dark phone`.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { browserFlags, findBrowser } from './browser.mjs'
import { buildIfStale } from './build.mjs'
import { servePreview } from './preview.mjs'

/** `act` runs in the page once it is ready; it may only use window.ordinal and the document. */
const views = [
  { name: 'first-visit', query: { scenario: 'ordered-start' }, act: () => {} },
  {
    name: 'ordered-start',
    query: { scenario: 'ordered-start' },
    act: () => window.ordinal.until({ pod: 'web-1', is: 'Running' }, 120_000),
  },
  {
    name: 'all-ready',
    query: { scenario: 'ordered-start' },
    act: () => window.ordinal.untilQuiet(600_000),
  },
  {
    name: 'scale-down',
    query: { scenario: 'ordered-start' },
    act: () => {
      window.ordinal.untilQuiet(600_000)
      const [set] = window.ordinal.objects('statefulsets')
      const { namespace, name } = set.metadata
      window.ordinal.dispatch({ type: 'scaleStatefulSet', namespace, name, replicas: 1 })
      window.ordinal.advance(2_000)
    },
  },
  {
    name: 'not-ready',
    query: { scenario: 'ordered-start' },
    act: () => {
      window.ordinal.untilQuiet(600_000)
      const [set] = window.ordinal.objects('statefulsets')
      const { namespace, name } = set.metadata
      window.ordinal.dispatch({ type: 'setReadiness', namespace, name: `${name}-1`, ready: false })
      window.ordinal.dispatch({ type: 'scaleStatefulSet', namespace, name, replicas: 5 })
      window.ordinal.advance(30_000)
    },
  },
  {
    name: 'versions',
    query: { scenario: 'rolling-update' },
    act: async () => {
      const shown = async (selector) => {
        for (;;) {
          const found = document.querySelector(selector)
          if (found) return found
          await new Promise((done) => setTimeout(done, 50))
        }
      }
      document.querySelector('.version-choice').click()
      const entry = await shown('[role="menuitem"]')
      entry.click()
      await shown('.versions-switches')
    },
  },
]

const looks = [
  { name: 'light', theme: 'light', width: 1440, height: 900 },
  { name: 'dark', theme: 'dark', width: 1440, height: 900 },
  { name: 'projector', theme: 'projector', width: 1440, height: 900 },
  { name: 'small-light', theme: 'light', width: 1024, height: 768 },
  { name: 'phone-light', theme: 'light', width: 390, height: 844, phone: true },
  { name: 'phone-dark', theme: 'dark', width: 390, height: 844, phone: true },
]

const wanted = process.argv.slice(2)
const pictures = views
  .flatMap((view) => looks.map((look) => ({ view, look, name: `${view.name}-${look.name}` })))
  .filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))

buildIfStale()
mkdirSync('screenshots', { recursive: true })
const server = await servePreview()
const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
let failed = 0
for (const picture of pictures) {
  try {
    await take(picture)
  } catch (error) {
    failed++
    console.error(`FAIL  ${picture.name}: ${error.message}`)
  }
}
await browser.close()
await server.close()
console.log(`${pictures.length - failed} pictures in screenshots/, ${failed} failed`)
process.exit(failed ? 1 : 0)

async function take({ view, look, name }) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: look.phone ? 2 : 1,
    hasTouch: look.phone ?? false,
    reducedMotion: 'reduce',
    colorScheme: look.theme === 'dark' ? 'dark' : 'light',
    serviceWorkers: 'block',
  })
  try {
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
    page.on('console', (message) => message.type() === 'error' && console.error(`${name}: ${message.text()}`))
    const query = new URLSearchParams({ theme: look.theme, lang: 'en', clock: 'manual', ...view.query })
    await page.goto(`${server.url}?${query}`)
    await page.waitForFunction(() => window.ordinal !== undefined, undefined, { timeout: 10_000 })
    await page.evaluate(() => window.ordinal.ready())
    await page.evaluate(view.act)
    await page.evaluate(() =>
      document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => done()))),
    )
    await page.waitForTimeout(150)
    await page.screenshot({ path: `screenshots/${name}.png`, animations: 'disabled' })
    console.log(`screenshots/${name}.png`)
  } finally {
    await context.close()
  }
}
