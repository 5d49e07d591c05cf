/**
 * Containers, volumes and templates of pods in descriptions.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go (describeContainers, describeVolumes, DescribePodTemplate), v1.36.
 */
import type { Container, ContainerState, ContainerStatus, PodSpec, PodTemplateSpec, Probe } from '../../api/types.ts'
import { annotations, labels, longTime, NONE, sortedEntries, tolerations } from './parts.ts'
import type { DescribeWriter } from './tabs.ts'
import { volumes } from './volumes.ts'

type Port = NonNullable<Container['ports']>[number] & { readonly hostPort?: number }

const portTexts = (ports: readonly Port[], number: (port: Port) => number): string =>
  ports
    .map(
      (port) =>
        `${number(port)}/${port.protocol ?? 'TCP'}${port.name === undefined || port.name === '' ? '' : ` (${port.name})`}`,
    )
    .join(', ')

function portLine(out: DescribeWriter, title: string, text: string): void {
  out.line(2, `${title}${text.includes(',') ? 's' : ''}:\t${text === '' ? NONE : text}`)
}

function state(out: DescribeWriter, title: string, { running, waiting, terminated }: ContainerState): void {
  if (running) out.line(2, `${title}:\tRunning`).line(3, `Started:\t${longTime(running.startedAt)}`)
  else if (terminated) {
    out.line(2, `${title}:\tTerminated`)
    if (terminated.reason) out.line(3, `Reason:\t${terminated.reason}`)
    if (terminated.message) out.line(3, `Message:\t${terminated.message}`)
    out.line(3, `Exit Code:\t${terminated.exitCode}`)
    out.line(3, `Started:\t${longTime(terminated.startedAt)}`).line(3, `Finished:\t${longTime(terminated.finishedAt)}`)
  } else {
    out.line(2, `${title}:\tWaiting`)
    if (waiting?.reason) out.line(3, `Reason:\t${waiting.reason}`)
  }
}

function status(out: DescribeWriter, { state: now, lastState, ready, restartCount }: ContainerStatus): void {
  state(out, 'State', now)
  if (lastState?.terminated) state(out, 'Last State', lastState)
  out.line(2, `Ready:\t${ready ? 'True' : 'False'}`).line(2, `Restart Count:\t${restartCount}`)
}

function probeText(probe: Probe): string {
  const {
    initialDelaySeconds = 0,
    timeoutSeconds = 1,
    periodSeconds = 10,
    successThreshold = 1,
    failureThreshold = 3,
  } = probe
  const times = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${times}`
  if (probe.httpGet) {
    const { scheme = 'HTTP', port, path = '' } = probe.httpGet
    return `http-get ${scheme.toLowerCase()}://:${port}${path.startsWith('/') || path === '' ? path : `/${path}`} ${times}`
  }
  return probe.tcpSocket ? `tcp-socket :${probe.tcpSocket.port} ${times}` : `unknown ${times}`
}

interface Source {
  readonly fieldRef?: { readonly apiVersion?: string; readonly fieldPath: string }
  readonly configMapKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean }
  readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean }
  readonly resourceFieldRef?: { readonly resource: string; readonly containerName?: string }
}

export type FieldValue = (fieldPath: string) => string

function sourceText(
  { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef }: Source,
  resolve: FieldValue,
): string {
  if (fieldRef) return `${resolve(fieldRef.fieldPath)} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`
  if (configMapKeyRef) {
    const { key, name, optional = false } = configMapKeyRef
    return `<set to the key '${key}' of config map '${name}'>\tOptional: ${optional}`
  }
  if (secretKeyRef) {
    const { key, name, optional = false } = secretKeyRef
    return `<set to the key '${key}' in secret '${name}'>\tOptional: ${optional}`
  }
  return ` (${resourceFieldRef?.resource ?? ''})`
}

function environment(out: DescribeWriter, { env = [] }: Container, resolve: FieldValue): void {
  out.line(2, env.length === 0 ? `Environment:\t${NONE}` : 'Environment:')
  for (const entry of env) {
    const { valueFrom } = entry as { readonly valueFrom?: Source }
    if (valueFrom) out.line(3, `${entry.name}:\t${sourceText(valueFrom, resolve)}`)
    else
      for (const [index, line] of (entry.value ?? '').split('\n').entries())
        out.line(3, index === 0 ? `${entry.name}:\t${line}` : `\t${line}`)
  }
}

type Mount = NonNullable<Container['volumeMounts']>[number] & { readonly subPath?: string }

function mounts(out: DescribeWriter, { volumeMounts = [] }: Container): void {
  out.line(2, volumeMounts.length === 0 ? `Mounts:\t${NONE}` : 'Mounts:')
  const sorted = [...(volumeMounts as readonly Mount[])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1))
  for (const { name, mountPath, readOnly, subPath } of sorted) {
    const flags = [readOnly ? 'ro' : 'rw', ...(subPath === undefined ? [] : [`path=${JSON.stringify(subPath)}`])]
    out.line(3, `${mountPath} from ${name} (${flags.join(',')})`)
  }
}

function words(out: DescribeWriter, title: string, list: readonly string[] | undefined): void {
  if (!list || list.length === 0) return
  out.line(2, `${title}:`)
  for (const line of list.flatMap((word) => word.split('\n'))) out.line(3, line)
}

function quantities(out: DescribeWriter, title: string, values: Readonly<Record<string, string>> | undefined): void {
  if (!values || Object.keys(values).length === 0) return
  out.line(2, `${title}:`)
  for (const [name, value] of sortedEntries(values)) out.line(3, `${name}:\t${value}`)
}

function container(
  out: DescribeWriter,
  given: Container,
  found: ContainerStatus | undefined,
  indent: string,
  resolve: FieldValue,
): void {
  const { name, image, ports = [], command, resources, livenessProbe, readinessProbe, startupProbe } = given
  out.line(1, `${indent === '' ? '' : ' '}${name}:`)
  if (found) out.line(2, `Container ID:\t${found.containerID ?? ''}`)
  out.line(2, `Image:\t${image}`)
  if (found) out.line(2, `Image ID:\t${found.imageID ?? ''}`)
  portLine(
    out,
    'Port',
    portTexts(ports, ({ containerPort }) => containerPort),
  )
  portLine(
    out,
    'Host Port',
    portTexts(ports, ({ hostPort = 0 }) => hostPort),
  )
  words(out, 'Command', command)
  words(out, 'Args', (given as { readonly args?: readonly string[] }).args)
  if (found) status(out, found)
  quantities(out, 'Limits', resources?.limits)
  quantities(out, 'Requests', resources?.requests)
  if (livenessProbe) out.line(2, `Liveness:\t${probeText(livenessProbe)}`)
  if (readinessProbe) out.line(2, `Readiness:\t${probeText(readinessProbe)}`)
  if (startupProbe) out.line(2, `Startup:\t${probeText(startupProbe)}`)
  environment(out, given, resolve)
  mounts(out, given)
}

/** `indent` is what stands before the title: two blanks in a template. */
export function containers(
  out: DescribeWriter,
  title: string,
  list: readonly Container[],
  statuses: readonly ContainerStatus[],
  indent: string,
  resolve: FieldValue = () => '',
): void {
  out.line(0, `${indent}${title}:`)
  for (const each of list)
    container(
      out,
      each,
      statuses.find(({ name }) => name === each.name),
      indent,
      resolve,
    )
}

export function podTemplate(out: DescribeWriter, template: PodTemplateSpec): void {
  const spec = template.spec as PodSpec & { readonly serviceAccountName?: string; readonly priorityClassName?: string }
  out.line(0, 'Pod Template:')
  labels(out, '  Labels', template.metadata?.labels)
  if (Object.keys(template.metadata?.annotations ?? {}).length > 0)
    annotations(out, '  Annotations', template.metadata?.annotations)
  if (spec.serviceAccountName) out.line(1, `Service Account:\t${spec.serviceAccountName}`)
  if (spec.initContainers && spec.initContainers.length > 0)
    containers(out, 'Init Containers', spec.initContainers, [], '  ')
  containers(out, 'Containers', spec.containers, [], '  ')
  volumes(out, spec.volumes ?? [], '  ')
  if (spec.priorityClassName) out.line(1, `Priority Class Name:\t${spec.priorityClassName}`)
  labels(out, '  Node-Selectors', spec.nodeSelector)
  tolerations(out, '  Tolerations', spec.tolerations)
}
