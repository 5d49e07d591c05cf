/**
 * Configuration, namespaces and whatever has no description of its own, described.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go, v1.36.
 */
import type { EndpointSlice } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import type { Thing } from '../call.ts'
import { annotations, labels, NONE, sortedEntries, UNSET } from './parts.ts'
import { quotasOfNamespace } from './quota.ts'
import type { DescribeWriter } from './tabs.ts'

type Data = Thing & { readonly data?: Readonly<Record<string, string>> }

export function configMap(out: DescribeWriter, { metadata, data }: Data): void {
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, '').line(0, 'Data').line(0, '====')
  for (const [key, value] of sortedEntries(data)) out.line(0, `${key}:`).line(0, '----').line(0, value).line(0, '')
  out.line(0, '').line(0, 'BinaryData').line(0, '====').line(0, '')
}

/** Bytes of a text in base 64. */
const sizeOf = (text: string): number => Math.floor((text.replace(/=+$/, '').length * 3) / 4)

export function secret(out: DescribeWriter, given: Data): void {
  const { metadata, data } = given
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out
    .line(0, '')
    .line(0, `Type:\t${String(given.type ?? 'Opaque')}`)
    .line(0, '')
    .line(0, 'Data')
    .line(0, '====')
  for (const [key, value] of sortedEntries(data)) out.line(0, `${key}:\t${sizeOf(value)} bytes`)
}

export function namespace(out: DescribeWriter, { metadata, status }: Thing, world: World): void {
  out.line(0, `Name:\t${metadata.name}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, `Status:\t${(status as { readonly phase?: string } | undefined)?.phase ?? ''}`)
  out.line(0, '')
  quotasOfNamespace(out, listObjects(world.objects, 'ResourceQuota', metadata.name))
  out.line(0, '').line(0, 'No LimitRange resource.')
}

export function endpointSlice(out: DescribeWriter, { metadata, addressType, ports, endpoints }: EndpointSlice): void {
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, `AddressType:\t${addressType}`)
  out.line(0, ports.length === 0 ? `Ports: ${UNSET}` : 'Ports:')
  if (ports.length > 0) out.line(1, 'Name\tPort\tProtocol').line(1, '----\t----\t--------')
  for (const { name, port, protocol } of ports)
    out.line(1, `${name === '' ? UNSET : name}\t${port ?? UNSET}\t${protocol}`)
  out.line(0, endpoints.length === 0 ? `Endpoints: ${NONE}` : 'Endpoints:')
  for (const { addresses, conditions, hostname, targetRef, nodeName } of endpoints) {
    out.line(1, `- Addresses:\t${addresses.join(', ') || NONE}`)
    out.line(2, 'Conditions:').line(3, `Ready:\t${conditions.ready}`)
    out.line(2, `Hostname:\t${hostname ?? UNSET}`)
    if (targetRef) out.line(2, `TargetRef:\t${targetRef.kind}/${targetRef.name}`)
    out.line(2, `NodeName:\t${nodeName ?? UNSET}`).line(2, `Zone:\t${UNSET}`)
  }
}

/** A kind without a description of its own: its fields, one below another. */
export function anything(out: DescribeWriter, thing: Thing): void {
  const { apiVersion, kind, metadata, ...rest } = thing
  out.line(0, `Name:\t${metadata.name}`)
  out.line(0, `Namespace:\t${metadata.namespace ?? ''}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, `API Version:\t${apiVersion}`).line(0, `Kind:\t${kind}`)
  out.line(0, 'Metadata:').line(1, `Creation Timestamp:\t${metadata.creationTimestamp}`)
  fields(out, rest, 0)
}

const titled = (key: string): string =>
  key.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)

function fields(out: DescribeWriter, value: object, level: number): void {
  for (const [key, part] of sortedEntries(value as Readonly<Record<string, unknown>>)) {
    if (Array.isArray(part)) {
      out.line(level, `${titled(key)}:`)
      for (const entry of part)
        if (typeof entry === 'object' && entry !== null) fields(out, entry, level + 1)
        else out.line(level + 1, String(entry))
    } else if (typeof part === 'object' && part !== null) {
      out.line(level, `${titled(key)}:`)
      fields(out, part, level + 1)
    } else out.line(level, `${titled(key)}:\t${part === null ? '<nil>' : String(part)}`)
  }
}
