import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { yaml } from './yamlLanguage.ts'

function treeOf(doc: string) {
  const state = EditorState.create({ doc, extensions: yaml() })
  return ensureSyntaxTree(state, doc.length, 60_000)
}

const nodesOf = (doc: string) => {
  let nodes = 0
  treeOf(doc)?.iterate({ enter: () => void nodes++ })
  return nodes
}

test('a manifest has its structure', () => {
  expect(nodesOf('apiVersion: v1\nspec:\n  ports: [{ port: 80 }]\n')).toBeGreaterThan(10)
  expect(nodesOf(`a: ${'['.repeat(50)}${']'.repeat(50)}\n`)).toBeGreaterThan(50)
})

test.each([
  ['brackets', '['.repeat(20_000)],
  ['brackets, closed', `${'['.repeat(3_000)}${']'.repeat(3_000)}`],
  ['lists in lists', `${'- '.repeat(3_000)}a`],
  ['keys of keys', `${'? '.repeat(2_000)}a`],
])('%s without end are text without structure, and nothing is thrown', (_what, doc) => {
  const tree = treeOf(doc)
  expect(tree?.length).toBe(doc.length)
  expect(nodesOf(doc)).toBe(1)
})
