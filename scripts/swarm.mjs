// Random histories against every guarantee: `npm run swarm -- --seed 501 --runs 1000 --acts 200`. A run that breaks one is
// made short, told, and written as a file that the page plays: open it there, or drop it on the page.
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadSource } from './loadSource.mjs'

const whole = (name, text) => {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  console.error(`--${name} must be a whole number, not ${text}`)
  process.exit(2)
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '100' },
    acts: { type: 'string', default: '200' },
    only: { type: 'string' },
    out: { type: 'string', default: 'test-results/swarm' },
  },
})
const seed = whole('seed', values.seed)
const runs = whole('runs', values.runs)
const acts = whole('acts', values.acts)

const { failureOf, makeSim } = await loadSource('swarm/report.ts')

const kernel = makeSim()
const begun = performance.now()
const failed = []
for (let at = seed; at < seed + runs; at++) {
  const failure = failureOf(kernel, at, acts, values.only === undefined ? {} : { only: values.only })
  if (!failure) continue
  failed.push(at)
  mkdirSync(values.out, { recursive: true })
  const file = resolve(values.out, `seed-${at}.ordinal.json`)
  writeFileSync(file, failure.file)
  console.log(`${failure.text}\n  play it: open ${file} in the page\n`)
}
const seconds = ((performance.now() - begun) / 1000).toFixed(1)
const outcome = failed.length === 0 ? 'every guarantee held' : `${failed.length} failed: seeds ${failed.join(', ')}`
console.log(`swarm: ${runs} runs of ${acts} acts from seed ${seed} in ${seconds} s, ${outcome}`)
process.exit(failed.length === 0 ? 0 : 1)
