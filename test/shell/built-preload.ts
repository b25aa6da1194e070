import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'

/** Bundles the preload as electron.vite.config.ts does, so that a test needs no build before. */
export const buildPreload = async (
  name: 'preload' | 'confirm-preload' = 'preload',
): Promise<{ path: string; remove: () => void }> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-preload-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: folder,
      minify: false,
      rollupOptions: {
        input: resolve(import.meta.dirname, `../../src-main/shell/${name}.ts`),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  })
  return {
    path: join(folder, 'preload.cjs'),
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
