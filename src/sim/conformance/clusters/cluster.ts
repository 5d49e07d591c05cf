/**
 * The recorded cluster as we have it: the same nodes and classes, containers that take as long as the recorded kubelet's
 * did, pods that go to the nodes to which they went. Given a tape it does what was done, each act once as much has happened
 * as had then, and notes down what befell every object.
 */
import type { Strategies } from '../../api/strategy.ts'
import type { AnyObject, Pod } from '../../api/types.ts'
import { DEFAULT_SETTINGS, makeSim } from '../../index.ts'
import type { Command } from '../../kernel/command.ts'
import type { Draft, Kernel, Laws, Transition, World } from '../../kernel/types.ts'
import { memoryFiles, runShell, terminalShell, textInput } from '../../kubectl/index.ts'
import { Strands } from './strands.ts'
import type { Tape, Thing, Write } from './tape.ts'

/** The recorded kubelet's annotations and what it does without them, in ms. */
const DELAYS = [
  ['ordinal.dev/start-ms', 'start-delay', '1000'],
  ['ordinal.dev/ready-ms', 'ready-delay', '1000'],
  ['ordinal.dev/stop-ms', 'stop-delay', '1000'],
  ['ordinal.dev/pull-ms', undefined, '1'],
] as const
const CRASH = ['ordinal.dev/crash-after-ms', 'kubelet-sim.example.com/crash-after'] as const

function delaysOf(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const usual = DELAYS.map(([ours, theirs, without]) => [
    ours,
    (theirs && given[`kubelet-sim.example.com/${theirs}`]) ?? without,
  ])
  const crash = given[CRASH[1]]
  return Object.fromEntries([...usual, ...(crash === undefined ? [] : [[CRASH[0], crash]])])
}

/** Pod name → the nodes that its incarnations went to, in order. */
function placesOf(tape: Tape): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>()
  for (const entry of tape.entries) {
    if (entry.do !== 'write' || entry.write.after?.kind !== 'Pod') continue
    const node = (entry.write.after as unknown as Pod).spec.nodeName
    const before = (entry.write.before as unknown as Pod | undefined)?.spec.nodeName
    const { name } = entry.write.after.metadata
    if (node !== undefined && before === undefined) places.set(name, [...(places.get(name) ?? []), node])
  }
  return places
}

/** Every image that the tape speaks of and that can be had: the recorded nodes had them all. */
function imagesOf({ files, entries }: Tape): readonly string[] {
  const texts = [...Object.values(files), ...entries.flatMap((entry) => (entry.do === 'kubectl' ? [entry.line] : []))]
  const found = texts.flatMap((text) => [...text.matchAll(/(?:image: |=)"?([\w./-]+\/[\w./-]+:[\w.-]+)/g)])
  return [...new Set(found.map(([, image = '']) => image))].filter((image) => !image.endsWith(':bad'))
}

const thing = (object: AnyObject): Thing => object as unknown as Thing

const withoutServerFields = ({ metadata, ...object }: Thing): Draft => {
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _at, ...own } = metadata
  return { ...object, metadata: own } as unknown as Draft
}

/** No act of a recording waits longer than this. */
const MOST_MS = 15 * 60_000

export class RecordedCluster {
  readonly strands = new Strands()
  world: World
  /** The writes since the world at hand, each in its turn: one turn may write an object twice. */
  private written: Write[] = []
  private readonly tape: Tape
  private readonly kernel: Kernel

  constructor(tape: Tape) {
    this.tape = tape
    this.kernel = makeSim({ change: (laws) => this.changed(laws) })
    const nodes = Array.from({ length: tape.nodes }, (_, index) => ({ name: `worker-${index + 1}` }))
    this.world = this.attempt(() => this.kernel.create(1, { ...DEFAULT_SETTINGS, nodes }))
  }

  private changed(laws: Laws): Laws {
    const { scenario, given } = this.tape
    const classes = given.filter(({ kind, metadata }) => kind === 'StorageClass' && metadata.name !== 'standard')
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: scenario } } as unknown as Draft
    const images = imagesOf(this.tape).map((name) => ({ names: [name], sizeBytes: 1 }))
    const supplied = (object: Draft): Draft =>
      object.kind === 'Node' ? ({ ...object, status: { ...(object.status as object), images } } as Draft) : object
    return {
      ...laws,
      strategies: this.placing(laws.strategies),
      nameChange: (before, after) => {
        this.written.push({ before: before && thing(before), after: after && thing(after) })
        return laws.nameChange(before, after)
      },
      bootstrap: (settings) => [
        ...laws.bootstrap(settings).map(supplied),
        namespace,
        ...classes.map(withoutServerFields),
      ],
    }
  }

  /** Pods take the recorded time, and are promised the nodes to which they were recorded to go. */
  private placing(strategies: Strategies): Strategies {
    const places = placesOf(this.tape)
    const { Pod: pods } = strategies
    return {
      ...strategies,
      Pod: {
        ...pods,
        prepareForCreate: (given, context) => {
          const pod = pods.prepareForCreate(given, context)
          const { name, annotations = {} } = pod.metadata
          const before = this.strands.pods.filter(({ word }) => word === `+${name}`).length
          const nominatedNodeName = places.get(name)?.[before]
          return {
            ...pod,
            metadata: { ...pod.metadata, annotations: { ...annotations, ...delaysOf(annotations) } },
            status: { ...pod.status, ...(nominatedNodeName !== undefined && { nominatedNodeName }) },
          }
        },
      },
    }
  }

  // — time —

  /** Goes on to another world: what was written on the way has befallen the objects. */
  private take({ world }: Transition): void {
    for (const write of this.written) this.strands.take(write, world.now)
    this.written = []
    this.world = world
  }

  /** What would come of something; the writes are forgotten again. */
  private attempt<T>(act: () => T): T {
    const outcome = act()
    this.written = []
    return outcome
  }

  /** To the next event that is due by then; false when there is none. */
  private pass(latest: number): boolean {
    const due = this.kernel.nextDue(this.world)
    const next = due !== undefined && due <= latest ? this.kernel.next(this.world) : undefined
    if (next) this.take(next)
    return next !== undefined
  }

  /** Until every object has come so far, at most so long; and on as long as had passed, while nothing more befalls any. */
  until(lengths: ReadonlyMap<string, number>, passedMs: number, slackMs: number): void {
    const end = this.world.now + passedMs
    while (!this.strands.covers(lengths) && this.pass(end + slackMs));
    for (;;) {
      const due = this.kernel.nextDue(this.world)
      const next = due !== undefined && due <= end ? this.kernel.next(this.world) : undefined
      const says = this.written.some(Strands.says)
      if (!next || says) {
        this.written = []
        return
      }
      this.take(next)
    }
  }

  // — acts —

  private give(command: Command): Transition {
    const done = this.kernel.dispatch(this.world, command)
    if (done.refusal) this.written = []
    this.take(done)
    return done
  }

  /** Something done to a machine, in the recorder's words. Throws for words that are not known. */
  fault(words: string): void {
    const [, name = '', what = ''] = /^node (\S+) (.*)$/.exec(words) ?? []
    const on = { namespace: '', name }
    const probes = /^the readiness probes? of (.*) (starts? failing|succeeds? again)$/.exec(words)
    const evicted = /^the kubelet evicts (\S+)/.exec(words)?.[1]
    const { scenario: namespace } = this.tape
    if (probes)
      for (const pod of (probes[1] ?? '').split(' and '))
        this.give({ type: 'setReadiness', namespace, name: pod, ready: probes[2]?.endsWith('again') === true })
    else if (evicted !== undefined) this.give({ type: 'failPod', namespace, name: evicted })
    else if (what.startsWith('loses power')) this.give({ type: 'powerOffNode', ...on })
    else if (what.startsWith('boots again')) this.give({ type: 'powerOnNode', ...on })
    else throw new Error(`a fault that is not known: ${words}`)
  }

  /** Runs a kubectl line to its end; returns its exit code. */
  run(line: string): number {
    const environment = {
      attempt: (world: World, command: Command) => this.attempt(() => this.kernel.dispatch(world, command)),
      context: { namespace: 'default' },
      readsEarlyVersions: false,
      busybox: 'modern',
      pages: {},
    } as const
    const files = Object.entries(this.tape.files).map(([name, text]) => [`/${name}`, text])
    const shell = terminalShell({ files: memoryFiles(Object.fromEntries(files)), environment })
    const latest = this.world.now + MOST_MS
    const steps = runShell(shell, line, textInput(''), false)
    let step = steps.next()
    while (!step.done) {
      const ask = step.value
      const refusal = ask.ask === 'act' ? this.give(ask.command).refusal : undefined
      if (ask.ask === 'wait' && !this.passUntil(ask.until, latest)) return 130
      step = steps.next({ world: this.world, ...(refusal && { refusal }) })
    }
    return step.value
  }

  private passUntil(until: number | undefined, latest: number): boolean {
    if (this.pass(Math.min(until ?? Number.POSITIVE_INFINITY, latest))) return true
    if (until === undefined || until > latest) return false
    this.take(this.kernel.advance(this.world, until))
    return true
  }
}
