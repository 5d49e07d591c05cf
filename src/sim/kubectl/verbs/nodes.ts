/**
 * `kubectl cordon`, `uncordon`, `taint`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/{drain/drain.go,taint/taint.go}, v1.36.
 */
import type { Node } from '../../api/types.ts'
import type { World } from '../../kernel/types.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { clientError, Failure, refusalText, usageError } from '../failure.ts'
import { changedText, readOutput } from '../print/output.ts'
import type { Found, Selection } from '../resources.ts'
import { selected } from '../resources.ts'
import { dryRunSuffix, Writes } from '../server.ts'
import { partedArgs } from './changed.ts'

/** The nodes of a line that names nodes without their type. */
export function nodesOf(call: Call, world: World): Selection {
  const { flags, args, command } = call
  if (args.length === 0 && flags.text('selector') === '') throw usageError(command, `USAGE: ${command} NODE [flags]`)
  if (args.length > 0 && flags.text('selector') !== '')
    throw clientError('error: cannot specify both a node name and a --selector option')
  const named = args.map((arg) => arg.replace(/^(?:nodes?|no)\//, ''))
  return selected({ ...call, args: named }, world, { defaultType: 'nodes', listsAll: true })
}

const isClosed = (object: Thing): boolean => (object as unknown as Node).spec.unschedulable === true

/** The node closed for new pods, or opened. */
function turned(object: Thing, closed: boolean): Thing {
  const { unschedulable: _before, ...spec } = (object as unknown as Node).spec
  return { ...object, spec: closed ? { ...spec, unschedulable: true } : spec } as unknown as Thing
}

/** Closes or opens a node, and says so. */
export function turn(writes: Writes, { type, object }: Found, closed: boolean): void {
  const past = closed ? 'cordoned' : 'uncordoned'
  const shown = { kind: 'table', wide: false } as const
  if (isClosed(object) === closed) {
    writes.say(changedText(shown, object, `already ${past}`, dryRunSuffix(writes.dryRun)))
    return
  }
  const tried = writes.dryRun === 'client' ? undefined : writes.change(type, object, turned(object, closed))
  if (tried?.ok === false) writes.fail(refusalText(tried.refusal))
  else writes.say(changedText(shown, object, past, dryRunSuffix(writes.dryRun)))
}

const cordons = (closed: boolean): Verb =>
  function* (call) {
    const world = yield* currentWorld()
    const { found, errors } = nodesOf(call, world)
    const writes = new Writes(call, world)
    for (const entry of found) turn(writes, entry, closed)
    for (const error of errors) writes.fail(error)
    yield* writes.commit()
    return writes.exit
  }

export const cordon = cordons(true)
export const uncordon = cordons(false)

interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

interface TaintWish {
  readonly add: readonly Taint[]
  readonly remove: readonly { readonly key: string; readonly effect?: string }[]
}

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

function checkedEffect(effect: string): string {
  if (EFFECTS.includes(effect)) return effect
  throw clientError(`invalid taint effect: ${effect}, unsupported taint effect`)
}

function readTaints(words: readonly string[]): TaintWish {
  const add: Taint[] = []
  const remove: { key: string; effect?: string }[] = []
  for (const word of words) {
    const [, body = '', minus] = /^(.*?)(-?)$/.exec(word) ?? []
    const colon = body.indexOf(':')
    const pair = colon < 0 ? body : body.slice(0, colon)
    const effect = colon < 0 ? undefined : body.slice(colon + 1)
    if (minus === '-')
      remove.push({ key: pair.split('=')[0] as string, ...(effect !== undefined && { effect: checkedEffect(effect) }) })
    else {
      if (effect === undefined) throw clientError(`invalid taint spec: ${word}`)
      const [key = '', value] = pair.split('=')
      add.push({ key, ...(value !== undefined && value !== '' && { value }), effect: checkedEffect(effect) })
    }
  }
  return { add, remove }
}

const same = (a: Taint, b: { readonly key: string; readonly effect?: string }): boolean =>
  a.key === b.key && (b.effect === undefined || a.effect === b.effect)

/** The taints as they should be, and what was done; a text refuses. */
function retainted(
  node: Node,
  { add, remove }: TaintWish,
  overwrite: boolean,
): { taints: readonly Taint[]; past: string } | string {
  const before = node.spec.taints ?? []
  const missing = remove.find((wish) => !before.some((taint) => same(taint, wish)))
  if (missing) {
    const shown = missing.effect === undefined ? missing.key : `${missing.key}:${missing.effect}`
    return `error: taint ${JSON.stringify(shown)} not found`
  }
  const taken = add.filter((wish) => before.some((taint) => same(taint, wish)))
  if (taken.length > 0 && !overwrite)
    return `error: node ${node.metadata.name} already has ${taken.map(({ key }) => key).join(', ')} taint(s) with same effect(s) and --overwrite is false`
  const kept = before.filter((taint) => ![...remove, ...add].some((wish) => same(taint, wish)))
  return { taints: [...kept, ...add], past: add.length === 0 ? 'untainted' : overwrite ? 'modified' : 'tainted' }
}

export const taint: Verb = function* (call) {
  const { flags, args } = call
  const isTaint = (arg: string) => arg.includes(':') || arg.includes('=') || arg.endsWith('-')
  const [resources, words] = partedArgs(args, isTaint)
  if (resources.length === 0)
    throw clientError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (words.length === 0) throw clientError('at least one taint update is required')
  if (!/^(no|nodes?)(\/|$)/i.test(resources[0] as string))
    throw new Failure(`error: invalid resource type ${resources[0]}, only [node nodes] are supported`)
  const wish = readTaints(words)
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const { found, errors } = selected(call, world, { args: resources })
  const writes = new Writes(call, world)
  for (const { type, object } of found) {
    const result = retainted(object as unknown as Node, wish, flags.is('overwrite'))
    if (typeof result === 'string') {
      writes.fail(result)
      continue
    }
    const { taints: _before, ...spec } = (object as unknown as Node).spec
    const wanted = {
      ...object,
      spec: { ...spec, ...(result.taints.length > 0 && { taints: result.taints }) },
    } as unknown as Thing
    const tried = writes.dryRun === 'client' ? undefined : writes.change(type, object, wanted)
    if (tried?.ok === false) writes.fail(refusalText(tried.refusal))
    else writes.say(changedText(output, wanted, result.past, dryRunSuffix(writes.dryRun)))
  }
  for (const error of errors) writes.fail(error)
  yield* writes.commit()
  return writes.exit
}
