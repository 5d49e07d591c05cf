/** Small text files by absolute path: what people save, and what a pod has. No owners, no modes, no links. */

export interface Files {
  read(path: string): string | undefined
  /** Undefined when done; else why not, in the words that follow the path: `Read-only file system`. */
  write(path: string, text: string): string | undefined
  remove(path: string): boolean
  /** Every file's path, sorted by code units. */
  paths(): readonly string[]
}

/** How much all files of one system may hold together, in characters. */
const MOST_CHARACTERS = 4 * 1024 * 1024

/** An absolute path without `.`, `..` and doubled slashes. */
export function absolutePath(path: string, folder: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** Files that are kept in memory; `given` is copied. */
export function memoryFiles(given: Readonly<Record<string, string>> = {}): Files {
  const kept = new Map(Object.entries(given))
  const total = () => [...kept.values()].reduce((sum, text) => sum + text.length, 0)
  return {
    read: (path) => kept.get(path),
    write: (path, text) => {
      if (total() + text.length > MOST_CHARACTERS) return 'No space left on device'
      kept.set(path, text)
      return undefined
    },
    remove: (path) => kept.delete(path),
    paths: () => [...kept.keys()].sort(),
  }
}

/** Whether some file lies below the path. */
export const isFolder = (files: Files, path: string): boolean =>
  path === '/' || files.paths().some((file) => file.startsWith(`${path}/`))

/** The names directly in a folder. */
export function namesIn(files: Files, folder: string): readonly string[] {
  const prefix = folder === '/' ? '/' : `${folder}/`
  const names = files
    .paths()
    .flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length).split('/')[0]] : []))
  return [...new Set(names as string[])].filter((name) => name !== '.')
}
