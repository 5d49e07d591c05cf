/** Command lines, flags, selectors, types: as kubectl reads them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '../failure.ts'
import { durationMs, HelpWanted } from './flags.ts'
import { commandOf, readInvocation } from './invocation.ts'
import { resourceTypeNamed } from './resourceTypes.ts'
import { matches, readFieldSelector, readSelector } from './selectors.ts'

const read = (line: string) => readInvocation(line === '' ? [] : line.split(' '))
const message = (line: string): string => {
  try {
    read(line)
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
  return ''
}

describe('a command line', () => {
  test.each([
    ['get pods', 'get', ['pods']],
    ['-n x get po -o wide web-0', 'get', ['po', 'web-0']],
    ['rollout status sts/web', 'rollout status', ['sts/web']],
    ['rollout -n x status sts/web', 'rollout status', ['sts/web']],
    ['create ns a', 'create namespace', ['a']],
    ['create -f a.yaml', 'create', []],
    ['exec web-0 -- ls -l', 'exec', ['web-0', 'ls', '-l']],
    ['delete sts web --cascade orphan', 'delete', ['sts', 'web', 'orphan']],
    ['get pods --all-namespaces true', 'get', ['pods', 'true']],
    ['', '', []],
  ])('%s', (line, command, args) => {
    expect(read(line)).toMatchObject({ command, args })
  })

  test('knows where its own words end', () => {
    expect(read('exec web-0 -- ls -l').dash).toBe(1)
    expect(read('exec web-0').dash).toBe(-1)
  })

  test.each([
    ['get pods -ojsonpath={.a}', 'output', 'jsonpath={.a}'],
    ['get pods -o=name', 'output', 'name'],
    ['get pods -o yaml', 'output', 'yaml'],
    ['get pods --output=json', 'output', 'json'],
    ['get pods -Aowide', 'output', 'wide'],
    ['get pods -lapp=nginx', 'selector', 'app=nginx'],
    ['delete sts web --cascade', 'cascade', 'background'],
    ['create -f a --dry-run', 'dry-run', 'unchanged'],
    ['scale sts web --replicas 3', 'replicas', '3'],
  ])('%s: --%s is %s', (line, name, value) => {
    expect(read(line).flags.text(name)).toBe(value)
  })

  test('lists repeat and take commas; booleans combine', () => {
    expect(read('get pods -L a,b -L c').flags.list('label-columns')).toEqual(['a', 'b', 'c'])
    const { flags } = read('get pods -Aw')
    expect([flags.is('all-namespaces'), flags.is('watch'), flags.is('show-labels')]).toEqual([true, true, false])
    expect(read('rollout status sts/web --watch=false').flags.is('watch')).toBe(false)
  })

  test.each([
    ['gett pods', 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget'],
    ['zzzzzz', 'error: unknown command "zzzzzz" for "kubectl"'],
    ['get --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage."],
    ['get -Q', "error: unknown shorthand flag: 'Q' in -Q\nSee 'kubectl get --help' for usage."],
    ['get --output', "error: flag needs an argument: --output\nSee 'kubectl get --help' for usage."],
    ['get -o', "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage."],
    [
      'rollout status x --timeout=5',
      'error: invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"\nSee \'kubectl rollout status --help\' for usage.',
    ],
    [
      'get -w=maybe',
      'error: invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax\nSee \'kubectl get --help\' for usage.',
    ],
    ['version --short', "error: unknown flag: --short\nSee 'kubectl version --help' for usage."],
  ])('%s is refused', (line, said) => {
    expect(message(line)).toBe(said)
  })

  test('help may stand anywhere', () => {
    expect(() => read('rollout status --help')).toThrow(HelpWanted)
    expect(commandOf(['rollout', 'status', '--help'])).toBe('rollout status')
    expect(commandOf(['-h'])).toBe('')
  })

  test('whatever the words, a call or a refusal', () => {
    const word = fc.constantFrom(
      'get',
      'pods',
      '-o',
      '--',
      '-',
      '--x',
      '-Aw',
      '--output=',
      'create',
      'rollout',
      '-f',
      '=',
      '--cascade=',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
        try {
          expect(readInvocation(words).args).toBeInstanceOf(Array)
        } catch (error) {
          expect(error instanceof Failure || error instanceof HelpWanted).toBe(true)
        }
      }),
    )
  })
})

test.each([
  ['5s', 5000],
  ['1h2m3.5s', 3_723_500],
  ['0', 0],
  ['-1s', -1000],
  ['100ms', 100],
  ['5', undefined],
  ['s', undefined],
])('the duration %s is %s ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms)
})

describe('selectors', () => {
  const labels = { app: 'nginx', tier: 'web' }
  test.each([
    ['app=nginx', true],
    ['app==nginx,tier=web', true],
    ['app!=nginx', false],
    ['nope!=x', true],
    ['app', true],
    ['!app', false],
    ['app in (nginx, zk)', true],
    ['app notin (nginx)', false],
    ['nope notin (a)', true],
    ['', true],
  ])('%s', (text, expected) => {
    expect(matches(labels, readSelector(text))).toBe(expected)
  })

  test.each(['a=b=c', 'a b', ',', 'a in (x'])('%s is refused', (text) => {
    expect(() => readSelector(text)).toThrow(Failure)
  })

  test('of fields', () => {
    expect(readFieldSelector('a.b=1,c!=2')).toEqual([
      { field: 'a.b', not: false, value: '1' },
      { field: 'c', not: true, value: '2' },
    ])
    expect(() => readFieldSelector('a')).toThrow(`invalid field selector: "a"; can't understand 'a'`)
  })
})

test.each([
  ['sts', 'statefulsets'],
  ['StatefulSet', 'statefulsets'],
  ['statefulsets.apps', 'statefulsets'],
  ['statefulsets.v1.apps', 'statefulsets'],
  ['po', 'pods'],
  ['ep', 'endpoints'],
  ['statefulsets.core', undefined],
  ['foo', undefined],
])('the word %s names %s', (word, plural) => {
  expect(resourceTypeNamed(word)?.plural).toBe(plural)
})
