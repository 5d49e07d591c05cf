/**
 * The lookups of processes that must find their peers by name before they answer their probe: the annotation
 * `ordinal.dev/needs-names` lists the names. A process asks on and on; what its resolver has once been told, also that there
 * is no such name, it believes for the time to live. Keys are those of the kubelet, which is told when all were found.
 * Takes a name to be there when a slice publishes it; the time that takes to reach the DNS server is that of this watch.
 * Models: the agnostic bootstrap of clustered programs; negative answers as in CoreDNS plugin/cache, RFC 2308.
 */
import { keyOf } from '../api/kinds.ts'
import { isReady, isTerminating } from '../api/predicates.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { Pod, SimTime, Timestamp } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import { SERVICE_LABEL } from './endpoints.ts'
import { follower } from './follower.ts'
import { NEEDS_NAMES } from './imageBehaviour.ts'
import { lifeKey, lifeParts } from './lives.ts'

type Steps = Generator<Decision, Outcome, Answer>

/** Notes about one run of a pod's first container. */
interface Lookups {
  readonly run: Timestamp
  /** When it was first told that a name does not exist. */
  readonly since?: SimTime
  readonly found?: boolean
}

const namesOf = ({ metadata: { annotations } }: Pod): readonly string[] =>
  (annotations?.[NEEDS_NAMES] ?? '').split(',').flatMap((name) => name.trim() || [])

/** How many pods of a list have such needs: mostly none. */
const needing = follower<Pod, { count: number }>({ count: 0 }, (needs, { metadata: { annotations } }, sign) => {
  if (annotations?.[NEEDS_NAMES] !== undefined) needs.count += sign
})

const runOf = ({ status }: Pod): Timestamp | undefined => status.containerStatuses?.[0]?.state.running?.startedAt

const looksForNames = (pod: Pod): boolean =>
  pod.metadata.annotations?.[NEEDS_NAMES] !== undefined &&
  runOf(pod) !== undefined &&
  !isReady(pod) &&
  !isTerminating(pod)

interface Asked {
  readonly host: string | undefined
  readonly service: string
  readonly namespace: string
}

/** `[host.]service[.namespace[.svc[.domain]]]`, as the search path of a pod in this namespace completes it. */
function asked(name: string, namespace: string, domain: string, services: readonly string[]): Asked {
  const short = name
    .replace(/\.$/, '')
    .replace(`.svc.${domain}`, '')
    .replace(/\.svc$/, '')
  const [first = '', second, third] = short.split('.')
  if (second === undefined) return { host: undefined, service: first, namespace }
  const isService = third === undefined && !services.includes(second) && services.includes(first)
  return isService
    ? { host: undefined, service: first, namespace: second }
    : { host: first, service: second, namespace: third ?? namespace }
}

function resolves(view: ClusterView, { host, service, namespace }: Asked): boolean {
  const { clusterIP } = view.get('Service', namespace, service)?.spec ?? {}
  if (host === undefined && clusterIP !== undefined && clusterIP !== 'None') return true
  return view
    .list('EndpointSlice', namespace)
    .some(
      ({ metadata, endpoints }) =>
        metadata.labels?.[SERVICE_LABEL] === service &&
        endpoints.some(({ conditions, hostname }) => conditions.ready && (host === undefined || hostname === host)),
    )
}

/** The first name that is not there, with the Service below which it is looked for. */
function missingName(view: ClusterView, pod: Pod): { readonly name: string; readonly in: Asked } | undefined {
  const { namespace = '' } = pod.metadata
  const services = view.list('Service', namespace).map(({ metadata }) => metadata.name)
  for (const name of namesOf(pod)) {
    const question = asked(name, namespace, view.settings.clusterDomain, services)
    if (!resolves(view, question)) return { name, in: question }
  }
  return undefined
}

/** When a resolver that was first told no at `since` asks the server again, now or later. */
function nextAsk(since: SimTime, now: SimTime, ttlMs: number): SimTime {
  return ttlMs <= 0 ? now : since + Math.ceil((now - since) / ttlMs) * ttlMs
}

function* lookUp(view: ClusterView, key: string, pod: Pod, run: Timestamp): Steps {
  const known = view.recall() as Lookups | undefined
  const notes: Lookups = known?.run === run ? known : { run }
  if (notes.found) return undefined
  const missing = missingName(view, pod)
  const since = notes.since ?? (missing && view.now)
  const again = since === undefined ? view.now : nextAsk(since, view.now, view.settings.dnsTtlSeconds * 1000)
  const found = !missing && again <= view.now
  yield { do: 'remember', memory: { run, ...(since !== undefined && { since }), ...(found && { found }) } }
  const { namespace = '', name } = pod.metadata
  const subject = keyOf('Pod', namespace, name)
  const reason: GivenReason = missing
    ? {
        reason: 'peerNotFound',
        subject,
        on: keyOf('Service', missing.in.namespace, missing.in.service),
        detail: { name: missing.name },
      }
    : { reason: 'absenceCached', subject, until: again }
  yield { do: 'explain', reasons: found ? [] : [reason] }
  if (found) yield { do: 'wake', decider: 'kubelet', key, id: 'signal', afterMs: 0, signal: { type: 'named' } }
  else if (!missing) yield { do: 'wake', id: 'again', afterMs: again - view.now }
  return undefined
}

function* decide(view: ClusterView, key: string): Steps {
  const { namespace, name, uid } = lifeParts(key)
  const pod = view.get('Pod', namespace, name)
  if (pod?.metadata.uid === uid && looksForNames(pod)) return yield* lookUp(view, key, pod, runOf(pod) ?? '')
  if (!pod || pod.metadata.uid !== uid) yield { do: 'remember', memory: undefined }
  yield { do: 'explain', reasons: [] }
  return undefined
}

/** Those of a namespace that still look for somebody. */
function seekers({ before, after }: Change, view: StrategyContext): readonly string[] {
  const pods = view.list('Pod', (after ?? before)?.metadata.namespace)
  return needing(pods).count === 0 ? [] : pods.filter(looksForNames).map(lifeKey)
}

export const peerNames: Decider = {
  name: 'peerNames',
  component: 'resolver',
  delayMs: WATCH_DELAYS.peerNames,
  watches: [
    {
      kind: 'Pod',
      wakes: ({ before, after }) => {
        const pod = (after ?? before) as Pod
        return pod.metadata.annotations?.[NEEDS_NAMES] === undefined ? [] : [lifeKey(pod)]
      },
    },
    { kind: 'EndpointSlice', wakes: seekers },
    { kind: 'Service', wakes: seekers },
  ],
  decide,
}
