/**
 * What a JSONPath finds in a value, and how kubectl prints it: values of one action with blanks between, objects as JSON.
 * Models: staging/src/k8s.io/client-go/util/jsonpath/jsonpath.go, v1.36.
 */
import { sortedJson } from '../../api/fieldErrors.ts'
import type { PathNode } from './jsonPath.ts'
import { JsonPathError, parseJsonPath } from './jsonPath.ts'

type Values = readonly unknown[]

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members of a map in the order of their keys, or of a list. */
const members = (value: unknown): Values =>
  Array.isArray(value)
    ? value
    : isMap(value)
      ? Object.keys(value)
          .sort()
          .map((key) => value[key])
      : []

const within = (value: unknown): Values => [value, ...members(value).flatMap(within)]

function slice(value: unknown, node: Extract<PathNode, { kind: 'slice' }>): Values {
  if (!Array.isArray(value)) {
    if (value === undefined || value === null) return []
    throw new JsonPathError(`${shownType(value)} is not array or slice`)
  }
  const { length } = value
  const turned = (index: number) => (index < 0 ? index + length : index)
  if (node.one) {
    const index = turned(node.from as number)
    if (index < 0 || index >= length)
      throw new JsonPathError(`array index out of bounds: index ${index}, length ${length}`)
    return [value[index]]
  }
  const from = turned(node.from ?? 0)
  const to = turned(node.to ?? length)
  if (node.step <= 0) throw new JsonPathError('step must be > 0')
  return value.filter((_entry, index) => index >= from && index < to && (index - from) % node.step === 0)
}

const shownType = (value: unknown): string => (isMap(value) ? 'map[string]interface {}' : typeof value)

function compares(operator: string, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
    case '=':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return (left as number) < (right as number)
    case '>':
      return (left as number) > (right as number)
    case '<=':
      return (left as number) <= (right as number)
    case '>=':
      return (left as number) >= (right as number)
    default:
      throw new JsonPathError(`unrecognized filter operator ${operator}`)
  }
}

class Evaluation {
  private readonly root: unknown

  constructor(root: unknown) {
    this.root = root
  }

  /** What the nodes of one action find, one after another. */
  find(nodes: readonly PathNode[], from: Values): Values {
    let current = from
    for (const node of nodes) current = this.step(node, current)
    return current
  }

  private step(node: PathNode, values: Values): Values {
    switch (node.kind) {
      case 'text':
        return [node.text]
      case 'value':
        return [node.value]
      case 'root':
        return [this.root]
      case 'list':
        return this.find(node.nodes, values)
      case 'field':
        return values.flatMap((value) => this.field(value, node.name))
      case 'wildcard':
        return values.flatMap(members)
      case 'recursive':
        return values.flatMap(within)
      case 'slice':
        return values.flatMap((value) => slice(value, node))
      case 'union':
        return node.lists.flatMap((list) => this.find(list, values))
      case 'filter':
        return values.flatMap((value) =>
          (Array.isArray(value) ? value : [value]).filter((entry) => this.passes(entry, node)),
        )
      case 'word':
        throw new JsonPathError(`unrecognized identifier ${node.word}`)
    }
  }

  private field(value: unknown, name: string): Values {
    if (isMap(value)) {
      const found = Object.hasOwn(value, name) ? value[name] : undefined
      return found === undefined ? [] : [found]
    }
    // A number after a dot is an index; nothing else is in a list.
    return []
  }

  private passes(entry: unknown, { left, operator, right }: Extract<PathNode, { kind: 'filter' }>): boolean {
    const found = this.find(left, [entry])
    if (operator === 'exists') return found.length > 0
    if (found.length === 0) return false
    if (found.length > 1) throw new JsonPathError('can only compare one element at a time')
    const wanted = this.find(right, [entry])
    return wanted.length > 0 && compares(operator, found[0], wanted[0])
  }
}

/** A value as kubectl prints it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? sortedJson(value) : String(value)
}

/** The values that a path such as `{.status.phase}` finds. */
export function findByPath(value: unknown, path: string): Values {
  const evaluation = new Evaluation(value)
  return parseJsonPath(path).flatMap((node) => (node.kind === 'list' ? evaluation.find(node.nodes, [value]) : []))
}

type Group = { readonly node: PathNode } | { readonly over: readonly PathNode[]; readonly body: readonly Group[] }

const wordOf = (node: PathNode): string | undefined =>
  node.kind === 'list' && node.nodes[0]?.kind === 'word' ? node.nodes[0].word : undefined

/** Puts what stands between `{range}` and `{end}` together. */
function grouped(nodes: readonly PathNode[]): readonly Group[] {
  const stack: { over: readonly PathNode[]; body: Group[] }[] = [{ over: [], body: [] }]
  for (const node of nodes) {
    const top = stack.at(-1) as { body: Group[] }
    const word = wordOf(node)
    if (word === 'range') stack.push({ over: node.kind === 'list' ? node.nodes.slice(1) : [], body: [] })
    else if (word === 'end') {
      const done = stack.pop()
      const outer = stack.at(-1)
      if (!done || !outer) throw new JsonPathError('not in range, nothing to end')
      outer.body.push(done)
    } else top.body.push({ node })
  }
  if (stack.length > 1) throw new JsonPathError('unterminated range, not end')
  return (stack[0] as { body: Group[] }).body
}

function printed(groups: readonly Group[], value: unknown, evaluation: Evaluation): string {
  return groups
    .map((group) => {
      if ('over' in group)
        return evaluation
          .find(group.over, [value])
          .map((entry) => printed(group.body, entry, evaluation))
          .join('')
      const { node } = group
      if (node.kind === 'text') return node.text
      return (node.kind === 'list' ? evaluation.find(node.nodes, [value]) : []).map(valueText).join(' ')
    })
    .join('')
}

/**
 * A template with the values of an object in it.
 * @throws JsonPathError with `error parsing jsonpath …` or `error executing jsonpath …`
 */
export function jsonPathText(template: string, value: unknown): string {
  let groups: readonly Group[]
  try {
    groups = grouped(parseJsonPath(template))
  } catch (error) {
    if (error instanceof JsonPathError) throw new JsonPathError(`error parsing jsonpath ${template}, ${error.message}`)
    throw error
  }
  try {
    return printed(groups, value, new Evaluation(value))
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new JsonPathError(
      `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${sortedJson(value)}\n\n`,
    )
  }
}
