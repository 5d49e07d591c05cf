// The built site as a static host serves it, under a base path of its own: it asks nobody else, breaks no policy, and
// opens without the host once it has been opened.
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '@playwright/test'

const base = '/some/where/'
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

async function serve(): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = normalize(path.slice(base.length) || 'index.html')
    const body =
      path.startsWith(base) && !file.startsWith('..') ? await readFile(join('dist', file)).catch(() => null) : null
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    response.end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}` }
}

/** Everything the page is refused or gets wrong, as it happens. */
function complaints(page: Page): string[] {
  const found: string[] = []
  page.on('pageerror', (error) => found.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text())
  })
  return found
}

test('opens from any base path, asks no other host, breaks no policy', async ({ page }) => {
  const { server, url } = await serve()
  const found = complaints(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(url)
  await expect(page).toHaveTitle(/Ordinal/)
  await expect(page.locator('#root > *').first()).toBeAttached()
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  expect(policy).toContain("default-src 'none'")
  expect(asked.filter((address) => !address.startsWith(url) && !/^(data|blob):/.test(address))).toEqual([])
  expect(found).toEqual([])
  server.close()
})

test('opens without the host once it has been opened, whatever the parameters', async ({ page }) => {
  const { server, url } = await serve()
  await page.goto(url)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  const found = complaints(page)
  for (const address of [url, `${url}?theme=dark&clock=manual`, `${url}index.html`]) {
    const response = await page.goto(address)
    expect(response?.fromServiceWorker()).toBe(true)
    await expect(page.locator('#root > *').first()).toBeAttached()
  }
  expect(found).toEqual([])
})

/** The built files that this one brings with it, itself included. */
async function filesWith(source: string): Promise<readonly string[]> {
  const chunks = JSON.parse(await readFile('dist/.vite/manifest.json', 'utf8')) as Record<
    string,
    { readonly file: string; readonly css?: readonly string[]; readonly imports?: readonly string[] }
  >
  const found = new Set<string>()
  const add = (key: string): void => {
    const chunk = chunks[key]
    if (!chunk || found.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file)
    for (const imported of chunk.imports ?? []) add(imported)
  }
  add(source)
  return [...found]
}

test.describe('on a network that is slow after the first load', () => {
  test.use({ serviceWorkers: 'block' })

  test('the first story is shown, plays to its end, and says all it has to say', async ({ page }) => {
    const html = await readFile('dist/index.html', 'utf8')
    const first = [...html.matchAll(/assets\/[^"]+/g)].map(([file]) => file)
    const here = [...first, ...(await filesWith('src/ui/canvas/FlowCanvas.tsx'))]
    const held: string[] = []
    await page.route(/\/assets\/.*\.(js|css)$/, async (route) => {
      const url = route.request().url()
      if (here.some((file) => url.endsWith(file))) return route.continue()
      // Never answered.
      held.push(url)
      return undefined
    })
    await page.goto('./?clock=manual', { waitUntil: 'commit' })
    await expect(page.getByRole('button', { name: 'Step to the next write' })).toBeVisible()
    await expect(page.locator('.react-flow__node').first()).toBeVisible()
    const unsaid = () => page.evaluate(() => document.body.innerHTML.match(/[^>]*[>"]…[<"]/g) ?? [])
    expect(await unsaid()).toEqual([])
    for (;;) {
      const facts = await page.evaluate(() => {
        for (let writes = 0; writes < 4; writes++) if (window.ordinal.step().length === 0) return 0
        return 1
      })
      expect(await unsaid()).toEqual([])
      if (facts === 0) break
    }
    await expect(page.getByText('3/3').first()).toBeVisible()
    expect(held.length).toBeGreaterThan(0)
  })

  test('a link to another story waits for that story, and for nothing else', async ({ page }) => {
    await page.goto('./?clock=manual&scenario=rolling-update')
    await expect(page.getByRole('button', { name: 'Scenario: Rolling update' })).toBeVisible()
    await expect(page.getByText('Three pods start at v1')).toBeVisible()
  })
})
