/**
 * Objects as a client reads them: those that the cluster keeps, and those that a server shows besides: Endpoints, which
 * older clients read instead of EndpointSlices, of a Service's first family.
 */
import { KINDS } from '../api/kinds.ts'
import { firstSeen } from '../api/seenEvent.ts'
import { timeOf } from '../api/time.ts'
import type { EndpointSlice, Event, Pod } from '../api/types.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import { byCodeUnit } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import type { Thing } from './call.ts'
import type { ResourceType } from './parse/resourceTypes.ts'
import { withToken } from './serviceAccounts.ts'

const SERVICE_NAME = 'kubernetes.io/service-name'

function subsetsOf(slices: readonly EndpointSlice[]): readonly object[] {
  return slices.flatMap(({ endpoints, ports }) => {
    const address = ({ addresses, hostname, nodeName, targetRef }: EndpointSlice['endpoints'][number]) => ({
      ip: addresses[0],
      ...(hostname !== undefined && { hostname }),
      ...(nodeName !== undefined && { nodeName }),
      ...(targetRef && { targetRef }),
    })
    const ready = endpoints.filter(({ conditions }) => conditions.ready).map(address)
    const notReady = endpoints.filter(({ conditions }) => !conditions.ready).map(address)
    if (ready.length + notReady.length === 0) return []
    return [
      {
        ...(ready.length > 0 && { addresses: ready }),
        ...(notReady.length > 0 && { notReadyAddresses: notReady }),
        ports: ports.map(({ name, port, protocol }) => ({ ...(name !== '' && { name }), port, protocol })),
      },
    ]
  })
}

function endpoints(world: World, namespace: string | undefined): readonly Thing[] {
  const slices = listObjects(world.objects, 'EndpointSlice', namespace)
  return listObjects(world.objects, 'Service', namespace)
    .filter(({ spec }) => spec.selector !== undefined)
    .map(({ metadata, spec: { ipFamilies } }) => {
      const own = slices.filter(
        (slice) =>
          slice.metadata.namespace === metadata.namespace &&
          slice.metadata.labels?.[SERVICE_NAME] === metadata.name &&
          slice.addressType === (ipFamilies?.[0] ?? 'IPv4'),
      )
      const { uid, resourceVersion } = own[0]?.metadata ?? metadata
      const { name, namespace: home, creationTimestamp, labels } = metadata
      return {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: {
          name,
          ...(home !== undefined && { namespace: home }),
          ...(labels && { labels }),
          uid,
          resourceVersion,
          creationTimestamp,
        },
        subsets: subsetsOf(own),
      }
    })
}

/** Real events have names that end in the moment of the first of their kind, and come in the order of their names. */
export function inOrderOfNames(events: readonly Event[]): readonly Event[] {
  const place = ({ metadata, involvedObject }: Event) => `${metadata.namespace}/${involvedObject.name}.`
  const firstSecond = (event: Event) => Math.floor(timeOf(firstSeen(event)) / 1000)
  const order = (a: Event, b: Event) =>
    byCodeUnit(place(a), place(b)) ||
    firstSecond(a) - firstSecond(b) ||
    Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion)
  return events.slice().sort(order)
}

const asRead = (thing: Thing): Thing =>
  thing.kind === 'Pod' ? (withToken(thing as unknown as Pod) as unknown as Thing) : thing

/** All objects of a type by namespace and name; of one namespace when one is given. */
export function thingsOf(world: World, type: ResourceType, namespace: string | undefined): readonly Thing[] {
  if (type.plural === 'endpoints') return endpoints(world, namespace)
  if (!type.kept) return []
  const listed = listObjects(world.objects, type.kept, namespace)
  const ordered = type.kept === 'Event' ? inOrderOfNames(listed as readonly Event[]) : listed
  return (ordered as unknown as readonly Thing[]).map(asRead)
}

export function thingNamed(
  world: World,
  type: ResourceType,
  namespace: string | undefined,
  name: string,
): Thing | undefined {
  if (type.plural === 'endpoints') return endpoints(world, namespace).find(({ metadata }) => metadata.name === name)
  if (!type.kept) return undefined
  const home = KINDS[type.kept].namespaced ? namespace : undefined
  const found = readObject(world.objects, type.kept, home, name) as unknown as Thing | undefined
  return found && asRead(found)
}
