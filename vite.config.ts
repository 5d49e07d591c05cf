import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { staticSite } from './scripts/staticSite.ts'

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss(), staticSite()],
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
