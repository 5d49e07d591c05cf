// The command `npm run conformance`: what it takes, its last line, and how it ends.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { linesOf, ownRecording } from '../../../scripts/recordings.mjs'

const folder = mkdtempSync(join(tmpdir(), 'recordings-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function conformance(...files: readonly string[]) {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/conformance.mjs', ...files], { encoding: 'utf8' })
  return { status, stdout, last: stdout.trimEnd().split('\n').at(-1) }
}

const few = ['reconcile', 'histories', 'named', 'defaults'].map((name) => linesOf(ownRecording(name))[1]?.line ?? '')

it('takes any mix of records, plain or gzipped whatever the name, and ends with how many agree', () => {
  const plain = file('mixed.gz', `${few.join('\n')}\n`)
  const zipped = file('mixed.jsonl', gzipSync(few.slice(0, 2).join('\r\n')))
  const { status, stdout, last } = conformance(plain, zipped)
  expect(stdout).toContain('reconcile 2 of 2, history 2 of 2, story 1 of 1, defaults 1 of 1')
  expect(stdout).toMatch(/median \d+\.\d\d ms a reconcile record/)
  expect(last).toBe('conformance: 6 of 6')
  expect(status).toBe(0)
})

it('ends with an error where one record disagrees, one line is none, or one file is not there', () => {
  const record = JSON.parse(few[0] ?? '')
  record.then.statusWritten = !record.then.statusWritten
  const wrong = file('wrong.jsonl', `\n${JSON.stringify(record)}\n{}\n${few[1]}`)
  const { status, stdout, last } = conformance(wrong, join(folder, 'gone.jsonl'))
  expect(stdout).toContain(`${record.id}, caches show the beginning`)
  expect(stdout).toMatch(/wrong\.jsonl:3: no kind of record/)
  expect(stdout).toMatch(/gone\.jsonl: ENOENT/)
  expect(last).toBe('conformance: 1 of 4')
  expect(status).toBe(1)
})
