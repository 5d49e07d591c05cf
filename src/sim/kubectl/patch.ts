/**
 * Patches as values: RFC 7386 merge patches, strategic merge patches for the lists that Kubernetes merges by a key, and
 * the three-way merge of `kubectl apply`. Nothing is changed in place.
 * Leaves out: `$setElementOrder` (lists keep the order of the stored object), `$deleteFromPrimitiveList` of unknown lists.
 * Models: staging/src/k8s.io/apimachinery/pkg/util/{strategicpatch,jsonmergepatch}, v1.36.
 */
import { sameSemantically } from '../api/semanticEquality.ts'

export type Patched = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string }

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** List field → the field of an entry that tells entries apart. Lists that are not here are replaced as a whole. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
}

/** Lists of plain values that are merged as sets. */
const SETS: readonly string[] = ['finalizers']

const mergeKeyOf = (field: string, entries: readonly unknown[]): string | undefined =>
  field === 'ports'
    ? entries.some((entry) => isFields(entry) && 'containerPort' in entry)
      ? 'containerPort'
      : 'port'
    : Object.hasOwn(MERGE_KEYS, field)
      ? MERGE_KEYS[field]
      : undefined

/** A map with some fields changed; a value of undefined removes. `__proto__` is a field like any other. */
function withFields(fields: Fields, changes: readonly (readonly [string, unknown])[]): Fields {
  const entries = new Map(Object.entries(fields))
  for (const [key, value] of changes) {
    if (value === undefined) entries.delete(key)
    else entries.set(key, value)
  }
  return Object.fromEntries(entries)
}

const own = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined)

/** RFC 7386: null removes, maps are merged, everything else is replaced. */
export function mergePatch(current: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch
  const base = isFields(current) ? current : {}
  return withFields(
    base,
    Object.entries(patch).map(([key, value]) => [key, value === null ? undefined : mergePatch(own(base, key), value)]),
  )
}

class BadPatch extends Error {}

function mergeEntries(current: readonly unknown[], patch: readonly unknown[], key: string): readonly unknown[] {
  let merged = current.slice()
  for (const entry of patch) {
    if (!isFields(entry)) throw new BadPatch('expected map[string]interface{} in merging slices, got scalar')
    const directive = entry.$patch
    const id = own(entry, key)
    if (id === undefined) {
      if (directive === 'replace') continue
      throw new BadPatch(`map: ${goMap(entry)} does not contain declared merge key: ${key}`)
    }
    const at = merged.findIndex((other) => isFields(other) && own(other, key) === id)
    if (directive === 'delete') merged = merged.filter((_, index) => index !== at)
    else if (at < 0) merged.push(strategic({}, entry))
    else merged[at] = strategic(merged[at], entry)
  }
  return merged
}

function mergeList(field: string, current: readonly unknown[], patch: readonly unknown[]): readonly unknown[] {
  if (SETS.includes(field)) return [...new Set([...current, ...patch])]
  const key = mergeKeyOf(field, [...patch, ...current])
  if (key === undefined) return patch
  const replaces = patch.some((entry) => isFields(entry) && entry.$patch === 'replace' && own(entry, key) === undefined)
  return mergeEntries(replaces ? [] : current, patch, key)
}

const DELETE_FROM = '$deleteFromPrimitiveList/'

function mergeField(base: Fields, key: string, value: unknown): readonly [string, unknown] | undefined {
  if (key.startsWith(DELETE_FROM)) {
    const field = key.slice(DELETE_FROM.length)
    const list = own(base, field)
    return Array.isArray(list) && Array.isArray(value)
      ? [field, list.filter((entry) => !value.includes(entry))]
      : undefined
  }
  if (key.startsWith('$')) return undefined
  if (value === null) return [key, undefined]
  const before = own(base, key)
  if (Array.isArray(value) && Array.isArray(before)) return [key, mergeList(key, before, value)]
  // A strategy that changes its type leaves the block of the other type behind.
  if (key === 'updateStrategy' && isFields(value) && value.type === 'OnDelete' && isFields(before))
    return [key, strategic(withFields(before, [['rollingUpdate', undefined]]), value)]
  return [key, strategic(before, value)]
}

function strategic(current: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) return patch.map((entry) => strategic(undefined, entry))
  if (!isFields(patch)) return patch
  const base = isFields(current) && patch.$patch !== 'replace' ? current : {}
  if (patch.$patch === 'delete') return undefined
  const retained = patch.$retainKeys
  const kept = Array.isArray(retained)
    ? Object.fromEntries(Object.entries(base).filter(([key]) => retained.includes(key)))
    : base
  const changes = Object.entries(patch).map(([key, value]) => mergeField(kept, key, value))
  return withFields(
    kept,
    changes.filter((change) => change !== undefined),
  )
}

/** Merges a strategic patch into an object. */
export function strategicMerge(current: unknown, patch: unknown): Patched {
  if (!isFields(patch)) {
    const what = Array.isArray(patch) ? 'array' : typeof patch
    return { ok: false, message: `json: cannot unmarshal ${what} into Go value of type map[string]interface {}` }
  }
  try {
    return { ok: true, value: strategic(current, patch) }
  } catch (error) {
    if (error instanceof BadPatch) return { ok: false, message: error.message }
    throw error
  }
}

/** `map[spec:map[replicas:three]]`: a value as Go prints it. */
export function goMap(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`
  if (!isFields(value)) return value === null || value === undefined ? '<nil>' : String(value)
  const keys = Object.keys(value).sort()
  return `map[${keys.map((key) => `${key}:${goMap(value[key])}`).join(' ')}]`
}

function applyList(
  field: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  current: readonly unknown[],
): readonly unknown[] {
  const key = mergeKeyOf(field, [...modified, ...current])
  if (key === undefined) return sameSemantically(modified, current) ? current : modified
  const entryIn = (list: readonly unknown[], id: unknown) =>
    list.find((entry) => isFields(entry) && own(entry, key) === id)
  const idOf = (entry: unknown) => (isFields(entry) ? own(entry, key) : undefined)
  const wanted = modified.map((entry) => {
    const id = idOf(entry)
    return threeWayMerge(entryIn(original, id), entry, entryIn(current, id))
  })
  const others = current.filter((entry) => !entryIn(modified, idOf(entry)) && !entryIn(original, idOf(entry)))
  return [...wanted, ...others]
}

/**
 * What `kubectl apply` makes of an object: what the last manifest had and the new one has not is removed, what the new
 * one has is set, and what only the server or others set is kept.
 */
export function threeWayMerge(original: unknown, modified: unknown, current: unknown): unknown {
  if (!isFields(modified) || !isFields(current)) return modified
  const before = isFields(original) ? original : {}
  const removed = Object.keys(before).filter((key) => own(modified, key) === undefined)
  const changes = Object.entries(modified).map(([key, value]) => {
    const live = own(current, key)
    if (!Array.isArray(value) || !Array.isArray(live))
      return [key, threeWayMerge(own(before, key), value, live)] as const
    const last = own(before, key)
    return [key, applyList(key, Array.isArray(last) ? last : [], value, live)] as const
  })
  return withFields(current, [...removed.map((key) => [key, undefined] as const), ...changes])
}
