/**
 * `kubectl wait`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/wait/{wait,condition,delete,json,create}.go, v1.36.
 */
import type { World } from '../../kernel/types.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { clientError, Failure } from '../failure.ts'
import { JsonPathError, parseJsonPath, relaxedJsonPath } from '../print/jsonPath.ts'
import { findByPath, valueText } from '../print/jsonPathResult.ts'
import { qualifiedThing } from '../print/output.ts'
import type { Found } from '../resources.ts'
import { selected } from '../resources.ts'

/** Whether what is waited for holds of an object as it is now; undefined stands for one that is gone. */
type Test = (object: Thing | undefined) => boolean

interface Goal {
  readonly test: Test
  readonly kind: 'delete' | 'create' | 'other'
}

interface Conditions {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[]
}

function conditionGoal(text: string): Goal {
  const [type = '', status = 'true'] = text.split('=')
  const test: Test = (object) =>
    ((object?.status ?? {}) as Conditions).conditions?.some(
      (condition) =>
        condition.type.toLowerCase() === type.toLowerCase() && condition.status.toLowerCase() === status.toLowerCase(),
    ) ?? false
  return { test, kind: 'other' }
}

function jsonPathGoal(text: string): Goal {
  const [, path = '', value] = /^('?\{.*?\}'?|[^=]*)(?:=(.*))?$/s.exec(text) ?? []
  if (value === '') throw clientError('jsonpath wait has to have a value after equal sign')
  let found: string
  try {
    found = relaxedJsonPath(path.replaceAll("'", ''))
    parseJsonPath(found)
  } catch (error) {
    if (error instanceof JsonPathError) throw clientError(error.message)
    throw error
  }
  const wanted = value?.replace(/^(["'])(.*)\1$/, '$2')
  const test: Test = (object) => {
    const values = object ? findByPath(object, found) : []
    if (wanted === undefined) return values.length > 0 && values.every((each) => each !== null && each !== '')
    return values.length === 1 && valueText(values[0]) === wanted
  }
  return { test, kind: 'other' }
}

/** @throws Failure */
function goalOf(given: readonly string[]): Goal {
  const [first = ''] = given
  if (given.length === 0) throw clientError('unrecognized condition: []')
  const lower = first.toLowerCase()
  if (lower === 'delete') return { test: (object) => object === undefined, kind: 'delete' }
  if (lower === 'create') return { test: (object) => object !== undefined, kind: 'create' }
  if (lower.startsWith('condition=')) return conditionGoal(first.slice('condition='.length))
  if (lower.startsWith('jsonpath=')) return jsonPathGoal(first.slice('jsonpath='.length))
  throw clientError(`unrecognized condition: ${JSON.stringify(first)}`)
}

const nowOf = (world: World, { type, object: { metadata } }: Found): Thing | undefined => {
  const found = thingNamed(world, type, metadata.namespace, metadata.name)
  return found?.metadata.uid === metadata.uid ? found : undefined
}

/** Until the objects are there that the line names. */
function* created(call: Call, until: number): Steps<readonly Found[]> {
  for (;;) {
    const world = yield* currentWorld()
    const { found, errors } = selected(call, world)
    if (found.length > 0 && errors.length === 0) return found
    if (world.now >= until) throw new Failure('error: timed out waiting for the condition')
    yield { ask: 'wait', until }
  }
}

/** A negative timeout is a week, as in kubectl. */
const LONGEST_MS = 7 * 24 * 3_600_000

export const wait: Verb = function* (call) {
  const { flags } = call
  const goal = goalOf(flags.list('for'))
  const timeout = flags.duration('timeout')
  const world = yield* currentWorld()
  const until = world.now + (timeout < 0 ? LONGEST_MS : timeout)
  const selection = goal.kind === 'create' ? undefined : selected(call, world)
  const found = selection ? selection.found : yield* created(call, until)
  if (selection && selection.errors.length > 0 && goal.kind !== 'delete') throw new Failure(selection.errors.join('\n'))
  if (found.length === 0) {
    if (goal.kind === 'delete') return 0
    throw clientError('no matching resources found')
  }
  let status = 0
  for (const entry of found) {
    let now = yield* currentWorld()
    while (!goal.test(nowOf(now, entry)) && now.now < until) now = (yield { ask: 'wait', until }).world
    const { type, object } = entry
    if (goal.test(nowOf(now, entry))) yield* print(`${qualifiedThing(object)} condition met\n`)
    else {
      yield* complain(`error: timed out waiting for the condition on ${type.plural}/${object.metadata.name}\n`)
      status = 1
    }
  }
  return status
}
