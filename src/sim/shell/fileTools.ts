/**
 * The tools for files and folders: ls, mkdir, rmdir, rm, touch, cp, mv, chmod. A folder is there as long as something lies in
 * it, and one that was made holds a file named `.`. Leaves out: owners, modes, times, links; what needs them says so.
 * Models: GNU coreutils.
 */
import type { Files } from './files.ts'
import { absolutePath, isFolder, namesIn } from './files.ts'
import { readOptions } from './options.ts'
import type { Io, Program } from './run.ts'
import type { Steps } from './session.ts'
import { complain, currentWorld, print } from './session.ts'

const NOT_THERE = 'No such file or directory'

interface Given {
  readonly flags: ReadonlySet<string>
  readonly names: readonly string[]
  readonly files: Files
  /** The absolute path of a name. */
  readonly at: (name: string) => string
}

/** A tool that goes through names and collects what it has to complain about; it ends with `fault` when there is any. */
const tool = (name: string, letters: string, least: number, fault: number, run: (given: Given) => Iterable<string>) =>
  function* (args: readonly string[], { shell }: Io): Steps {
    yield* currentWorld()
    const options = readOptions(args, letters, '')
    const wrong =
      'unknown' in options
        ? `invalid option -- '${options.unknown}'`
        : options.rest.length < least && !options.flags.has('f')
          ? 'missing operand'
          : undefined
    if ('unknown' in options || wrong !== undefined) {
      yield* complain(`${name}: ${wrong}\n`)
      return fault
    }
    const { files, folder } = shell
    const at = (given: string) => absolutePath(given, folder)
    const faults = [...run({ flags: new Set(options.flags.keys()), names: options.rest, files, at })]
    for (const each of faults) yield* complain(`${name}: ${each}\n`)
    return faults.length > 0 ? fault : 0
  }

const exists = (files: Files, path: string): boolean => files.read(path) !== undefined || isFolder(files, path)

/** Everything that lies in a folder, at whatever depth, and the mark of the folder itself. */
const below = (files: Files, path: string): readonly string[] =>
  files.paths().filter((file) => file.startsWith(path === '/' ? '/' : `${path}/`))

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

const NO_DETAILS = 'ls: -l is not simulated: files have no owners, modes and times here\n'

const ls: Program = function* (args, { shell }) {
  const options = readOptions(args, 'laA1hRrtFd', '')
  if ('unknown' in options) {
    yield* complain(`ls: invalid option -- '${options.unknown}'\n`)
    return 2
  }
  if (options.flags.has('l')) yield* complain(NO_DETAILS)
  const { files, folder } = shell
  const names = options.rest.length > 0 ? options.rest : ['.']
  let status = 0
  for (const [index, name] of names.entries()) {
    const path = absolutePath(name, folder)
    if (files.read(path) !== undefined || (options.flags.has('d') && isFolder(files, path))) yield* print(`${name}\n`)
    else if (isFolder(files, path)) {
      const hidden = options.flags.has('a') || options.flags.has('A')
      const inside = namesIn(files, path).filter((entry) => hidden || !entry.startsWith('.'))
      const head = names.length > 1 ? `${index > 0 ? '\n' : ''}${name}:\n` : ''
      yield* print(head + inside.map((entry) => `${entry}\n`).join(''))
    } else {
      yield* complain(`ls: cannot access '${name}': ${NOT_THERE}\n`)
      status = 2
    }
  }
  return status
}

const mkdir = tool('mkdir', 'pv', 1, 1, function* ({ flags, names, files, at }) {
  for (const name of names) {
    const path = at(name)
    const parents = flags.has('p')
    if (exists(files, path)) {
      if (!parents || files.read(path) !== undefined) yield `cannot create directory '${name}': File exists`
    } else if (!parents && !isFolder(files, parentOf(path))) yield `cannot create directory '${name}': ${NOT_THERE}`
    else {
      const wrong = files.write(`${path}/.`, '')
      if (wrong !== undefined) yield `cannot create directory '${name}': ${wrong}`
    }
  }
})

const rmdir = tool('rmdir', 'p', 1, 1, function* ({ names, files, at }) {
  for (const name of names) {
    const path = at(name)
    if (!isFolder(files, path))
      yield `failed to remove '${name}': ${exists(files, path) ? 'Not a directory' : NOT_THERE}`
    else if (namesIn(files, path).length > 0) yield `failed to remove '${name}': Directory not empty`
    else if (!files.remove(`${path}/.`)) yield `failed to remove '${name}': Device or resource busy`
  }
})

const rm = tool('rm', 'rRfvi', 1, 1, function* ({ flags, names, files, at }) {
  for (const name of names) {
    const path = at(name)
    const folder = isFolder(files, path)
    if (folder && !flags.has('r') && !flags.has('R')) yield `cannot remove '${name}': Is a directory`
    else if (folder && path === '/') yield `it is dangerous to operate recursively on '/'`
    else if (!folder && files.read(path) === undefined) {
      if (!flags.has('f')) yield `cannot remove '${name}': ${NOT_THERE}`
    } else {
      const gone = folder ? below(files, path) : [path]
      const busy = gone.filter((file) => !files.remove(file))
      const kept = busy.find((file) => !file.endsWith('/.'))
      if (kept !== undefined) yield `cannot remove '${folder ? kept : name}': Read-only file system`
      else if (busy.length > 0) yield `cannot remove '${name}': Device or resource busy`
    }
  }
})

const touch = tool('touch', 'acm', 1, 1, function* ({ names, files, at }) {
  for (const name of names) {
    const wrong = exists(files, at(name)) ? undefined : files.write(at(name), '')
    if (wrong !== undefined) yield `cannot touch '${name}': ${wrong}`
  }
})

const chmod = tool('chmod', 'R', 2, 1, function* ({ names, files, at }) {
  for (const name of names.slice(1)) if (!exists(files, at(name))) yield `cannot access '${name}': ${NOT_THERE}`
})

/** Where each file of `from` would lie, or why not. */
function* copies({ flags, names, files, at }: Given, moves: boolean): Iterable<string> {
  const target = names.at(-1) ?? ''
  const into = isFolder(files, at(target))
  if (names.length > 2 && !into) {
    yield `target '${target}': ${NOT_THERE}`
    return
  }
  for (const name of names.slice(0, -1)) {
    const from = at(name)
    const folder = isFolder(files, from)
    const to = into ? `${at(target)}/${from.slice(from.lastIndexOf('/') + 1)}`.replace('//', '/') : at(target)
    if (!exists(files, from)) yield `cannot stat '${name}': ${NOT_THERE}`
    else if (folder && !moves && !flags.has('r') && !flags.has('R') && !flags.has('a'))
      yield `-r not specified; omitting directory '${name}'`
    else if (from === to) yield `'${name}' and '${target}' are the same file`
    else if (folder && to.startsWith(`${from}/`))
      yield `cannot ${moves ? 'move' : 'copy'} a directory, '${name}', into itself`
    else
      for (const file of folder ? below(files, from) : [from]) {
        const wrong = files.write(to + file.slice(from.length), files.read(file) ?? '')
        if (wrong !== undefined) yield `cannot create regular file '${target}': ${wrong}`
        else if (moves) files.remove(file)
      }
  }
}

const cp = tool('cp', 'rRafpv', 2, 1, (given) => copies(given, false))
const mv = tool('mv', 'fv', 2, 1, (given) => copies(given, true))

export const FILE_TOOLS: Readonly<Record<string, Program>> = { chmod, cp, ls, mkdir, mv, rm, rmdir, touch }
