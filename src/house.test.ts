// The rules of the house that neither the compiler nor the linter can keep. Each test lists every place that breaks its
// rule; the message says what to do instead. Why the house is built this way: docs/architecture.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const notOurs = new Set([
  'node_modules',
  '.git',
  'dist',
  'coverage',
  'screenshots',
  'test-results',
  'playwright-report',
  '.cache',
])

/** Rooms of src/sim from left to right: a room imports from itself and from rooms to its left. */
const ladder = [
  'api',
  'kernel',
  'machines',
  'controllers',
  'guarantees',
  'manifest',
  'shell',
  'kubectl',
  'scenario',
  'projection',
  'conformance',
]

/** Longer than 300 lines for a reason. */
const longFiles: Readonly<Record<string, string>> = {
  'src/sim/api/types.ts': 'types only: the shapes of the Kubernetes API',
  'src/sim/projection/types.ts': 'types only: the shapes of a picture',
  'src/content/texts/en.start.ts': 'one catalogue, data only',
  'src/content/texts/zh-CN.ts': 'one catalogue, data only',
}

const forbiddenInSim: readonly (readonly [RegExp, string])[] = [
  [/\bMath\.random\b/, "draw from the world's named random stream"],
  [/\blocaleCompare\b/, 'compare by code units'],
  [/\bDate\.(now|UTC|parse)\b/, 'virtual time is world.now; time text is own arithmetic'],
  [/\bnew Date\b/, 'virtual time is world.now; time text is own arithmetic'],
  [/\bIntl\./, 'write numbers with own arithmetic; words live in src/content'],
]

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown }
type Import = { readonly target: string; readonly typeOnly: boolean }

const files = filesUnder('').filter((file) => !file.endsWith('package-lock.json'))
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const code = files.filter((file) => /\.tsx?$/.test(file))
const product = code.filter((file) => file.startsWith('src/') && !isTest(file))
const sim = product.filter((file) => file.startsWith('src/sim/'))
const tests = code.filter((file) => isTest(file) || file.endsWith('.spec.ts'))

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return []
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : []
  })
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function parse(file: string) {
  const parsed = parseSync(file, read(file))
  if (parsed.errors.length > 0) throw new Error(`${file} does not parse: ${parsed.errors[0]?.message}`)
  return parsed
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, see)
  }
}

/** Everything a file imports, with paths of the repository for relative ones. */
function importsOf(file: string): Import[] {
  const found: Import[] = []
  const add = (source: unknown, typeOnly: boolean) => {
    const text = isNode(source) ? (source.value ?? (source.literal as Node | undefined)?.value) : source
    if (typeof text !== 'string') return
    found.push({ target: text.startsWith('.') ? posix.join(dirname(file), text) : text, typeOnly })
  }
  visit(parse(file).program as unknown as Node, (node) => {
    if (node.type === 'ImportDeclaration') add(node.source, node.importKind === 'type')
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      add(node.source, node.exportKind === 'type')
    }
    if (node.type === 'ImportExpression') add(node.source, false)
    if (node.type === 'TSImportType') add(node.source ?? node.argument, true)
  })
  return found
}

/** The text of a file with every comment blanked out, lines kept. */
function withoutComments(file: string): string {
  let text = read(file)
  for (const { start, end } of parse(file).comments) {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end)
  }
  return text
}

function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length
}

type Size = { readonly start: number; lines: number }

/** Every function below a node with its own lines: a function inside it counts for itself. */
function functionsOf(node: Node, text: string, around?: Size): Size[] {
  const isFunction = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)
  const lines = linesOf(text.slice(node.start, node.end))
  const own: Size | undefined = isFunction ? { start: node.start, lines } : undefined
  if (own && around) around.lines -= lines - 1
  const children = Object.values(node).flat().filter(isNode)
  return [...(own ? [own] : []), ...children.flatMap((child) => functionsOf(child, text, own ?? around))]
}

/** Imports of the given files that a rule refuses, as `file → target`. */
function refused(from: readonly string[], refuses: (found: Import, file: string) => boolean): string[] {
  return from.flatMap((file) =>
    importsOf(file)
      .filter((found) => refuses(found, file))
      .map((found) => `${file} → ${found.target}`),
  )
}

const within = (folder: string) => (file: string) => file.startsWith(`${folder}/`)

describe('the import ladder of src/sim', () => {
  const roomOf = (path: string) => path.split('/')[2] ?? ''

  test('every file lies in a room of the ladder', () => {
    const astray = sim.filter((file) => file !== 'src/sim/index.ts' && !ladder.includes(roomOf(file)))
    expect(astray, `the rooms are ${ladder.join(' → ')}; only index.ts lies beside them`).toEqual([])
  })

  test('a room imports only from itself and from rooms to its left', () => {
    const rooms = sim.filter((file) => file !== 'src/sim/index.ts')
    const climbing = refused(rooms, ({ target }, file) => {
      if (!within('src/sim')(target)) return false
      // What only tests and scripts use may speak to the whole, as they do.
      if (target === 'src/sim/index.ts') return !/\/fixtures\/|^src\/sim\/conformance\//.test(file)
      return ladder.indexOf(roomOf(target)) > ladder.indexOf(roomOf(file))
    })
    expect(climbing, `the ladder is ${ladder.join(' → ')}; move the shared part to the left`).toEqual([])
  })
})

test('only tests and scripts see the recordings of src/sim/conformance', () => {
  const room = 'src/sim/conformance'
  const outside = code.filter((file) => file.startsWith('src/') && !isTest(file) && !within(room)(file))
  expect(refused(outside, ({ target }) => within(room)(target))).toEqual([])
})

describe('one door for each storey', () => {
  const simDoor = 'src/sim/index.ts'
  const manifestDoor = 'src/sim/manifest/index.ts'
  const comparisonDoor = 'src/sim/scenario/comparison.ts'
  const kubectlDoor = 'src/sim/kubectl/index.ts'
  const closerDoor = 'src/sim/projection/index.ts'

  test('src/sim imports nothing of ours but itself', () => {
    expect(refused(sim, ({ target }) => within('src')(target) && !within('src/sim')(target))).toEqual([])
  })

  test('src/content takes only types, and only through the door of src/sim', () => {
    const content = product.filter(within('src/content'))
    const wrong = refused(content, ({ target, typeOnly }) => {
      return !within('src/content')(target) && !(target === simDoor && typeOnly)
    })
    expect(wrong, `allowed: "import type" from ${simDoor}`).toEqual([])
  })

  test('src/store enters src/sim by one of its doors, and knows no view', () => {
    const store = product.filter(within('src/store'))
    const doors = [simDoor, manifestDoor, comparisonDoor, kubectlDoor]
    expect(refused(store, ({ target }) => within('src/sim')(target) && !doors.includes(target))).toEqual([])
    expect(refused(store, ({ target }) => within('src/ui')(target))).toEqual([])
  })

  test('src/ui sees src/sim through its first door, and closely through the one of pictures', () => {
    const view = product.filter(within('src/ui'))
    expect(
      refused(view, ({ target }) => within('src/sim')(target) && target !== simDoor && target !== closerDoor),
    ).toEqual([])
  })

  test('e2e plays the page and the scenarios, never the inside; of the scripting object it knows the types', () => {
    const page = code.filter(within('e2e'))
    const typed = new Set([simDoor, 'src/store/script.ts'])
    // What is built is held to the sources.
    const sources = 'src/store/fixtures/replayed.ts'
    const wrong = refused(
      page,
      ({ target, typeOnly }) =>
        within('src')(target) &&
        !within('src/content/scenarios')(target) &&
        target !== sources &&
        !(typed.has(target) && typeOnly),
    )
    expect(wrong).toEqual([])
  })
})

describe('words and sizes', () => {
  test('src/sim uses nothing that depends on the machine, its clock or its language', () => {
    const found = sim.flatMap((file) => {
      const lines = withoutComments(file).split('\n')
      return forbiddenInSim.flatMap(([word, instead]) =>
        lines.flatMap((line, index) => (word.test(line) ? [`${file}:${index + 1} ${word.source}: ${instead}`] : [])),
      )
    })
    expect(found).toEqual([])
  })

  test('no file of the product is longer than 300 lines', () => {
    const long = product.filter((file) => linesOf(read(file)) > 300 && !longFiles[file])
    expect(long.map((file) => `${file}: ${linesOf(read(file))} lines`)).toEqual([])
  })

  test('no function of src/sim is longer than 80 lines, functions inside it not counted', () => {
    const long = sim.flatMap((file) => {
      const text = read(file)
      return functionsOf(parse(file).program as unknown as Node, text)
        .filter(({ lines }) => lines > 80)
        .map(({ start, lines }) => `${file}:${linesOf(text.slice(0, start))} ${lines} lines`)
    })
    expect(long).toEqual([])
  })

  test('no file names a place on the machine it was written on', () => {
    const places = [['', 'work', ''].join('/'), ['_auth', 'Token'].join(''), ['registry', 'http'].join('=')]
    const text = files.filter((file) => !/\.(png|ico|woff2|webp)$/.test(file))
    expect(text.filter((file) => places.some((place) => read(file).includes(place)))).toEqual([])
    expect(files.filter((file) => basename(file) === '.npmrc')).toEqual([])
  })
})

describe('what belongs together', () => {
  test('every guarantee of docs/guarantees.md is checked in src/sim/guarantees and named by a test', () => {
    const page = 'docs/guarantees.md'
    if (!existsSync(join(root, page))) return
    const opening = /^(?:#+\s+|\|\s*|[-*]\s+)(?:\*\*|`)?([A-Z]{2,6}-\d+)\b/gm
    const ids = [...new Set([...read(page).matchAll(opening)].map(([, id]) => id as string))]
    expect(ids.length, `${page} opens headings, rows or items with ids such as ORD-1`).toBeGreaterThan(0)
    const checkers = sim.filter(within('src/sim/guarantees')).map(withoutComments).join('\n')
    const titles = tests
      .filter((file) => file !== 'src/house.test.ts')
      .map(withoutComments)
      .join('\n')
    const names = (text: string, id: string) => new RegExp(`\\b${id}\\b`).test(text)
    expect(
      ids.filter((id) => !names(checkers, id)),
      'not in src/sim/guarantees',
    ).toEqual([])
    expect(
      ids.filter((id) => !names(titles, id)),
      'in no test title',
    ).toEqual([])
  })

  test('every scenario has a golden story, and every golden story its scenario', () => {
    const stem = (file: string) => basename(file).replace(/(\.story)?\.\w+$/, '')
    const shelf = files.filter((file) => dirname(file) === 'src/content/scenarios')
    const scenarios = shelf.filter((file) => file.endsWith('.ts') && !isTest(file) && stem(file) !== 'index').map(stem)
    const stories = shelf.filter((file) => file.endsWith('.story.txt')).map(stem)
    expect(stories.sort(), '`npm run story -- --update` writes them').toEqual(scenarios.sort())
  })

  test('all text catalogues have the same keys', async () => {
    const catalogues = import.meta.glob<Record<string, unknown>>('./content/texts/*.ts')
    const keys: [string, string[]][] = []
    for (const [path, load] of Object.entries(catalogues)) {
      if (/\/[a-z]{2}(-[A-Z]{2})?\.ts$/.test(path)) keys.push([path, keysOf(Object.values(await load())[0]).sort()])
    }
    for (const [path, own] of keys) expect(own, path).toEqual(keys[0]?.[1])
  })
})

function keysOf(value: unknown, above = ''): string[] {
  if (typeof value !== 'object' || value === null) return [above]
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, above ? `${above}.${key}` : key))
}
