// The recordings of the real controller as they lie in the repository, and any such file line by line, plain or gzipped.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const folder = fileURLToPath(new URL('../src/sim/conformance/recordings/', import.meta.url))

/** @returns {string[]} the paths of all recordings of the repository */
export function ownRecordings() {
  return readdirSync(folder)
    .sort()
    .map((name) => `${folder}${name}`)
}

/**
 * @param {string} name
 * @returns {string} the path of one of them
 */
export const ownRecording = (name) => `${folder}${name}.jsonl.gz`

/**
 * The text of a file, plain or gzipped. Throws when it cannot be read.
 * @param {string} file
 */
export function textOf(file) {
  const bytes = readFileSync(file)
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (zipped ? gunzipSync(bytes) : bytes).toString('utf8')
}

/**
 * The lines of a recording with their numbers, blank ones left out. Throws when the file cannot be read.
 * @param {string} file
 * @returns {{ line: string, number: number }[]}
 */
export function linesOf(file) {
  return textOf(file)
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
}
