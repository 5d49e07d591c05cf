/**
 * Holds what a story expects against a world and the facts of its beat. What was found is told in the form of what was
 * wanted, so that a difference reads as one.
 */

import type { IpFamily } from '../api/addresses.ts'
import type { Fact } from '../api/changes.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { partsOfKey } from '../api/kinds.ts'
import type { Switches } from '../api/switches.ts'
import { switchesOf } from '../api/switches.ts'
import type { Pod } from '../api/types.ts'
import { resolve } from '../controllers/dnsAnswers.ts'
import type { Life } from '../controllers/kubeletLife.ts'
import { processesOf } from '../controllers/kubeletLife.ts'
import { answering } from '../controllers/traffic.ts'
import { why } from '../guarantees/why.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import { same } from '../kernel/equality.ts'
import { entriesWithPrefix, get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import { phaseWord, podCells, readyCell } from '../kubectl/podStatus.ts'
import type { Expectation } from './types.ts'

export interface Scene {
  readonly world: World
  /** The world when the beat began. */
  readonly start: World
  /** What has happened since. */
  readonly facts: readonly Fact[]
  readonly namespace: string
}

export interface Verdict {
  readonly holds: boolean
  readonly found: string
}

/** `registry.k8s.io/nginx-slim:v2` → `v2`; without a tag `latest`. */
export function tagOf(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1)
  return last.includes(':') ? last.slice(last.indexOf(':') + 1) : 'latest'
}

/** `1/1 Running v2`. */
export function podLine(pod: Pod, switches: Switches): string {
  const cells = podCells(pod, switches)
  return `${readyCell(cells)} ${cells.status} ${tagOf(pod.spec.containers[0]?.image ?? '')}`
}

const compared = (found: unknown, wanted: unknown): Verdict => ({
  holds: same(found, wanted),
  found: JSON.stringify(found),
})

/** `podReady web-0`. */
const told = ({ type, name }: Fact): string => `${type} ${name}`

/** A wanted text names a fact with its object, or every fact of a type. */
const means = (wanted: string, fact: Fact): boolean => wanted === told(fact) || wanted === fact.type

function inOrder(facts: readonly Fact[], wanted: readonly string[]): Verdict {
  let reached = 0
  for (const fact of facts) if (reached < wanted.length && means(wanted[reached] as string, fact)) reached += 1
  const missing = wanted[reached]
  return { holds: missing === undefined, found: missing === undefined ? 'all in order' : `no ${missing} at its place` }
}

function none(facts: readonly Fact[], unwanted: readonly string[]): Verdict {
  const found = facts.filter((fact) => unwanted.some((text) => means(text, fact))).map(told)
  return { holds: found.length === 0, found: JSON.stringify(found) }
}

const uidOf = (world: World, key: ObjectKey): string | undefined => {
  const { kind, namespace, name } = partsOfKey(key)
  return readObject(world.objects, kind, namespace, name)?.metadata.uid
}

const addressOf = (world: World, key: ObjectKey): string | undefined => {
  const { kind, namespace, name } = partsOfKey(key)
  return kind === 'Pod' ? readObject(world.objects, 'Pod', namespace, name)?.status.podIP : undefined
}

function replacedObject({ start, world }: Scene, key: ObjectKey): boolean {
  const before = uidOf(start, key)
  const after = uidOf(world, key)
  const address = addressOf(world, key)
  const moved = address === undefined || address !== addressOf(start, key)
  return before !== undefined && after !== undefined && before !== after && moved
}

function keptObject({ start, world }: Scene, key: ObjectKey): boolean {
  const before = uidOf(start, key)
  return before !== undefined && before === uidOf(world, key)
}

function statusOf({ world, namespace }: Scene, wanted: Extract<Expectation, { set: string }>): Verdict {
  const set = readObject(world.objects, 'StatefulSet', namespace, wanted.set)
  if (!set) return { holds: false, found: `no StatefulSet ${wanted.set}` }
  const { currentRevision, updateRevision } = set.status
  const all: Record<string, unknown> = { ...set.status, rolling: currentRevision !== updateRevision }
  return compared(Object.fromEntries(Object.keys(wanted.status).map((key) => [key, all[key] ?? 0])), wanted.status)
}

function fileOf({ world, namespace }: Scene, claim: string, path: string): string | undefined {
  const volume = readObject(world.objects, 'PersistentVolumeClaim', namespace, claim)?.spec.volumeName
  return volume === undefined ? undefined : get(world.disks, volume)?.[path]
}

/** The pods that have the addresses which DNS answers, by name; an address that no pod has is given as it is. */
function answeredPods({ world, namespace }: Scene, name: string, family: IpFamily = 'IPv4'): readonly string[] {
  const pods = listObjects(world.objects, 'Pod', namespace)
  const nameOf = (address: string) =>
    pods.find(({ status }) => status.podIPs?.some(({ ip }) => ip === address))?.metadata.name
  return resolve(world, name, family === 'IPv6' ? 'AAAA' : 'A')
    .map((address) => nameOf(address) ?? address)
    .sort()
}

/** The nodes on which processes run under a pod's name. */
const nodesRunning = ({ world, namespace }: Scene, name: string): readonly string[] =>
  entriesWithPrefix(world.memories, `kubelet|Pod/${namespace}/${name}#`)
    .map(([, life]) => life as Life)
    .filter((life) => processesOf(life) > 0)
    .map(({ node }) => node)
    .sort()

export function judge(scene: Scene, wanted: Expectation): Verdict {
  const { world, facts, namespace } = scene
  if ('pods' in wanted) {
    const switches = switchesOf(world.settings)
    const lines = listObjects(world.objects, 'Pod', namespace).map((pod) => [pod.metadata.name, podLine(pod, switches)])
    return compared(Object.fromEntries(lines), wanted.pods)
  }
  if ('set' in wanted) return statusOf(scene, wanted)
  if ('claims' in wanted) {
    const claims = listObjects(world.objects, 'PersistentVolumeClaim', namespace)
    return compared(Object.fromEntries(claims.map((claim) => [claim.metadata.name, phaseWord(claim)])), wanted.claims)
  }
  if ('claim' in wanted) return compared(fileOf(scene, wanted.claim, wanted.path), wanted.holds)
  if ('names' in wanted) {
    const names = Object.keys(wanted.names).map((name) => [name, answeredPods(scene, name, wanted.family)] as const)
    return compared(Object.fromEntries(names), wanted.names)
  }
  if ('runsOn' in wanted) {
    const nodes = Object.keys(wanted.runsOn).map((name) => [name, nodesRunning(scene, name)] as const)
    return compared(Object.fromEntries(nodes), wanted.runsOn)
  }
  if ('reaches' in wanted) {
    const reached = Object.keys(wanted.reaches).map((at) => [
      at,
      answering(world, at).map((key) => partsOfKey(key).name),
    ])
    return compared(Object.fromEntries(reached), wanted.reaches)
  }
  if ('waits' in wanted) {
    const { chain } = why(world, wanted.waits)
    return compared(
      chain.map(({ reason }) => reason.reason),
      wanted.because,
    )
  }
  if ('happened' in wanted) return inOrder(facts, wanted.happened)
  if ('neverHappened' in wanted) return none(facts, wanted.neverHappened)
  const keeps = 'kept' in wanted
  const others = (keeps ? wanted.kept : wanted.replaced).filter(
    (key) => !(keeps ? keptObject(scene, key) : replacedObject(scene, key)),
  )
  return { holds: others.length === 0, found: `not so: ${others.join(', ')}` }
}
