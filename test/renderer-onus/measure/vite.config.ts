import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  logLevel: 'warn',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: resolve(here, '../../../out/measure-onus'),
    emptyOutDir: true,
    target: 'es2024',
    chunkSizeWarningLimit: 4000,
  },
})
