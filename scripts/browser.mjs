// Finds a Chromium to drive, and installs one where none is found. Used by Playwright's configuration, the browser
// benches and the screenshots; `npm run browser` prints the path. The answer is cached beside the installed packages.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const cacheFolder = fileURLToPath(new URL('../node_modules/.cache/ordinal', import.meta.url))
const cacheFile = join(cacheFolder, 'browser.txt')
const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0

/** Flags for every launch: nothing is fetched in the background, and root on Linux has no sandbox to enter. */
export const browserFlags = [
  ...(isRootOnLinux ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @returns {string} the path of a working Chromium or Chrome; throws a plain instruction when there is none */
export function findBrowser() {
  const known = cached() ?? search() ?? install()
  if (!known) {
    throw new Error(
      'No Chromium found. Install one with `npx playwright install --with-deps chromium` or `apt-get install chromium`, ' +
        'or set the environment variable CHROMIUM to the path of a Chromium or Chrome.',
    )
  }
  remember(known)
  return known
}

function cached() {
  if (process.env.CHROMIUM || !existsSync(cacheFile)) return undefined
  const path = readFileSync(cacheFile, 'utf8').trim()
  return existsSync(path) ? path : undefined
}

function remember(path) {
  if (process.env.CHROMIUM) return
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(cacheFile, `${path}\n`)
}

function search() {
  if (process.env.CHROMIUM) {
    if (works(process.env.CHROMIUM)) return process.env.CHROMIUM
    throw new Error(`CHROMIUM is set to ${process.env.CHROMIUM}, which does not start.`)
  }
  return [chromium.executablePath(), ...onPath(), ...knownPlaces()].find(
    (path) => path && existsSync(path) && works(path),
  )
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']
  return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
}

function knownPlaces() {
  return [
    '/usr/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter(Boolean)
      .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
  ]
}

/** Windows programs print no version; there, existing is enough. */
function works(path) {
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

function install() {
  run('npx', ['playwright', 'install', 'chromium'], 180_000)
  const managed = search()
  if (managed || !isRootOnLinux || !existsSync('/usr/bin/apt-get')) return managed
  run('apt-get', ['update'], 180_000)
  run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], 600_000)
  return search()
}

function run(command, args, timeout) {
  console.error(`> ${command} ${args.join(' ')}`)
  return (
    spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout, shell: process.platform === 'win32' }).status === 0
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(findBrowser())
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
