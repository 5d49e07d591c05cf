import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { precompiledManifests } from './scripts/precompiledManifests.ts'
import { staticSite } from './scripts/staticSite.ts'

export default defineConfig({
  base: './',
  plugins: [precompiledManifests(), tailwindcss(), staticSite()],
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What the files may weigh is for `npm run size` to say.
    chunkSizeWarningLimit: 1000,
    // What the page needs at first is one file: shared pieces of it would each be packed by themselves.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
})
