/** Programs that are in an image and do nothing here: they say so, rather than that they do not exist. */
import type { Program } from '../../shell/run.ts'
import { complain } from '../../shell/session.ts'
import type { Family } from './podTools.ts'

const EVERYWHERE = 'base64 dd diff du find gzip ln md5sum stat stty sync tar uname vi xargs'

const NAMES: Readonly<Record<Family, string>> = {
  busybox: 'arp free ifconfig ip less more netstat route telnet top traceroute uptime',
  dns: 'free ifconfig ip less more netstat route telnet top traceroute uptime',
  debian: 'apt apt-get dpkg less more nginx perl top',
}

const says = (name: string): Program =>
  function* () {
    yield* complain(`${name}: is not simulated\n`)
    return 1
  }

export const notSimulated = (family: Family): Readonly<Record<string, Program>> =>
  Object.fromEntries(`${EVERYWHERE} ${NAMES[family]}`.split(' ').map((name) => [name, says(name)]))
