/**
 * The programs that try whether somebody is there: ping, nc, host. A ping goes on in virtual time until its count is full or
 * somebody stops it; only pods and nodes answer one, the address of a Service does not.
 * Models: busybox ping and nc, bind9-dnsutils host.
 */
import type { Pod } from '../../api/types.ts'
import { hostIPsOf } from '../../controllers/kubeletConfig.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import { readOptions } from '../../shell/options.ts'
import type { Program } from '../../shell/run.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import { knock } from './http.ts'
import { addressFor, hostLines } from './lookup.ts'

const SECOND_MS = 1000

/** Whether a machine or a running pod has the address. */
const answersPing = ({ objects }: World, address: string): boolean =>
  address === '127.0.0.1' ||
  listObjects(objects, 'Pod').some(
    ({ status }) => status.phase === 'Running' && status.podIPs?.some(({ ip }) => ip === address),
  ) ||
  listObjects(objects, 'Node').some((node) => hostIPsOf(node).includes(address))

export const ping = (pod: Pod): Program =>
  function* (args) {
    const options = readOptions(args, 'q46', 'cwWis')
    const [name] = 'unknown' in options ? [] : options.rest
    if ('unknown' in options || name === undefined) {
      yield* complain('Usage: ping [-c COUNT] HOST\n')
      return 1
    }
    const count = Number(options.flags.get('c')) || Number.POSITIVE_INFINITY
    const world = yield* currentWorld()
    const address = name === 'localhost' ? '127.0.0.1' : addressFor(world, name, pod.metadata.namespace ?? 'default')
    if (address === undefined) {
      yield* complain(`ping: bad address '${name}'\n`)
      return 1
    }
    yield* print(`PING ${name} (${address}): 56 data bytes\n`)
    let received = 0
    for (let sent = 0; sent < count; sent++) {
      const now = yield* currentWorld()
      if (answersPing(now, address)) {
        received++
        yield* print(`64 bytes from ${address}: seq=${sent} ttl=62 time=0.100 ms\n`)
      }
      const until = now.now + SECOND_MS
      const waits = sent < count - 1 || received <= sent
      while (waits && (yield* currentWorld()).now < until) yield { ask: 'wait', until }
    }
    const lost = Math.round(((count - received) / count) * 100)
    const times = received > 0 ? 'round-trip min/avg/max = 0.100/0.100/0.100 ms\n' : ''
    yield* print(
      `\n--- ${name} ping statistics ---\n${count} packets transmitted, ${received} packets received, ${lost}% packet loss\n${times}`,
    )
    return received > 0 ? 0 : 1
  }

/** `nc -zv HOST PORT`: whether a port is open; nothing is sent. */
export const nc = (pod: Pod): Program =>
  function* (args) {
    const options = readOptions(args, 'zvn46u', 'w')
    const [host, port] = 'unknown' in options ? [] : options.rest
    if ('unknown' in options || host === undefined || port === undefined || !/^\d+$/.test(port)) {
      yield* complain('Usage: nc [-zvn] [-w SEC] HOST PORT\n')
      return 1
    }
    if (!options.flags.has('z')) {
      yield* complain('nc: only -z is simulated: whether a port is open\n')
      return 1
    }
    const answer = knock(yield* currentWorld(), pod, host, Number(port))
    if (answer.is === 'unknownHost') yield* complain(`nc: bad address '${host}'\n`)
    else if (options.flags.has('v'))
      yield* complain(
        answer.is === 'open'
          ? `${host} (${answer.address}:${port}) open\n`
          : `nc: ${host} (${answer.address}:${port}): Connection refused\n`,
      )
    return answer.is === 'open' ? 0 : 1
  }

export const host = (pod: Pod): Program =>
  function* (args) {
    const name = args.find((arg) => !arg.startsWith('-'))
    if (name === undefined) {
      yield* complain('Usage: host [-aCdilrTvVw] [-c class] [-t type] {name} [server]\n')
      return 1
    }
    const { text, status } = hostLines(yield* currentWorld(), name, pod.metadata.namespace ?? 'default')
    yield* print(text)
    return status
  }
