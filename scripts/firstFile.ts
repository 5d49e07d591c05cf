// The file that the page waits for is minified a second time, by another minifier: what the bundler's own leaves in it is
// worth 2.7 kB on the wire, for half a second of building.
import { minify, version } from '@swc/core'
import type { Plugin } from 'vite'

export function smallFirstFile(): Plugin {
  return {
    name: 'ordinal-small-first-file',
    apply: 'build',
    // File names are made of what is in them; another minifier would put something else in.
    augmentChunkHash: ({ isEntry }) => (isEntry ? `swc ${version}` : ''),
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk' || !file.isEntry) continue
          const { code } = await minify(file.code, { module: true, compress: { ecma: 2022 }, mangle: true, ecma: 2022 })
          file.code = code
        }
      },
    },
  }
}
