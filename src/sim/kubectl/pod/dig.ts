/**
 * `dig` as bind's tools print it: a question of one type about a whole name, or with `-x` about an address. Leaves out other
 * servers, classes, other options than `+short`, and the lines that only time and chance decide.
 * Models: bind9-dnsutils 9.18 (dighost.c, dig.c).
 */
import { canonicalAddress, familyOf } from '../../api/addresses.ts'
import type { RecordType } from '../../controllers/dnsAnswers.ts'
import { resolve } from '../../controllers/dnsAnswers.ts'
import type { World } from '../../kernel/types.ts'
import { NAMESERVER } from './podFiles.ts'

const TYPES: readonly RecordType[] = ['A', 'AAAA', 'PTR', 'SRV', 'TXT']

const typeNamed = (word: string): RecordType | undefined => TYPES.find((type) => type === word.toUpperCase())

/** `2.2.244.10.in-addr.arpa.`; what is no address is asked about as it is. */
function pointerOf(word: string): string {
  const address = canonicalAddress(word)
  if (address === undefined) return word
  if (familyOf(address) === 'IPv4') return `${address.split('.').reverse().join('.')}.in-addr.arpa.`
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter(Boolean))
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  const nibbles = [...left, ...zeros, ...right].map((group) => group.padStart(4, '0')).join('')
  return `${[...nibbles].reverse().join('.')}.ip6.arpa.`
}

interface Question {
  readonly name: string
  readonly type: RecordType
}

/** What is asked; the name as it stands, whatever the search path. */
function questionOf(words: readonly string[]): Question {
  const names = words.filter((word) => !/^[-+@]/.test(word) && typeNamed(word) === undefined)
  if (words.includes('-x')) return { name: pointerOf(names[0] ?? ''), type: 'PTR' }
  const type = words.map(typeNamed).find((found) => found !== undefined) ?? 'A'
  return { name: (names[0] ?? '').replace(/\.?$/, '.'), type }
}

export function dig(world: World, words: readonly string[]): string {
  const { name, type } = questionOf(words)
  const answers = resolve(world, name, type)
  if (words.includes('+short')) return answers.map((answer) => `${answer}\n`).join('')
  const exists = TYPES.some((one) => resolve(world, name, one).length > 0)
  const lines = answers.map((answer) => `${name}\t${world.settings.dnsTtlSeconds}\tIN\t${type}\t${answer}\n`)
  return [
    `\n; <<>> DiG 9.18 <<>> ${words.join(' ')}\n;; global options: +cmd\n;; Got answer:\n`,
    `;; ->>HEADER<<- opcode: QUERY, status: ${exists ? 'NOERROR' : 'NXDOMAIN'}\n`,
    `;; flags: qr aa rd; QUERY: 1, ANSWER: ${answers.length}, AUTHORITY: 0, ADDITIONAL: 0\n`,
    `\n;; QUESTION SECTION:\n;${name}\t\tIN\t${type}\n`,
    lines.length > 0 ? `\n;; ANSWER SECTION:\n${lines.join('')}` : '',
    `\n;; SERVER: ${NAMESERVER}#53(${NAMESERVER}) (UDP)\n\n`,
  ].join('')
}
