import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompiledManifests } from './scripts/precompiledManifests.ts'
import { staticSite } from './scripts/staticSite.ts'

export default defineConfig({
  base: './',
  plugins: [precompiledManifests(), react(), tailwindcss(), staticSite()],
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
