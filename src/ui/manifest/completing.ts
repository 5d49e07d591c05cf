/**
 * What may be written at a place of a manifest, and what a field is: names and types from the table of the API, the values
 * that the API names, and a sentence of ours for the fields that StatefulSets are about.
 */
import { en } from '../../content/texts/en.ts'
import type { ManifestDesk } from '../../store/manifest/types.ts'
import type { Say, TextKey } from '../text.ts'
import { yamlContext } from './yamlContext.ts'

type FieldsAt = ManifestDesk['fieldsAt']

export interface Offer {
  readonly label: string
  /** What is written: a key with its colon. */
  readonly text: string
  readonly type?: string
  readonly about?: string
}

export interface Offers {
  /** Where in the line the word begins that an offer replaces. */
  readonly from: number
  readonly offers: readonly Offer[]
}

const BOOLEANS = ['true', 'false']

/** Values of fields that take only certain words. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'StatefulSetSpec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'StatefulSetUpdateStrategy.type': ['RollingUpdate', 'OnDelete'],
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': ['Retain', 'Delete'],
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': ['Retain', 'Delete'],
  'PodSpec.restartPolicy': ['Always'],
  'Container.imagePullPolicy': ['IfNotPresent', 'Always', 'Never'],
  'Container.restartPolicy': ['Always'],
  'ContainerPort.protocol': ['TCP', 'UDP', 'SCTP'],
  'ServicePort.protocol': ['TCP', 'UDP', 'SCTP'],
  'ServiceSpec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  'ServiceSpec.clusterIP': ['None'],
  'PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy': ['IfHealthyBudget', 'AlwaysAllow'],
  'ResourceQuotaSpec.scopes': ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating'],
  'StorageClass.volumeBindingMode': ['Immediate', 'WaitForFirstConsumer'],
  'StorageClass.reclaimPolicy': ['Delete', 'Retain'],
  'Toleration.operator': ['Exists', 'Equal'],
  'Toleration.effect': ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  'LabelSelectorRequirement.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist'],
  'TopologySpreadConstraint.whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
}

const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany']

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
  ],
  'apps/v1': ['StatefulSet'],
  'policy/v1': ['PodDisruptionBudget'],
  'storage.k8s.io/v1': ['StorageClass'],
}

const TYPES: Readonly<Record<string, string>> = {
  s: 'string',
  y: 'string',
  t: 'Time',
  b: 'boolean',
  i: 'integer',
  l: 'integer',
  f: 'number',
  o: 'IntOrString',
  q: 'Quantity',
  a: 'Object',
}

/** A type as `kubectl explain` writes it. */
export const typeWord = (code: string): string =>
  code.startsWith('[')
    ? `[]${typeWord(code.slice(1))}`
    : code.startsWith('{')
      ? `map[string]${typeWord(code.slice(1))}`
      : (TYPES[code] ?? code)

function fieldSaid(owner: string, name: string, t: Say): string | undefined {
  const key = `field.${owner}.${name}`
  return Object.hasOwn(en, key) ? t(key as TextKey) : undefined
}

/** What follows a key: a value on its line, or lines of its own. */
const after = (code: string): string =>
  code.startsWith('{') || /^[A-Z]/.test(code) || code.startsWith('[') ? ':' : ': '

const plain = (words: readonly string[]): readonly Offer[] => words.map((word) => ({ label: word, text: word }))

/** Version and kind of an object that has none yet, or another one. */
function headValues(key: string, { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) {
  if (key === 'kind') return VERSIONS[apiVersion] ?? Object.values(VERSIONS).flat()
  const fitting = Object.keys(VERSIONS).filter((version) => VERSIONS[version]?.includes(kind))
  return fitting.length > 0 ? fitting : Object.keys(VERSIONS)
}

/** What may stand where the cursor is; line and column from 0. Undefined where nothing is known. */
export function offersAt(
  lines: readonly string[],
  line: number,
  column: number,
  fieldsAt: FieldsAt,
  t: Say,
): Offers | undefined {
  const context = yamlContext(lines, line, column)
  if (!context) return undefined
  const { apiVersion, kind, path, key, from } = context
  if (path.length === 0 && (key === 'apiVersion' || key === 'kind'))
    return { from, offers: plain(headValues(key, context)) }
  const fields = fieldsAt(apiVersion, kind, path)
  if (key !== undefined) {
    const field = fields.find(({ name }) => name === key)
    const values = field && (field.code === 'b' ? BOOLEANS : VALUES[`${field.owner}.${field.name}`])
    return values && { from, offers: plain(values) }
  }
  if (path.at(-2) === 'accessModes') return { from, offers: plain(ACCESS_MODES) }
  const offers =
    path.length === 0 && fields.length === 0
      ? ['apiVersion', 'kind', 'metadata', 'spec'].map((label) => ({ label, text: `${label}:` }))
      : fields.map(({ owner, name, code }): Offer => {
          const about = fieldSaid(owner, name, t)
          return {
            label: name,
            text: `${name}${after(code)}`,
            type: typeWord(code),
            ...(about !== undefined && { about }),
          }
        })
  return offers.length > 0 ? { from, offers } : undefined
}

export interface FieldAbout {
  readonly name: string
  readonly type: string
  readonly about?: string
  /** Columns of the key, from 0. */
  readonly from: number
  readonly to: number
}

/** The field whose key stands at a column of a line. */
export function fieldAt(
  lines: readonly string[],
  line: number,
  column: number,
  fieldsAt: FieldsAt,
  t: Say,
): FieldAbout | undefined {
  const [, lead = '', name = ''] = /^(\s*(?:- +)*)([\w./-]+)\s*:/.exec(lines[line] ?? '') ?? []
  const [from, to] = [lead.length, lead.length + name.length]
  if (name === '' || column < from || column > to) return undefined
  const context = yamlContext(lines, line, to)
  const field = context && fieldsAt(context.apiVersion, context.kind, context.path).find((one) => one.name === name)
  if (!field) return undefined
  const about = fieldSaid(field.owner, field.name, t)
  return { name, type: typeWord(field.code), ...(about !== undefined && { about }), from, to }
}
