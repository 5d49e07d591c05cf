/**
 * What the pods of one node share: addresses out of its range, the images that are there, and volumes that one node at a
 * time may have. Kept in the kubelet's notes under the keys of node and volume, and (images) in the node's status.
 * Leaves out image garbage collection and the VolumeAttachment objects.
 * Models: CNI host-local IPAM, pkg/kubelet/images, pkg/controller/volume/attachdetach, v1.36.
 */
import type { Container, Node, Pod, SimTime } from '../api/types.ts'
import type { Answer, ClusterView, Decision } from '../kernel/types.ts'
import type { ContainerPlan } from '../machines/containerPlan.ts'
import { drawDelay } from './delays.ts'
import { follower } from './follower.ts'
import { imageBytes } from './imageBehaviour.ts'
import type { Life } from './kubeletLife.ts'

type Steps<T = void> = Generator<Decision, T, Answer>

interface NodeNotes {
  /** How many addresses were ever given out. */
  readonly issued: number
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
const addressOf = (number: number): string =>
  `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`

/** A range by its first usable address: the network's own, the gateway's and the last are left out. */
interface AddressRange {
  readonly first: number
  readonly count: number
}

const ranges = new Map<string, AddressRange>()

/** There are as many ranges as nodes: each is read once. */
function rangeOf(cidr: string): AddressRange {
  const known = ranges.get(cidr)
  if (known) return known
  const [base = '', bits = '24'] = cidr.split('/')
  const range = { first: numberOf(base) + 2, count: 2 ** (32 - Number(bits)) - 3 }
  ranges.set(cidr, range)
  return range
}

/** The n-th address of a range, round and round. */
export function addressIn(cidr: string, n: number): string {
  const { first, count } = rangeOf(cidr)
  return addressOf(first + (n % count))
}

/** The addresses of a pod that has this one: where its node has a range of IPv6 too, the one at the same place of it. */
export function podIPsOf(node: Node | undefined, address: string): readonly string[] {
  const [first, second] = node?.spec.podCIDRs ?? []
  if (first === undefined || second === undefined) return [address]
  const place = numberOf(address) - rangeOf(first).first + 2
  return [address, second.replace(/\/\d+$/, place.toString(16))]
}

/** How many pods have each address. */
const takenIn = follower<Pod, Map<string, number>>(new Map(), (taken, { status: { podIP } }, sign) => {
  if (podIP === undefined) return
  const pods = (taken.get(podIP) ?? 0) + sign
  if (pods > 0) taken.set(podIP, pods)
  else taken.delete(podIP)
})

/** Takes the next free address of the node. Only from the second round on, pods are asked which they have. */
export function* takeAddress(view: ClusterView, node: Node): Steps<string> {
  const key = `Node/${node.metadata.name}`
  const cidr = node.spec.podCIDR ?? '10.244.0.0/23'
  let { issued } = (view.recall(key) as NodeNotes | undefined) ?? { issued: 0 }
  let address = addressIn(cidr, issued)
  if (issued >= rangeOf(cidr).count) {
    const taken = takenIn(view.list('Pod'))
    while (taken.has(address)) address = addressIn(cidr, ++issued)
  }
  yield { do: 'remember', key, memory: { issued: issued + 1 } satisfies NodeNotes }
  return address
}

const isThere = (node: Node, image: string): boolean =>
  node.status.images?.some(({ names }) => names.includes(image)) ?? false

/**
 * How long the node will pull before the container can start; null when it need not. `Always` asks the registry even for
 * an image that is there. With `Never` somebody is taken to have put the image on the node.
 */
export function pullMsOf(
  { image, imagePullPolicy }: Container,
  { pullMs, pullable }: Pick<ContainerPlan, 'pullMs' | 'pullable'>,
  node: Node,
  view: ClusterView,
): number | null {
  if (imagePullPolicy === 'Never') return null
  if (!isThere(node, image) || !pullable) return pullMs
  return imagePullPolicy === 'Always' ? drawDelay(view, 'imageCheck') : null
}

/** Enters images into the status of their node. */
export function* keepImages(view: ClusterView, nodeName: string, images: readonly string[]): Steps {
  if (images.length === 0) return
  const node = view.get('Node', undefined, nodeName)
  const fresh = node ? [...new Set(images)].filter((image) => !isThere(node, image)) : []
  if (!node || fresh.length === 0) return
  const entries = fresh.map((image) => ({ names: [image], sizeBytes: imageBytes(image) }))
  const status = { ...node.status, images: [...(node.status.images ?? []), ...entries] }
  yield { do: 'updateStatus', object: { ...node, status } }
}

/** Which node has a volume, for whose pods, and which pods elsewhere wait for it. Keys are the kubelet's own. */
export interface VolumeNotes {
  readonly node: string
  readonly holders: readonly string[]
  readonly waiting: readonly string[]
  /** Since when the objects of all holders are gone while their node cannot let go of the volume. */
  readonly unwantedSince?: SimTime
}

export const VOLUMES = 'PersistentVolume/'
export const volumeKey = (volume: string): string => `${VOLUMES}${volume}`
const notesOf = (view: ClusterView, volume: string) => view.recall(volumeKey(volume)) as VolumeNotes | undefined

const names = new WeakMap<object, readonly string[]>()

/** The claims that a pod mounts, by name. All versions of a pod share the list of their volumes: it is read once. */
export function claimNames({ spec: { volumes } }: Pod): readonly string[] {
  if (!volumes) return []
  const known = names.get(volumes)
  if (known) return known
  const found = volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
  names.set(volumes, found)
  return found
}

/** The first claim that is not bound; undefined when all are. */
export function unboundClaim(view: ClusterView, pod: Pod): string | undefined {
  const { namespace } = pod.metadata
  return claimNames(pod).find((name) => view.get('PersistentVolumeClaim', namespace, name)?.status.phase !== 'Bound')
}

export const volumesOf = (view: ClusterView, pod: Pod): readonly string[] =>
  claimNames(pod).flatMap(
    (name) => view.get('PersistentVolumeClaim', pod.metadata.namespace, name)?.spec.volumeName ?? [],
  )

/** May be on several nodes at once. */
function isShared(view: ClusterView, volume: string): boolean {
  const modes = view.get('PersistentVolume', undefined, volume)?.spec.accessModes ?? []
  return modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany')
}

/** Those of the volumes that another node still has. */
export const busyVolumes = (view: ClusterView, volumes: readonly string[], node: string): readonly string[] =>
  volumes.filter((volume) => {
    const notes = notesOf(view, volume)
    return notes !== undefined && notes.node !== node && !isShared(view, volume)
  })

/** A folder of the node itself is only mounted. */
export const isAttachable = (view: ClusterView, volume: string): boolean =>
  view.get('PersistentVolume', undefined, volume)?.spec.hostPath === undefined

/** Takes volumes to a node for the pod of `key`, or has it wait for those that another node has. Returns those. */
export function* takeVolumes(
  view: ClusterView,
  key: string,
  volumes: readonly string[],
  node: string,
): Steps<readonly string[]> {
  const busy = busyVolumes(view, volumes, node)
  for (const volume of busy) {
    const notes = notesOf(view, volume) as VolumeNotes
    if (!notes.waiting.includes(key))
      yield { do: 'remember', key: volumeKey(volume), memory: { ...notes, waiting: [...notes.waiting, key] } }
  }
  if (busy.length > 0) return busy
  for (const volume of volumes) {
    const { holders = [], waiting = [] } = notesOf(view, volume) ?? {}
    const memory: VolumeNotes = { node, holders: [...holders, key], waiting: waiting.filter((other) => other !== key) }
    yield { do: 'remember', key: volumeKey(volume), memory }
  }
  return []
}

/** Gives the volumes of a life back, and wakes who waits for them. */
export function* releaseVolumes(view: ClusterView, key: string, { volumes }: Pick<Life, 'volumes'>): Steps {
  for (const volume of volumes) {
    const notes = notesOf(view, volume)
    if (!notes) continue
    const holders = notes.holders.filter((other) => other !== key)
    const waiting = notes.waiting.filter((other) => other !== key)
    const isFree = holders.length === 0
    if (notes.unwantedSince !== undefined) yield { do: 'wake', key: volumeKey(volume), id: 'forced', afterMs: 0 }
    yield { do: 'remember', key: volumeKey(volume), memory: isFree ? undefined : { ...notes, holders, waiting } }
    if (isFree) for (const other of waiting) yield { do: 'wake', key: other, id: 'volumes', afterMs: 0 }
  }
}
