/**
 * Is a plain value of the shape that a kind has? What a client sends may be anything; this says where it is not what the
 * API's types ask for, in the words of the server's decoder. Rules between fields are the validation's business.
 * The tables of types come from outside: `coreTypes.ts` knows what the simulation reads, the manifest reader knows all.
 * Models: sigs.k8s.io/json (decoding and strict errors), v1.36.
 */
import { parseQuantity, QUANTITY_ERROR } from './quantity.ts'

/** Type name → field name → code of the field's type. */
export type TypeTable = ReadonlyMap<string, ReadonlyMap<string, string>>

export type Path = readonly (string | number)[]

export interface ShapeFault {
  readonly code: 'unknownField' | 'wrongType' | 'badQuantity' | 'tooDeep'
  readonly path: Path
  /** As the server words it, without saying which object. */
  readonly message: string
}

/**
 * Reads a table: a line per type, `Name field:code field:code …`. Codes: s text, y base64 text, t time, b boolean,
 * i and l integers of 32 and 64 bits, f number, o integer or text, q quantity, a anything; `[` before a code makes it a
 * list, `{` a map from text; any other code is the name of a type.
 */
export const readTypes = (text: string): TypeTable =>
  new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', ...fields] = line.trim().split(' ')
        return [name, new Map(fields.map((field) => field.split(':') as [string, string]))] as const
      }),
  )

const MOST_DEPTH = 64
const MOST_FAULTS = 50

const GO_TYPES: Readonly<Record<string, string>> = {
  s: 'string',
  y: 'string',
  t: 'v1.Time',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  f: 'float64',
  o: 'intstr.IntOrString',
  q: 'resource.Quantity',
}

const goType = (code: string): string =>
  code.startsWith('[')
    ? `[]${goType(code.slice(1))}`
    : code.startsWith('{')
      ? `map[string]${goType(code.slice(1))}`
      : (GO_TYPES[code] ?? `v1.${code}`)

const LIMITS: Readonly<Record<string, number>> = { i: 2 ** 31, l: 2 ** 63 }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the decoder calls a value that does not fit. */
function wordFor(value: unknown, code: string): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object') return 'object'
  if (typeof value === 'number') return code === 'i' || code === 'l' ? `number ${value}` : 'number'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

function fits(value: unknown, code: string): boolean {
  switch (code) {
    case 's':
    case 'y':
    case 't':
      return typeof value === 'string'
    case 'b':
      return typeof value === 'boolean'
    case 'f':
      return typeof value === 'number'
    case 'i':
    case 'l': {
      const limit = LIMITS[code] as number
      return Number.isInteger(value) && (value as number) >= -limit && (value as number) < limit
    }
    case 'o':
      return typeof value === 'string' || Number.isInteger(value)
    case 'q':
      return typeof value === 'string' || typeof value === 'number'
    default:
      return isRecord(value)
  }
}

/** `spec.template.spec.containers[0].name`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )

interface Place {
  readonly path: Path
  /** The struct that has the field, as the decoder names it. */
  readonly owner: string
}

class Check {
  readonly faults: ShapeFault[] = []
  private readonly types: TypeTable
  private readonly strict: boolean

  constructor(types: TypeTable, strict: boolean) {
    this.types = types
    this.strict = strict
  }

  private fault(code: ShapeFault['code'], path: Path, message: string): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ code, path, message })
  }

  private wrongType(value: unknown, code: string, { path, owner }: Place): void {
    const fields = path.filter((part) => typeof part === 'string').join('.')
    const where = owner === '' ? 'value' : `struct field ${owner}.${fields}`
    this.fault(
      'wrongType',
      path,
      `json: cannot unmarshal ${wordFor(value, code)} into Go ${where} of type ${goType(code)}`,
    )
  }

  value(value: unknown, code: string, place: Place): void {
    if (value === undefined || value === null || code === 'a') return
    if (place.path.length > MOST_DEPTH) this.fault('tooDeep', place.path, 'exceeded max depth')
    else if (code.startsWith('[')) this.list(value, code, place)
    else if (code.startsWith('{')) this.map(value, code, place)
    else if (!fits(value, code)) this.wrongType(value, code, place)
    else if (code === 'q' && !parseQuantity(String(value))) this.fault('badQuantity', place.path, QUANTITY_ERROR)
    else {
      const fields = this.types.get(code)
      if (fields) this.struct(value as Readonly<Record<string, unknown>>, code, fields, place.path)
    }
  }

  private list(value: unknown, code: string, place: Place): void {
    if (Array.isArray(value))
      for (const [index, entry] of value.entries())
        this.value(entry, code.slice(1), { ...place, path: [...place.path, index] })
    else this.wrongType(value, code, place)
  }

  private map(value: unknown, code: string, place: Place): void {
    if (isRecord(value))
      for (const key of Object.keys(value))
        this.value(value[key], code.slice(1), { ...place, path: [...place.path, key] })
    else this.wrongType(value, code, place)
  }

  private struct(
    value: Readonly<Record<string, unknown>>,
    owner: string,
    fields: ReadonlyMap<string, string>,
    path: Path,
  ): void {
    for (const name of Object.keys(value)) {
      const code = fields.get(name)
      const at = [...path, name]
      if (code !== undefined) this.value(value[name], code, { path: at, owner })
      else if (this.strict) this.fault('unknownField', at, `unknown field "${pathText(at)}"`)
    }
  }
}

/**
 * Everything about the value that is not of that type, at most 50 faults. `strict` also names fields that the type does
 * not have. Null counts as absent.
 */
export function shapeFaults(value: unknown, type: string, types: TypeTable, strict: boolean): readonly ShapeFault[] {
  const check = new Check(types, strict)
  check.value(value, type, { path: [], owner: '' })
  return check.faults
}
