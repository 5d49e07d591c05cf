/**
 * What in several objects together can never come to anything: selectors that no pod of the same text answers to, a
 * governing Service and keys of ConfigMaps that are not there although others of their kind are. The cluster may have what
 * the text has not, so these are notices; nothing is said where the text has nothing to hold a selector against.
 */
import { coreTypes } from '../api/coreTypes.ts'
import { matchesLabels, printSelector, selects } from '../api/labels.ts'
import type { Path } from '../api/shapes.ts'
import { pathText, shapeFaults } from '../api/shapes.ts'
import type { AnyObject, Container, LabelSelector, Labels } from '../api/types.ts'
import type { Notice, Place } from './remarks.ts'

/** An object that was read, and where its parts stand. */
export interface ReadObject {
  readonly object: AnyObject
  readonly placeOf: (path: Path, part?: 'name' | 'value') => Place | undefined
}

interface Found {
  readonly path: Path
  readonly selector: LabelSelector
  /** Selects as a Service does: an empty one nothing. */
  readonly plain?: boolean
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** Where the pods of an object are described. */
const podPath = ({ kind }: AnyObject): Path | undefined =>
  kind === 'Pod' ? [] : kind === 'StatefulSet' ? ['spec', 'template'] : undefined

const partAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((part, step) => (isFields(part) ? part[step as string] : undefined), value)

const podLabels = (object: AnyObject): Labels | undefined => {
  const path = podPath(object)
  return path && ((partAt(object, [...path, 'metadata', 'labels']) as Labels | undefined) ?? {})
}

/** Terms that look into other namespaces are not judged. */
const looksElsewhere = (term: Fields): boolean => term.namespaces !== undefined || term.namespaceSelector !== undefined

/** Rules about where pods go are not nested deeper than this. */
const MOST_DEPTH = 32

const isSelector = (value: unknown): value is LabelSelector =>
  isFields(value) && shapeFaults(value, 'LabelSelector', coreTypes, false).length === 0

/** Every label selector of rules about where pods go. */
function selectorsWithin(value: unknown, path: Path): Found[] {
  if (!isFields(value) || looksElsewhere(value) || path.length > MOST_DEPTH) return []
  return Object.entries(value).flatMap(([name, part]) => {
    const at = [...path, Array.isArray(value) ? Number(name) : name]
    return name === 'labelSelector' && isSelector(part) ? [{ path: at, selector: part }] : selectorsWithin(part, at)
  })
}

/** The value of a JSON text; undefined when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const OLD_AFFINITY = 'scheduler.alpha.kubernetes.io/affinity'

/** The rules that manifests of 2016 kept in an annotation, as JSON. Their places are that of the annotation. */
function oldSelectors(object: AnyObject, pod: Path): Found[] {
  const path = [...pod, 'metadata', 'annotations', OLD_AFFINITY]
  const text = partAt(object, path)
  if (typeof text !== 'string') return []
  return selectorsWithin(parsed(text), []).map(({ selector }) => ({ path, selector }))
}

function selectorsOf(object: AnyObject): readonly Found[] {
  if (object.kind === 'Service' && object.spec?.selector)
    return [{ path: ['spec', 'selector'], selector: { matchLabels: object.spec.selector }, plain: true }]
  if (object.kind === 'PodDisruptionBudget' && object.spec?.selector)
    return [{ path: ['spec', 'selector'], selector: object.spec.selector }]
  const pod = podPath(object)
  if (!pod) return []
  const placing = ['affinity', 'topologySpreadConstraints'].flatMap((field) => {
    const path = [...pod, 'spec', field]
    return selectorsWithin(partAt(object, path), path)
  })
  return [...placing, ...oldSelectors(object, pod)]
}

const answers = ({ selector, plain }: Found, labels: Labels): boolean =>
  plain ? matchesLabels(selector.matchLabels, labels) : selects(selector, labels)

/** Containers of the pods that an object describes, with the path of their list. */
function containersOf(object: AnyObject): readonly { readonly container: Container; readonly path: Path }[] {
  const pod = podPath(object)
  return (['initContainers', 'containers'] as const).flatMap((list) => {
    const path = [...(pod ?? []), 'spec', list]
    const containers = pod && (partAt(object, path) as readonly Container[] | undefined)
    return (containers ?? []).map((container, index) => ({ container, path: [...path, index] }))
  })
}

class Together {
  readonly notices: Notice[] = []
  private readonly all: readonly ReadObject[]

  constructor(all: readonly ReadObject[]) {
    this.all = all
  }

  private others<K extends AnyObject['kind']>(kind: K, { metadata }: AnyObject) {
    return this.all.flatMap(({ object }) =>
      object.kind === kind && object.metadata.namespace === metadata.namespace
        ? [object as Extract<AnyObject, { kind: K }>]
        : [],
    )
  }

  selectors({ object, placeOf }: ReadObject): void {
    const { namespace } = object.metadata
    const pods = this.all
      .map(({ object: other }) => (other.metadata.namespace === namespace ? podLabels(other) : undefined))
      .filter((labels) => labels !== undefined)
    for (const found of pods.length > 0 ? selectorsOf(object) : []) {
      if (pods.some((labels) => answers(found, labels))) continue
      const { kind, metadata } = object
      const params = { kind, name: metadata.name, field: pathText(found.path), selector: printSelector(found.selector) }
      this.notices.push({ code: 'selectorMatchesNothing', params, ...placeOf(found.path, 'name') })
    }
  }

  governingService({ object, placeOf }: ReadObject): void {
    const service = object.kind === 'StatefulSet' ? object.spec?.serviceName : undefined
    const services = this.others('Service', object)
    if (!service || services.length === 0 || services.some(({ metadata }) => metadata.name === service)) return
    const params = { name: object.metadata.name, service }
    this.notices.push({ code: 'governingServiceMissing', params, ...placeOf(['spec', 'serviceName'], 'value') })
  }

  configKeys({ object, placeOf }: ReadObject): void {
    const configs = this.others('ConfigMap', object)
    for (const { container, path } of configs.length > 0 ? containersOf(object) : [])
      for (const [index, { valueFrom }] of (container.env ?? []).entries()) {
        const ref = valueFrom?.configMapKeyRef
        const config = configs.find(({ metadata }) => metadata.name === ref?.name)
        if (!ref || ref.optional || (config && Object.hasOwn(config.data ?? {}, ref.key))) continue
        const params = { name: object.metadata.name, config: ref.name ?? '', key: ref.key }
        const at = [...path, 'env', index, 'valueFrom', 'configMapKeyRef']
        this.notices.push({ code: 'configKeyMissing', params, ...placeOf(at, 'name') })
      }
  }
}

/** Notices about what the objects of one text say of each other. */
export function unmatched(all: readonly ReadObject[]): readonly Notice[] {
  const together = new Together(all)
  for (const read of all) {
    together.selectors(read)
    together.governingService(read)
    together.configKeys(read)
  }
  return together.notices
}
