import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { smallFirstFile } from './scripts/firstFile.ts'
import { precompiledManifests } from './scripts/precompiledManifests.ts'
import { staticSite } from './scripts/staticSite.ts'

export default defineConfig({
  base: './',
  plugins: [precompiledManifests(), tailwindcss(), smallFirstFile(), staticSite()],
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What the files may weigh is for `npm run size` to say.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // What is read and never used is left out: no getter among them does anything, nor is a layout forced so anywhere.
      treeshake: { propertyReadSideEffects: false },
      // What the page needs at first is one file: shared pieces of it would each be packed by themselves.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
})
