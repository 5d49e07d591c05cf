/**
 * The objects that the words of a line name: `type name…`, `type/name…`, lists with commas, -l, --field-selector, --all,
 * -A, -f. What is found comes in the order in which it was named; what is not is told after it.
 * Models: staging/src/k8s.io/cli-runtime/pkg/resource/builder.go, v1.36.
 */
import type { World } from '../kernel/types.ts'
import type { Call, Thing } from './call.ts'
import { namespaceOf } from './call.ts'
import { thingNamed, thingsOf } from './derived.ts'
import { clientError, Failure } from './failure.ts'
import { givenObjects } from './manifests.ts'
import type { ResourceType } from './parse/resourceTypes.ts'
import { CATEGORY_ALL, resourceName, resourceTypeNamed } from './parse/resourceTypes.ts'
import { matches, matchesFields, readFieldSelector, readSelector, unknownField } from './parse/selectors.ts'

export interface Found {
  readonly type: ResourceType
  readonly object: Thing
}

export interface Selection {
  readonly found: readonly Found[]
  /** What the server says about what is not there, ready to be shown. */
  readonly errors: readonly string[]
  /** The types asked for, each once, in order. */
  readonly types: readonly ResourceType[]
  /** One object was named, not a list. */
  readonly single: boolean
  /** Undefined for all namespaces. */
  readonly namespace: string | undefined
}

export interface SelectOptions {
  /** A type without a name means all of them. */
  readonly listsAll?: boolean
  /** The words that name resources, where not all do. */
  readonly args?: readonly string[]
  /** Words for what was to be done, before a name from a file that is not there: `error when deleting`. */
  readonly doing?: string
  /** A type that stands for a name that comes without one: `logs web-0`. */
  readonly defaultType?: string
}

export const NOTHING_GIVEN = `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

export const notFoundText = (type: ResourceType, name: string, doing?: string): string =>
  `Error from server (NotFound): ${doing === undefined ? '' : `${doing}: `}${resourceName(type)} ${JSON.stringify(name)} not found`

function typeNamed(word: string): ResourceType {
  const type = resourceTypeNamed(word)
  if (!type) throw clientError(`the server doesn't have a resource type ${JSON.stringify(word)}`)
  return type
}

/** `sts,po`, `all`. */
export const typesNamed = (words: string): readonly ResourceType[] =>
  words
    .split(',')
    .filter((word) => word !== '')
    .flatMap((word) => (word.toLowerCase() === 'all' ? CATEGORY_ALL : [typeNamed(word)]))

interface Named {
  readonly type: ResourceType
  readonly name: string
}

function pairOf(arg: string): readonly Named[] {
  const [words = '', name = '', ...more] = arg.split('/')
  if (more.length > 0) throw clientError('arguments in resource/name form may not have more than one slash')
  if (words === '' || name === '')
    throw clientError('arguments in resource/name form must have a single resource and name')
  return typesNamed(words).map((type) => ({ type, name }))
}

const MIXED =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"

interface Words {
  readonly named: readonly Named[]
  readonly types: readonly ResourceType[]
}

function readWords(args: readonly string[], { defaultType }: SelectOptions): Words {
  const slashes = args.filter((arg) => arg.includes('/')).length
  if (slashes > 0 && slashes < args.length) throw clientError(MIXED)
  if (slashes > 0) {
    const named = args.flatMap(pairOf)
    return { named, types: [...new Set(named.map(({ type }) => type))] }
  }
  const [first, ...names] = defaultType === undefined ? args : [defaultType, ...args]
  const types = first === undefined ? [] : typesNamed(first)
  return { named: types.flatMap((type) => names.map((name) => ({ type, name }))), types }
}

/** Everything of a type that the selectors let through. */
function listed(call: Call, world: World, type: ResourceType, namespace: string | undefined): readonly Found[] {
  const fields = readFieldSelector(call.flags.text('field-selector'))
  const labels = readSelector(call.flags.text('selector'))
  const strange = unknownField(type.plural, fields)
  if (strange !== undefined) {
    const version = type.apiVersion.includes('/') ? type.apiVersion : `/${type.apiVersion}`
    throw new Failure(
      `Error from server (BadRequest): Unable to find "${version}, Resource=${type.plural}" that match label selector ${JSON.stringify(call.flags.text('selector'))}, field selector ${JSON.stringify(call.flags.text('field-selector'))}: field label not supported: ${strange}`,
    )
  }
  return thingsOf(world, type, type.namespaced ? namespace : undefined)
    .filter((object) => matches(object.metadata.labels, labels) && matchesFields(object, fields))
    .map((object) => ({ type, object }))
}

function fromFiles(call: Call, world: World, options: SelectOptions): Selection {
  const home = namespaceOf(call)
  const { objects, errors } = givenObjects(call, home)
  const found: Found[] = []
  const missing: string[] = errors.map((error) => `error: ${error}`)
  for (const { type, name, namespace, source } of objects) {
    const object = thingNamed(world, type, namespace, name)
    if (object) found.push({ type, object })
    else missing.push(notFoundText(type, name, options.doing && `${options.doing} ${JSON.stringify(source)}`))
  }
  const types = [...new Set(objects.map(({ type }) => type))]
  return { found, errors: missing, types, single: objects.length === 1, namespace: home }
}

/** @throws Failure */
export function selected(call: Call, world: World, options: SelectOptions = {}): Selection {
  const { flags } = call
  const args = options.args ?? call.args
  const everywhere = flags.is('all-namespaces')
  const namespace = everywhere ? undefined : namespaceOf(call)
  const selecting = flags.text('selector') !== '' || flags.text('field-selector') !== ''
  if (flags.list('filename').length > 0) {
    if (args.length > 0 && !selecting)
      throw clientError(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      )
    return fromFiles(call, world, options)
  }
  if (args.length === 0 && !selecting) throw new Failure(NOTHING_GIVEN)
  const { named, types } = readWords(args, options)
  if (named.length > 0 && (selecting || flags.is('all')))
    throw clientError('name cannot be provided when a selector is specified')
  if (named.length > 0) {
    if (everywhere) throw clientError('a resource cannot be retrieved by name across all namespaces')
    const found: Found[] = []
    const errors: string[] = []
    for (const { type, name } of named) {
      const object = thingNamed(world, type, namespace, name)
      if (object) found.push({ type, object })
      else errors.push(notFoundText(type, name))
    }
    return { found, errors, types, single: named.length === 1, namespace }
  }
  if (!selecting && !flags.is('all') && !options.listsAll)
    throw clientError('resource(s) were provided, but no name was specified')
  const found = types.flatMap((type) => listed(call, world, type, namespace))
  return { found, errors: [], types, single: false, namespace }
}
