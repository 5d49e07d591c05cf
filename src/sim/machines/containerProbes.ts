/**
 * When the probes of a container are asked and what they find, as far as it follows from what is noted about the process.
 * A process answers from a moment of its own on; a startup probe keeps the other two waiting. Nothing here knows a state.
 * Leaves out timeouts: a process answers at once or not at all.
 * Models: pkg/kubelet/prober/worker.go, v1.36.
 */
import type { SimTime } from '../api/types.ts'
import type { ContainerContext, ProbePlan } from './containerPlan.ts'

/** The first probe at or after a moment. */
export const tickFrom = ({ anchor, periodMs }: ProbePlan, from: SimTime): SimTime =>
  anchor + Math.max(0, Math.ceil((from - anchor) / periodMs)) * periodMs

const startOf = (context: ContainerContext): SimTime => context.startedAt as SimTime

/** The first time that this run meets a probe. */
const firstOf = (probe: ProbePlan, context: ContainerContext): SimTime =>
  tickFrom(probe, Math.max(startOf(context) + Math.max(1, probe.initialDelayMs), context.upAt ?? 0))

/** The readiness probe of a container that has one. */
export const probeOf = ({ plan }: ContainerContext): ProbePlan => plan.probe as ProbePlan

/** The first readiness probe that this run meets. */
export const firstTick = (context: ContainerContext): SimTime => firstOf(probeOf(context), context)

/** The process would answer its readiness probe, now or later in this run. */
export const willAnswer = ({ held, hung, named, plan }: ContainerContext): boolean =>
  !held && !hung && named && plan.readyMs !== null

/** The probe at which enough have succeeded in a row, when nothing changes from now on. */
export function passingTick(context: ContainerContext, now: SimTime): SimTime {
  const probe = probeOf(context)
  const answers = startOf(context) + (context.plan.readyMs ?? 0)
  const first = tickFrom(probe, Math.max(firstTick(context), answers, now + 1))
  return first + (probe.successThreshold - 1) * probe.periodMs
}

/** The process answers by the first probe. */
export const passesAtOnce = (context: ContainerContext): boolean =>
  willAnswer(context) && startOf(context) + (context.plan.readyMs ?? 0) <= firstTick(context)

/** The startup probe while that has not passed, then the liveness probe; null when there is none. */
const healthProbeOf = ({ plan, upAt }: ContainerContext): ProbePlan | null =>
  upAt === null ? plan.startup : plan.liveness

/** The next time after `now` that the probe of the process's health is asked. */
export function healthTick(context: ContainerContext, now: SimTime): SimTime {
  const probe = healthProbeOf(context) as ProbePlan
  return Math.max(tickFrom(probe, now + 1), firstOf(probe, context))
}

/** The process is well at a moment, as a startup or liveness probe sees it. */
export const isWellAt = (context: ContainerContext, at: SimTime): boolean =>
  !context.hung && context.plan.liveMs !== null && startOf(context) + context.plan.liveMs <= at

/** The next liveness probe will fail. */
export const willSicken = (context: ContainerContext, now: SimTime): boolean =>
  healthProbeOf(context) !== null && !isWellAt(context, healthTick(context, now))

/** One more failure, and the run is over. */
export const isLastSickness = (context: ContainerContext): boolean =>
  context.sick + 1 >= (healthProbeOf(context) as ProbePlan).failureThreshold
