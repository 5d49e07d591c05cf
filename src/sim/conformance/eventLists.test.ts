/** How kubectl shows the events of both APIs: those that are counted, and those of the scheduler that make a series. */
import { expect, test } from 'vitest'
import { TestTerminal } from './fixtures/terminal.ts'

const pod = (name: string, cpu: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  containers: [{ name: c, image: nginx, resources: { requests: { cpu: "${cpu}" } } }]
---`

const SCHEDULERS = '--field-selector source=default-scheduler'

function terminalWithPods(): TestTerminal {
  const terminal = new TestTerminal({ 'pods.yaml': pod('fine', '1') + pod('hungry', '100') })
  expect(terminal.run('kubectl create -f pods.yaml').exit).toBe(0)
  terminal.pass(30_000)
  // Each new label of a node makes the scheduler try again.
  for (const label of ['a=1', 'a=2', 'a=3']) {
    terminal.run(`kubectl label node node-1 ${label} --overwrite`)
    terminal.pass(10_000)
  }
  return terminal
}

const terminal = terminalWithPods()
const rows = (line: string): readonly string[] => terminal.run(line).stdout.trimEnd().split('\n')
const cells = (line: string): readonly (readonly string[])[] => rows(line).map((row) => row.trim().split(/ {2,}/))

test('get events: each has its row, a series its last moment', () => {
  const seen = cells(`kubectl get events ${SCHEDULERS}`).map(([age, , reason, about]) => [age, reason, about])
  expect(seen).toEqual([
    ['LAST SEEN', 'REASON', 'OBJECT'],
    ['59s', 'Scheduled', 'pod/fine'],
    ['59s', 'FailedScheduling', 'pod/hungry'],
    ['9s', 'FailedScheduling', 'pod/hungry'],
  ])
})

test('get events -o wide: who tells and where, when it was first seen, how often', () => {
  const wide = cells(`kubectl get events -o wide ${SCHEDULERS}`)
  const teller = 'default-scheduler, default-scheduler-control-plane'
  expect(wide.slice(1).map((row) => [row[4], ...row.slice(6, 8)])).toEqual([
    [teller, '59s', '1'],
    [teller, '59s', '1'],
    [teller, '29s', '3'],
  ])
  expect(wide[1]?.[8]).toMatch(/^fine\.1[0-9a-f]{15}$/)
})

test('kubectl events and describe: the age of a series is told with its span', () => {
  const ages = (line: string) => cells(line).flatMap((row) => row.find((cell) => /^\d+s/.test(cell)) ?? [])
  expect(ages('kubectl events --for pod/hungry')).toEqual(['59s', '9s (x3 over 29s)'])
  expect(ages('kubectl describe pod hungry | grep FailedScheduling')).toEqual(['59s', '9s (x3 over 29s)'])
  expect(rows('kubectl describe pod fine | tail -5').map((row) => row.trim().split(/ +/)[1])).toEqual([
    'Scheduled',
    'Pulling',
    'Pulled',
    'Created',
    'Started',
  ])
})

test('get -o yaml and describe: fields of either API', () => {
  const series = rows('kubectl get events --field-selector reason=Scheduled -o yaml').join('\n')
  expect(series).toMatch(
    /^- action: Binding\n.*\n {2}eventTime: "2026-01-01T00:00:00\.\d{3}000Z"\n {2}firstTimestamp: null\n/m,
  )
  expect(series).toMatch(/^ {2}reportingComponent: default-scheduler\n.*\n {2}source: \{\}\n {2}type: Normal$/m)
  const counted = rows('kubectl get events --field-selector reason=Pulling -o yaml').join('\n')
  expect(counted).toMatch(/^ {2}eventTime: null$/m)
  expect(counted).toMatch(
    /^ {2}reportingComponent: kubelet\n {2}reportingInstance: (node-\d)\n {2}source:\n {4}component: kubelet\n {4}host: \1$/m,
  )
  expect(rows('kubectl describe events').find((row) => row.startsWith('Event Time:'))).toMatch(/2026-01-01T00:00:00\./)
  expect(rows('kubectl describe events')).toContainEqual(expect.stringMatching(/^Last Timestamp: +<nil>$/))
})

test('--sort-by: what has no such time comes first', () => {
  const reasons = cells('kubectl get events --sort-by=.lastTimestamp').map(([, , reason]) => reason)
  expect(reasons.slice(1, 4).sort()).toEqual(['FailedScheduling', 'FailedScheduling', 'Scheduled'])
})
