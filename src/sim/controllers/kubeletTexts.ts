/**
 * The kubelet's own sentences, word for word as v1.36 says them: errors, back-offs, evictions, events.
 * Models: pkg/kubelet/{images,kuberuntime,prober,eviction}, v1.36; recorded texts where there are recordings.
 */
import type { Switches } from '../api/switches.ts'
import type { Container, Pod, Probe } from '../api/types.ts'
import type { ContainerContext } from '../machines/containerPlan.ts'
import { MAX_BACK_OFF_MS } from '../machines/containerPlan.ts'
import { imageBytes } from './imageBehaviour.ts'

/** Go's way to print a duration of whole ms: `1.873s`, `20s`, `2m40s`, `5m0s`, `340ms`. */
export function goDuration(ms: number): string {
  if (ms < 1000) return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const seconds = String((ms % 60_000) / 1000)
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`
}

export const pullError = (image: string): string =>
  `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`

const fullName = ({ metadata: { name, namespace, uid } }: Pod): string => `${name}_${namespace}(${uid})`

/** The back-off that a container waits in, or has just waited in. */
export function backOffMessage(pod: Pod, container: string, { restartWait }: ContainerContext): string {
  const wait = goDuration(Math.min(restartWait?.ms ?? 0, MAX_BACK_OFF_MS))
  return `back-off ${wait} restarting failed container=${container} pod=${fullName(pod)}`
}

/** What the status says about an eviction; nothing for reasons whose text is not known. */
export function evictionMessage(pod: Pod, reason: string): { readonly message?: string } {
  if (reason === 'Terminated') return { message: 'Pod was terminated in response to imminent node shutdown.' }
  if (reason !== 'Evicted') return {}
  const container = pod.spec.containers[0]?.name ?? ''
  return {
    message: `The node was low on resource: ephemeral-storage. Threshold quantity: 10737418240, available: 9651052Ki. Container ${container} was using 1250316Ki, request is 0, has larger consumption of ephemeral-storage. `,
  }
}

export interface EventText {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
}

const normal = (reason: string, message: string): EventText => ({ type: 'Normal', reason, message })
const warning = (reason: string, message: string): EventText => ({ type: 'Warning', reason, message })

/** What a failing probe is told with. `answers`: the process is up and says no. */
function probeText(probe: Probe | undefined, address: string, answers: boolean): string {
  if (probe?.httpGet && answers) return 'HTTP probe failed with statuscode: 503'
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port
  if (port === undefined) return ''
  const refused = `dial tcp ${address}:${port}: connect: connection refused`
  const { scheme = 'HTTP', path = '/' } = probe?.httpGet ?? {}
  return probe?.httpGet ? `Get "${scheme.toLowerCase()}://${address}:${port}${path}": ${refused}` : refused
}

/** What is said of a process that never answers. */
function silence({ httpGet, tcpSocket, exec }: Probe, address: string): string {
  if (tcpSocket) return `dial tcp ${address}:${tcpSocket.port}: i/o timeout`
  if (!httpGet) return `command ${JSON.stringify((exec?.command ?? []).join(' '))} timed out`
  const { scheme = 'HTTP', path = '/', port } = httpGet
  return `Get "${scheme.toLowerCase()}://${address}:${port}${path}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
}

function unhealthy(kind: string, probe: Probe | undefined, context: ContainerContext, address: string): EventText {
  const answers = kind === 'Readiness' ? context.held || context.plan.readyMs === null : context.plan.liveMs === null
  const text = context.hung && probe ? silence(probe, address) : probeText(probe, address, answers)
  return warning('Unhealthy', `${kind} probe failed: ${text}`)
}

/** The events of one effect of a container's chart; undefined for effects that nobody is told about. */
export function containerEvents(
  effect: string,
  pod: Pod,
  container: Container,
  context: ContainerContext,
  address: string,
  { checksPullCredentials, namesContainerInEvents }: Switches,
): readonly EventText[] {
  const { name, image } = container
  switch (effect) {
    case 'pulling':
      return [normal('Pulling', `Pulling image "${image}"`)]
    case 'pulled': {
      if (context.pullMs === null)
        return [
          normal(
            'Pulled',
            `Container image "${image}" already present on machine${checksPullCredentials ? ' and can be accessed by the pod' : ''}`,
          ),
        ]
      const took = goDuration(context.pullMs)
      const size = imageBytes(image)
      return [
        normal(
          'Pulled',
          `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${size} bytes.`,
        ),
      ]
    }
    case 'pullRefused':
      return [
        warning('Failed', `Failed to pull image "${image}": ${pullError(image)}`),
        warning('Failed', 'Error: ErrImagePull'),
      ]
    case 'pullBackOff':
      return [normal('BackOff', `Back-off pulling image "${image}"`), warning('Failed', 'Error: ImagePullBackOff')]
    case 'configRefused':
      return [warning('Failed', `Error: ${context.configError}`)]
    case 'created':
      return namesContainerInEvents
        ? [normal('Created', `Created container: ${name}`), normal('Started', `Started container ${name}`)]
        : [normal('Created', 'Container created'), normal('Started', 'Container started')]
    case 'killing':
      return [normal('Killing', `Stopping container ${name}`)]
    case 'restartBackOff':
      return [warning('BackOff', `Back-off restarting failed container ${name} in pod ${fullName(pod)}`)]
    case 'probeFailed':
      return [unhealthy('Readiness', container.readinessProbe, context, address)]
    case 'startupFailed':
      return [unhealthy('Startup', container.startupProbe, context, address)]
    case 'livenessFailed':
      return [unhealthy('Liveness', container.livenessProbe, context, address)]
    case 'killingUnhealthy': {
      const next = context.plan.restartPolicy === 'Never' ? '' : ', will be restarted'
      return [normal('Killing', `Container ${name} failed ${context.condemned} probe${next}`)]
    }
    default:
      return []
  }
}
