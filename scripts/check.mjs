// Everything that can be known without running the product. Each step counts as one check; all of them run, so that
// one answer names every fault. `run` is also used by scripts/test.mjs.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Name, and the command with its arguments (package binaries are found through npx, without any download). */
const steps = [
  ['types', ['npx', '--no-install', 'tsc', '-b']],
  ['lint and format', ['npx', '--no-install', 'biome', 'check', '--error-on-warnings']],
  ['unused files, exports and packages', ['npx', '--no-install', 'knip', '--no-progress']],
  ['lock', ['node', 'scripts/lockcheck.mjs']],
]

/** @returns {{ passed: number, failed: number }} */
export function check() {
  mkdirSync('node_modules/.cache/tsc', { recursive: true })
  let failed = 0
  for (const [name, command] of steps) {
    const ok = run(command)
    console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}`)
    if (!ok) failed++
  }
  return { passed: steps.length - failed, failed }
}

/** @returns {boolean} whether the command ended with 0 */
export function run([command, ...args], env = {}) {
  const options = { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' }
  return spawnSync(command, args, options).status === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = check()
  console.log(`${passed} checks passed, ${failed} failed`)
  process.exit(failed ? 1 : 0)
}
