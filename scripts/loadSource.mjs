// Loads a file of src, the very sources that the page is built of: it is bundled for this one run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * @param {string} file below src
 * @returns {Promise<any>} what it exports
 */
export async function loadSource(file) {
  const outDir = mkdtempSync(join(tmpdir(), 'ordinal-'))
  const ssr = join(root, 'src', file)
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr, outDir, emptyOutDir: false, minify: false },
  })
  const loaded = await import(pathToFileURL(join(outDir, basename(file).replace(/\.ts$/, '.js'))).href)
  rmSync(outDir, { recursive: true })
  return loaded
}
