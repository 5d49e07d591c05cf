/**
 * Documents into objects: which kind, of the right shape, in the version that is kept, valid by the API server's own
 * rules; with a notice for everything that is taken otherwise than it is written. Reads no text, so it needs no YAML.
 * Any problem refuses the whole. What depends on objects that exist already is judged when the objects are applied.
 */
import { coreTypes, WRITABLE_KINDS } from '../api/coreTypes.ts'
import { decoded } from '../api/decoded.ts'
import { KINDS } from '../api/kinds.ts'
import { plainData, withoutNulls } from '../api/plainData.ts'
import type { Path, ShapeFault, TypeTable } from '../api/shapes.ts'
import { pathText, shapeFaults } from '../api/shapes.ts'
import { strategies } from '../api/strategies.ts'
import type { ClusterSettings, Strategy, StrategyContext } from '../api/strategy.ts'
import { DEFAULT_VERSION } from '../api/switches.ts'
import type { AnyObject, Kind } from '../api/types.ts'
import { inKeptVersion, understoodKind } from '../api/versions.ts'
import { DEFAULT_CLASS, PROVISIONER } from '../controllers/nodes.ts'
import { fieldPath } from './fieldPath.ts'
import { isLeftOut } from './knownKinds.ts'
import { noticesOf } from './notices.ts'
import type {
  GivenDocument,
  Notice,
  NoticeCode,
  Place,
  PlacedManifests,
  Problem,
  ProblemCode,
  ReadManifests,
} from './remarks.ts'
import { claimsIn, providedClass, wantedClass, withClassFields } from './storageClasses.ts'
import type { ReadObject } from './unmatched.ts'
import { unmatched } from './unmatched.ts'

export interface ReadOptions {
  /** Where objects go that name no namespace. Default `default`. */
  readonly namespace?: string
  /** The cluster that the objects are for. Default: the default version, its gates as it has them. */
  readonly settings?: ClusterSettings
  /** Storage classes that the cluster has. Default: the one of a new cluster. A class that is neither here nor in the file is provided. */
  readonly storageClasses?: readonly string[]
  /** All types of the API, for naming unknown fields and fields without effect. Without them only what is read is checked. */
  readonly types?: TypeTable
}

type Fields = Readonly<Record<string, unknown>>

/** The most problems that are told at once. */
const MOST_PROBLEMS = 100

const USUAL: ClusterSettings = {
  clusterDomain: 'cluster.local',
  kubernetes: DEFAULT_VERSION,
  gates: {},
  dnsTtlSeconds: 30,
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const PROBLEM_OF_FAULT: Readonly<Record<ShapeFault['code'], ProblemCode>> = {
  unknownField: 'unknownField',
  wrongType: 'wrongType',
  badQuantity: 'badQuantity',
  tooDeep: 'tooDeep',
}

/** An empty cluster: what can be judged of an object by itself is judged against it. */
const emptyCluster = (settings: ClusterSettings): StrategyContext => ({
  settings,
  get: () => undefined,
  list: () => [],
})

class Reading {
  readonly objects: AnyObject[] = []
  readonly notices: Notice[] = []
  readonly problems: Problem[] = []
  private readonly read: ReadObject[] = []
  private readonly places = new Map<AnyObject, ReadObject['placeOf']>()
  private readonly options: ReadOptions
  private readonly settings: ClusterSettings

  constructor(options: ReadOptions) {
    this.options = options
    this.settings = options.settings ?? USUAL
  }

  private problem(code: ProblemCode, message: string, place: Place | undefined, field?: string): void {
    if (this.problems.length < MOST_PROBLEMS)
      this.problems.push({ code, message, ...place, ...(field !== undefined && { field }) })
  }

  private notice(code: NoticeCode, params: Notice['params'], place: Place | undefined): void {
    this.notices.push({ code, params, ...place })
  }

  document(document: GivenDocument): void {
    const plain = plainData(document.value)
    if (!plain.ok) {
      const code = plain.why
      this.problem(code, plain.message, document.placeOf?.(plain.path, 'value'), pathText(plain.path))
    } else if (plain.value !== null) this.part(withoutNulls(plain.value), document, [])
  }

  /** An object, or a List of them. */
  private part(value: unknown, document: GivenDocument, at: Path): void {
    const place = (path: Path, part: 'name' | 'value' = 'value') => document.placeOf?.([...at, ...path], part)
    if (!isFields(value)) {
      const what = Array.isArray(value) ? 'array' : typeof value
      this.problem(
        'notAnObject',
        `json: cannot unmarshal ${what} into Go value of type unstructured.detector`,
        place([]),
      )
      return
    }
    const { apiVersion, kind } = value
    if (typeof apiVersion !== 'string' || apiVersion === '')
      this.problem('apiVersionMissing', 'apiVersion not set', place(['apiVersion']))
    if (typeof kind !== 'string' || kind === '') this.problem('kindMissing', 'kind not set', place(['kind']))
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') return
    if (kind === 'List' && apiVersion === 'v1' && Array.isArray(value.items))
      for (const [index, item] of value.items.entries()) this.part(item, document, [...at, 'items', index])
    else this.object({ ...value, apiVersion, kind }, place)
  }

  private object(
    value: Fields & { apiVersion: string; kind: string },
    place: (path: Path, part?: 'name' | 'value') => Place | undefined,
  ): void {
    const { apiVersion, kind } = value
    const name = isFields(value.metadata) && typeof value.metadata.name === 'string' ? value.metadata.name : ''
    const known = understoodKind(kind, apiVersion)
    if (known === undefined) {
      if (isLeftOut(kind, apiVersion)) this.notice('kindNotModelled', { kind, name }, place(['kind']))
      else this.problem('unknownKind', `no matches for kind "${kind}" in version "${apiVersion}"`, place(['kind']))
    } else if (!WRITABLE_KINDS.includes(known)) this.notice('kindOfCluster', { kind, name }, place(['kind']))
    else if (this.isSound(value, known, place)) {
      const object = this.kept(decoded(value, known, coreTypes), known)
      if (!this.isValid(object, place)) return
      this.notices.push(...noticesOf(value as unknown as AnyObject, object, this.options.types, this.settings, place))
      const ready = withClassFields(object)
      this.objects.push(ready)
      this.places.set(ready, place)
      this.read.push({ object, placeOf: place })
    }
  }

  /** Of the right shape; else the faults are problems. */
  private isSound(
    value: Fields,
    kind: Kind,
    place: (path: Path, part?: 'name' | 'value') => Place | undefined,
  ): boolean {
    const { types } = this.options
    const faults = shapeFaults(value, kind, types ?? coreTypes, types !== undefined)
    for (const { code, path, message } of faults)
      this.problem(
        PROBLEM_OF_FAULT[code],
        message,
        place(path, code === 'unknownField' ? 'name' : 'value'),
        pathText(path),
      )
    const metadata = value.metadata as Fields | undefined
    const generated = metadata?.generateName !== undefined && metadata.name === undefined
    if (generated)
      this.problem(
        'generatedName',
        'cannot use generate name with apply',
        place(['metadata', 'generateName']),
        'metadata.generateName',
      )
    return faults.length === 0 && !generated
  }

  /** The object as it will be applied: without what is the server's, in its namespace, in the version that is kept. */
  private kept(value: Fields, kind: Kind): AnyObject {
    const { status: _ignored, ...rest } = value
    const { metadata } = value as { metadata?: Fields }
    const { name, namespace, labels, annotations, ownerReferences, finalizers } = metadata ?? {}
    const own = Object.entries({ name: name ?? '', labels, annotations, ownerReferences, finalizers })
    const kept = Object.fromEntries(own.filter(([, part]) => part !== undefined))
    const home = KINDS[kind].namespaced ? { namespace: namespace ?? this.options.namespace ?? 'default' } : {}
    return inKeptVersion({ ...rest, metadata: { ...kept, ...home } } as unknown as AnyObject)
  }

  /** Valid by the rules of the API server for a new object; else the errors are problems. */
  private isValid(object: AnyObject, place: (path: Path) => Place | undefined): boolean {
    const strategy = strategies[object.kind] as unknown as Strategy<AnyObject>
    const context = emptyCluster(this.settings)
    const errors = strategy.validateCreate(strategy.prepareForCreate(object, context), context)
    const told = new Set<string>()
    for (const { field, message } of errors) {
      const text = `${field}: ${message}`
      if (!told.has(text)) this.problem('invalidField', text, place(fieldPath(field)), field)
      told.add(text)
    }
    return errors.length === 0
  }

  /** Classes that claims name and nobody has, in front of the objects that need them. */
  private missingClasses(): AnyObject[] {
    const there = new Set(this.options.storageClasses ?? [DEFAULT_CLASS])
    for (const { kind, metadata } of this.objects) if (kind === 'StorageClass') there.add(metadata.name)
    const missing = new Set<string>()
    for (const object of this.objects)
      for (const { claim } of claimsIn(object)) {
        const wanted = wantedClass(claim)
        if (wanted && !there.has(wanted)) missing.add(wanted)
      }
    for (const storageClass of missing) this.notice('storageClassProvided', { storageClass }, undefined)
    return [...missing].map((name) => providedClass(name, PROVISIONER))
  }

  placeOf(object: AnyObject, path: Path): Place | undefined {
    return this.places.get(object)?.(path, 'name')
  }

  result(): ReadManifests {
    if (this.problems.length === 0 && this.objects.length === 0)
      this.problem('nothing', 'error: no objects passed to apply', undefined)
    const provided = this.missingClasses()
    const refused = this.problems.length > 0
    return {
      objects: refused ? [] : [...provided, ...this.objects],
      notices: [...this.notices, ...unmatched(this.read)],
      problems: this.problems,
    }
  }
}

function readingOf(documents: readonly GivenDocument[], options: ReadOptions, more: readonly Problem[]): Reading {
  const reading = new Reading(options)
  reading.problems.push(...more)
  for (const document of documents) reading.document(document)
  return reading
}

/** Reads documents that somebody else has parsed. `more` are problems that the parser found. */
export const readDocuments = (
  documents: readonly GivenDocument[],
  options: ReadOptions = {},
  more: readonly Problem[] = [],
): ReadManifests => readingOf(documents, options, more).result()

/** As `readDocuments`, and remembers where the objects stand. */
export function readPlaced(
  documents: readonly GivenDocument[],
  options: ReadOptions = {},
  more: readonly Problem[] = [],
): PlacedManifests {
  const reading = readingOf(documents, options, more)
  return { ...reading.result(), placeOf: (object, path) => reading.placeOf(object, path) }
}
