/**
 * What answers a request over HTTP inside the cluster: a web server in a pod serves the index page of its document root;
 * a Service hands the request on to the first of its ready pods. Leaves out headers, paths but files, other ports' servers.
 */
import { partsOfKey } from '../../api/kinds.ts'
import type { Container, Pod } from '../../api/types.ts'
import { imageParts } from '../../controllers/imageBehaviour.ts'
import { destinationsOf } from '../../controllers/traffic.ts'
import { readObject } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import { addressFor } from './lookup.ts'
import { podFiles } from './podFiles.ts'

export type Response =
  | { readonly is: 'body'; readonly status: number; readonly text: string }
  | { readonly is: 'unknownHost' }
  | { readonly is: 'refused'; readonly address: string }

const ROOT = '/usr/share/nginx/html'

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`

const WELCOME =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n</body>\n</html>\n'

const servesWeb = ({ image }: Container): boolean => /nginx|httpd|hpa-example|echoserver/.test(imageParts(image).name)

const isRunning = (pod: Pod, { name }: Container): boolean =>
  pod.status.containerStatuses?.some((status) => status.name === name && status.state.running) ?? false

/** The running container of a pod that serves pages on a port. */
function serverOf(pod: Pod, port: number): Container | undefined {
  return pod.spec.containers.find((container) => {
    const ports = (container.ports ?? []).map(({ containerPort }) => containerPort)
    return isRunning(pod, container) && servesWeb(container) && (ports.length > 0 ? ports.includes(port) : port === 80)
  })
}

function served(world: World, pod: Pod, container: Container, path: string): Response {
  const files = podFiles(world, pod, container)
  const wanted = `${ROOT}${path.endsWith('/') ? `${path}index.html` : path}`
  const text = files.read(wanted)
  if (text !== undefined) return { is: 'body', status: 200, text }
  const mounted = container.volumeMounts?.some(({ mountPath }) => mountPath.replace(/\/+$/, '') === ROOT)
  if (path === '/' && !mounted) return { is: 'body', status: 200, text: WELCOME }
  return path === '/'
    ? { is: 'body', status: 403, text: page('403 Forbidden') }
    : { is: 'body', status: 404, text: page('404 Not Found') }
}

/** The pod behind an address, and its port: directly, or through a Service. */
function behind(
  world: World,
  address: string,
  number: number,
): { readonly pod: Pod; readonly port: number } | undefined {
  const [first] = destinationsOf(world, address, number)
  if (!first) return undefined
  const { namespace, name } = partsOfKey(first.pod)
  const pod = readObject(world.objects, 'Pod', namespace, name)
  return pod && { pod, port: first.port }
}

/** Host, port and path of a URL; an address of IPv6 stands in brackets. */
export function partsOfUrl(url: string): { readonly host: string; readonly port: number; readonly path: string } {
  const [, host = '', port = '80', path = '/'] =
    /^(?:https?:\/\/)?(\[[^\]]*\]|[^/:]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? []
  return { host, port: Number(port), path }
}

const isLocal = (host: string): boolean => host === 'localhost' || host === '127.0.0.1'

/** Where a program in a pod reaches a name; undefined when nobody knows it. */
function addressFrom(world: World, { metadata, status }: Pod, host: string): string | undefined {
  const found = isLocal(host) ? (status.podIP ?? '127.0.0.1') : addressFor(world, host, metadata.namespace ?? 'default')
  return found === '' ? undefined : found
}

export type Knock = { readonly is: 'unknownHost' } | { readonly is: 'open' | 'refused'; readonly address: string }

/** Whether something listens on a port: a web server, or a running container that names the port. */
export function knock(world: World, from: Pod, host: string, port: number): Knock {
  const address = addressFrom(world, from, host)
  if (address === undefined) return { is: 'unknownHost' }
  const target = behind(world, address, port)
  const listens = ({ ports = [] }: Container) => ports.some(({ containerPort }) => containerPort === target?.port)
  const open =
    target !== undefined &&
    (serverOf(target.pod, target.port) !== undefined ||
      target.pod.spec.containers.some((container) => listens(container) && isRunning(target.pod, container)))
  return { is: open ? 'open' : 'refused', address: isLocal(host) ? '127.0.0.1' : address }
}

/** Asks for a URL from inside a pod. */
export function request(world: World, from: Pod, url: string): Response {
  const { host, port, path } = partsOfUrl(url)
  const address = addressFrom(world, from, host)
  if (address === undefined) return { is: 'unknownHost' }
  const target = behind(world, address, port)
  const container = target && serverOf(target.pod, target.port)
  return container
    ? served(world, target.pod, container, path)
    : { is: 'refused', address: isLocal(host) ? '127.0.0.1' : address }
}
