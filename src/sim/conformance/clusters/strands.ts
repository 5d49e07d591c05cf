/**
 * What befell each object, as words that do not depend on timing: created, scheduled, phases, readiness, reasons why
 * containers wait, owners, finalizers, deletion. The same words are made of recorded writes and of ours. Left out: counters
 * of a set's status and addresses in slices, which come in more or fewer steps as writes happen to fall together.
 */
import type { Thing, Write } from './tape.ts'

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
}

interface Shape {
  readonly spec?: {
    readonly nodeName?: string
    readonly volumeName?: string
    readonly unschedulable?: boolean
    readonly taints?: readonly { readonly key: string; readonly effect: string }[]
    readonly claimRef?: { readonly name: string }
  }
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly Condition[]
    readonly containerStatuses?: readonly {
      readonly restartCount?: number
      readonly state?: Readonly<Record<string, { readonly reason?: string } | undefined>>
    }[]
    readonly disruptionsAllowed?: number
    readonly hard?: Readonly<Record<string, string>>
    readonly used?: Readonly<Record<string, string>>
    readonly currentRevision?: string
    readonly updateRevision?: string
  }
  readonly revision?: number
}

interface Meta {
  readonly deletionTimestamp?: string
  readonly generation?: number
  readonly finalizers?: readonly string[]
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[]
}

const metaOf = (thing: Thing): Meta => thing.metadata as Meta
const shapeOf = (thing: Thing): Shape => thing as Shape
const conditionOf = (thing: Thing, type: string) =>
  shapeOf(thing).status?.conditions?.find((condition) => condition.type === type)

/** `pods=2`, or `nothing` while nothing is said. */
const amounts = (list: Readonly<Record<string, string>> = {}): string =>
  Object.entries(list)
    .map((pair) => pair.join('='))
    .sort()
    .join(' ') || 'nothing'

const owners = (thing: Thing): string =>
  (metaOf(thing).ownerReferences ?? []).map(({ kind, name }) => `${kind} ${name}`).join(', ') || 'nobody'

const finalizers = (thing: Thing): string => [...(metaOf(thing).finalizers ?? [])].sort().join(', ') || 'none'

function podWords(thing: Thing): Readonly<Record<string, string | undefined>> {
  const { spec, status } = shapeOf(thing)
  const [container] = status?.containerStatuses ?? []
  const state = container?.state ?? {}
  const waits = state.waiting?.reason
  return {
    scheduled: spec?.nodeName === undefined ? undefined : 'scheduled',
    unschedulable: conditionOf(thing, 'PodScheduled')?.reason,
    phase: status?.phase && `phase ${status.phase}`,
    waits:
      waits !== undefined && waits !== 'ContainerCreating' && waits !== 'PodInitializing'
        ? `waits: ${waits}`
        : undefined,
    // What the recorded kubelet restarts on its way down is its own affair.
    restarts:
      container?.restartCount && metaOf(thing).deletionTimestamp === undefined
        ? `restart ${container.restartCount}`
        : undefined,
    ready: conditionOf(thing, 'Ready')?.status === 'True' ? 'Ready' : 'not Ready',
    disrupted: conditionOf(thing, 'DisruptionTarget')?.reason,
  }
}

/** What is true of an object, by subject; a word is said when its subject's word changes. */
function wordsOf(thing: Thing): Readonly<Record<string, string | undefined>> {
  const { spec, status, revision } = shapeOf(thing)
  const common = {
    owners: `owned by ${owners(thing)}`,
    finalizers: `finalizers ${finalizers(thing)}`,
    deletion: metaOf(thing).deletionTimestamp === undefined ? undefined : 'deletion asked for',
  }
  switch (thing.kind) {
    case 'Pod':
      return { ...podWords(thing), ...common }
    case 'PersistentVolumeClaim':
      return { phase: status?.phase && `phase ${status.phase}`, ...common }
    case 'PersistentVolume':
      return { phase: status?.phase && `phase ${status.phase}`, deletion: common.deletion }
    case 'StatefulSet':
      return {
        generation: `generation ${metaOf(thing).generation}`,
        current: status?.currentRevision && `current ${status.currentRevision}`,
        update: status?.updateRevision && `update ${status.updateRevision}`,
        ...common,
      }
    case 'ControllerRevision':
      return { revision: `revision ${revision}`, owners: common.owners }
    case 'ResourceQuota':
      return { used: `used ${amounts(status?.used)} of ${amounts(status?.hard)}`, deletion: common.deletion }
    case 'PodDisruptionBudget':
      return { deletion: common.deletion }
    case 'Node':
      return {
        ready: `Ready ${conditionOf(thing, 'Ready')?.status}`,
        taints: `taints ${
          (spec?.taints ?? [])
            .map(({ key, effect }) => `${key}:${effect}`)
            .sort()
            .join(', ') || 'none'
        }`,
      }
    default:
      return { deletion: common.deletion }
  }
}

/** Where the words of an object begin: what is usual is not said. */
const USUAL: ReadonlySet<string> = new Set([
  'owned by nobody',
  'finalizers none',
  'finalizers kubernetes.io/pvc-protection',
  'not Ready',
  'phase Pending',
  'taints none',
  'Ready True',
  'generation 1',
])

function said({ before, after }: Write): readonly string[] {
  if (!after) return ['gone']
  const now = wordsOf(after)
  const then: Readonly<Record<string, string | undefined>> = before ? wordsOf(before) : {}
  const words = Object.entries(now).flatMap(([subject, word]) =>
    word === undefined || word === then[subject] || (!before && USUAL.has(word)) ? [] : [word],
  )
  return before ? words : ['created', ...words]
}

/** Kinds whose objects are followed. Their random names are told by what they belong to. */
const FOLLOWED: ReadonlySet<string> = new Set([
  'Pod',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StatefulSet',
  'ControllerRevision',
  'PodDisruptionBudget',
  'ResourceQuota',
  'Node',
  'Service',
])

function titleOf(thing: Thing): string {
  const claim = thing.kind === 'PersistentVolume' ? shapeOf(thing).spec?.claimRef?.name : undefined
  return claim === undefined ? `${thing.kind} ${thing.metadata.name}` : `PersistentVolume of ${claim}`
}

/** Numbers, addresses and times that two clusters have of their own. */
export const masked = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, 'IP')
    .replace(/\bworker-\d+\b/g, 'NODE')
    .replace(/\b\d+(\.\d+)?m?s\b/g, 'TIME')
    .replace(/Image size: \d+ bytes/g, 'Image size: N bytes')

/**
 * Events that are there or not as moments fall: a probe that finds the process still starting, a claim that is looked at
 * before its pod, a budget before the pods it counts, a node that registers before the first act, a controller that reads what it wrote too early.
 */
const FALLS_OUT = [
  /^Unhealthy: /,
  /^WaitForFirstConsumer: /,
  /^RegisteredNode: /,
  /^NoPods: /,
  /the object has been modified/,
]

/** What an event says, if it is one that is compared. */
function eventOf(thing: Thing): { readonly about: string; readonly text: string } | undefined {
  if (thing.kind !== 'Event') return undefined
  const { involvedObject, reason, message } = thing as unknown as {
    involvedObject: { kind: string; name: string }
    reason: string
    message: string
  }
  if (FALLS_OUT.some((pattern) => pattern.test(`${reason}: ${message}`))) return undefined
  const isVolume = involvedObject.kind === 'PersistentVolume'
  return {
    about: `${involvedObject.kind} ${isVolume ? '' : involvedObject.name}`.trim(),
    text: masked(`${reason}: ${message}`),
  }
}

export class Strands {
  /** Title with incarnation → words in order. */
  readonly byObject = new Map<string, string[]>()
  /** Whom an event is about → what was said of it, each once. */
  readonly events = new Map<string, Set<string>>()
  /** Creations and deletions of pods, in the order in which they were asked for, each with its moment. */
  readonly pods: { readonly at: number; readonly word: string }[] = []
  private readonly names = new Map<string, string>()
  /** Revisions whose template holds the moment of a restart: their hashes differ from run to run. */
  private readonly restarted = new Map<string, string>()
  private readonly incarnations = new Map<string, number>()

  private nameOf(thing: Thing): string {
    const { uid } = thing.metadata
    const known = this.names.get(uid)
    if (known !== undefined) return known
    const title = this.unhashed(titleOf(thing))
    const number = (this.incarnations.get(title) ?? 0) + 1
    this.incarnations.set(title, number)
    const name = number === 1 ? title : `${title} (${number})`
    this.names.set(uid, name)
    return name
  }

  private noteRestart(thing: Thing): void {
    const { name } = thing.metadata
    if (thing.kind !== 'ControllerRevision' || !JSON.stringify(thing.data).includes('restartedAt')) return
    if (!this.restarted.has(name)) this.restarted.set(name, `restart-${this.restarted.size + 1}`)
  }

  private unhashed(word: string): string {
    for (const [name, alias] of this.restarted) if (word.endsWith(name)) return word.replace(name, alias)
    return word
  }

  /** Whether a write says anything about an object that is followed. */
  static says(write: Write): boolean {
    return FOLLOWED.has((write.after ?? write.before)?.kind ?? '') && said(write).length > 0
  }

  /** A write at a moment, in ms. */
  take(write: Write, at: number): void {
    const thing = (write.after ?? write.before) as Thing
    const event = write.after && eventOf(write.after)
    if (event) {
      const texts = this.events.get(event.about) ?? new Set()
      this.events.set(event.about, texts.add(event.text))
    }
    if (!FOLLOWED.has(thing.kind)) return
    this.noteRestart(thing)
    const words = said(write).map((word) => this.unhashed(word))
    if (words.length === 0) return
    const name = this.nameOf(thing)
    const strand = this.byObject.get(name) ?? []
    this.byObject.set(name, strand)
    strand.push(...words)
    if (thing.kind !== 'Pod') return
    if (words.includes('created')) this.pods.push({ at, word: `+${thing.metadata.name}` })
    const wasAsked = write.before && metaOf(write.before).deletionTimestamp !== undefined
    if (words.includes('deletion asked for') || (words.includes('gone') && !wasAsked))
      this.pods.push({ at, word: `-${thing.metadata.name}` })
  }

  /** How far each strand has come. */
  lengths(): ReadonlyMap<string, number> {
    return new Map([...this.byObject].map(([name, words]) => [name, words.length]))
  }

  /** Whether every strand is at least so long. */
  covers(lengths: ReadonlyMap<string, number>): boolean {
    for (const [name, length] of lengths) if ((this.byObject.get(name)?.length ?? 0) < length) return false
    return true
  }
}
