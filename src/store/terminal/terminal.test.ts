import { describe, expect, it } from 'vitest'
import { FakePage, openPage } from '../fixtures/page.ts'
import type { Terminal } from './types.ts'

/** A page with its terminal; `said` is what stands in it, a line each, without the welcome. */
async function opened(search = '?scenario=rolling-update', page = new FakePage()) {
  const held = await openPage(search, {}, page)
  const { verbs } = held.store.getState()
  const terminal: Terminal = await verbs.openTerminal()
  const said = () =>
    terminal.scrollback.slice(1).flatMap((piece) => {
      if (piece.kind === 'note') return [`(${piece.note})`]
      if (piece.kind === 'typed') return [piece.prompt + piece.text]
      return piece.kind === 'act' ? [`act ${piece.text}`] : piece.text.replace(/\n$/, '').split('\n')
    })
  const since = (work: () => void) => {
    const { length } = said()
    work()
    return said().slice(length)
  }
  const type = (...lines: string[]) => since(() => terminal.enter(lines))
  const pods = () =>
    held.script.objects('pods', 'default').map((pod) => (pod as { metadata: { name: string } }).metadata.name)
  return { ...held, verbs, terminal, said, since, type, pods }
}

/** Times of the acts of a run. */
const actsOf = (run: string) =>
  (JSON.parse(run) as { acts: { at: number; command: { type: string; line?: string } }[] }).acts

describe('acts and commands are one thing', () => {
  it('says what the run begins with, then each act given elsewhere, once', async () => {
    const { said, since, verbs } = await opened()
    expect(said()).toEqual(['act kubectl apply -f -'])
    const scale = () =>
      verbs.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 5 }) && undefined
    expect(since(scale)).toEqual(['act kubectl scale sts web --replicas=5'])
    expect(since(() => verbs.stepBack())).toEqual([])
    expect(since(() => verbs.step())).toEqual([])
  })

  it('makes a kubectl line an act of the run: undone, done again by a replay', async () => {
    const { type, verbs, script, pods } = await opened()
    script.untilQuiet()
    expect(type('kubectl scale sts web --replicas=1')).toEqual([
      '$ kubectl scale sts web --replicas=1',
      'statefulset.apps/web scaled',
    ])
    script.untilQuiet()
    expect(pods()).toEqual(['web-0'])
    const run = script.exportRun()
    expect(actsOf(run)).toMatchObject([{ command: { type: 'kubectl', line: 'kubectl scale sts web --replicas=1' } }])
    verbs.undo()
    script.untilQuiet()
    expect(pods()).toEqual(['web-0', 'web-1', 'web-2'])
    expect(script.importRun(run)).toBeUndefined()
    expect(pods()).toEqual(['web-0'])
    expect(script.exportRun()).toBe(run)
  })

  it('says the acts of a run that was recorded elsewhere', async () => {
    const first = await opened()
    first.script.untilQuiet()
    first.type('kubectl scale sts web --replicas=1')
    const second = await opened()
    expect(second.since(() => second.script.importRun(first.script.exportRun()))).toEqual([
      '(newRun)',
      'act kubectl apply -f -',
      'act kubectl scale sts web --replicas=1',
    ])
  })

  describe('kubectl edit', () => {
    async function editing() {
      const held = await opened()
      held.script.untilQuiet()
      const before = held.script.exportRun()
      expect(held.type('kubectl edit sts web', 'echo after').slice(1)).toEqual(['(editing)'])
      const draft = () => held.store.getState().editing
      return { ...held, before, draft, text: draft()?.text ?? '' }
    }

    it('asks for the text, and makes one act of what is saved: undone, done again by a replay', async () => {
      const { terminal, since, draft, text, script, verbs, pods } = await editing()
      expect(draft()).toMatchObject({ name: 'web.yaml', reasons: [] })
      expect(since(() => terminal.edited(text.replace('replicas: 3', 'replicas: 1')))).toEqual([
        'statefulset.apps/web edited',
        '$ echo after',
        'after',
      ])
      expect(draft()).toBeUndefined()
      script.untilQuiet()
      expect(pods()).toEqual(['web-0'])
      const run = script.exportRun()
      expect(actsOf(run)).toMatchObject([{ command: { type: 'kubectl', line: 'kubectl edit sts web' } }])
      verbs.undo()
      script.untilQuiet()
      expect(pods()).toEqual(['web-0', 'web-1', 'web-2'])
      expect(script.importRun(run)).toBeUndefined()
      expect(pods()).toEqual(['web-0'])
    })

    it('asks again with the reasons on top; left as it was, nothing is done', async () => {
      const { terminal, since, draft, text, before, script } = await editing()
      expect(since(() => terminal.edited(text.replace('replicas: 3', 'replicas: x')))).toEqual([
        'error: statefulsets.apps "web" is invalid',
        '(editing)',
      ])
      expect(draft()?.reasons).toHaveLength(2)
      expect(draft()?.text).toContain(`# ${draft()?.reasons[1]}\n`)
      expect(since(() => terminal.edited(text))).toEqual(['Edit cancelled, no changes made.', '$ echo after', 'after'])
      expect(script.exportRun()).toBe(before)
    })

    it('ends with Ctrl-C, and when the moment shown goes back', async () => {
      for (const [end, said] of [
        [({ terminal }) => terminal.interrupt(''), ['^C']],
        [({ verbs }) => verbs.stepBack(), ['(wentBack)']],
      ] as [(held: Awaited<ReturnType<typeof editing>>) => void, string[]][]) {
        const held = await editing()
        expect(held.since(() => end(held))).toEqual(said)
        expect(held.draft()).toBeUndefined()
        expect(held.terminal.state).toEqual({ is: 'ready', prompt: '$ ' })
        expect(held.since(() => held.terminal.edited('late'))).toEqual([])
      }
    })

    it('lets time run on, and sends only what was changed', async () => {
      const { terminal, text, verbs, script } = await editing()
      verbs.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 2 })
      verbs.advance(1000)
      terminal.edited(text.replace('serviceName: nginx', 'serviceName: nginx\n  minReadySeconds: 3'))
      const [set] = script.objects('statefulsets', 'default') as {
        spec: { replicas: number; minReadySeconds: number }
      }[]
      expect(set?.spec).toMatchObject({ replicas: 2, minReadySeconds: 3 })
    })

    it('is done by a program in a script, where no person is', async () => {
      const { script } = await opened()
      script.untilQuiet()
      expect(await script.kubectl('edit sts web')).toEqual({
        stdout: '',
        stderr: expect.stringMatching(
          /^ordinal: no person edits here.*KUBE_EDITOR.*\nerror: unable to launch the editor "vi"\n$/,
        ),
        exit: 1,
      })
      const line = 'export KUBE_EDITOR="sed -i s/replicas:.3/replicas:\\ 2/"; kubectl edit sts web'
      expect(await script.kubectl(`kubectl get sts web -o name | cat; ${line}`)).toMatchObject({
        stdout: 'statefulset.apps/web\nstatefulset.apps/web edited\n',
        exit: 0,
      })
    })
  })

  it('lets a watch in a pipe end at the moment when the right side has what it wants', async () => {
    const line = 'kubectl get pods -w --no-headers | grep -m2 web-2; kubectl scale sts web --replicas=1'
    const times = []
    for (const speed of [1, 64, 'max'] as const) {
      const { type, verbs, script, page, terminal } = await opened()
      type(line)
      expect(terminal.state.is).toBe('waiting')
      verbs.setSpeed(speed)
      verbs.play()
      for (let frames = 0; frames < 4000 && terminal.state.is !== 'ready'; frames++) page.frame(16)
      times.push(actsOf(script.exportRun()).map(({ at }) => at))
    }
    expect(times[0]).toHaveLength(1)
    expect(times).toEqual([times[0], times[0], times[0]])
  })

  it('ends with Ctrl-C what runs in a pod, and not the session there', async () => {
    const { type, since, terminal, script } = await opened()
    script.untilQuiet()
    type('kubectl exec -it web-0 -- sh', 'echo kept > /usr/share/nginx/html/note; sleep 1h')
    expect(terminal.state.is).toBe('waiting')
    expect(since(() => terminal.interrupt(''))).toEqual(['^C'])
    expect(terminal.state).toEqual({ is: 'reading', prompt: 'root@web-0:/# ' })
    expect(since(() => terminal.interrupt('ec'))).toEqual(['root@web-0:/# ec^C'])
    expect(type('cat /usr/share/nginx/html/note; echo $?', 'exit 3', 'echo $?')).toEqual([
      'root@web-0:/# cat /usr/share/nginx/html/note; echo $?',
      'kept',
      '0',
      'root@web-0:/# exit 3',
      'command terminated with exit code 3',
      '$ echo $?',
      '3',
    ])
    type('kubectl exec web-0 -- sleep 1h')
    terminal.interrupt('')
    expect(terminal.state.is).toBe('ready')
  })

  it('misses nothing on a slow machine, where a slice ends at every word', async () => {
    const heard = []
    for (const lookMs of [0, 50]) {
      const { type, script, page, since } = await opened()
      type('kubectl get pods -w')
      page.lookMs = lookMs
      heard.push(since(() => script.untilQuiet()).filter((line) => line !== '(paused)'))
      page.lookMs = 0
    }
    expect(heard[0]?.at(-1)).toMatch(/^web-2 {3}1\/1/)
    expect(heard[1]).toEqual(heard[0])
  })

  it('reads what is typed where nothing is piped in, until the end of input', async () => {
    const { type, terminal, since } = await opened()
    expect(type('cat > note; cat note', 'one')).toEqual(['$ cat > note; cat note', 'one'])
    expect(terminal.state).toEqual({ is: 'reading', prompt: '' })
    expect(since(() => terminal.endOfInput())).toEqual(['', 'one'])
  })

  it('changes nothing and tells no notice when kubectl refuses', async () => {
    const { type, store, script } = await opened()
    script.untilQuiet()
    const before = script.exportRun()
    const { notices } = store.getState()
    expect(type('kubectl scale sts nobody --replicas=1')).toContain(
      'Error from server (NotFound): statefulsets.apps "nobody" not found',
    )
    expect(type('frobnicate')).toContain('bash: frobnicate: command not found')
    expect(script.exportRun()).toBe(before)
    expect(store.getState().notices).toEqual(notices)
  })
})

describe('virtual time', () => {
  it('holds a waiting command in a paused world, says so, and goes on with a step', async () => {
    const { type, since, verbs, terminal, script, pods } = await opened()
    script.untilQuiet()
    expect(type('kubectl delete pod web-2').at(-1)).toBe('(paused)')
    expect(terminal.state).toEqual({ is: 'waiting' })
    verbs.step()
    expect(terminal.state).toEqual({ is: 'waiting' })
    expect(since(() => script.until({ pod: 'web-2', is: 'Gone' }, 60_000))).toEqual([])
    expect(terminal.state).toEqual({ is: 'ready', prompt: '$ ' })
    script.untilQuiet()
    expect(pods()).toEqual(['web-0', 'web-1', 'web-2'])
  })

  it('does what a loop asks at exact times, however fast the world plays', async () => {
    const line = 'sleep 5; kubectl scale sts web --replicas=4; sleep 2.5; kubectl scale sts web --replicas=5'
    const times = []
    for (const speed of [1, 64, 'max'] as const) {
      const { type, verbs, script, page } = await opened()
      type(line)
      verbs.setSpeed(speed)
      verbs.play()
      for (let frames = 0; frames < 700; frames++) page.frame(16)
      times.push(actsOf(script.exportRun()).map(({ at }) => at))
    }
    expect(times).toEqual([
      [5000, 7500],
      [5000, 7500],
      [5000, 7500],
    ])
  })

  it('ends what waits when the moment shown goes back, and says where what follows was said', async () => {
    const { type, since, verbs, terminal, script } = await opened()
    script.untilQuiet()
    type('sleep 1000')
    expect(since(() => verbs.seek(1000))).toContain('(wentBack)')
    expect(terminal.state).toEqual({ is: 'ready', prompt: '$ ' })
    verbs.seek(500)
    expect(type('echo here')).toEqual(['(back)', '$ echo here', 'here'])
  })

  it('prints a row for every write that -w passes, and ends with Ctrl-C', async () => {
    const { type, since, terminal, script } = await opened()
    type('kubectl get pods -w')
    const rows = since(() => script.until({ pod: 'web-0', is: 'Ready' }, 60_000))
    expect(rows.map((row) => row.split(/\s+/).slice(0, 3).join(' '))).toEqual(
      expect.arrayContaining(['web-0 0/1 Pending', 'web-0 0/1 ContainerCreating', 'web-0 1/1 Running']),
    )
    expect(since(() => terminal.interrupt(''))).toEqual(['^C'])
    expect(type('echo $?')).toContain('130')
  })

  it('begins anew in another run, with the same files', async () => {
    const { type, since, verbs } = await opened()
    type('echo kept > note', 'sleep 100')
    expect(since(() => verbs.load({ scenario: 'scale-2-5-3' }))).toEqual(['(newRun)', 'act kubectl apply -f -'])
    expect(type('cat note')).toContain('kept')
  })
})

describe('typing', () => {
  it('asks for more of an unfinished line, and runs a paste line by line', async () => {
    const { type, terminal } = await opened()
    type('cat > a.txt <<EOF', 'one')
    expect(terminal.state).toEqual({ is: 'ready', prompt: '> ' })
    terminal.interrupt('')
    expect(type('for i in 1 2; do', '  echo $i', 'done', 'echo after')).toEqual([
      '$ for i in 1 2; do',
      '>   echo $i',
      '> done',
      '1',
      '2',
      '$ echo after',
      'after',
    ])
  })

  it('lets pasted lines wait for the command before them, until Ctrl-C', async () => {
    const { type, terminal, script, said } = await opened()
    type('sleep 5', 'echo later')
    expect(said()).not.toContain('later')
    script.advance(5000)
    expect(said()).toContain('later')
    type('sleep 5', 'echo never')
    terminal.interrupt('')
    expect(said()).not.toContain('never')
  })

  it('remembers lines and calls them again', async () => {
    const { type, terminal } = await opened()
    type('echo a', 'echo a', ' ', 'pwd')
    expect(terminal.history).toEqual(['echo a', 'pwd'])
    expect(type('!!')).toEqual(['$ !!', 'pwd', '/home/ordinal'])
    expect(type('!echo b').slice(1)).toEqual(['echo a b', 'a b'])
    expect(type('!nothing')).toContain('bash: !nothing: event not found')
    expect(type('history').slice(1, 3)).toEqual(['    1  echo a', '    2  pwd'])
  })

  it('keeps saved files and typed lines through a reload', async () => {
    const page = new FakePage()
    const first = await opened('', page)
    first.type('echo mine > my.txt', 'rm web.yaml')
    const second = await opened('', page)
    expect(second.type('cat my.txt')).toContain('mine')
    expect(second.type('cat web.yaml')).toContain('cat: web.yaml: No such file or directory')
    expect(second.terminal.history[0]).toBe('echo mine > my.txt')
  })

  it('completes from the moment that is shown', async () => {
    const { terminal, script } = await opened()
    expect(terminal.complete('kubectl delete pod we').words).toEqual([])
    script.untilQuiet()
    expect(terminal.complete('kubectl delete pod we').words).toEqual(['web-0', 'web-1', 'web-2'])
    expect(terminal.complete('kubectl apply -f web-v').words).toEqual(['web-v1.yaml'])
  })

  it('leaves the shell and begins another', async () => {
    const { type } = await opened()
    expect(type('X=1', 'exit', 'echo "[$X]"')).toEqual(['$ X=1', '$ exit', '(exited)', '$ echo "[$X]"', '[]'])
  })
})

describe('hostile input', () => {
  it('shows control characters as signs, and does not obey them', async () => {
    const { type } = await opened()
    expect(type(`echo 'a\u001b[2Jb\u202ec\u0007'`).at(-1)).toBe('a^[[2Jb<202e>c^G')
  })

  it('refuses a line that is too long', async () => {
    const { type, script } = await opened()
    const before = script.exportRun()
    expect(type('x'.repeat(10_000_000))).toEqual(['(tooLong)'])
    expect(script.exportRun()).toBe(before)
  })

  it('lets the page breathe in an endless loop, and ends it with Ctrl-C', async () => {
    const page = new FakePage()
    const { type, terminal } = await opened('', page)
    page.lookMs = 1
    type('while true; do true; done')
    expect(terminal.state.is).toBe('busy')
    terminal.interrupt('')
    expect(terminal.state.is).toBe('ready')
  })
})

describe('ordinal.kubectl', () => {
  it('answers with what was said, and is an act of the run', async () => {
    const { script, pods, said } = await opened()
    script.untilQuiet()
    expect(await script.kubectl('get pods -o name | wc -l')).toEqual({ stdout: '3\n', stderr: '', exit: 0 })
    expect(await script.kubectl('kubectl get pods -o name | wc -l')).toEqual({ stdout: '3\n', stderr: '', exit: 0 })
    expect(await script.kubectl('scale sts web --replicas=2')).toEqual({
      stdout: 'statefulset.apps/web scaled\n',
      stderr: '',
      exit: 0,
    })
    expect(said()).toContain('act kubectl scale sts web --replicas=2')
    script.untilQuiet()
    expect(pods()).toEqual(['web-0', 'web-1'])
    expect(await script.kubectl('get pod web-9')).toMatchObject({
      stderr: 'Error from server (NotFound): pods "web-9" not found\n',
      exit: 1,
    })
  })

  it('reads its input', async () => {
    const { script } = await opened()
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata: {a: b}\n'
    expect(await script.kubectl('apply -f -', manifest)).toMatchObject({ stdout: 'configmap/c created\n', exit: 0 })
  })

  it('moves virtual time on while a command waits, and gives up in the end', async () => {
    const { script } = await opened('?scenario=rolling-update&clock=manual')
    script.untilQuiet()
    const from = script.now()
    expect(await script.kubectl('delete pod web-2')).toMatchObject({ exit: 0 })
    expect(script.now()).toBeGreaterThan(from)
    script.untilQuiet()
    const endless = await script.kubectl('get pods -w')
    expect(endless.exit).toBe(130)
    expect(endless.stderr).toMatch(/nothing more will happen/)
    const late = await script.kubectl('kubectl version; sleep 2h')
    expect(late.stderr).toMatch(/30 minutes/)
  })
})
