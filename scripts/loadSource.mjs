// Loads a file of src/sim/conformance, which is TypeScript of the same sources that the page is built of: it is bundled for
// this one run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * @param {string} file below src/sim/conformance
 * @returns {Promise<any>} what it exports
 */
export async function loadRoom(file) {
  const outDir = mkdtempSync(join(tmpdir(), 'ordinal-'))
  const ssr = join(root, 'src/sim/conformance', file)
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
