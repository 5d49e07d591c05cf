// What makes the build a site that asks nobody for anything: a Content-Security-Policy in the page, and a service
// worker that keeps every built file, so that the page opens without a network under any base path.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Plugin } from 'vite'

/**
 * The only style elements that scripts put into the page, by the hash of their text: the scroll lock of modal layers (for
 * a page without margins and scroll bars), the viewport of a scroll area, the viewport of a select. A new version of the
 * dialog library may change them: the browser's console then prints the new hash.
 */
const knownStyles = [
  "'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='",
  "'sha256-vGQdhYJbTuF+M8iCn1IZCHpdkiICocWHDq4qnQF4Rjw='",
  "'sha256-441zG27rExd4/il+NvIqyL8zFx5XmyNQtE381kSkUJk='",
]

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${knownStyles.join(' ')}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * The order of the style layers. It stands at the head of every style file, because whichever file the browser meets
 * first settles it for all: without it a file of components would come to lie under the base styles.
 */
const layers = '@layer properties, theme, base, components, utilities;'

/** Not fetched ahead: fonts for scripts the page is not written in are kept once they have been used. */
const laterFonts = /-(cyrillic|greek|vietnamese)[^/]*\.woff2$/

export function staticSite(): Plugin {
  let folder = ''
  return {
    name: 'ordinal-static-site',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    transformIndexHtml(html) {
      return html.replace(
        '<meta charset="utf-8" />',
        `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      )
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = `${layers}${String(file.source)}`
    },
    closeBundle() {
      const files = filesOf(folder).filter((file) => file !== 'sw.js' && !file.startsWith('.vite/'))
      const hash = createHash('sha256')
      for (const file of files) hash.update(file).update(readFileSync(join(folder, file)))
      const ahead = files.filter((file) => !laterFonts.test(file)).map((file) => (file === 'index.html' ? './' : file))
      const worker = readFileSync(new URL('./sw.js', import.meta.url), 'utf8')
        .replace("'__VERSION__'", JSON.stringify(hash.digest('hex').slice(0, 16)))
        .replace("['__FILES__']", JSON.stringify(ahead))
      writeFileSync(join(folder, 'sw.js'), worker)
    },
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
