// The page, played by Playwright. Builds first when dist is missing or stale; arguments go to Playwright.
import { buildIfStale } from './build.mjs'
import { run } from './check.mjs'

buildIfStale()
process.exit(run(['npx', '--no-install', 'playwright', 'test', ...process.argv.slice(2)]) ? 0 : 1)
