/** Quotas as kubectl makes and shows them. */
import { expect, test } from 'vitest'
import { TestTerminal } from './fixtures/terminal.ts'

const begun = (line: string) => {
  const terminal = new TestTerminal()
  expect(terminal.run(line)).toEqual({ stdout: 'resourcequota/q created\n', stderr: '', exit: 0 })
  terminal.pass(1000)
  return terminal
}

test('is created from its limits and scopes, and shown in a row', () => {
  const terminal = begun('kubectl create quota q --hard=pods=3,requests.memory=2Gi,limits.cpu=2 --scopes=NotBestEffort')
  terminal.run(
    'kubectl run a --image=nginx --overrides=\'{"spec":{"containers":[{"name":"a","image":"nginx","resources":{"requests":{"memory":"512Mi"},"limits":{"cpu":"500m"}}}]}}\'',
  )
  expect(
    terminal.run('kubectl get quota').stdout,
  ).toBe(`NAME   REQUEST                                 LIMIT                AGE
q      pods: 1/3, requests.memory: 512Mi/2Gi   limits.cpu: 500m/2   1s
`)
  expect(terminal.run('kubectl describe quota q').stdout).toBe(`Name:       q
Namespace:  default
Scopes:     NotBestEffort
 * Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.
Resource         Used   Hard
--------         ----   ----
limits.cpu       500m   2
pods             1      3
requests.memory  512Mi  2Gi
`)
})

test('stands in the description of its namespace', () => {
  const terminal = begun('kubectl create quota q --hard=pods=3')
  expect(terminal.run('kubectl describe ns default').stdout).toContain(`Resource Quotas
  Name:     q
  Resource  Used  Hard
  --------  ---   ---
  pods      0     3

No LimitRange resource.`)
})

test.each([
  ['--hard=pods', 'error: Invalid argument syntax pods, expected <resource>=<value>\n'],
  [
    '--hard=pods=many',
    "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'\n",
  ],
  ['--scopes=BestEffort,', 'error: invalid resource quota scope ""\n'],
  [
    '--hard=podz=1',
    'error: failed to create quota: ResourceQuota "q" is invalid: [spec.hard[podz]: Invalid value: "podz": must be a standard resource type or fully qualified, spec.hard[podz]: Invalid value: "podz": must be a standard resource for quota]\n',
  ],
])('a bad line is refused: %s', (flags, stderr) => {
  expect(new TestTerminal().run(`kubectl create quota q ${flags}`)).toMatchObject({ stdout: '', stderr, exit: 1 })
})

test('a refusal is told as kubectl tells it', () => {
  const terminal = begun('kubectl create quota q --hard=pods=0')
  expect(terminal.run('kubectl run a --image=nginx').stderr).toBe(
    'Error from server (Forbidden): pods "a" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0\n',
  )
})

test.each([
  ['configmap c', 'error: failed to create configmap: configmaps "c" already exists\n'],
  ['secret generic c', 'error: failed to create secret secrets "c" already exists\n'],
  ['service clusterip c --tcp=80', 'error: failed to create ClusterIP service: services "c" already exists\n'],
  ['ns c', 'Error from server (AlreadyExists): namespaces "c" already exists\n'],
])('kubectl says in its own way that there is one already: create %s', (what, stderr) => {
  const terminal = new TestTerminal()
  expect(terminal.run(`kubectl create ${what}`).exit).toBe(0)
  expect(terminal.run(`kubectl create ${what}`)).toMatchObject({ stdout: '', stderr, exit: 1 })
})
