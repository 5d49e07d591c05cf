/**
 * The API server as a line of kubectl meets it: requests are tried one after another, each on what came of those before
 * it; those that are taken become one act of the run. With `--dry-run=server` they are only tried.
 */
import type { Path } from '../api/shapes.ts'
import { pathText, shapeFaults } from '../api/shapes.ts'
import type { Refusal } from '../api/strategy.ts'
import type { ApiRequest } from '../kernel/command.ts'
import type { World } from '../kernel/types.ts'
import { allTypes } from '../manifest/fieldTable.ts'
import type { Steps } from '../shell/session.ts'
import { complain, print } from '../shell/session.ts'
import type { Call, Thing } from './call.ts'
import { thingNamed } from './derived.ts'
import { clientError } from './failure.ts'
import { mergeDiff } from './mergeDiff.ts'
import type { ResourceType } from './parse/resourceTypes.ts'

export type DryRun = 'none' | 'client' | 'server'

/** @throws Failure */
export function dryRunOf({ flags }: Call): DryRun {
  const value = flags.text('dry-run') === '' ? 'none' : flags.text('dry-run')
  if (value === 'none' || value === 'client' || value === 'server') return value
  if (value === 'unchanged') return 'client'
  throw clientError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}

/** What stands behind the past of a verb. */
export const dryRunSuffix = (dryRun: DryRun): string =>
  dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : ''

export const BARE_DRY_RUN =
  'W0101 00:00:00.000000       1 helpers.go:750] --dry-run is deprecated and can be replaced with --dry-run=client.\n'

export type Tried =
  | { readonly ok: true; readonly before: Thing | undefined; readonly after: Thing | undefined }
  | { readonly ok: false; readonly refusal: Refusal }

/** The writes of one line, and what is said about them. */
export class Writes {
  /** The world as it will be. */
  world: World
  readonly dryRun: DryRun
  failed = false
  private readonly call: Call
  private readonly requests: ApiRequest[] = []
  private readonly said: { readonly to: 'stdout' | 'stderr'; readonly text: string }[] = []

  constructor(call: Call, world: World) {
    this.call = call
    this.world = world
    this.dryRun = dryRunOf(call)
    if (call.flags.text('dry-run') === 'unchanged') this.warn(BARE_DRY_RUN)
  }

  private attempt(request: ApiRequest, type: ResourceType, namespace: string | undefined, name: string): Tried {
    const { line, env } = this.call
    const before = thingNamed(this.world, type, namespace, name)
    const { world, refusal } = env.attempt(this.world, { type: 'kubectl', line, requests: [request] })
    if (refusal) return { ok: false, refusal }
    this.world = world
    this.requests.push(request)
    return { ok: true, before, after: thingNamed(world, type, namespace, name) }
  }

  create(type: ResourceType, object: object, namespace: string | undefined, name: string): Tried {
    if (!type.kept) return notKept(type)
    return this.attempt({ do: 'create', object }, type, namespace, name)
  }

  /** Makes an object what it should be; what is the same already asks for nothing. */
  change(type: ResourceType, before: Thing, after: object): Tried {
    const patch = mergeDiff(before, after as Thing)
    if (Object.keys(patch).length === 0) return { ok: true, before, after: before }
    if (!type.kept) return notKept(type)
    const { namespace, name } = before.metadata
    const home = namespace === undefined ? {} : { namespace }
    return this.attempt({ do: 'patch', kind: type.plural, ...home, name, patch }, type, namespace, name)
  }

  remove(
    type: ResourceType,
    { metadata: { namespace, name } }: Thing,
    options: Pick<Extract<ApiRequest, { do: 'delete' }>, 'graceSeconds' | 'propagation'>,
  ): Tried {
    if (!type.kept) return notKept(type)
    const home = namespace === undefined ? {} : { namespace }
    return this.attempt({ do: 'delete', kind: type.plural, ...home, name, ...options }, type, namespace, name)
  }

  say(text: string): void {
    this.said.push({ to: 'stdout', text })
  }

  warn(text: string): void {
    this.said.push({ to: 'stderr', text })
  }

  /** Something went wrong: it is said, and the line ends with 1. */
  fail(text: string): void {
    this.warn(`${text}\n`)
    this.failed = true
  }

  /** Does what was taken, and says what there is to say. Returns the world after it. */
  *commit(): Steps<World> {
    if (this.requests.length > 0 && this.dryRun === 'none') {
      const { world, refusal } = yield {
        ask: 'act',
        command: { type: 'kubectl', line: this.call.line, requests: this.requests },
      }
      this.world = world
      if (refusal) {
        this.fail(`error: ${refusal.message}`)
        this.said.splice(0, this.said.length - 1)
      }
    }
    for (const { to, text } of this.said.filter(({ to }) => to === 'stdout')) if (to === 'stdout') yield* print(text)
    for (const { to, text } of this.said.filter(({ to }) => to === 'stderr')) if (to === 'stderr') yield* complain(text)
    return this.world
  }

  get exit(): number {
    return this.failed ? 1 : 0
  }
}

const notKept = (type: ResourceType): Tried => ({
  ok: false,
  refusal: {
    reason: 'Impossible',
    message: `${type.plural} are not simulated: kubectl api-resources lists all types, kubectl get ${type.plural} finds none`,
  },
})

/** What the server's decoder has against an object that is sent to it. */
export function decodeFault(value: object, type: ResourceType, validation: string): string | undefined {
  if (!type.kept) return undefined
  const faults = shapeFaults(value, type.kind, allTypes, validation === 'strict')
  const [wrong] = faults.filter(({ code }) => code !== 'unknownField')
  const version = type.apiVersion.split('/').at(-1)
  const head = `${type.kind} in version ${JSON.stringify(version)} cannot be handled as a ${type.kind}`
  if (wrong) return `${head}: ${wrong.message}`
  const unknown = faults.map(({ message }) => message)
  return unknown.length > 0 ? `${head}: strict decoding error: ${unknown.join(', ')}` : undefined
}

/** Fields that the type does not have; those that stand in `known` already are passed over. */
function unknownFields(value: object, type: ResourceType, known?: object): readonly Path[] {
  const pathsIn = (object: object) =>
    shapeFaults(object, type.kind, allTypes, true)
      .filter(({ code }) => code === 'unknownField')
      .map(({ path }) => path)
  const before = new Set(known ? pathsIn(known).map(pathText) : [])
  return pathsIn(value).filter((path) => !before.has(pathText(path)))
}

/** Wrong types and unknown fields in the server's words; what stands in `known` already is passed over. */
export function strictFaults(value: object, type: ResourceType, known: object): readonly string[] {
  const messages = (object: object) => shapeFaults(object, type.kind, allTypes, true).map(({ message }) => message)
  const before = new Set(messages(known))
  return messages(value).filter((message) => !before.has(message))
}

/** `Warning: unknown field "spec.replica"` for each. */
export const unknownFieldWarnings = (value: object, type: ResourceType, known?: object): string =>
  unknownFields(value, type, known)
    .map((path) => `Warning: unknown field ${JSON.stringify(pathText(path))}\n`)
    .join('')

/** The object without the fields that the server does not know. */
export function withoutUnknownFields(value: Thing, type: ResourceType, known?: object): Thing {
  return unknownFields(value, type, known).reduce((rest, path) => without(rest, path) as Thing, value)
}

function without(value: unknown, [first, ...rest]: Path): unknown {
  if (first === undefined || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((entry, index) => (index === first ? without(entry, rest) : entry))
  const fields = value as Readonly<Record<string, unknown>>
  if (rest.length > 0) return { ...fields, [first]: without(fields[first], rest) }
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== first))
}

/** `--validate` as one word. */
export function validationOf({ flags }: Call): string {
  const value = flags.text('validate')
  if (['true', 'strict', ''].includes(value)) return 'strict'
  if (['false', 'ignore'].includes(value)) return 'ignore'
  if (value === 'warn') return 'warn'
  throw clientError(`invalid - validate option ${JSON.stringify(value)}`)
}
