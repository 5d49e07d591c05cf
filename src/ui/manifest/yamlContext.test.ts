/** Where the cursor stands, marked by `|` in a text. */
import { expect, it } from 'vitest'
import { yamlContext } from './yamlContext.ts'

function at(marked: string) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n')
  return yamlContext(marked.replace('|', '').split('\n'), before.length - 1, before.at(-1)?.length ?? 0)
}

const head = 'apiVersion: apps/v1\nkind: StatefulSet\n'

it.each([
  ['at the top of an object', `${head}sp|`, []],
  ['below a key', `${head}spec:\n  rep|`, ['spec']],
  [
    'below a key with a sibling above',
    `${head}spec:\n  replicas: 3\n  template:\n    spec:\n      x: 1\n  ser|`,
    ['spec'],
  ],
  [
    'in the first key of an entry',
    `${head}spec:\n  template:\n    spec:\n      containers:\n      - na|`,
    ['spec', 'template', 'spec', 'containers', 0],
  ],
  [
    'in a later key of the second entry',
    `${head}spec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: b\n        - name: c\n          im|`,
    ['spec', 'template', 'spec', 'containers', 1],
  ],
  [
    'in a list within a list',
    `${head}spec:\n  containers:\n  - name: a\n    ports:\n    - containerPort: 80\n      na|`,
    ['spec', 'containers', 0, 'ports', 0],
  ],
  ['behind another document', `kind: Service\nspec:\n  a: 1\n---\n${head}metadata:\n  na|`, ['metadata']],
  ['over comments and empty lines', `${head}spec: # all of it\n\n# said\n  rep|`, ['spec']],
])('knows the path %s', (_where, text, path) => {
  expect(at(text)).toMatchObject({ apiVersion: 'apps/v1', kind: 'StatefulSet', path })
})

it('knows the key whose value is being written, and where the value begins', () => {
  expect(at(`${head}spec:\n  podManagementPolicy: Par|`)).toMatchObject({
    path: ['spec'],
    key: 'podManagementPolicy',
    from: 23,
  })
})

it.each([
  ['in a comment', `${head}# sp|`],
  ['behind a tab', `${head}spec:\n\tre|`],
])('knows nothing %s', (_where, text) => {
  expect(at(text)).toBeUndefined()
})
