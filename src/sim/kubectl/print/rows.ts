/**
 * Objects of one type as rows: with the columns of the type, a namespace in front, label columns behind.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go, cli-runtime/pkg/printers/tableprinter.go, v1.36.
 */
import type { World } from '../../kernel/types.ts'
import type { Call, Thing } from '../call.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { qualified } from '../parse/resourceTypes.ts'
import { labelsText } from './cells.ts'
import { columnsOf } from './columns.ts'
import type { Output } from './output.ts'

export interface RowOptions {
  readonly wide: boolean
  readonly withNamespace: boolean
  /** Names carry their type: `pod/web-0`. */
  readonly withKind: boolean
  readonly labelColumns: readonly string[]
  readonly showLabels: boolean
}

/** What the flags say of the rows. */
export function rowOptions({ flags }: Call, output: Output, types: readonly ResourceType[]): RowOptions {
  return {
    wide: output.kind === 'table' && output.wide,
    withNamespace: flags.is('all-namespaces') && types.some(({ namespaced }) => namespaced),
    withKind: flags.is('show-kind') || types.length > 1,
    labelColumns: flags.list('label-columns'),
    showLabels: flags.is('show-labels'),
  }
}

const labelHeader = (key: string): string => key.slice(key.lastIndexOf('/') + 1).toUpperCase()

export function headerOf(type: ResourceType, options: RowOptions): readonly string[] {
  return [
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...columnsOf(type.kind, options.wide).map(({ name }) => name),
    ...options.labelColumns.map(labelHeader),
    ...(options.showLabels ? ['LABELS'] : []),
  ]
}

export function rowOf(type: ResourceType, object: Thing, world: World, options: RowOptions): readonly string[] {
  const { metadata } = object
  const cells = columnsOf(type.kind, options.wide).map(({ name, cell }) =>
    name === 'NAME' && options.withKind
      ? cell({ ...object, metadata: { ...metadata, name: qualified(type, metadata.name) } } as Thing, world)
      : cell(object, world),
  )
  return [
    ...(options.withNamespace ? [metadata.namespace ?? ''] : []),
    ...cells,
    ...options.labelColumns.map((key) => metadata.labels?.[key] ?? ''),
    ...(options.showLabels ? [labelsText(metadata.labels)] : []),
  ]
}
