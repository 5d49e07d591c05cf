/** No text makes the reader throw or dawdle, and no two tables of types disagree. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { worked } from '../../fixtures/worked.ts'
import { coreTypes } from '../api/coreTypes.ts'
import { fieldPath } from './fieldPath.ts'
import { allTypes } from './fieldTable.ts'
import { readManifests } from './index.ts'

const web = readFileSync(new URL('../../../public/examples/web.yaml', import.meta.url), 'utf8')

/** Fuzzing takes its time on a busy machine; what a single text may take is measured as time of the processor. */
const PATIENT = 60_000

/** Reads the text; whatever it says, the answer is one of two: objects, or problems with sane places. */
function read(text: string): void {
  const start = worked()
  const { objects, problems } = readManifests(text)
  expect(worked() - start).toBeLessThan(1000)
  expect(objects.length === 0).toBe(problems.length > 0)
  const lines = text.split(/\r\n|\n|\r/)
  for (const { line, column } of problems) {
    if (line === undefined) continue
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
  }
}

describe('any text', { timeout: PATIENT }, () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), read), { numRuns: 300 })
  })

  it('of the pieces of YAML', () => {
    const piece = fc.constantFrom(
      'a',
      'kind: Pod',
      'apiVersion: v1',
      'metadata:',
      'spec',
      ':',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '\n    ',
      '\t',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '<<: ',
      '!!str ',
      '!x ',
      '|\n',
      '>-\n',
      '"',
      "'",
      '#',
      '---\n',
      '...\n',
      '%YAML 1.2\n',
      '? ',
      '~',
      '0644',
      'null',
      '@',
      '`',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => read(pieces.join(''))),
      { numRuns: 500 },
    )
  })

  it('of a manifest with a piece cut out, doubled or replaced', () => {
    const cut = fc.record({
      at: fc.nat({ max: web.length }),
      length: fc.nat({ max: 40 }),
      by: fc.oneof(
        fc.constantFrom('', '\n', ': ', '- ', 'null', '{}', '[]', '-1', '\t', '*x', '&x '),
        fc.string({ maxLength: 5 }),
      ),
    })
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => {
        read(cuts.reduce((text, { at, length, by }) => text.slice(0, at) + by + text.slice(at + length), web))
      }),
      { numRuns: 60 },
    )
  })

  it('of JSON of any shape under the names of the API', () => {
    const keys = fc.constantFrom(
      'metadata',
      'spec',
      'template',
      'containers',
      'name',
      'labels',
      'ports',
      'selector',
      'items',
      'status',
      'annotations',
      'volumeClaimTemplates',
      'updateStrategy',
      'env',
      '__proto__',
      'constructor',
    )
    const { map } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, fc.constantFrom(null, 0, -1, '', 'x', true), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 2 }),
      map: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    }))
    const kind = fc.constantFrom(
      ['apps/v1', 'StatefulSet'],
      ['apps/v1beta1', 'StatefulSet'],
      ['v1', 'Pod'],
      ['v1', 'Service'],
      ['v1', 'List'],
      ['v1', 'PersistentVolumeClaim'],
      ['v1', 'Secret'],
    )
    fc.assert(
      fc.property(kind, map, ([apiVersion, name], fields) =>
        read(JSON.stringify({ ...(fields as object), apiVersion, kind: name })),
      ),
      { numRuns: 300 },
    )
  })
})

describe('texts that ask for too much', { timeout: PATIENT }, () => {
  const size = 130_000
  const code = (text: string) => readManifests(text).problems[0]?.code
  const lol = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => [...pair]))
    lol.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(', ')}]`)

  it.each<[string, string, string]>([
    ['an endless text', 'x'.repeat(300_000), 'tooLarge'],
    ['opened lists', '['.repeat(size), 'tooDeep'],
    ['opened maps', '{a: '.repeat(size / 4), 'tooDeep'],
    ['a deep list', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'tooDeep'],
    ['a list of lists in lines', '- '.repeat(size / 2), 'tooLarge'],
    ['closed brackets', '}'.repeat(size), 'tooLarge'],
    ['many documents', '---\n'.repeat(size / 4), 'tooLarge'],
    ['many directives', '%A\n'.repeat(size / 3), 'tooLarge'],
    ['many tags', '!a '.repeat(size / 3), 'tooLarge'],
    ['a billion laughs', lol.join('\n'), 'tooLarge'],
    ['a value that contains itself', 'a: &a\n  b: *a\n', 'unknownAnchor'],
    ['deep maps by indentation', Array.from({ length: 150 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'tooDeep'],
  ])('%s', (_name, text, expected) => {
    const start = worked()
    expect(code(text)).toBe(expected)
    expect(worked() - start).toBeLessThan(3000)
  })
})

describe('the tables of types', () => {
  it('agree: what is read is a part of what there is', () => {
    const differences: string[] = []
    for (const [type, fields] of coreTypes)
      for (const [field, code] of fields) {
        const whole = allTypes.get(type)?.get(field)
        if (whole !== code && code !== 'a') differences.push(`${type}.${field}: ${code}, not ${whole}`)
      }
    expect(differences).toEqual([])
  })

  it('name no type that is not there', () => {
    const codes = [...allTypes.values()].flatMap((fields) => [...fields.values()])
    const missing = codes
      .map((code) => code.replace(/^[[{]/, ''))
      .filter((name) => name.length > 1 && !allTypes.has(name))
    expect(missing).toEqual([])
  })
})

describe('paths of fields', () => {
  it.each([
    ['spec.containers[0].image', ['spec', 'containers', 0, 'image']],
    ['spec.resources[storage]', ['spec', 'resources', 'storage']],
    [
      'metadata.annotations[volume.beta.kubernetes.io/storage-class]',
      ['metadata', 'annotations', 'volume.beta.kubernetes.io/storage-class'],
    ],
    ['data[a b]', ['data', 'a b']],
    ['', []],
  ])('%s', (field, path) => {
    expect(fieldPath(field)).toEqual(path)
  })
})
