/**
 * The programs of a container, by its image: busybox has wget and nslookup, images on Debian have bash and curl, images
 * for looking up names have bind's tools.
 */

import type { Container, Pod } from '../../api/types.ts'
import { environmentOf } from '../../controllers/environment.ts'
import { imageParts } from '../../controllers/imageBehaviour.ts'
import type { Program } from '../../shell/run.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Environment } from '../call.ts'
import { date } from './date.ts'
import { df } from './df.ts'
import { dig } from './dig.ts'
import { partsOfUrl, request } from './http.ts'
import type { LookupStyle } from './lookup.ts'
import { lookup } from './lookup.ts'
import { notSimulated } from './notSimulated.ts'
import { fullHostname, hostnameOf, mountsOf } from './podFiles.ts'
import { host, nc, ping } from './reach.ts'

export interface Inside {
  readonly pod: Pod
  readonly container: Container
  readonly environment: Environment
}

export type Family = 'busybox' | 'dns' | 'debian'

export function familyOf({ image }: Container): Family {
  const { name } = imageParts(image)
  if (/busybox|alpine/.test(name)) return 'busybox'
  return /dnsutils|jessie-dnsutils|agnhost|netshoot/.test(name) ? 'dns' : 'debian'
}

/** A busybox without a version is the one that the environment says; up to 1.28 all look names up as 1.28 does. */
export function lookupStyle({ container, environment }: Inside): LookupStyle {
  if (familyOf(container) !== 'busybox') return 'bind'
  const { tag } = imageParts(container.image)
  const version = /^1\.(\d+)/.exec(tag)?.[1]
  if (version !== undefined) return Number(version) <= 28 ? 'busybox-1.28' : 'busybox'
  return environment.busybox === '1.28' ? 'busybox-1.28' : 'busybox'
}

const hostname = ({ pod }: Inside): Program =>
  function* (args) {
    const { settings } = yield* currentWorld()
    const [flag = ''] = args
    const name = /^(-f|--fqdn|--long)$/.test(flag)
      ? fullHostname(pod, settings.clusterDomain)
      : flag === '-i' || flag === '-I'
        ? (pod.status.podIPs ?? []).map(({ ip }) => ip).join(' ')
        : flag === '-d'
          ? fullHostname(pod, settings.clusterDomain).split('.').slice(1).join('.')
          : hostnameOf(pod)
    yield* print(`${name}\n`)
    return 0
  }

const nslookup = (inside: Inside): Program =>
  function* (args) {
    const [name] = args.filter((arg) => !arg.startsWith('-'))
    if (name === undefined) {
      yield* complain('Usage: nslookup [HOST] [SERVER]\n')
      return 1
    }
    const { text, status } = lookup(
      yield* currentWorld(),
      name,
      inside.pod.metadata.namespace ?? 'default',
      lookupStyle(inside),
    )
    yield* print(text)
    return status
  }

const curl = ({ pod }: Inside): Program =>
  function* (args) {
    const url = args.find((arg) => !arg.startsWith('-'))
    if (url === undefined) {
      yield* complain("curl: try 'curl --help' or 'curl --manual' for more information\n")
      return 2
    }
    const { host, port } = partsOfUrl(url)
    const answer = request(yield* currentWorld(), pod, url)
    if (answer.is === 'body') {
      yield* print(answer.text)
      return 0
    }
    yield* complain(
      answer.is === 'unknownHost'
        ? `curl: (6) Could not resolve host: ${host}\n`
        : `curl: (7) Failed to connect to ${host} port ${port}: Connection refused\n`,
    )
    return answer.is === 'unknownHost' ? 6 : 7
  }

const wget = ({ pod }: Inside): Program =>
  function* (args, { shell }) {
    const url = args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-O')
    if (url === undefined) {
      yield* complain('BusyBox: wget: missing URL\n')
      return 1
    }
    const { host } = partsOfUrl(url)
    const answer = request(yield* currentWorld(), pod, url)
    if (answer.is === 'unknownHost') yield* complain(`wget: bad address '${host}'\n`)
    else if (answer.is === 'refused')
      yield* complain(`wget: can't connect to remote host (${answer.address}): Connection refused\n`)
    else if (answer.status >= 400)
      yield* complain(
        `wget: server returned error: HTTP/1.1 ${answer.status} ${answer.status === 403 ? 'Forbidden' : 'Not Found'}\n`,
      )
    else {
      const quiet = args.join(' ')
      if (/-\w*O\s?-/.test(quiet)) yield* print(answer.text)
      else shell.files.write(`${shell.folder}/index.html`.replace('//', '/'), answer.text)
      return 0
    }
    return 1
  }

/** Ends the container's main process: an act of the run. */
const kill = ({ pod, container }: Inside): Program =>
  function* (args) {
    const target = args.filter((arg) => !arg.startsWith('-')).at(-1)
    if (target !== '1' && !/^(nginx|sh|java|mysqld)$/.test(target ?? '')) {
      yield* complain(`sh: kill: (${target ?? ''}) - No such process\n`)
      return 1
    }
    const { namespace = 'default', name } = pod.metadata
    const hard = args.some((arg) => /^-(9|KILL|SIGKILL)$/.test(arg))
    const exitCode = hard ? 137 : 0
    const command = { type: 'crashContainer', namespace, name, container: container.name, exitCode } as const
    const { refusal } = yield { ask: 'act', command }
    if (refusal) yield* complain(`${refusal.message}\n`)
    return refusal ? 1 : 0
  }

const env = ({ pod, container }: Inside): Program =>
  function* () {
    const variables = environmentOf(yield* currentWorld(), pod, container.name) ?? {}
    const lines = [
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      `HOSTNAME=${hostnameOf(pod)}`,
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      'KUBERNETES_SERVICE_HOST=10.96.0.1',
      'KUBERNETES_SERVICE_PORT=443',
      'HOME=/root',
    ]
    yield* print(`${lines.join('\n')}\n`)
    return 0
  }

const mainProcess = ({ command, image }: Container): string => command?.join(' ') ?? imageParts(image).name

const ps = ({ container }: Inside): Program =>
  function* () {
    yield* print(
      `PID   USER     TIME  COMMAND\n    1 root      0:00 ${mainProcess(container)}\n   12 root      0:00 ps\n`,
    )
    return 0
  }

const mount = ({ pod, container }: Inside): Program =>
  function* () {
    const found = mountsOf(yield* currentWorld(), pod, container)
    const lines = found.map(
      ({ path, volume, readOnly }) => `/dev/disk/${volume} on ${path} type ext4 (${readOnly ? 'ro' : 'rw'},relatime)\n`,
    )
    yield* print(lines.join(''))
    return 0
  }

const id: Program = function* () {
  yield* print('uid=0(root) gid=0(root) groups=0(root)\n')
  return 0
}

const digging: Program = function* (args) {
  yield* print(dig(yield* currentWorld(), args))
  return 0
}

/** The programs that are in a container besides those that every shell has. */
export function podTools(inside: Inside): Readonly<Record<string, Program>> {
  const { pod } = inside
  const family = familyOf(inside.container)
  return {
    ...notSimulated(family),
    date,
    df: df(inside),
    env: env(inside),
    hostname: hostname(inside),
    id,
    kill: kill(inside),
    mount: mount(inside),
    pkill: kill(inside),
    ps: ps(inside),
    whoami: function* () {
      yield* print('root\n')
      return 0
    },
    ...(family === 'debian'
      ? { curl: curl(inside) }
      : { nc: nc(pod), nslookup: nslookup(inside), ping: ping(pod), wget: wget(inside) }),
    ...(family === 'dns' && { curl: curl(inside), dig: digging, host: host(pod) }),
  }
}
