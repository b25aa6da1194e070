import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: false,
      rollupOptions: {
        input: {
          main: resolve(here, 'src-main/main.ts'),
          'engine-worker': resolve(here, 'src-main/engine/engine-worker.ts'),
          'store-worker': resolve(here, 'src-main/engine/store-worker.ts'),
          'history-worker': resolve(here, 'src-main/history/history-worker.ts'),
          'plant-worker': resolve(here, 'src-main/simulator/plant-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: {
          preload: resolve(here, 'src-main/shell/preload.ts'),
          'confirm-preload': resolve(here, 'src-main/shell/confirm-preload.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    build: {
      outDir: 'out/renderer',
      minify: true,
      // The policy of the confirmation window takes no font that is written into its style.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          index: resolve(here, 'src-renderer/index.html'),
          confirm: resolve(here, 'src-renderer/confirm.html'),
        },
      },
    },
    plugins: [react()],
  },
})
