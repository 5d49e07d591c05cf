/** Every open transcript of the real kubectl, against the simulation; and the comparison itself. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { TranscriptCase } from './cases.ts'
import { readCases } from './cases.ts'
import { disagreement } from './compare.ts'
import { playCase } from './play.ts'
import { judgeCases, reportOn } from './transcripts.ts'

const unzipped = (name: string) => gunzipSync(readFileSync(new URL(name, import.meta.url))).toString('utf8')
const fixtures: Readonly<Record<string, string>> = JSON.parse(unzipped('fixtures.json.gz'))

test('all open transcripts agree', () => {
  const cases = judgeCases(unzipped('transcripts.json.gz'), fixtures)
  expect(reportOn(cases.filter(({ difference }) => difference))).toBe('')
  expect(cases.length).toBe(196)
}, 60_000)

const wanted = (part: Partial<TranscriptCase>): TranscriptCase => ({
  id: 'x',
  group: '',
  state: 'fresh',
  setup: '',
  cmd: '',
  stdout: '',
  stderr: '',
  exit: 0,
  match: 'exact',
  ...part,
})

const agree = (part: Partial<TranscriptCase>, stdout: string, exit = 0): boolean =>
  disagreement(wanted(part), { stdout, stderr: '', terminal: stdout, exit }) === undefined

describe('the comparison', () => {
  test.each<[Partial<TranscriptCase>, string, boolean]>([
    [{ stdout: 'web <age>\n' }, 'web 2m4s\n', true],
    [{ stdout: 'web <age>\n' }, 'web soon\n', false],
    [{ stdout: 'a\n' }, 'a', false],
    [{ stdout: 'a  b\n' }, 'a b\n', false],
    [{ stdout: 'a  b\n', match: 'words' }, 'a b\n', true],
    [{ stdout: 'A   B\n', match: 'table' }, 'A     B\n', true],
    [{ stdout: 'A   B\n', match: 'table' }, 'A B\n', false],
    [{ stdout: 'web-<hash1> web-<hash1>\n' }, 'web-6949bfdf68 web-6949bfdf68\n', true],
    [{ stdout: 'web-<hash1> web-<hash1>\n' }, 'web-6949bfdf68 web-6949bfdf69\n', false],
    [{ stdout: 'a\na\nb\n', match: 'rollout-lines' }, 'a\nb\nb\n', true],
    [{ stdout: 'a\nb\n', match: 'rollout-lines' }, 'b\na\n', false],
    [{ stdout: 'a\nb\n', match: 'any-order-lines' }, 'b\na\n', true],
    [{ stdout: 'a\nb\n', match: 'any-order-lines' }, 'a\n', false],
    [{ stdout: 'a\n', match: 'any-order-lines' }, 'a\nb\n', false],
    [{ stdout: 'a\n' }, 'a\nb\n', false],
    [{ stdout: 'pvc-<uid>   1\npvc-<uid>   2\n', match: 'table' }, `pvc-${uid(7)}   2\npvc-${uid(9)}   1\n`, true],
    [
      { stdout: 'H\na   1\nb   1\na   2\n', match: 'table', interrupted: true },
      'H\na   1\na   1\na   2\nb   1\n',
      true,
    ],
    [{ stdout: 'H\na   1\na   2\n', match: 'table', interrupted: true }, 'H\na   2\na   1\n', false],
  ])('%j and %j: %s', (part, stdout, expected) => {
    expect(agree(part, stdout)).toBe(expected)
  })

  const HEADER = 'LAST SEEN   TYPE   REASON   OBJECT   MESSAGE'
  const row = (reason: string, age = '<age>') => `${age}   Normal   ${reason}   pod/a   m`
  test.each<[string, readonly string[], readonly string[], boolean]>([
    ['kubelets stand elsewhere', ['Scheduled', 'Scheduled', 'Killing'], ['Scheduled', 'Killing', 'Scheduled'], true],
    ['kubelets tell twice', ['Killing', 'Killing'], ['Killing'], true],
    ['kubelets tell in another order', ['Pulled', 'Pulling'], ['Pulling', 'Pulled'], false],
    ['kubelets tell more', ['Pulled'], ['Pulled', 'Killing'], false],
    ['others tell once', ['Scheduled', 'Scheduled'], ['Scheduled'], false],
    ['others tell in another order', ['Scheduled', 'Tried'], ['Tried', 'Scheduled'], false],
  ])('a list of events in which %s', (_name, wantedRows, foundRows, expected) => {
    const stdout = [HEADER, ...wantedRows.map((reason) => row(reason))].join('\n')
    const found = [HEADER, ...foundRows.map((reason, index) => row(reason, `${9 - index}s`))].join('\n')
    expect(agree({ cmd: 'kubectl get events', match: 'table', stdout }, found)).toBe(expected)
  })

  test('an exit code is part of it', () => {
    expect(agree({ exit: 1 }, '', 0)).toBe(false)
  })

  test('a file that is no list of cases is refused', () => {
    expect(() => readCases('{"a":1}')).toThrow('a list of transcripts is needed')
    expect(() => readCases('[{"id":"1"}]')).toThrow('transcript 1: cmd and stdout are needed')
  })
})

function uid(digit: number): string {
  return '00000000-0000-0000-0000-000000000000'.replaceAll('0', String(digit))
}

describe('a played line', () => {
  test('has its words in order on a terminal, with what was typed', () => {
    const input = ['hostname\n', 'exit 3\n']
    const cmd = 'kubectl run -it --image=busybox:1.36 t --restart=Never --rm -q -- sh'
    expect(playCase(wanted({ cmd, input }), fixtures)).toMatchObject({
      terminal:
        '/ # hostname\nt\n/ # exit 3\npod "t" deleted from default namespace\npod default/t terminated (Error)\n',
      exit: 3,
    })
  })

  test('waits in virtual time', () => {
    const cmd = 'kubectl create -f web.yaml > /dev/null; kubectl rollout status sts/web | tail -1'
    expect(playCase(wanted({ cmd }), fixtures).stdout).toBe(
      'partitioned roll out complete: 2 new pods have been updated...\n',
    )
  })

  test('that would wait for ever is interrupted', () => {
    expect(playCase(wanted({ cmd: 'kubectl get pods -w' }), fixtures)).toMatchObject({ stdout: '', exit: 130 })
  })
})
