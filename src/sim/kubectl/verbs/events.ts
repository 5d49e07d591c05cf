/**
 * `kubectl events`: by time, counted ones with how often.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/events/{events,event_printer}.go, v1.36.
 */
import { lastSeen } from '../../api/seenEvent.ts'
import { timeOf } from '../../api/time.ts'
import type { Event, SimTime } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { inOrderOfNames } from '../derived.ts'
import { eventAge } from '../describe/parts.ts'
import { clientError } from '../failure.ts'
import { goSorted } from '../goSort.ts'
import { resourceTypeNamed } from '../parse/resourceTypes.ts'
import { listOf, readOutput, shownThing } from '../print/output.ts'
import { TableWriter } from '../print/table.ts'

type Wanted = (event: Event) => boolean

/** @throws Failure */
function wantedOf({ flags }: Call): Wanted {
  const about = flags.text('for')
  const types = flags.list('types').map((type) => type.toLowerCase())
  const strange = types.find((type) => type !== 'normal' && type !== 'warning')
  if (strange !== undefined) throw clientError('valid --types are Normal or Warning')
  const [word = '', name] = about.split('/')
  const type = about === '' ? undefined : resourceTypeNamed(word)
  if (about !== '' && (name === undefined || name === '')) throw clientError('--for must be in resource/name form')
  if (about !== '' && !type) throw clientError(`the server doesn't have a resource type ${JSON.stringify(word)}`)
  return (event) =>
    (!type || (event.involvedObject.kind === type.kind && event.involvedObject.name === name)) &&
    (types.length === 0 || types.includes(event.type.toLowerCase()))
}

const lastSeenAt = (event: Event): SimTime => timeOf(lastSeen(event))

/** The older first. Most events know whole seconds only, and so come before those of the same second that know more. */
const byTime = (list: readonly Event[]): readonly Event[] =>
  goSorted(inOrderOfNames(list), (a, b) => lastSeenAt(a) < lastSeenAt(b))

function rowOf(event: Event, world: World, withNamespace: boolean): readonly string[] {
  const { type, reason, involvedObject, message, metadata } = event
  const cells = [
    eventAge(event, world.now),
    type,
    reason,
    `${involvedObject.kind}/${involvedObject.name}`,
    message.trim(),
  ]
  return withNamespace ? [metadata.namespace ?? '', ...cells] : cells
}

const HEADER = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']

export const events: Verb = function* (call) {
  const { flags } = call
  const everywhere = flags.is('all-namespaces')
  const wanted = wantedOf(call)
  const output = readOutput(call, false)
  const namespace = everywhere ? undefined : namespaceOf(call)
  const list = (world: World) => byTime(listObjects(world.objects, 'Event', namespace).filter(wanted))
  let world = yield* currentWorld()
  let shown = list(world)
  if (output.kind === 'whole') {
    yield* print(output.print(listOf(shown.map((event) => shownThing(event as unknown as Thing)))))
    return 0
  }
  if (shown.length === 0 && !flags.is('watch')) {
    yield* complain(everywhere ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`)
    return 0
  }
  const writer = new TableWriter()
  const header = everywhere ? ['NAMESPACE', ...HEADER] : HEADER
  const rows = (given: readonly Event[], now: World) => given.map((event) => rowOf(event, now, everywhere))
  yield* print(writer.write([...(flags.is('no-headers') ? [] : [header]), ...rows(shown, world)]))
  while (flags.is('watch')) {
    world = (yield { ask: 'wait' }).world
    const before = new Set(shown)
    shown = list(world)
    yield* print(
      writer.write(
        rows(
          shown.filter((event) => !before.has(event)),
          world,
        ),
      ),
    )
  }
  return 0
}
