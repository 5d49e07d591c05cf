/**
 * Whole sessions in the terminal: the command sessions of the two classic examples, the official tutorial on the basics of
 * StatefulSets, and input that nobody should type.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { web } from '../../content/manifests/web.ts'
import { webV1 } from '../../content/manifests/webV1.ts'
import { zookeeper } from '../../content/manifests/zookeeper.ts'
import { worked } from '../../fixtures/worked.ts'
import { TestTerminal } from './fixtures/terminal.ts'

/** Runs lines with some time after each; a line that fails fails the test. */
function played(terminal: TestTerminal, lines: readonly string[], after = 20_000): readonly string[] {
  return lines.map((line) => {
    const shown = terminal.run(line)
    expect({ line, exit: shown.exit, stderr: shown.stderr.replaceAll(/^Warning: .*\n/gm, '') }).toEqual({
      line,
      exit: 0,
      stderr: '',
    })
    terminal.pass(after)
    return shown.stdout
  })
}

describe('the session of the nginx set', () => {
  const terminal = new TestTerminal({ 'web.yaml': web })

  test('creates it from the manifest of 2017 and looks at it', () => {
    const [created, service, set, claims, pods] = played(terminal, [
      'kubectl create -f web.yaml',
      'kubectl get service nginx',
      'kubectl get statefulset web',
      'kubectl get pvc',
      'kubectl get pods -l app=nginx',
    ])
    expect(created).toBe('service/nginx created\nstatefulset.apps/web created\n')
    expect(service).toMatch(/^nginx {3}ClusterIP {3}None/m)
    expect(set).toMatch(/^web {4}2\/2/m)
    expect(claims?.match(/Bound/g)).toHaveLength(2)
    expect(pods?.match(/1\/1 {5}Running/g)).toHaveLength(2)
  })

  test('looks its names up from inside', () => {
    const line = 'kubectl run -i --tty --image busybox dns-test --restart=Never --rm /bin/sh'
    const names = ['web-0.nginx', 'web-1.nginx', 'web-0.nginx.default.svc.cluster.local']
    const { stdout, exit } = terminal.run(line, [...names.map((name) => `nslookup ${name}`), 'exit'])
    expect(stdout.match(/^Address 1: 10\.244\.\d+\.\d+ web-\d\.nginx\.default\.svc\.cluster\.local$/gm)).toHaveLength(3)
    expect(stdout).toMatch(/pod "dns-test" deleted\n$/)
    expect(exit).toBe(0)
    expect(terminal.run('kubectl get pod dns-test').stderr).toBe(
      'Error from server (NotFound): pods "dns-test" not found\n',
    )
  })

  test('scales, patches and takes all away', () => {
    const said = played(terminal, [
      'kubectl scale statefulset web --replicas=5',
      `kubectl patch statefulset web -p '{"spec":{"replicas":3}}'`,
      `kubectl patch statefulset web --type='json' -p='[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value":"gcr.io/google_containers/nginx-slim:0.7"}]'`,
      'kubectl delete statefulset web',
      'kubectl delete service nginx',
      'kubectl delete pvc www-web-0 www-web-1',
    ])
    expect(said[1]).toBe('statefulset.apps/web patched\n')
    expect(terminal.run('kubectl get all,pvc -o name').stdout).toBe(
      'persistentvolumeclaim/www-web-2\npersistentvolumeclaim/www-web-3\npersistentvolumeclaim/www-web-4\n',
    )
  })

  test('each line that wrote something is one act of the run', () => {
    expect(terminal.acts[0]).toMatchObject({ type: 'kubectl', line: 'kubectl create -f web.yaml' })
    expect(terminal.acts.at(-1)).toMatchObject({ line: 'kubectl delete pvc www-web-0 www-web-1', requests: [{}, {}] })
  })
})

test('the session of the ensemble', () => {
  const terminal = new TestTerminal({ 'zookeeper.yaml': zookeeper })
  played(terminal, ['kubectl create -f zookeeper.yaml'], 120_000)
  const said = played(terminal, [
    'kubectl label pod zk-0 zkInst=0',
    'kubectl label pod zk-1 zkInst=1',
    'kubectl expose po zk-0 --port=2181 --target-port=2181 --name=zk-0 --selector=zkInst=0 --type=NodePort',
    'kubectl expose po zk-1 --port=2181 --target-port=2181 --name=zk-1 --selector=zkInst=1 --type=NodePort',
    'kubectl get svc zk-0',
  ])
  expect(said.slice(0, 4)).toEqual([
    'pod/zk-0 labeled\n',
    'pod/zk-1 labeled\n',
    'service/zk-0 exposed\n',
    'service/zk-1 exposed\n',
  ])
  expect(said[4]).toMatch(/^zk-0 {3}NodePort .* 2181:3\d{4}\/TCP/m)
})

test('the official tutorial, from the first command to the last', () => {
  const terminal = new TestTerminal({ 'web.yaml': webV1 })
  const said = played(terminal, [
    'kubectl apply -f web.yaml',
    'kubectl get service nginx',
    'kubectl get statefulset web',
    'kubectl get pods -l app=nginx',
    `for i in 0 1; do kubectl exec "web-$i" -- sh -c 'hostname'; done`,
    'kubectl get pvc -l app=nginx',
    `for i in 0 1; do kubectl exec "web-$i" -- sh -c 'echo "$(hostname)" > /usr/share/nginx/html/index.html'; done`,
    `for i in 0 1; do kubectl exec -i -t "web-$i" -- curl http://localhost/; done`,
    'kubectl delete pod -l app=nginx',
    `for i in 0 1; do kubectl exec -i -t "web-$i" -- curl http://localhost/; done`,
    'kubectl scale sts web --replicas=5',
    `kubectl patch sts web -p '{"spec":{"replicas":3}}'`,
    'kubectl get pvc -l app=nginx',
    `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}'`,
    `kubectl patch statefulset web --type='json' -p='[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value":"registry.k8s.io/nginx-slim:0.24"}]'`,
    `for p in 0 1 2; do kubectl get pod "web-$p" --template '{{range $i, $c := .spec.containers}}{{$c.image}}{{end}}'; echo; done`,
    `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":3}}}}'`,
    `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}}}}'`,
    'kubectl rollout status sts/web',
    'kubectl delete statefulset web --cascade=orphan',
    'kubectl get pods -l app=nginx',
    'kubectl delete pod web-0',
    'kubectl apply -f web.yaml',
    'kubectl delete statefulset web',
    'kubectl delete service nginx',
    'kubectl delete pvc www-web-0 www-web-1 www-web-2 www-web-3 www-web-4',
  ])
  expect(said[4]).toBe('web-0\nweb-1\n')
  expect(said[7]).toBe('web-0\nweb-1\n')
  expect(said[9]).toBe('web-0\nweb-1\n')
  expect(said[12]?.match(/Bound/g)).toHaveLength(5)
  expect(said[15]).toBe('registry.k8s.io/nginx-slim:0.24\n'.repeat(3))
  expect(said[20]?.match(/Running/g)).toHaveLength(3)
  expect(terminal.run('kubectl get pods,sts,pvc -l app=nginx').stderr).toBe(
    'No resources found in default namespace.\n',
  )
})

describe('a watch in a pipe', () => {
  const terminal = new TestTerminal({ 'web.yaml': webV1 })
  terminal.run('kubectl apply -f web.yaml')

  test('ends with the right side, at the moment it has what it wants', () => {
    const start = terminal.world.now
    const { stdout, exit } = terminal.run('kubectl get pods -w -l app=nginx | grep -m1 "web-0.*1/1"')
    expect(stdout).toMatch(/^web-0 {3}1\/1 {5}Running.*\n$/)
    expect(exit).toBe(0)
    expect(terminal.world.now - start).toBeLessThan(60_000)
    expect(terminal.run('kubectl get pod web-1 -o jsonpath={.status.phase}').stdout).not.toBe('Running')
  })

  test('is the same again from the same moment', () => {
    const { world } = terminal
    const first = terminal.run('kubectl get pods -w --no-headers | head -4 | tee log').stdout
    terminal.world = world
    expect(terminal.run('kubectl get pods -w --no-headers | head -4').stdout).toBe(first)
    expect(first.trimEnd().split('\n')).toHaveLength(4)
    expect(terminal.run('cat log').stdout).toBe(first)
  })

  test('ends at once in a cluster at rest', () => {
    terminal.pass(120_000)
    const start = terminal.world.now
    expect(terminal.run('kubectl get pods -w | head -2')).toMatchObject({ exit: 0, stderr: '' })
    expect(terminal.run('kubectl logs -f web-0 | head -0')).toMatchObject({ exit: 0, stdout: '' })
    expect(terminal.run('kubectl get pods -o name | while read p; do echo "<$p>"; done').stdout).toBe(
      '<pod/web-0>\n<pod/web-1>\n<pod/web-2>\n',
    )
    expect(terminal.world.now).toBe(start)
  })

  test('does its acts on the left, though nobody reads', () => {
    terminal.run('kubectl scale sts web --replicas=1 | true')
    expect(terminal.run('kubectl get sts web -o jsonpath={.spec.replicas}').stdout).toBe('1')
  })
})

describe('hostile input', () => {
  const words = [
    'kubectl',
    'get',
    'delete',
    'apply',
    'pods',
    '-f',
    '-',
    '-o',
    'yaml',
    '|',
    '>',
    '<<EOF',
    '\n',
    "'",
    '"',
    '$(',
    ')',
    '{',
    '}',
    '&&',
    '-p',
    '\u0000',
    '<script>',
    '`',
    'for',
    'do',
    'done',
    ';',
    '*',
    '../..',
    'edit',
    'sts',
    'KUBE_EDITOR=cat',
    'head -1',
    'grep -m1 a',
    'sed -i',
    'read x',
    'while',
    'rm -rf /',
    'mkdir',
    '-w',
  ]

  test('is refused or answered, and changes nothing that it should not', () => {
    const terminal = new TestTerminal({ 'web.yaml': webV1 })
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 12 }), (parts) => {
        const { exit } = terminal.run(parts.join(' '))
        expect(Number.isInteger(exit)).toBe(true)
      }),
      { numRuns: 300 },
    )
    expect(terminal.run('kubectl get nodes -o name').stdout).toBe('node/node-1\nnode/node-2\nnode/node-3\n')
  })

  test.each([
    ['a paste of ten megabytes', 'x'.repeat(10 * 1024 * 1024)],
    ['deep nesting', `kubectl apply -f - <<< '${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}'`],
    [
      'a bomb of anchors',
      `kubectl apply -f - <<'EOF'\na: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, n) => `${'bcdefghijklm'[n]}: &${'bcdefghijklm'[n]} [${`*${'abcdefghijkl'[n]},`.repeat(9)}]\n`).join('')}EOF`,
    ],
    ['a patch that goes deep', `kubectl patch sts web -p '${'['.repeat(50_000)}'`],
    ['a path that goes deep', `kubectl get pods -o jsonpath='${'{.a[?('.repeat(3000)}'`],
    ['a template without an end', `kubectl get pods --template '${'{{if .a}}'.repeat(5000)}'`],
  ])('%s is refused within a second', (_name, line) => {
    const terminal = new TestTerminal()
    const start = worked()
    const { exit, stdout } = terminal.run(line)
    expect(exit).not.toBe(0)
    expect(stdout).toBe('')
    expect(terminal.acts).toEqual([])
    expect(worked() - start).toBeLessThan(1000)
  })
})
