// Is the lock complete and free of download addresses?
// A registry may lack the native packages of other systems; npm then writes a lock without them, `npm ci` refuses it,
// and people on those systems get no native binary. Download addresses would tie the lock to one registry.
import { readFileSync } from 'node:fs'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const problems = []

/** The folders a package's dependency may be installed in, nearest first. */
function* placesFor(dependency, from) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    yield `${place ? `${place}/` : ''}node_modules/${dependency}`
    if (!place) return
  }
}

for (const [path, entry] of Object.entries(packages)) {
  if (entry.resolved) problems.push(`${path} has a download address (resolved)`)
  for (const dependency of Object.keys(entry.optionalDependencies ?? {})) {
    if (![...placesFor(dependency, path)].some((place) => packages[place])) {
      problems.push(`lock lacks ${dependency}, optional dependency of ${path}`)
    }
  }
}

const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
  if (!/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+$/.test(range))
    problems.push(`${name} is not pinned to an exact version: ${range}`)
}

for (const problem of problems) console.log(problem)
if (problems.length === 0) console.log(`lock complete: ${Object.keys(packages).length - 1} packages`)
process.exit(problems.length ? 1 : 0)
