/**
 * What a person may do to a pod: delete it through the API, or make something happen inside it. The latter are signals to
 * the kubelet of its node; whether they make sense is judged by what the API shows, as kubectl exec judges it.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/{delete,exec}, v1.36.
 */
import { isTerminal } from '../api/predicates.ts'
import type { Refusal } from '../api/strategy.ts'
import type { Pod } from '../api/types.ts'
import { lifeKey } from '../controllers/kubeletLife.ts'
import type { Command } from '../kernel/command.ts'
import type { ClusterView, Decision, Signal } from '../kernel/types.ts'
import { dialError } from './machineActs.ts'
import { badRequest, impossible, notFound } from './refusals.ts'
import type { Steps } from './setActs.ts'
import { refusalOf } from './setActs.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>
type Named = { readonly namespace: string; readonly name: string }

/** `--force` means at once; grace 0 without it is sent as 1, so that the kubelet still has its say. */
export function* deletePod(_view: ClusterView, { namespace, name, graceSeconds, force }: Of<'deletePod'>): Steps {
  if (force && graceSeconds !== undefined && graceSeconds > 0)
    return badRequest('error: --force and --grace-period greater than 0 cannot be specified together')
  const grace = force ? 0 : graceSeconds === 0 ? 1 : graceSeconds
  const options = grace === undefined ? {} : { graceSeconds: grace }
  return refusalOf(yield { do: 'delete', kind: 'Pod', namespace, name, options })
}

const isRefusal = (found: Pod | Refusal): found is Refusal => 'reason' in found

/** A pod that a kubelet has: bound to a node and not at its end. */
function livePod(view: ClusterView, { namespace, name }: Named): Pod | Refusal {
  const pod = view.get('Pod', namespace, name)
  if (!pod) return notFound('Pod', name)
  if (!pod.spec.nodeName) return badRequest(`pod ${name} does not have a host assigned`)
  return isTerminal(pod) ? impossible(`pod ${name} is completed; current phase is ${pod.status.phase}`) : pod
}

/** A live pod whose node the API server can reach, as `exec` needs it. */
function reachedPod(view: ClusterView, named: Named): Pod | Refusal {
  const pod = livePod(view, named)
  return isRefusal(pod) ? pod : (dialError(view, pod.spec.nodeName ?? '') ?? pod)
}

const isRunning = (pod: Pod, container: string): boolean =>
  pod.status.containerStatuses?.some(({ name, state }) => name === container && state.running !== undefined) ?? false

/** The container that is meant, if it runs: the named one, else the first. */
function runningContainer(pod: Pod, wanted: string | undefined): string | Refusal {
  const names = pod.spec.containers.map(({ name }) => name)
  const container = wanted ?? (names[0] as string)
  if (!names.includes(container))
    return badRequest(
      `error: container ${container} is not valid for pod ${pod.metadata.name} out of: ${names.join(', ')}`,
    )
  return isRunning(pod, container)
    ? container
    : impossible(`error: Internal error occurred: unable to upgrade connection: container not found ("${container}")`)
}

const signal = (pod: Pod, type: string, detail: NonNullable<Signal['detail']>): Decision => ({
  do: 'wake',
  decider: 'kubelet',
  key: lifeKey(pod),
  id: 'signal',
  afterMs: 0,
  signal: { type, detail },
})

export function* crashContainer(view: ClusterView, command: Of<'crashContainer'>): Steps {
  const pod = reachedPod(view, command)
  if (isRefusal(pod)) return pod
  const container = runningContainer(pod, command.container)
  if (typeof container !== 'string') return container
  const { exitCode = 1 } = command
  if (exitCode < 0 || exitCode > 255)
    return badRequest(`crashContainer: exitCode ${exitCode} must be between 0 and 255`)
  return refusalOf(yield signal(pod, 'crash', { container, exitCode }))
}

/** What befalls the process: its memory is all used, or it hangs. */
export function* harmContainer(view: ClusterView, command: Of<'exhaustMemory' | 'hangContainer'>): Steps {
  const pod = livePod(view, command)
  if (isRefusal(pod)) return pod
  const container = runningContainer(pod, command.container)
  if (typeof container !== 'string') return container
  return refusalOf(yield signal(pod, command.type === 'hangContainer' ? 'hang' : 'oom', { container }))
}

export function* setReadiness(view: ClusterView, command: Of<'setReadiness'>): Steps {
  const pod = livePod(view, command)
  if (isRefusal(pod)) return pod
  // What was held may be let go in any state.
  const container = command.ready ? '' : runningContainer(pod, undefined)
  if (typeof container !== 'string') return container
  return refusalOf(yield signal(pod, 'holdReadiness', { ready: command.ready }))
}

export function* failPod(view: ClusterView, command: Of<'failPod'>): Steps {
  const pod = livePod(view, command)
  if (isRefusal(pod)) return pod
  return refusalOf(yield signal(pod, 'evict', { reason: command.reason ?? 'Evicted' }))
}

interface Mount {
  readonly mountPath: string
  readonly volume: string
  readonly readOnly: boolean
}

/** Where the pod's running containers have claims mounted, with the volume behind each. */
function mountsOf(view: ClusterView, pod: Pod): readonly Mount[] {
  return pod.spec.containers
    .filter(({ name }) => isRunning(pod, name))
    .flatMap(({ volumeMounts = [] }) =>
      volumeMounts.flatMap(({ name, mountPath, readOnly = false }) => {
        const source = pod.spec.volumes?.find((volume) => volume.name === name)?.persistentVolumeClaim
        const claim = source && view.get('PersistentVolumeClaim', pod.metadata.namespace, source.claimName)
        const volume = claim?.spec.volumeName
        const path = mountPath.replace(/\/+$/, '')
        return volume ? [{ mountPath: path, volume, readOnly: readOnly || (source?.readOnly ?? false) }] : []
      }),
    )
}

interface Place {
  readonly volume: string
  /** The path on the volume. */
  readonly file: string
}

/** Where on a claim of the pod a path lies, if something may be written there. */
function placeOf(view: ClusterView, command: Of<'writeFile' | 'removeFile'>): Place | Refusal {
  const pod = reachedPod(view, command)
  if (isRefusal(pod)) return pod
  const container = runningContainer(pod, undefined)
  if (typeof container !== 'string') return container
  const path = command.path.replaceAll(/\/+/g, '/')
  const parts = path.split('/')
  if (!path.startsWith('/') || path.endsWith('/') || parts.includes('..') || parts.includes('.'))
    return badRequest(`${command.type}: path ${JSON.stringify(command.path)} must be the absolute path of a file`)
  const mounts = mountsOf(view, pod)
  const inside = mounts.filter(({ mountPath }) => path.startsWith(`${mountPath}/`))
  const mount = inside.reduce<Mount | undefined>(
    (longest, next) => (longest && longest.mountPath.length >= next.mountPath.length ? longest : next),
    undefined,
  )
  if (!mount) {
    const places = mounts.map(({ mountPath }) => mountPath || '/').join(', ') || 'none'
    return impossible(
      `${command.type}: ${path} is on no claim of pod ${pod.metadata.name}; claims are mounted at: ${places}`,
    )
  }
  if (mount.readOnly)
    return impossible(`sh: can't ${command.type === 'writeFile' ? 'create' : 'remove'} ${path}: Read-only file system`)
  return { volume: mount.volume, file: path.slice(mount.mountPath.length + 1) }
}

export function* writeFile(view: ClusterView, command: Of<'writeFile'>): Steps {
  const place = placeOf(view, command)
  if ('message' in place) return place
  const files = { ...view.disk(place.volume), [place.file]: command.text }
  return refusalOf(yield { do: 'writeDisk', volume: place.volume, files })
}

export function* removeFile(view: ClusterView, command: Of<'removeFile'>): Steps {
  const place = placeOf(view, command)
  if ('message' in place) return place
  const { [place.file]: gone, ...files } = view.disk(place.volume)
  if (gone === undefined) return impossible(`rm: can't remove '${command.path}': No such file or directory`)
  return refusalOf(yield { do: 'writeDisk', volume: place.volume, files })
}
