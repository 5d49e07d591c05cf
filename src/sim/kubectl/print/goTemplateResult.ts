/**
 * A parsed Go template with the values of an object in it. What is not there prints `<no value>`.
 * Models: text/template (exec.go, funcs.go; Go 1.26) and the functions that kubectl adds.
 */
import { goMap } from '../patch.ts'
import type { Expression, Pipe, TemplateNode } from './goTemplate.ts'
import { parseGoTemplate, TemplateError } from './goTemplate.ts'

type Fields = Readonly<Record<string, unknown>>
type Variables = ReadonlyMap<string, unknown>

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

const isTrue = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : isMap(value) ? Object.keys(value).length > 0 : Boolean(value)

const shown = (value: unknown): string =>
  value === undefined || value === null ? '<no value>' : typeof value === 'object' ? goMap(value) : String(value)

function member(value: unknown, names: readonly string[]): unknown {
  let current = value
  for (const name of names) {
    if (current === undefined || current === null) return undefined
    if (!isMap(current))
      throw new TemplateError(
        `can't evaluate field ${name} in type ${Array.isArray(current) ? '[]interface {}' : typeof current}`,
      )
    current = Object.hasOwn(current, name) ? current[name] : undefined
  }
  return current
}

function index(value: unknown, keys: readonly unknown[]): unknown {
  return keys.reduce<unknown>((current, key) => {
    if (Array.isArray(current)) {
      if (typeof key !== 'number')
        throw new TemplateError('error calling index: cannot index slice/array with type string')
      if (key < 0 || key >= current.length)
        throw new TemplateError(`error calling index: reflect: slice index out of range`)
      return current[key]
    }
    if (current === undefined || current === null) throw new TemplateError('error calling index: index of untyped nil')
    return isMap(current) ? member(current, [String(key)]) : undefined
  }, value)
}

function formatted(format: string, args: readonly unknown[]): string {
  let at = 0
  return format.replaceAll(
    /%%|%([-0]?)(\d*)(?:\.(\d+))?([svdqtf])/g,
    (all, flag: string, width: string, digits: string | undefined, verb: string) => {
      if (all === '%%') return '%'
      const value = args[at++]
      const text =
        verb === 'q'
          ? JSON.stringify(String(value))
          : verb === 'f'
            ? Number(value).toFixed(Number(digits ?? 6))
            : value === undefined
              ? '<nil>'
              : typeof value === 'object'
                ? goMap(value)
                : String(value)
      return flag === '-' ? text.padEnd(Number(width)) : text.padStart(Number(width || 0), flag === '0' ? '0' : ' ')
    },
  )
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function decoded(text: string): string {
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(6, '0'))
    .join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return decodeURIComponent(bytes.map((byte) => `%${Number.parseInt(byte, 2).toString(16).padStart(2, '0')}`).join(''))
}

const compare = (a: unknown, b: unknown): number =>
  (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  if (isMap(value)) return Object.keys(value).length
  throw new TemplateError('error calling len: len of nil pointer')
}

function call(name: string, args: readonly unknown[]): unknown {
  const [first, ...others] = args
  switch (name) {
    case 'and':
      return args.find((arg) => !isTrue(arg)) ?? args.at(-1)
    case 'or':
      return args.find(isTrue) ?? args.at(-1)
    case 'not':
      return !isTrue(first)
    case 'len':
      return lengthOf(first)
    case 'index':
      return index(first, others)
    case 'slice':
      return (first as string).slice(...(others as [number, number]))
    case 'print':
      return args.map(shown).join('')
    case 'println':
      return `${args.map(shown).join(' ')}\n`
    case 'printf':
      return formatted(String(first), others)
    case 'eq':
      return others.some((other) => other === first)
    case 'ne':
      return first !== others[0]
    case 'lt':
      return compare(first, others[0]) < 0
    case 'le':
      return compare(first, others[0]) <= 0
    case 'gt':
      return compare(first, others[0]) > 0
    case 'ge':
      return compare(first, others[0]) >= 0
    case 'exists':
      return others.every((_key, at) => index(first, others.slice(0, at + 1)) !== undefined)
    case 'base64decode':
      return decoded(String(first))
    default:
      return String(first)
  }
}

class Evaluation {
  private readonly root: unknown

  constructor(root: unknown) {
    this.root = root
  }

  private value(expression: Expression, dot: unknown, variables: Variables, piped: readonly unknown[] = []): unknown {
    switch (expression.kind) {
      case 'literal':
        return expression.value
      case 'path': {
        const { variable, names } = expression
        if (variable !== undefined && variable !== '$' && !variables.has(variable))
          throw new TemplateError(`undefined variable ${JSON.stringify(variable)}`)
        const from = variable === undefined ? dot : variable === '$' ? this.root : variables.get(variable)
        return member(from, names)
      }
      case 'member':
        return member(this.value(expression.of, dot, variables), expression.names)
      case 'call': {
        const args = expression.args.map((arg) => this.value(arg, dot, variables))
        return call(expression.name, [...args, ...piped])
      }
      case 'pipe': {
        let last: readonly unknown[] = []
        for (const stage of expression.stages) last = [this.value(stage, dot, variables, last)]
        return last[0]
      }
    }
  }

  text(nodes: readonly TemplateNode[], dot: unknown, given: Variables): string {
    const variables = new Map(given)
    let text = ''
    for (const node of nodes) {
      if (node.kind === 'text') text += node.text
      else if (node.kind === 'value') text += this.shownValue(node.pipe, dot, variables)
      else text += this.block(node, dot, variables)
    }
    return text
  }

  private shownValue({ variables: names, expression }: Pipe, dot: unknown, variables: Map<string, unknown>): string {
    const value = this.value(expression, dot, variables)
    for (const name of names) variables.set(name, value)
    return names.length > 0 ? '' : shown(value)
  }

  private block(
    { word, pipe, body, otherwise }: Extract<TemplateNode, { kind: 'block' }>,
    dot: unknown,
    variables: Variables,
  ): string {
    const value = this.value(pipe.expression, dot, variables)
    if (!isTrue(value)) return this.text(otherwise, dot, variables)
    const own = new Map(variables)
    if (word !== 'range') {
      for (const name of pipe.variables) own.set(name, value)
      return this.text(body, word === 'with' ? value : dot, own)
    }
    return entries(value)
      .map(([key, entry]) => {
        const [first, second] = pipe.variables
        if (second !== undefined) own.set(first as string, key).set(second, entry)
        else if (first !== undefined) own.set(first, entry)
        return this.text(body, entry, own)
      })
      .join('')
  }
}

function entries(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()]
  if (isMap(value))
    return Object.keys(value)
      .sort()
      .map((key) => [key, value[key]])
  throw new TemplateError(`range can't iterate over ${shown(value)}`)
}

/** @throws TemplateError with `error parsing template …` or `error executing template …` */
export function goTemplateText(template: string, value: unknown): string {
  let nodes: readonly TemplateNode[]
  try {
    nodes = parseGoTemplate(template)
  } catch (error) {
    if (error instanceof TemplateError) throw new TemplateError(`error parsing template ${template}, ${error.message}`)
    throw error
  }
  try {
    return new Evaluation(value).text(nodes, value, new Map())
  } catch (error) {
    if (error instanceof TemplateError)
      throw new TemplateError(
        `error executing template ${JSON.stringify(template)}: template: output:1: ${error.message}`,
      )
    throw error
  }
}
