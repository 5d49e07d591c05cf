/**
 * `kubectl set image`, `set resources`, `set env`: one part of the pods that an object makes.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/set/{set_image,set_resources,set_env}.go, v1.36.
 */
import type { Container, PodSpec } from '../../api/types.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { clientError } from '../failure.ts'
import { changeEach, partedArgs } from './changed.ts'

/** The pods' spec of an object, and the object with another one. */
function podSpecOf(object: Thing): { readonly spec: PodSpec; readonly with: (spec: PodSpec) => Thing } | undefined {
  if (object.kind === 'Pod')
    return { spec: object.spec as PodSpec, with: (spec) => ({ ...object, spec }) as unknown as Thing }
  const outer = object.spec as { readonly template?: { readonly spec?: PodSpec } } | undefined
  const template = outer?.template
  if (!template?.spec) return undefined
  return {
    spec: template.spec,
    with: (spec) => ({ ...object, spec: { ...outer, template: { ...template, spec } } }) as unknown as Thing,
  }
}

const withContainers = (spec: PodSpec, change: (container: Container) => Container): PodSpec => ({
  ...spec,
  containers: spec.containers.map(change),
  ...(spec.initContainers && { initContainers: spec.initContainers.map(change) }),
})

const noPods = ({ kind }: Thing): string => `error: ${kind.toLowerCase()} has no pod template`

function changedPods(object: Thing, change: (container: Container) => Container): Thing | string {
  const pods = podSpecOf(object)
  return pods ? pods.with(withContainers(pods.spec, change)) : noPods(object)
}

const namesIn = (object: Thing): readonly string[] => {
  const spec = podSpecOf(object)?.spec
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({ name }) => name)
}

export const setImage: Verb = (call) => {
  const [resources, pairs] = partedArgs(call.args, (arg) => arg.includes('='))
  if (pairs.length === 0) throw clientError('at least one image update is required')
  if (resources.length === 0 && call.flags.list('filename').length === 0)
    throw clientError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  const images = pairs.map((pair) => {
    const [name = '', ...image] = pair.split('=')
    if (image.length === 0) throw clientError(`unexpected args: ${pair}`)
    return [name, image.join('=')] as const
  })
  return changeEach(call, {
    past: 'image updated',
    args: resources,
    silentWhenSame: true,
    change: ({ object }) => {
      const missing = images.find(([name]) => name !== '*' && !namesIn(object).includes(name))
      if (missing) return `error: unable to find container named ${JSON.stringify(missing[0])}`
      return changedPods(object, (container) => {
        const image = images.findLast(([name]) => name === '*' || name === container.name)?.[1]
        return image === undefined ? container : { ...container, image }
      })
    },
  })
}

const isMeant = ({ flags }: Call, { name }: Container): boolean => {
  const wanted = flags.text('containers')
  return (
    wanted === '*' ||
    wanted === '' ||
    new RegExp(`^${wanted.replaceAll(/[^\w*?-]/g, '').replaceAll('*', '.*')}$`).test(name)
  )
}

const quantities = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [key = '', value = ''] = pair.split('=')
        if (value === '') throw clientError(`invalid argument syntax ${pair}, expected <resource>=<value>`)
        return [key, value]
      }),
  )

export const setResources: Verb = (call) => {
  const limits = quantities(call.flags.text('limits'))
  const requests = quantities(call.flags.text('requests'))
  if (Object.keys(limits).length + Object.keys(requests).length === 0)
    throw clientError('you must specify an update to requests or limits (in the form of --requests/--limits)')
  return changeEach(call, {
    past: 'resource requirements updated',
    silentWhenSame: true,
    change: ({ object }) =>
      changedPods(object, (container) => {
        if (!isMeant(call, container)) return container
        const { resources = {} } = container
        const merged = {
          ...resources,
          ...(Object.keys(limits).length > 0 && { limits: { ...resources.limits, ...limits } }),
          ...(Object.keys(requests).length > 0 && { requests: { ...resources.requests, ...requests } }),
        }
        return { ...container, resources: merged }
      }),
  })
}

export const setEnv: Verb = (call) => {
  const [resources, pairs] = partedArgs(call.args, (arg) => /^[\w.-]+=/.test(arg) || /^[A-Z_]\w*-$/.test(arg))
  const given = [...call.flags.list('env'), ...pairs]
  if (given.length === 0) throw clientError('at least one environment variable must be provided')
  const removed = given.filter((pair) => pair.endsWith('-') && !pair.includes('=')).map((pair) => pair.slice(0, -1))
  const values = given
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const equals = pair.indexOf('=')
      return { name: pair.slice(0, equals), value: pair.slice(equals + 1) }
    })
  return changeEach(call, {
    past: 'env updated',
    args: resources,
    silentWhenSame: true,
    change: ({ object }) =>
      changedPods(object, (container) => {
        if (!isMeant(call, container)) return container
        const others = (container.env ?? []).filter(({ name }) => !removed.includes(name))
        const kept = others.map((entry) => values.find(({ name }) => name === entry.name) ?? entry)
        const added = values.filter(({ name }) => !others.some((entry) => entry.name === name))
        return { ...container, env: [...kept, ...added] }
      }),
  })
}
