import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  cacheDir: resolve(here, '../../../node_modules/.vite-fake-engine'),
  plugins: [react()],
  server: { host: '127.0.0.1', fs: { allow: [resolve(here, '../../..')] }, hmr: false },
  build: { outDir: resolve(here, '../../../out/fake-engine'), emptyOutDir: true },
})
