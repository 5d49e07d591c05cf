import { spawnSync } from 'node:child_process'
import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './scripts/browser.mjs'

// The port is chosen once, by the process that starts the server; workers read it from the environment.
process.env.ORDINAL_PORT ??= freePort()
const reports = process.env.ORDINAL_REPORTS ?? 'test-results'
const url = `http://127.0.0.1:${process.env.ORDINAL_PORT}/`

export default defineConfig({
  testDir: 'e2e',
  outputDir: `${reports}/e2e`,
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  reporter: [['list'], ['json', { outputFile: `${reports}/e2e.json` }]],
  use: {
    baseURL: url,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findBrowser(), args: browserFlags },
  },
  webServer: {
    command: `npx --no-install vite preview --host 127.0.0.1 --port ${process.env.ORDINAL_PORT} --strictPort`,
    url,
    reuseExistingServer: false,
    timeout: 30_000,
  },
})

function freePort(): string {
  const ask =
    "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); this.close() })"
  return spawnSync(process.execPath, ['-e', ask], { encoding: 'utf8' }).stdout.trim()
}
