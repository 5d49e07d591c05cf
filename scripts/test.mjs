// All tests, in order: check, unit tests (stories included), build, size, the page in a browser. A failing step does
// not hide the ones after it; only the page is skipped when there is no build. The last line is the sum of all tests,
// each check, the build and the size counting as one.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { check, run } from './check.mjs'

const reports = 'test-results/all'
const unitReport = `${reports}/unit.json`
const pageReport = `${reports}/e2e.json`

/** Counts and names of the failures of one step. */
const total = { passed: 0, failed: 0, skipped: 0, failures: [] }

function add(name, { passed, failed, skipped = 0, failures = [] }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  total.failures.push(...failures.map((failure) => `${name}: ${failure}`))
}

function one(name, ok) {
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: ok ? [] : ['failed, see above'] })
  return ok
}

function heading(text) {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 70 - text.length))}`)
}

function unit() {
  rmSync(unitReport, { force: true })
  const ok = run(['npx', '--no-install', 'vitest', 'run'], { ORDINAL_REPORTS: reports })
  if (!existsSync(unitReport)) return { passed: 0, failed: 1, failures: ['no report was written'] }
  const report = JSON.parse(readFileSync(unitReport, 'utf8'))
  const failures = report.testResults.flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName)
    return tests.length === 0 && file.status === 'failed' ? [`${file.name} did not run: ${file.message}`] : tests
  })
  const skipped = report.numPendingTests + report.numTodoTests
  return counted(report.numPassedTests, failures, skipped, ok)
}

function page() {
  rmSync(pageReport, { force: true })
  const ok = run(['npx', '--no-install', 'playwright', 'test'], { ORDINAL_REPORTS: reports })
  if (!existsSync(pageReport)) return { passed: 0, failed: 1, failures: ['no report was written'] }
  const report = JSON.parse(readFileSync(pageReport, 'utf8'))
  const failures = [
    ...failedSpecs(report.suites),
    ...report.errors.map((error) => error.message ?? 'error outside a test'),
  ]
  return counted(report.stats.expected + report.stats.flaky, failures, report.stats.skipped, ok)
}

function failedSpecs(suites, above = '') {
  return suites.flatMap((suite) => {
    const title = `${above}${suite.title} › `
    const own = suite.specs.filter((spec) => !spec.ok).map((spec) => title + spec.title)
    return [...own, ...failedSpecs(suite.suites ?? [], title)]
  })
}

/** A run that failed without naming a test, or that ran none, is one failure. */
function counted(passed, failures, skipped, ok) {
  const named = [...failures]
  if (named.length === 0 && !ok) named.push('the run ended with an error, see above')
  if (named.length === 0 && passed === 0) named.push('no test ran')
  return { passed, failed: named.length, skipped, failures: named }
}

heading('check')
const checks = check()
add('check', { ...checks, failures: checks.failed ? [`${checks.failed} of its steps failed, see above`] : [] })

heading('unit')
add('unit', unit())

heading('build')
const built = one('build', run(['npx', '--no-install', 'vite', 'build']))

if (built) {
  heading('size')
  one('size', run(['node', 'scripts/size.mjs']))
  heading('page')
  add('page', page())
} else {
  add('page', { passed: 0, failed: 1, failures: ['not run, because there is no build'] })
}

heading('result')
for (const failure of total.failures) console.log(`FAIL  ${failure}`)
const skipped = total.skipped ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
