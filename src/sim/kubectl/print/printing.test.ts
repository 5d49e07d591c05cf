/** Tables, JSONPath, Go templates and custom columns, as kubectl prints them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aligned } from '../describe/tabs.ts'
import { customCells, readCustomColumns } from './customColumns.ts'
import { TemplateError } from './goTemplate.ts'
import { goTemplateText } from './goTemplateResult.ts'
import { JsonPathError } from './jsonPath.ts'
import { jsonPathText } from './jsonPathResult.ts'
import { TableWriter, tableText } from './table.ts'

const pods = {
  kind: 'List',
  items: [
    {
      metadata: { name: 'web-0', labels: { app: 'nginx', 'a.b/c': 'x' } },
      spec: {
        containers: [
          { name: 'a', image: 'i1' },
          { name: 'b', image: 'i2' },
        ],
      },
      n: 1,
    },
    {
      metadata: { name: 'web-1', labels: { app: 'zk' } },
      spec: { containers: [{ name: 'a', image: 'i3' }] },
      n: 12,
      deep: { a: [true, null] },
    },
  ],
}

describe('JSONPath', () => {
  test.each([
    ['{.items[*].metadata.name}', 'web-0 web-1'],
    ['{range .items[*]}{.metadata.name}{"\\t"}{.spec.containers[0].image}{"\\n"}{end}', 'web-0\ti1\nweb-1\ti3\n'],
    ['{.items[-1:].metadata.name}', 'web-1'],
    ['{.items[0:1].n} {.items[1].n}', '1 12'],
    ['{..image}', 'i1 i2 i3'],
    ['{.items[?(@.metadata.name=="web-1")].n}', '12'],
    ['{.items[?(@.n>1)].metadata.name}', 'web-1'],
    ['{.items[?(@.deep)].metadata.name}', 'web-1'],
    ["{.items[0].metadata.labels.a\\.b/c}{.items[0].metadata.labels['a.b/c']}", 'xx'],
    ["{.items[0]['metadata.name','n']}", '1'],
    ['{.items[0].metadata.labels}', '{"a.b/c":"x","app":"nginx"}'],
    ['{.nope}{.items[1].deep.a}', '[true,null]'],
    ['{$.kind} and {@.kind}', 'List and List'],
    ['plain', 'plain'],
    ['{"quoted"} {\'single\'}', 'quoted single'],
    ['{range .items[*]}[{range .spec.containers[*]}{.name}{end}]{end}', '[ab][a]'],
  ])('%s', (template, expected) => {
    expect(jsonPathText(template, pods)).toBe(expected)
  })

  test.each([
    ['{.items[*', 'error parsing jsonpath {.items[*, unterminated array'],
    ['{.items', 'error parsing jsonpath {.items, unclosed action'],
    ['{.items[x]}', 'error parsing jsonpath {.items[x]}, invalid array index x'],
    ['{range .items[*]}', 'error parsing jsonpath {range .items[*]}, unterminated range, not end'],
    ['{end}', 'error parsing jsonpath {end}, not in range, nothing to end'],
    ['{"a}', 'error parsing jsonpath {"a}, unterminated quoted string'],
    ['{#}', "error parsing jsonpath {#}, unrecognized character in action: U+0023 '#'"],
    ['{.items[?(@.n]}', 'error parsing jsonpath {.items[?(@.n]}, unterminated filter'],
  ])('%s is refused', (template, message) => {
    expect(() => jsonPathText(template, pods)).toThrow(message)
  })

  test('an index beyond the list is told with the object', () => {
    expect(() => jsonPathText('{.items[5]}', { items: [1] })).toThrow(
      'error executing jsonpath "{.items[5]}": Error executing template: array index out of bounds: index 5, length 1.',
    )
  })

  test('whatever is asked, an answer or a refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[].*@$?()"\'=<>:-,1a \\n') }), (template) => {
        try {
          expect(typeof jsonPathText(template, pods)).toBe('string')
        } catch (error) {
          expect(error).toBeInstanceOf(JsonPathError)
        }
      }),
    )
  })
})

describe('Go templates', () => {
  test.each([
    ['{{range $i, $c := .items}}{{$i}}={{$c.metadata.name}} {{end}}', '0=web-0 1=web-1 '],
    ['{{range .items}}{{.n}}{{"\\n"}}{{end}}', '1\n12\n'],
    ['{{if eq .kind "List"}}yes{{else}}no{{end}}', 'yes'],
    ['{{if .nope}}yes{{else if .kind}}kind{{else}}no{{end}}', 'kind'],
    ['{{with .nope}}x{{else}}none{{end}}', 'none'],
    ['{{len .items}} {{index .items 1 "n"}} {{(index .items 0).n}}', '2 12 1'],
    ['{{.nope}} {{printf "%s-%d" .kind 3 | printf "<%s>"}}', '<no value> <List-3>'],
    ['a {{- " b " -}} c', 'a b c'],
    ['{{$x := .kind}}{{$x}}{{/* nothing */}}', 'List'],
    ['{{and .kind 0}} {{or .nope "d"}} {{not .nope}} {{lt 1 2}} {{ne 1 2}}', '0 d true true true'],
    ['{{range .nope}}x{{else}}empty{{end}}', 'empty'],
    ['{{"YQ==" | base64decode}}', 'a'],
  ])('%s', (template, expected) => {
    expect(goTemplateText(template, pods)).toBe(expected)
  })

  test.each([
    ['{{.a', 'error parsing template {{.a, template: output:1: unclosed action'],
    ['{{end}}', 'error parsing template {{end}}, template: output:1: unexpected {{end}}'],
    ['{{if .a}}', 'error parsing template {{if .a}}, template: output:1: unexpected EOF'],
    ['{{nope 1}}', 'error parsing template {{nope 1}}, template: output:1: function "nope" not defined'],
  ])('%s is refused', (template, message) => {
    expect(() => goTemplateText(template, pods)).toThrow(message)
  })

  test('whatever is asked, an answer or a refusal', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '{{',
            '}}',
            '.',
            'a',
            '$',
            ':=',
            'range ',
            'end',
            '"',
            '(',
            ')',
            '|',
            ' ',
            'index',
            '1',
          ),
        }),
        (template) => {
          try {
            expect(typeof goTemplateText(template, pods)).toBe('string')
          } catch (error) {
            expect(error).toBeInstanceOf(TemplateError)
          }
        },
      ),
    )
  })
})

describe('columns', () => {
  test('of one’s own', () => {
    const columns = readCustomColumns('NAME:.metadata.name,IMAGES:.spec.containers[*].image,NO:{.nope}')
    expect(customCells(columns, pods.items[0])).toEqual(['web-0', 'i1,i2', '<none>'])
    expect(() => readCustomColumns('NAME')).toThrow(
      'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>',
    )
    expect(() => readCustomColumns('')).toThrow('no custom columns given')
  })

  test('are six wide at least, and three wider than their widest cell', () => {
    expect(
      tableText([
        ['A', 'LONGER', 'C'],
        ['1', 'cell of this', 'x'],
      ]),
    ).toBe('A     LONGER         C\n1     cell of this   x\n')
    expect(tableText([['a\nb', 'c']])).toBe('a...   c\n')
  })

  test('of a watch only grow', () => {
    const writer = new TableWriter()
    expect(writer.write([['NAME', 'X']])).toBe('NAME   X\n')
    expect(writer.write([['long-name', 'y']])).toBe('long-name   y\n')
    expect(writer.write([['a', 'z']])).toBe('a           z\n')
  })

  test('of a description are as wide as the lines around them', () => {
    expect(aligned('a:\tb\nlonger:\tc\nplain\nx:\ty\n')).toBe('a:       b\nlonger:  c\nplain\nx:  y\n')
    expect(aligned('a\tb\tc\nd\te\n')).toBe('a  b  c\nd  e\n')
  })
})
