/**
 * What must be true of a pod and of a pod template, and what may change in a pod that exists.
 * Leaves out the fields that the simulation keeps without effect: security contexts, host network.
 * Models: pkg/apis/core/validation/validation.go, v1.36.
 */
import { duplicate, forbidden, invalid, notFound, notSupported, required } from './fieldErrors.ts'
import { isSidecar } from './predicates.ts'
import { compareQuantities, parseQuantity, QUANTITY_ERROR } from './quantity.ts'
import { amountOf } from './resourceList.ts'
import { sameSemantically, sharesAllBut } from './semanticEquality.ts'
import type { FieldError } from './strategy.ts'
import type { Container, Labels, Pod, PodSpec } from './types.ts'
import { validateEnv } from './validationEnv.ts'
import { dnsLabel, dnsSubdomain, labelValue, portName, portNumber, qualifiedName } from './validationFormats.ts'
import { forbiddenHooks, validateHooks } from './validationHooks.ts'
import { checked, duplicates, validateMeta, validateMetaUpdate } from './validationMeta.ts'
import { validatePlacement } from './validationPlacement.ts'

type Errors = readonly FieldError[]
type Named = { readonly name?: string }

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']

const enumerated = (field: string, value: string | undefined, allowed: readonly string[]): Errors =>
  !value ? [required(field)] : allowed.includes(value) ? [] : [notSupported(field, value, allowed)]

function validatePorts(container: Container, field: string): FieldError[] {
  const ports = container.ports ?? []
  return [
    ...ports.flatMap((port, index) => {
      const at = `${field}[${index}]`
      return [
        ...(port.name ? checked(`${at}.name`, port.name, portName(port.name)) : []),
        ...(port.containerPort
          ? portNumber(port.containerPort).map((text) => invalid(`${at}.containerPort`, port.containerPort, text))
          : [required(`${at}.containerPort`)]),
        ...enumerated(`${at}.protocol`, port.protocol, PROTOCOLS),
      ]
    }),
    ...duplicates(
      ports.map(({ name }) => name),
      (index) => `${field}[${index}].name`,
    ),
  ]
}

function validateMounts(container: Container, volumes: ReadonlySet<string>, field: string): FieldError[] {
  const paths = new Set<string>()
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath }, index) => {
    const at = `${field}[${index}]`
    const errors: FieldError[] = []
    if (!name) errors.push(required(`${at}.name`))
    if (!volumes.has(name)) errors.push(notFound(`${at}.name`, name ?? ''))
    if (!mountPath) errors.push(required(`${at}.mountPath`))
    if (paths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, 'must be unique'))
    paths.add(mountPath)
    return errors
  })
}

function validateAmounts(list: Labels | undefined, field: string): FieldError[] {
  return Object.entries(list ?? {}).flatMap(([name, amount]) => {
    const at = `${field}[${name}]`
    const complaints = qualifiedName(name)
    if (complaints.length > 0) return checked(at, name, complaints)
    const quantity = parseQuantity(amount)
    if (!quantity) return [invalid(at, amount, QUANTITY_ERROR)]
    return quantity.nanos < 0n ? [invalid(at, amount, 'must be greater than or equal to 0')] : []
  })
}

function validateResources({ resources }: Container, field: string): FieldError[] {
  const { requests, limits } = resources ?? {}
  const errors = [...validateAmounts(limits, `${field}.limits`), ...validateAmounts(requests, `${field}.requests`)]
  for (const name in requests) {
    const limit = amountOf(limits, name)
    const request = requests[name] as string
    if (limit !== undefined && compareQuantities(request, limit) > 0)
      errors.push(invalid(`${field}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`))
  }
  return errors
}

/** What a container is judged by besides itself: the volumes of its pod and the pod's grace period in seconds. */
interface Around {
  readonly volumes: ReadonlySet<string>
  readonly grace: number
}

function validateContainer(container: Container, { volumes, grace }: Around, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (!container.name) errors.push(required(`${field}.name`))
  else errors.push(...checked(`${field}.name`, container.name, dnsLabel(container.name)))
  if (!container.image) errors.push(required(`${field}.image`))
  else if (container.image.trim() !== container.image)
    errors.push(invalid(`${field}.image`, container.image, 'must not have leading or trailing whitespace'))
  errors.push(...validatePorts(container, `${field}.ports`))
  errors.push(...validateEnv(container, field))
  errors.push(...validateMounts(container, volumes, `${field}.volumeMounts`))
  errors.push(...enumerated(`${field}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES))
  errors.push(...validateResources(container, `${field}.resources`))
  if (container.restartPolicy !== undefined)
    errors.push(...enumerated(`${field}.restartPolicy`, container.restartPolicy, [...RESTART_POLICIES].sort()))
  errors.push(...validateHooks(container, field, grace))
  return errors
}

function validateVolumes(spec: PodSpec, field: string): FieldError[] {
  const names = (spec.volumes ?? []).map(({ name }) => name)
  return [
    ...(spec.volumes ?? []).flatMap((volume, index) => {
      const at = `${field}[${index}]`
      const claim = volume.persistentVolumeClaim
      return [
        ...(volume.name ? checked(`${at}.name`, volume.name, dnsLabel(volume.name)) : [required(`${at}.name`)]),
        ...(claim && !claim.claimName ? [required(`${at}.persistentVolumeClaim.claimName`)] : []),
      ]
    }),
    ...duplicates(names, (index) => `${field}[${index}].name`),
  ]
}

function validateContainers(spec: PodSpec, volumes: ReadonlySet<string>, field: string): FieldError[] {
  const around: Around = { volumes, grace: spec.terminationGracePeriodSeconds ?? 30 }
  const containers = spec.containers ?? []
  const inits = spec.initContainers ?? []
  const errors = containers.length === 0 ? [required(`${field}.containers`)] : []
  containers.forEach((container, index) => {
    errors.push(...validateContainer(container, around, `${field}.containers[${index}]`))
  })
  const names = containers.map(({ name }) => name)
  errors.push(...duplicates(names, (index) => `${field}.containers[${index}].name`))
  const used = new Set(names)
  inits.forEach((container, index) => {
    errors.push(...validateContainer(container, around, `${field}.initContainers[${index}]`))
    if (!isSidecar(container)) errors.push(...forbiddenHooks(container, `${field}.initContainers[${index}]`))
    if (used.has(container.name)) errors.push(duplicate(`${field}.initContainers[${index}].name`, container.name))
    used.add(container.name)
  })
  return errors
}

/** Containers found sound together with volumes of these names: all pods of a template share them. */
const soundContainers = new WeakMap<readonly Container[], string>()

/** `moreVolumes`: names that will be there besides the spec's own, as those of claim templates. */
export function validatePodSpec(spec: PodSpec, field: string, moreVolumes: readonly Named[] = []): FieldError[] {
  const volumes = new Set<string>()
  for (const { name } of [...(spec.volumes ?? []), ...moreVolumes]) if (name) volumes.add(name)
  const errors = validateVolumes(spec, `${field}.volumes`)
  const mounted = [...volumes].join('/')
  const { containers = [], initContainers = [] } = spec
  if (initContainers.length > 0 || soundContainers.get(containers) !== mounted) {
    const found = validateContainers(spec, volumes, field)
    if (found.length === 0 && initContainers.length === 0) soundContainers.set(containers, mounted)
    errors.push(...found)
  }
  errors.push(...enumerated(`${field}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES))
  for (const key in spec.nodeSelector) {
    const value = spec.nodeSelector[key] as string
    errors.push(...checked(`${field}.nodeSelector`, key, qualifiedName(key)))
    errors.push(...checked(`${field}.nodeSelector`, value, labelValue(value)))
  }
  errors.push(...validatePlacement(spec, field))
  for (const name of ['hostname', 'subdomain'] as const) {
    const value = spec[name]
    if (value) errors.push(...checked(`${field}.${name}`, value, dnsLabel(value)))
  }
  return errors
}

export const validatePod = (pod: Pod): Errors => [
  ...validateMeta(pod, dnsSubdomain),
  ...validatePodSpec(pod.spec, 'spec'),
]

/** What is said of every other change. */
export const PODS_KEEP =
  'pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations`, `spec.terminationGracePeriodSeconds`'

function validateContainerUpdates(after: readonly Container[], before: readonly Container[], field: string): Errors {
  if (after.length !== before.length) return [forbidden(field, 'pod updates may not add or remove containers')]
  return after.flatMap(({ image }, index) => (image ? [] : [required(`${field}[${index}].image`)]))
}

const withImagesOf = (containers: readonly Container[] = [], others: readonly Container[] = []) =>
  containers.map((container, index) => ({ ...container, image: others[index]?.image }))

/** What is not compared once a pod has its node, and before. */
const FREE = new Set(['activeDeadlineSeconds', 'tolerations'])
const FREE_UNBOUND = new Set([...FREE, 'nodeName'])

/**
 * What may change in a pod that exists: images, added tolerations, the deadline. The node is set once, which a real
 * server does through a Binding. Its text leaves out the comparison of both specs that follows there.
 */
export function validatePodUpdate(pod: Pod, previous: Pod): Errors {
  const errors = validateMetaUpdate(pod.metadata, previous.metadata)
  const { spec } = pod
  const before = previous.spec
  if (spec === before) return errors
  for (const list of ['containers', 'initContainers'] as const) {
    const found = validateContainerUpdates(spec[list] ?? [], before[list] ?? [], `spec.${list}`)
    errors.push(...found)
    if ((spec[list]?.length ?? 0) !== (before[list]?.length ?? 0)) return errors
  }
  for (const toleration of before.tolerations ?? [])
    if (
      spec.tolerations !== before.tolerations &&
      !spec.tolerations?.some((kept) =>
        sameSemantically({ ...kept, tolerationSeconds: toleration.tolerationSeconds }, toleration),
      )
    )
      errors.push(forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'))
  if (sharesAllBut(spec, before, before.nodeName ? FREE : FREE_UNBOUND)) return errors
  const comparable: PodSpec & { activeDeadlineSeconds?: unknown } = {
    ...spec,
    activeDeadlineSeconds: (before as { activeDeadlineSeconds?: unknown }).activeDeadlineSeconds,
    tolerations: before.tolerations ?? [],
    containers: withImagesOf(spec.containers, before.containers) as readonly Container[],
    initContainers: withImagesOf(spec.initContainers, before.initContainers) as readonly Container[],
    ...(!before.nodeName && { nodeName: '' }),
  }
  const unbound = before.nodeName ? before : { ...before, nodeName: '' }
  if (!sameSemantically(comparable, unbound)) errors.push(forbidden('spec', PODS_KEEP))
  return errors
}
