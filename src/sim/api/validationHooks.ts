/**
 * What must be true of a container's probes and of what is done when it starts and before it stops.
 * Leaves out gRPC ports, HTTP headers, stop signals.
 * Models: pkg/apis/core/validation/validation.go (validateProbe, validateLifecycle, validateInitContainers), v1.36.
 */
import { forbidden, invalid, notNegative, required } from './fieldErrors.ts'
import type { FieldError } from './strategy.ts'
import type { Container, LifecycleHandler, Probe } from './types.ts'
import { portName, portNumber } from './validationFormats.ts'
import { checked } from './validationMeta.ts'

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const
const PROBE_NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const

type Handler = Probe | LifecycleHandler

function validateHandler(handler: Handler, kinds: readonly string[], field: string): FieldError[] {
  const errors: FieldError[] = []
  const given = kinds.filter((name) => (handler as Record<string, unknown>)[name])
  if (given.length === 0) errors.push(required(field, 'must specify a handler type'))
  for (const more of given.slice(1))
    errors.push(forbidden(`${field}.${more}`, 'may not specify more than 1 handler type'))
  if (handler.exec && (handler.exec.command?.length ?? 0) === 0) errors.push(required(`${field}.exec.command`))
  for (const name of ['httpGet', 'tcpSocket'] as const) {
    const port = handler[name]?.port
    if (handler[name] === undefined) continue
    if (typeof port === 'string') errors.push(...checked(`${field}.${name}.port`, port, portName(port)))
    else errors.push(...portNumber(port ?? 0).map((text) => invalid(`${field}.${name}.port`, port ?? 0, text)))
  }
  return errors
}

function validateProbe(probe: Probe, field: string, kind: (typeof PROBES)[number]): FieldError[] {
  const errors = validateHandler(probe, ['exec', 'httpGet', 'tcpSocket', 'grpc'], field)
  for (const number of PROBE_NUMBERS) errors.push(...notNegative(`${field}.${number}`, probe[number]))
  const grace = probe.terminationGracePeriodSeconds
  const at = `${field}.terminationGracePeriodSeconds`
  if (kind === 'readinessProbe') {
    if (grace !== undefined) errors.push(invalid(at, grace, 'must not be set for readinessProbes'))
    return errors
  }
  if (grace !== undefined && grace <= 0) errors.push(invalid(at, grace, 'must be greater than 0'))
  if (probe.successThreshold !== 1)
    errors.push(invalid(`${field}.successThreshold`, probe.successThreshold, 'must be 1'))
  return errors
}

function validateSleep({ sleep }: LifecycleHandler, field: string, grace: number): FieldError[] {
  if (!sleep || (sleep.seconds >= 0 && sleep.seconds <= grace)) return []
  const text = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`
  return [invalid(`${field}.sleep.seconds`, sleep.seconds, text)]
}

/** `grace`: the pod's own grace period in seconds, which no hook may sleep beyond. */
export function validateHooks(container: Container, field: string, grace: number): FieldError[] {
  const errors: FieldError[] = []
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = container.lifecycle?.[hook]
    const at = `${field}.lifecycle.${hook}`
    if (handler) errors.push(...validateHandler(handler, ['exec', 'httpGet', 'tcpSocket', 'sleep'], at))
    if (handler) errors.push(...validateSleep(handler, at, grace))
  }
  for (const kind of PROBES) {
    const probe = container[kind]
    if (probe) errors.push(...validateProbe(probe, `${field}.${kind}`, kind))
  }
  return errors
}

/** What an init container may not have that does not stay. */
export const forbiddenHooks = (container: Container, field: string): FieldError[] =>
  (['lifecycle', ...PROBES] as const)
    .filter((name) => container[name] !== undefined)
    .map((name) => forbidden(`${field}.${name}`, 'may not be set for init containers without restartPolicy=Always'))
