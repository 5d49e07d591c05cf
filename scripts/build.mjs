// Builds only when something the build is made of is newer than dist. Used by the commands that need a built page.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './check.mjs'

const sources = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'scripts/staticSite.ts',
  'scripts/sw.js',
  'package-lock.json',
]

/** Throws when the build fails. */
export function buildIfStale() {
  const stamp = 'dist/.vite/manifest.json'
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0
  if (sources.every((source) => newest(source) <= built)) return
  if (!run(['npx', '--no-install', 'vite', 'build'])) throw new Error('the build failed')
}

function newest(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(
    stats.mtimeMs,
    ...readdirSync(path).map((name) => (/\.test\.tsx?$/.test(name) ? 0 : newest(join(path, name)))),
  )
}
