/** `kubectl edit`: by a person, by a program, with what is wrong on top, beside others who change the same object. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import { TestTerminal } from './fixtures/terminal.ts'

const begun = () => {
  const terminal = new TestTerminal({ 'web.yaml': webV1 })
  terminal.run('kubectl apply -f web.yaml; kubectl scale sts web --replicas=2')
  terminal.pass(60_000)
  return terminal
}

/** What each opening of the editor is answered with, one after the other; it closes unchanged after the last. */
function edits(terminal: TestTerminal, ...steps: ((text: string) => string)[]) {
  const seen: { text: string; reasons: readonly string[] }[] = []
  terminal.editor = (text, reasons) => {
    seen.push({ text, reasons })
    return (steps[seen.length - 1] ?? ((same) => same))(text)
  }
  return { ...terminal.run('kubectl edit sts web'), seen }
}

const replicas = (terminal: TestTerminal) => terminal.run('kubectl get sts web -o jsonpath={.spec.replicas}').stdout

describe('a person edits', () => {
  test('and saves: one act of the run, with only what was changed', () => {
    const terminal = begun()
    expect(edits(terminal, (text) => text.replace('replicas: 2', 'replicas: 3'))).toMatchObject({
      stdout: 'statefulset.apps/web edited\n',
      stderr: '',
      exit: 0,
    })
    expect(terminal.acts.at(-1)).toEqual({
      type: 'kubectl',
      line: 'kubectl edit sts web',
      requests: [
        { do: 'patch', kind: 'statefulsets', namespace: 'default', name: 'web', patch: { spec: { replicas: 3 } } },
      ],
    })
  })

  test.each([
    ['nothing', (text: string) => text, 'Edit cancelled, no changes made.\n'],
    ['a comment', (text: string) => `# mine\n${text}`, 'Edit cancelled, no changes made.\n'],
    ['all of it away', () => '', 'Edit cancelled, saved file was empty.\n'],
    ['all but comments away', () => '# gone\n', 'Edit cancelled, saved file was empty.\n'],
  ])('%s: nothing happens', (_what, change, stderr) => {
    const terminal = begun()
    const { length } = terminal.acts
    expect(edits(terminal, change)).toMatchObject({ stdout: '', stderr, exit: 0 })
    expect(terminal.acts).toHaveLength(length)
    expect(terminal.run('ls /tmp').exit).toBe(2)
  })

  test('what is invalid comes back with the reasons on top, is mended and taken', () => {
    const terminal = begun()
    const { seen, stdout, stderr, exit } = edits(
      terminal,
      (text) => text.replace('replicas: 2', 'replicas: -2'),
      (text) => text.replace('replicas: -2', 'replica: 4'),
      (text) => text.replace('replica: 4', '  replicas: 4: 5'),
      (text) => text.replace('  replicas: 4: 5', 'replicas: 4'),
    )
    expect(seen.map(({ reasons }) => reasons)).toEqual([
      [],
      [
        'statefulsets.apps "web" was not valid:',
        '* spec.replicas: Invalid value: -2: must be greater than or equal to 0',
      ],
      [
        'statefulsets.apps "web" was not valid:',
        '* patch: Invalid value: "map[spec:map[replica:4 replicas:<nil>]]": strict decoding error: unknown field "spec.replica"',
      ],
      [
        'statefulsets.apps "web" was not valid:',
        expect.stringMatching(/^\* <nil>: Invalid value: "The edited file failed validation": yaml: line \d+: /),
      ],
    ])
    expect(seen[1]?.text).toContain(
      '# statefulsets.apps "web" was not valid:\n# * spec.replicas: Invalid value: -2: must be greater than or equal to 0\n#\napiVersion: apps/v1\n',
    )
    expect({ stdout, stderr, exit }).toEqual({
      stdout: 'statefulset.apps/web edited\n',
      stderr: 'error: statefulsets.apps "web" is invalid\n'.repeat(3),
      exit: 0,
    })
    expect(replicas(terminal)).toBe('4')
  })

  test('what stays invalid is given up, and kept in a file', () => {
    const terminal = begun()
    const { stderr, exit } = edits(terminal, (text) => text.replace('serviceName: nginx', 'serviceName: other'))
    expect(exit).toBe(1)
    expect(stderr).toBe(
      'error: statefulsets.apps "web" is invalid\nA copy of your changes has been stored to "/tmp/kubectl-edit-1.yaml"\nerror: Edit cancelled, no valid changes were saved.\n',
    )
    expect(terminal.run('grep serviceName /tmp/kubectl-edit-1.yaml').stdout).toContain('serviceName: other')
  })

  test('a name is not changed', () => {
    const terminal = begun()
    expect(edits(terminal, (text) => text.replace('\n  name: web\n', '\n  name: www\n'))).toMatchObject({
      stderr:
        'A copy of your changes has been stored to "/tmp/kubectl-edit-1.yaml"\nerror: At least one of apiVersion, kind and name was changed\n',
      exit: 1,
    })
  })

  test('another version than the stored one is a conflict', () => {
    const terminal = begun()
    const { stderr, exit } = edits(terminal, (text) => text.replace(/resourceVersion: "\d+"/, 'resourceVersion: "1"'))
    expect(stderr).toMatch(
      /^error: statefulsets\.apps "web" could not be patched: Operation cannot be fulfilled .*the object has been modified.*\nYou can run `kubectl replace -f \/tmp\/kubectl-edit-1\.yaml` to try this update again\.\n$/,
    )
    expect(exit).toBe(1)
  })
})

test('what others change meanwhile stays, and what they delete is gone', () => {
  const terminal = begun()
  const others = (line: string) => (text: string) => {
    const { editor } = terminal
    terminal.run(line)
    terminal.editor = editor
    return text.replace(/revisionHistoryLimit: \d+/, `revisionHistoryLimit: ${line.length}`)
  }
  expect(edits(terminal, others('kubectl scale sts web --replicas=5')).stdout).toBe('statefulset.apps/web edited\n')
  expect(replicas(terminal)).toBe('5')
  expect(edits(terminal, others('kubectl delete sts web --wait=false --cascade=background'))).toMatchObject({
    stderr: expect.stringMatching(
      /^error: statefulsets\.apps "web" could not be found on the server\nThe edits you made/,
    ),
    exit: 1,
  })
})

describe('a program edits', () => {
  test('where the environment names one', () => {
    const terminal = begun()
    expect(terminal.run(`KUBE_EDITOR="sed -i s/replicas:.2/replicas:\\ 3/" kubectl edit sts web`)).toEqual({
      stdout: 'statefulset.apps/web edited\n',
      stderr: '',
      exit: 0,
    })
    expect(replicas(terminal)).toBe('3')
    expect(terminal.run('export EDITOR=true; kubectl edit sts web').stderr).toBe('Edit cancelled, no changes made.\n')
    expect(terminal.run('EDITOR=false kubectl edit sts web').stderr).toBe(
      'error: there was a problem with the editor "false"\n',
    )
  })

  test('nobody does where nobody is', () => {
    const terminal = begun()
    expect(terminal.run('kubectl edit sts web')).toEqual({
      stdout: '',
      stderr: 'error: unable to launch the editor "vi"\n',
      exit: 1,
    })
    expect(terminal.run('KUBE_EDITOR=nano kubectl edit sts web').stderr).toBe(
      'error: unable to launch the editor "nano"\n',
    )
    expect(terminal.run('echo "<$KUBE_EDITOR>"').stdout).toBe('<>\n')
  })
})

test('whatever is left in the editor, the line ends and at most one act comes of it', () => {
  const terminal = begun()
  const before = terminal.world
  const pieces = [
    'apiVersion: apps/v1\n',
    'kind: StatefulSet\n',
    'metadata: {name: web}\n',
    'a: &a [*a]\n',
    '- ',
    '\t',
    '---\n',
    '{',
    '"',
  ]
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' }), fc.json()), { maxLength: 8 }),
      fc.nat(2000),
      fc.boolean(),
      (parts, at, replaces) => {
        terminal.world = before
        const { length } = terminal.acts
        const said = parts.join('')
        const { exit } = edits(terminal, (text) => (replaces ? said : text.slice(0, at) + said + text.slice(at)))
        expect([0, 1]).toContain(exit)
        expect(terminal.acts.length - length).toBeLessThanOrEqual(1)
        if (terminal.acts.length === length) expect(terminal.world).toBe(before)
      },
    ),
    { numRuns: 150 },
  )
})
