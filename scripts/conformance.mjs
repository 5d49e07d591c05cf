// Replays recorded decisions of the real StatefulSet controller against the simulation's own and prints what disagrees:
// `npm run conformance -- FILE…`, plain or gzipped JSON Lines of any kind of record; without a file all that the
// repository holds. Ends with `conformance: <agree> of <total>` and exits 0 only when all agree.
import { relative } from 'node:path'
import { loadSource } from './loadSource.mjs'
import { linesOf, ownRecordings } from './recordings.mjs'

const { Conformance } = await loadSource('sim/conformance/conformance.ts')
const conformance = new Conformance()
const times = []

function takeAll(file) {
  const name = relative(process.cwd(), file)
  try {
    for (const { line, number } of linesOf(file)) {
      const start = performance.now()
      const kind = conformance.take(line, `${name}:${number}`)
      if (kind === 'reconcile') times.push(performance.now() - start)
    }
  } catch (error) {
    conformance.refuse(name, error.message)
  }
}

const given = process.argv.slice(2)
const files = given.length > 0 ? given : ownRecordings()
for (const file of files) takeAll(file)

for (const line of conformance.disagreements()) console.log(line)
console.log(`\n${conformance.byKind()}`)
if (times.length > 0) {
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]
  console.log(`median ${median.toFixed(2)} ms a reconcile record: parsed, replayed twice, compared`)
}
console.log(conformance.result())
process.exit(conformance.allAgree ? 0 : 1)
