/** What a learner types inside a pod: files on a claim, the network, what the image has and what it has not. */
import { beforeAll, describe, expect, test } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import { TestTerminal } from './fixtures/terminal.ts'

const terminal = new TestTerminal({ 'web.yaml': webV1 })
const HTML = '/usr/share/nginx/html'

beforeAll(() => {
  terminal.run('kubectl apply -f web.yaml')
  terminal.run('kubectl run box --image=busybox:1.36 -- sleep 1d')
  terminal.run('kubectl run dns --image=registry.k8s.io/e2e-test-images/jessie-dnsutils:1.3 -- sleep 1d')
  terminal.pass(120_000)
})

const inWeb = (script: string) => terminal.run(`kubectl exec web-0 -- sh -c '${script}'`)
const inBox = (script: string) => terminal.run(`kubectl exec box -- sh -c '${script}'`)
const inDns = (script: string) => terminal.run(`kubectl exec dns -- sh -c '${script}'`)

describe('files on a claim', () => {
  test('are made, moved and removed by acts of the run, and outlast the pod', () => {
    expect(inWeb(`cd ${HTML}; echo one > a; cp a b; mv b c; touch d; rm a; ls`).stdout).toBe('c\nd\n')
    expect(terminal.acts.slice(-2)).toEqual([
      { type: 'writeFile', namespace: 'default', name: 'web-0', path: `${HTML}/c`, text: 'one\n' },
      { type: 'writeFile', namespace: 'default', name: 'web-0', path: `${HTML}/d`, text: '' },
    ])
    terminal.run('kubectl delete pod web-0')
    terminal.pass(60_000)
    expect(inWeb(`cat ${HTML}/c`).stdout).toBe('one\n')
    expect(terminal.run(`kubectl exec web-0 -- rm ${HTML}/c`)).toEqual({ stdout: '', stderr: '', exit: 0 })
    expect(terminal.acts.at(-1)).toEqual({ type: 'removeFile', namespace: 'default', name: 'web-0', path: `${HTML}/c` })
    expect(inWeb(`rm ${HTML}/c`)).toMatchObject({
      stderr: `rm: cannot remove '${HTML}/c': No such file or directory\ncommand terminated with exit code 1\n`,
      exit: 1,
    })
  })

  test('lie in folders', () => {
    expect(inWeb(`cd ${HTML}; mkdir -p x/y; echo 1 > x/y/f; ls x; rmdir x/y; rm x; rm -r x; ls x`)).toMatchObject({
      stdout: 'y\n',
      stderr: expect.stringContaining(
        "rmdir: failed to remove 'x/y': Directory not empty\nrm: cannot remove 'x': Is a directory\nls: cannot access 'x'",
      ),
    })
    expect(inWeb(`rm -rf ${HTML}`).stderr).toContain(`rm: cannot remove '${HTML}': Device or resource busy`)
    expect(inWeb(`ls ${HTML}`)).toMatchObject({ stdout: '', exit: 0 })
    expect(inWeb('mkdir nowhere/x; cp -z a b; ls -l /etc/hostname').stderr).toBe(
      "mkdir: cannot create directory 'nowhere/x': No such file or directory\ncp: invalid option -- 'z'\nls: -l is not simulated: files have no owners, modes and times here\n",
    )
  })

  test('df tells what the claim holds', () => {
    inWeb(`echo 1 > ${HTML}/f`)
    const [head = '', row = ''] = inWeb('df -h').stdout.split('\n')
    expect(head.split(/\s+/)).toEqual(['Filesystem', 'Size', 'Used', 'Available', 'Use%', 'Mounted', 'on'])
    expect(row.split(/\s+/).slice(1)).toEqual(['1.0G', '4.0K', '1024.0M', '1%', HTML])
  })
})

describe('the network', () => {
  test.each([
    ['nc -zv web-0.nginx.default.svc.cluster.local 80', /^web-0\.nginx\S* \(10\.244\.\d+\.\d+:80\) open\n/, 0],
    ['nc -zv web-0.nginx.default.svc.cluster.local 81', /^nc: .*:81\): Connection refused\n/, 1],
    ['nc -z nobody 80', /^nc: bad address 'nobody'\n/, 1],
    ['nc web-0 80', /^nc: only -z is simulated/, 1],
    ['ping -c1 nobody', /^ping: bad address 'nobody'\n/, 1],
    ['ping', /^Usage: ping/, 1],
  ])('%s', (line, stderr, exit) => {
    expect(inBox(line)).toEqual({ stdout: '', stderr: expect.stringMatching(stderr), exit })
  })

  test('a ping takes its time, and hears nothing from an address that nobody has', () => {
    const start = terminal.world.now
    const { stdout, exit } = inBox('ping -c 3 web-1.nginx.default.svc.cluster.local')
    expect(stdout).toMatch(/seq=2 [\s\S]*3 packets transmitted, 3 packets received, 0% packet loss/)
    expect(exit).toBe(0)
    expect(terminal.world.now - start).toBe(2000)
    expect(inBox('ping -c 2 10.244.9.9')).toMatchObject({
      stdout: expect.stringContaining('2 packets transmitted, 0 packets received, 100% packet loss'),
      exit: 1,
    })
    expect(inBox('ping web-1.nginx.default.svc.cluster.local | grep -m1 seq=5').stdout).toContain('seq=5 ')
  })

  test('host', () => {
    expect(inDns('host web-0.nginx; host nobody').stdout).toMatch(
      /^web-0\.nginx\.default\.svc\.cluster\.local has address 10\.244\.\d+\.\d+\nHost nobody not found: 3\(NXDOMAIN\)\n$/,
    )
  })
})

describe('what is there and what is not', () => {
  test.each([
    [inBox, 'foo', 'sh: foo: not found\n'],
    [inWeb, 'foo', 'sh: 1: foo: not found\n'],
    [inWeb, 'ping -c1 web-1', 'sh: 1: ping: not found\n'],
    [inWeb, 'bash -c foo', 'bash: foo: command not found\n'],
    [inBox, 'find /', 'find: is not simulated\n'],
    [inWeb, 'apt-get update', 'apt-get: is not simulated\n'],
  ])('%#: %s', (run, script, said) => {
    const { stderr, exit } = run(script)
    expect(stderr.startsWith(said)).toBe(true)
    expect(exit).not.toBe(0)
  })

  test('date goes by the clock of the cluster', () => {
    expect(inBox('date').stdout).toMatch(
      /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d UTC \d{4}\n$/,
    )
    expect(inBox('date +%F-%H').stdout).toMatch(/^\d{4}-\d\d-\d\d-\d\d\n$/)
    expect(inBox('date -d now; date +%N').stderr).toContain('date: %N is not simulated')
  })

  test('grep, head, sed and id work on its files', () => {
    expect(
      inBox('grep -c nameserver /etc/resolv.conf; head -1 /etc/hosts; sed -n 2p /etc/hosts; id -u').stdout,
    ).toMatch(/^1\n# Kubernetes-managed hosts file\.\n127\.0\.0\.1\tlocalhost\n/)
  })
})
