/**
 * The pseudo-language: every text of the catalogue in accented letters between brackets, longer than it was, with its slots
 * and marks untouched. What is shown in plain letters did not come from the catalogue, or is a word of Kubernetes.
 */
import type { Part } from './messages.ts'

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = 'åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'

/** Other languages need about so much more room. */
const LONGER = 0.3

export const accent = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => accented[plain.indexOf(letter)] ?? letter)

function revised(part: Part): Part {
  if (typeof part === 'string') return accent(part)
  if ('mark' in part) return { ...part, parts: part.parts.map(revised) }
  if (!('plural' in part)) return part
  const branches = Object.entries(part.branches).map(([name, parts]) => [name, parts.map(revised)])
  return { ...part, branches: Object.fromEntries(branches) }
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => {
    if (typeof part === 'string') return sum + part.length
    if ('mark' in part) return sum + lengthOf(part.parts)
    return 'plural' in part ? sum + lengthOf(part.branches.other ?? []) : sum
  }, 0)
}

export const pseudo = (parts: readonly Part[]): readonly Part[] => [
  '⟦',
  ...parts.map(revised),
  `${'·'.repeat(Math.ceil(lengthOf(parts) * LONGER))}⟧`,
]
