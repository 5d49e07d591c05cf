import { describe, expect, test } from 'vitest'
import type { World } from '../kernel/types.ts'
import { BUILTINS } from './builtins.ts'
import { memoryFiles } from './files.ts'
import { isUnfinished } from './parse.ts'
import type { Program, Shell } from './run.ts'
import { runShell } from './run.ts'
import { print } from './session.ts'
import { TEXT_TOOLS } from './textTools.ts'
import { watch } from './watch.ts'

/** A shell in `/home`; `endless` is a program of the test. */
const shellWith = (endless?: Program, given: Readonly<Record<string, string>> = {}): Shell => ({
  name: 'bash',
  files: memoryFiles(given),
  variables: new Map(),
  aliases: new Map(),
  folder: '/home',
  status: 0,
  program: (name) => (name === 'endless' ? endless : { ...BUILTINS, ...TEXT_TOOLS, watch }[name]),
})

/** Runs lines one after another in one shell, against a world in which only the time matters. */
function played(lines: readonly string[], given: Readonly<Record<string, string>> = {}) {
  const shell = shellWith(undefined, given)
  let now = 0
  let stdout = ''
  let stderr = ''
  let exit = 0
  for (const line of lines) {
    const steps = runShell(shell, line)
    let step = steps.next()
    while (!step.done) {
      const ask = step.value
      if (ask.ask === 'print' && ask.to === 'stdout') stdout += ask.text
      if (ask.ask === 'print' && ask.to === 'stderr') stderr += ask.text
      if (ask.ask === 'wait') now = ask.until ?? now
      step = steps.next({ world: { now } as World })
    }
    exit = step.value
  }
  return { stdout, stderr, exit, now, files: shell.files }
}

const out = (...lines: string[]) => played(lines).stdout

describe('words', () => {
  test.each([
    [`echo 'a  b' "c  d" e\\ f`, 'a  b c  d e f\n'],
    [`X=1; echo "$X" \${X}2 '$X' \\$X`, '1 12 $X $X\n'],
    ['X="a b"; for i in $X "$X"; do echo "<$i>"; done', '<a>\n<b>\n<a b>\n'],
    ['echo $(echo a; echo b) `echo c` # no more', 'a b c\n'],
    ['echo "$(echo "in $(echo deep)")"', 'in deep\n'],
    ['echo a \\\n  b', 'a b\n'],
    ['for i in {0..2} {x,y}; do echo -n "$i "; done', '0 1 2 x y '],
    ['echo $NOTHING "" end', ' end\n'],
    [`echo -e 'a\\tb' && printf '%s-%d\\n' x 7`, 'a\tb\nx-7\n'],
  ])('%s', (line, expected) => {
    expect(out(line)).toBe(expected)
  })

  test('here-documents, with and without quotes', () => {
    expect(out('X=1\ncat <<EOF | head -1\nx is $X\nmore\nEOF')).toBe('x is 1\n')
    expect(out("cat <<'EOF'\nx is $X\nEOF\necho after")).toBe('x is $X\nafter\n')
    expect(out('cat <<< "one"')).toBe('one\n')
  })
})

describe('what is done', () => {
  test.each([
    ['true && echo a || echo b', 'a\n'],
    ['false && echo a || echo b', 'b\n'],
    ['! false && echo yes; echo $?', 'yes\n0\n'],
    ['if [ 2 -gt 1 ]; then echo more; else echo less; fi', 'more\n'],
    ['if false; then echo 1; elif test -z ""; then echo 2; fi', '2\n'],
    ['while false; do echo never; done; echo done', 'done\n'],
    ['(exit 3', ''],
  ])('%s', (line, expected) => {
    expect(out(line)).toBe(expected)
  })

  test('files: written, appended, read, removed', () => {
    const { stdout, files } = played(['echo a > f; echo b >> f; wc -l < f', 'cat f f | sort -r > g', 'rm f; ls; cat f'])
    expect(stdout).toBe('2\ng\n')
    expect(files.read('/home/g')).toBe('b\nb\na\na\n')
  })

  test('streams are turned where they are told to', () => {
    expect(played(['nothing 2>/dev/null; echo $?']).stdout).toBe('127\n')
    expect(played(['nothing 2>&1 | wc -l']).stdout).toBe('1\n')
    expect(played(['cat missing'])).toMatchObject({ stderr: 'cat: missing: No such file or directory\n', exit: 1 })
    expect(played(['cat < missing'])).toMatchObject({ stderr: 'bash: missing: No such file or directory\n', exit: 1 })
  })

  test('exit ends the shell with its code, in $() only the inner one', () => {
    expect(played(['echo $(exit 3); echo $?; exit 7; echo never'])).toMatchObject({ stdout: '\n0\n', exit: 7 })
  })

  test('sleep waits in virtual time', () => {
    expect(played(['sleep 2m; sleep 0.5']).now).toBe(120_500)
  })
})

describe('tools', () => {
  const text = 'NAME READY\nweb-0 1/1\nweb-1 0/1\nzk-0 1/1\n'
  test.each([
    ['grep web', 'web-0 1/1\nweb-1 0/1\n'],
    ['grep -v web', 'NAME READY\nzk-0 1/1\n'],
    ['grep -c 1/1', '2\n'],
    ["grep -E '^(web|zk)-0'", 'web-0 1/1\nzk-0 1/1\n'],
    ["grep 'web\\|zk' | grep -c .", '3\n'],
    ['grep -A1 NAME', 'NAME READY\nweb-0 1/1\n'],
    ['grep -o web-.', 'web-0\nweb-1\n'],
    ['head -2', 'NAME READY\nweb-0 1/1\n'],
    ['tail -n +3', 'web-1 0/1\nzk-0 1/1\n'],
    ['tail -1', 'zk-0 1/1\n'],
    ["awk 'NR>1 {print $2, $1}'", '1/1 web-0\n0/1 web-1\n1/1 zk-0\n'],
    ["awk '/web/{print $NF}'", '1/1\n0/1\n'],
    ["sed -n '/web-1/p'", 'web-1 0/1\n'],
    ["sed -n '/web-1/,$p'", 'web-1 0/1\nzk-0 1/1\n'],
    ["sed '1d;s#/1#/2#g' | tail -1", 'zk-0 1/2\n'],
    ["sed -E 's/(web)-([0-9]).*/\\2-\\1/;3q' | tail -1", '1-web\n'],
    ["cut -d' ' -f2", 'READY\n1/1\n0/1\n1/1\n'],
    ['sort -k2 | head -1', 'web-1 0/1\n'],
    ['tr a-z A-Z | tail -1', 'ZK-0 1/1\n'],
    ["tr -d '\\n' | wc -c", '36\n'],
    ['wc -l', '4\n'],
  ])('%s', (tool, expected) => {
    expect(played([`cat f | ${tool}`], { '/home/f': text }).stdout).toBe(expected)
  })

  test('grep finds nothing: 1', () => {
    expect(played(['echo a | grep b']).exit).toBe(1)
  })
})

describe('pipes', () => {
  test.each([
    ['while true; do echo y; done | head -3', 'y\ny\ny\n', 0],
    ['while true; do echo y; sleep 1; done | head -n 3', 'y\ny\ny\n', 3000],
    ['for i in 1 2 3 4; do sleep 1; echo $i; done | grep -m1 2', '2\n', 3000],
    ['for i in 1 2 3 4; do sleep 1; echo $i; done | grep -q 2 && echo there', 'there\n', 3000],
    ['for i in 1 2 3 4; do sleep 1; echo $i; done | sed 2q', '1\n2\n', 3000],
    ['for i in 1 2 3 4; do sleep 1; echo $i; done | grep -A1 -m1 2 | cat', '2\n3\n', 4000],
    ['for i in 1 2 3; do sleep 1; echo $i; done | tail -1', '3\n', 3000],
    [
      'for i in 1 2; do echo $i; sleep 1; done | cat | tr 12 ab | awk "{print NR, \\$1}" | cut -d" " -f2',
      'a\nb\n',
      2000,
    ],
    ['{1..3} 2>/dev/null | echo right', 'right\n', 0],
    ['sleep 3 | true', '', 3000],
  ])('%s', (line, stdout, now) => {
    expect(played([line])).toMatchObject({ stdout, now })
  })

  test('the right side gets each line when it is said', () => {
    const line = 'for i in 1 2; do echo $i; sleep 5; done | while read x; do echo "got $x"; done'
    const steps = runShell(shellWith(), line)
    const seen: string[] = []
    let now = 0
    let step = steps.next()
    while (!step.done) {
      const ask = step.value
      if (ask.ask === 'print') seen.push(`${now} ${ask.text}`)
      if (ask.ask === 'wait') now = ask.until ?? now
      step = steps.next({ world: { now } as World })
    }
    expect(seen).toEqual(['0 got 1\n', '5000 got 2\n'])
  })

  test('its sides are shells of their own', () => {
    expect(out('X=1; echo 2 | read X; cd / | true; echo $X; pwd; exit 3 | cat; echo on')).toBe('1\n/home\non\n')
  })

  test('a left side that waits for something ends with the right one', () => {
    const shell = shellWith(function* () {
      yield* print('a\nb\n')
      for (;;) yield { ask: 'wait' }
    })
    const steps = runShell(shell, 'endless | head -1; echo $?')
    const seen: string[] = []
    let step = steps.next()
    while (!step.done) {
      if (step.value.ask === 'print') seen.push(step.value.text)
      expect(step.value.ask).not.toBe('wait')
      step = steps.next({ world: { now: 0 } as World })
    }
    expect(seen).toEqual(['a\n', '0\n'])
  })

  test('what was written to a file before an interruption is there', () => {
    const shell = shellWith(function* () {
      yield* print('so far\n')
      yield { ask: 'wait' }
      return 0
    })
    for (const line of ['endless > f', 'endless | tee f', 'endless | cat >> f']) {
      const steps = runShell(shell, line)
      let step = steps.next()
      while (!step.done && step.value.ask !== 'wait') step = steps.next({ world: { now: 0 } as World })
      steps.return(130)
    }
    expect(shell.files.read('/home/f')).toBe('so far\nso far\n')
  })
})

describe('read', () => {
  test.each([
    ['echo "a b  c d" | while read x y; do echo "$x:$y"; done', 'a:b  c d\n'],
    ['while read x; do echo "<$x>"; done < f', '<one>\n<two>\n'],
    ['read x < f; echo $x; read; echo "$REPLY"', 'one\n\n'],
    ['for i in 1 2; do cat f; done > g; wc -l < g', '4\n'],
    ['if true; then echo a; fi >> f; tail -1 f', 'a\n'],
  ])('%s', (line, expected) => {
    expect(played([line], { '/home/f': 'one\ntwo\n' }).stdout).toBe(expected)
  })
})

describe('refusals', () => {
  test.each([
    ["echo 'a", "bash: unexpected EOF while looking for matching `''\n"],
    ['echo a |', "bash: syntax error near unexpected token `newline'\n"],
    ['for i in 1 2; echo', "bash: syntax error near unexpected token `echo'\n"],
    ['done', "bash: syntax error near unexpected token `done'\n"],
    ['echo $((1+1))', 'bash: arithmetic is not simulated\n'],
    ['sleep 5 &', 'bash: background jobs are not simulated: leave out the &\n'],
    ['gett', 'bash: gett: command not found\n'],
    ['while true; do true; done', 'bash: the loop is given up after 10000 turns\n'],
  ])('%s', (line, expected) => {
    expect(played([line]).stderr).toBe(expected)
  })

  test('hostile lengths and depths end at once', () => {
    expect(played(['x'.repeat(300_000)]).stderr).toContain('longer than')
    expect(played([`echo ${'$('.repeat(2000)}`]).exit).toBe(2)
  })
})

describe('what a terminal asks before it runs a line', () => {
  test.each([
    'echo "a',
    "echo 'a",
    'echo $(ls',
    'for i in 1 2; do',
    'for i in 1 2; do echo $i',
    'if true; then',
    'ls |',
    'true &&',
    'echo a \\',
    'cat > f <<EOF',
    'cat > f <<EOF\na',
  ])('%j goes on', (text) => expect(isUnfinished(text)).toBe(true))

  test.each(['', 'ls', 'for i in 1; do echo $i; done', 'cat <<EOF\na\nEOF\n', 'ls )', 'done', 'echo \\\\', 'a & b'])(
    '%j does not',
    (text) => expect(isUnfinished(text)).toBe(false),
  )
})

describe('watch', () => {
  test('runs a line again and again in virtual time, each time on an empty screen', () => {
    let now = 0
    const seen: string[] = []
    const steps = runShell(shellWith(), "watch -n 5 'echo a; echo b'")
    let step = steps.next()
    while (!step.done && now < 12_000) {
      const ask = step.value
      if (ask.ask === 'clear') seen.push(`clear at ${now}`)
      if (ask.ask === 'print') seen.push(ask.text)
      if (ask.ask === 'wait') now = ask.until ?? now
      step = steps.next({ world: { now } as World })
    }
    expect(seen.slice(0, 5)).toEqual(['clear at 0', 'Every 5.0s: echo a; echo b\n\n', 'a\n', 'b\n', 'clear at 5000'])
  })
})
