/**
 * What a container image does when it runs: nothing is executed here, so its tag and its name say how it behaves, and
 * annotations of the pod override the numbers. The tags are `bad` (cannot be pulled), `crash` (exits with 1 shortly after
 * each start), `oom` (out of memory shortly after each start), `never-ready` and `never-live` (runs, never passes a readiness
 * probe; a startup or liveness probe); every other tag is a good image. A command that is a shell with nothing but `sleep`
 * and `exit` in its script does what it says. An init container that is not to stay ends by itself.
 */
import type { Container, Labels } from '../api/types.ts'
import { fnv1a } from '../kernel/random.ts'
import type { ClusterView } from '../kernel/types.ts'
import type { Range } from './delays.ts'
import { drawWithin } from './delays.ts'

/**
 * Pod annotations that override a number, in whole ms: `ordinal.dev/start-ms: "3000"`. With a dot and the name of a
 * container they are for that one only: `ordinal.dev/start-ms.nginx`; init containers that end heed no others.
 */
export const BEHAVIOUR_ANNOTATIONS = {
  pullMs: 'ordinal.dev/pull-ms',
  startMs: 'ordinal.dev/start-ms',
  readyMs: 'ordinal.dev/ready-ms',
  stopMs: 'ordinal.dev/stop-ms',
  crashAfterMs: 'ordinal.dev/crash-after-ms',
  oomAfterMs: 'ordinal.dev/oom-after-ms',
  exitCode: 'ordinal.dev/exit-code',
} as const

/** Pod annotation: names, separated by commas, that must resolve before the process answers its readiness probe. */
export const NEEDS_NAMES = 'ordinal.dev/needs-names'

type Numbers = Readonly<Record<'pullMs' | 'startMs' | 'readyMs' | 'stopMs', Range>>

const PLAIN: Numbers = { pullMs: [1500, 2500], startMs: [400, 800], readyMs: [30, 120], stopMs: [500, 1200] }
const DATABASE: Numbers = { pullMs: [3500, 6000], startMs: [500, 900], readyMs: [4000, 8000], stopMs: [1000, 2500] }
const QUORUM: Numbers = { pullMs: [3000, 5000], startMs: [500, 900], readyMs: [2500, 5000], stopMs: [800, 1800] }

/** Numbers by name: the first entry whose word is part of the image's name counts. */
export const NUMBERS_BY_NAME: readonly (readonly [word: string, numbers: Numbers])[] = [
  ['mysql', DATABASE],
  ['postgres', DATABASE],
  ['cassandra', DATABASE],
  ['mongo', DATABASE],
  ['zookeeper', QUORUM],
  ['k8szk', QUORUM],
  ['etcd', QUORUM],
  ['', PLAIN],
]

/** How long after each start the image `crash` ends. */
export const CRASH_AFTER: Range = [800, 1500]
export const CRASH_EXIT_CODE = 1
/** How long an init container works. */
export const INIT_WORK: Range = [800, 2000]

export interface Behaviour {
  readonly pullable: boolean
  readonly pullMs: number
  readonly startMs: number
  /** From the start until the process answers its readiness probe; null when it never does. */
  readonly readyMs: number | null
  /** The same for startup and liveness probes. */
  readonly liveMs: number | null
  /** From SIGTERM until the process ends by itself. */
  readonly stopMs: number
  /** From each start until the process ends; null when it does not. */
  readonly crashAfterMs: number | null
  readonly crashExitCode: number
  /** It ends for want of memory. */
  readonly crashOutOfMemory: boolean
}

/** `registry.k8s.io/nginx-slim:v1@sha256:…` → name `nginx-slim`, tag `v1`; tag `latest` when none is given. */
export function imageParts(image: string): { name: string; tag: string } {
  const [reference = ''] = image.split('@')
  const last = reference.slice(reference.lastIndexOf('/') + 1)
  const colon = last.indexOf(':')
  return colon < 0 ? { name: last, tag: 'latest' } : { name: last.slice(0, colon), tag: last.slice(colon + 1) }
}

/** Its members vote: they can do their work only while more than half of them serve. */
export const isEnsemble = (image: string): boolean => numbersOf(imageParts(image).name) === QUORUM

const numbersOf = (name: string): Numbers =>
  (NUMBERS_BY_NAME.find(([word]) => name.includes(word)) as (typeof NUMBERS_BY_NAME)[number])[1]

/** What an annotation says of one container, or of all. */
function overridden(
  annotations: Labels | undefined,
  number: keyof typeof BEHAVIOUR_ANNOTATIONS,
  { name, ends = false }: Started,
): number | undefined {
  const key = BEHAVIOUR_ANNOTATIONS[number]
  const text = annotations?.[`${key}.${name}`] ?? (ends ? undefined : annotations?.[key])
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** A shell that only waits a while and exits: `sh -c 'sleep 5; exit 3'`. */
const SHORT_SCRIPT = /^(?:sleep (\d{1,6})\s*(?:;|&&)\s*)?exit (\d{1,3})$/
const SLEEP = /(?:^|[\s;&])sleep (\d{1,6})\b/
/** From the start of a shell until its script has ended that does nothing. */
const AT_ONCE_MS = 20

/** How a container ends whose command says so; undefined when it does not. */
function scriptedEnd({
  command = [],
  args = [],
}: Started): { readonly afterMs: number; readonly exitCode: number } | undefined {
  const words = [...command, ...args]
  const at = words.findIndex((word, index) => word === '-c' && /(?:^|\/)(?:ba|da|a)?sh$/.test(words[index - 1] ?? ''))
  const script = at < 0 ? undefined : SHORT_SCRIPT.exec((words[at + 1] ?? '').trim())
  if (!script) return undefined
  const [, seconds = '0', code] = script
  return { afterMs: AT_ONCE_MS + Number(seconds) * 1000, exitCode: Number(code) & 255 }
}

/** From the start of a command until it is over: the first `sleep` in it, or at once. */
export const commandMs = (command: readonly string[] = []): number =>
  AT_ONCE_MS + Number(SLEEP.exec(command.join(' '))?.[1] ?? 0) * 1000

/** What a container is started with. */
export type Started = Pick<Container, 'image' | 'command' | 'args'> & {
  readonly name?: string
  /** An init container that is not to stay: its work comes to an end. */
  readonly ends?: boolean
}

type End = Pick<Behaviour, 'crashAfterMs' | 'crashExitCode' | 'crashOutOfMemory'>

/** When and how the process ends by itself. */
function endOf(container: Started, annotations: Labels | undefined, view: Pick<ClusterView, 'draw'>): End {
  const { tag } = imageParts(container.image)
  const scripted = scriptedEnd(container)
  const { command = [], args = [], ends = false } = container
  const works = (): number => {
    const drawn = drawWithin(view, INIT_WORK, 'image:initMs')
    const said = commandMs([...command, ...args])
    return said > AT_ONCE_MS ? said : drawn
  }
  const fails = tag === 'crash' || tag === 'oom'
  const drawn = fails
    ? drawWithin(view, CRASH_AFTER, 'image:crashAfterMs')
    : (scripted?.afterMs ?? (ends ? works() : null))
  const oomAfterMs = overridden(annotations, 'oomAfterMs', container) ?? (tag === 'oom' ? drawn : undefined)
  if (oomAfterMs !== undefined) return { crashAfterMs: oomAfterMs, crashExitCode: 137, crashOutOfMemory: true }
  const ending = fails ? CRASH_EXIT_CODE : (scripted?.exitCode ?? (ends ? 0 : CRASH_EXIT_CODE))
  const crashExitCode = overridden(annotations, 'exitCode', container) ?? ending
  const crashAfterMs = overridden(annotations, 'crashAfterMs', container) ?? drawn
  return { crashAfterMs, crashExitCode: crashExitCode & 255, crashOutOfMemory: false }
}

/** How this container will behave for the life of its pod. Draws the same streams whatever is overridden. */
export function behaviourOf(
  container: Started,
  annotations: Labels | undefined,
  view: Pick<ClusterView, 'draw'>,
): Behaviour {
  const { name, tag } = imageParts(container.image)
  const numbers = numbersOf(name)
  const take = (number: keyof Numbers): number => {
    const drawn = drawWithin(view, numbers[number], `image:${number}`)
    return overridden(annotations, number, container) ?? drawn
  }
  const pullMs = take('pullMs')
  const startMs = take('startMs')
  const stopMs = take('stopMs')
  const answersMs = take('readyMs')
  const { crashAfterMs, crashExitCode, crashOutOfMemory } = endOf(container, annotations, view)
  const readyMs = tag === 'never-ready' ? null : answersMs
  const liveMs = tag === 'never-live' ? null : answersMs
  const pullable = tag !== 'bad'
  return { pullMs, startMs, stopMs, readyMs, crashAfterMs, crashExitCode, crashOutOfMemory, pullable, liveMs }
}

/** The size that a pull reports, in bytes. Invented, and the same for an image at all times. */
export const imageBytes = (image: string): number => 20_000_000 + (fnv1a(image) % 120_000_000)

/** Invented digest of an image: 64 hexadecimal digits. */
export function digestOf(text: string): string {
  const known = digests.get(text)
  if (known !== undefined) return known
  let digest = ''
  for (let part = 0; part < 8; part++)
    digest += fnv1a(text, 0x811c9dc5 + part)
      .toString(16)
      .padStart(8, '0')
  if (digests.size > 20_000) digests.clear()
  digests.set(text, digest)
  return digest
}
const digests = new Map<string, string>()

/** The image by its invented digest, as a container's status names it: `registry.k8s.io/nginx-slim@sha256:…`. */
export function imageIdOf(image: string): string {
  const known = imageIds.get(image)
  if (known !== undefined) return known
  const id = `${image.split(/[:@](?!.*\/)/)[0]}@sha256:${digestOf(image)}`
  if (imageIds.size > 1_000) imageIds.clear()
  imageIds.set(image, id)
  return id
}
const imageIds = new Map<string, string>()
