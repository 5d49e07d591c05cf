/**
 * What is settled about a pod's containers before they live: in which order they stand in the kubelet's notes, and what each
 * will do and take, from its spec and from the image. All that has a length is drawn here, once.
 * Models: pkg/kubelet/{kuberuntime/kuberuntime_container.go,prober,lifecycle}, v1.36.
 */
import { joined } from '../api/fill.ts'
import { isSidecar } from '../api/predicates.ts'
import type { Container, LifecycleHandler, Pod, Probe, SimTime } from '../api/types.ts'
import type { ClusterView } from '../kernel/types.ts'
import type { ContainerPlan, ProbePlan } from '../machines/containerPlan.ts'
import { drawDelay } from './delays.ts'
import { needsConfig } from './environment.ts'
import { behaviourOf, commandMs, NEEDS_NAMES } from './imageBehaviour.ts'

/** The main containers, then the init containers: the order of a life. */
export const containersOf = ({ spec: { containers, initContainers = [] } }: Pod): readonly Container[] =>
  initContainers.length === 0 ? containers : [...containers, ...initContainers]

/** Seconds of grace as a process gets them: never less than two. */
export const graceMsOf = (seconds: number): number => Math.max(2, seconds) * 1000

function probePlanOf(probe: Probe | undefined, anchor: SimTime, podGrace: number): ProbePlan | null {
  if (!probe) return null
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3, successThreshold = 1 } = probe
  return {
    anchor,
    initialDelayMs: initialDelaySeconds * 1000,
    periodMs: periodSeconds * 1000,
    failureThreshold,
    successThreshold,
    graceMs: graceMsOf(probe.terminationGracePeriodSeconds ?? podGrace),
  }
}

const handlerMs = (handler: LifecycleHandler | undefined): number =>
  !handler ? 0 : handler.sleep ? handler.sleep.seconds * 1000 : commandMs(handler.exec?.command)

/** How an init container is restarted: one that is not to stay is done when it has ended well. */
function initPolicyOf(pod: Pod, { restartPolicy }: Container): ContainerPlan['restartPolicy'] {
  const own = restartPolicy ?? pod.spec.restartPolicy
  return restartPolicy === 'Always' ? 'Always' : own === 'Never' ? 'Never' : 'OnFailure'
}

export function planOf(pod: Pod, container: Container, isInit: boolean, view: ClusterView): ContainerPlan {
  const { annotations } = pod.metadata
  const { restartPolicy = 'Always', terminationGracePeriodSeconds: grace = 30 } = pod.spec
  const ends = isInit && !isSidecar(container)
  const { pullMs, stopMs, crashAfterMs, crashExitCode, crashOutOfMemory, pullable, ...behaviour } = behaviourOf(
    joined(container, { ends }),
    annotations,
    view,
  )
  // Until its postStart hook is over a container does not count as running.
  const hookMs = handlerMs(container.lifecycle?.postStart)
  const after = (ms: number | null): number | null => ms && Math.max(0, ms - hookMs)
  return {
    pullMs: pullable ? pullMs : drawDelay(view, 'pullRefusal'),
    stopMs,
    crashAfterMs,
    crashExitCode,
    crashOutOfMemory,
    pullable,
    liveMs: after(behaviour.liveMs),
    restartPolicy: isInit ? initPolicyOf(pod, container) : (container.restartPolicy ?? restartPolicy),
    startMs: behaviour.startMs + hookMs,
    readyMs: after(behaviour.readyMs),
    preStopMs: handlerMs(container.lifecycle?.preStop),
    killMs: drawDelay(view, 'kill'),
    resyncMs: drawDelay(view, 'resync'),
    configAgainMs: needsConfig(container) ? drawDelay(view, 'configAgain') : 0,
    needsNames: !isInit && annotations?.[NEEDS_NAMES] !== undefined,
    probe: probePlanOf(container.readinessProbe, view.now, grace),
    startup: probePlanOf(container.startupProbe, view.now, grace),
    liveness: probePlanOf(container.livenessProbe, view.now, grace),
  }
}
