/** The description of an object of any kind, with its events. */
import type { World } from '../../kernel/types.ts'
import type { Thing } from '../call.ts'
import { budget, claim, service, storageClass, volume } from './ground.ts'
import { node } from './node.ts'
import { events } from './parts.ts'
import { anything, configMap, endpointSlice, namespace, secret } from './plain.ts'
import { quota } from './quota.ts'
import { DescribeWriter } from './tabs.ts'
import { pod, statefulSet } from './workloads.ts'

type Describer = (out: DescribeWriter, object: never, world: World) => void

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  ConfigMap: configMap,
  EndpointSlice: endpointSlice,
  Namespace: namespace,
  Node: node,
  PersistentVolume: volume,
  PersistentVolumeClaim: claim,
  Pod: pod,
  PodDisruptionBudget: budget,
  ResourceQuota: quota,
  Secret: secret,
  Service: service,
  StatefulSet: statefulSet,
  StorageClass: storageClass,
}

/** Kinds whose descriptions end without events. */
const WITHOUT_EVENTS: readonly string[] = ['Namespace', 'ResourceQuota', 'Secret']

export function descriptionOf(object: Thing, world: World, { showEvents }: { readonly showEvents: boolean }): string {
  const out = new DescribeWriter()
  const describer = Object.hasOwn(DESCRIBERS, object.kind) ? DESCRIBERS[object.kind] : anything
  ;(describer as (out: DescribeWriter, object: Thing, world: World) => void)(out, object, world)
  if (showEvents && !WITHOUT_EVENTS.includes(object.kind)) events(out, world, object)
  return out.aligned()
}
