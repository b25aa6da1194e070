import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './store-workspace.ts'

/**
 * A real file system of a few MiB, in memory, that goes with the test; or why there can be none
 * here (mounting needs root on Linux).
 */
export type SmallDisk =
  | { readonly mounted: true; readonly path: string }
  | { readonly mounted: false; readonly why: string }

export const mountSmallDisk = (mebibytes: number): SmallDisk => {
  if (process.platform !== 'linux') return { mounted: false, why: 'tmpfs is Linux only' }
  const path = join(temporaryFolder(), 'small-disk')
  mkdirSync(path, { mode: 0o700 })
  const options = `size=${mebibytes}m,mode=0700`
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], {
    encoding: 'utf8',
  })
  if (mount.status !== 0) {
    return { mounted: false, why: `cannot mount a tmpfs: ${mount.stderr?.trim() ?? 'no mount'}` }
  }
  onTestFinished(() => {
    // Lazy: it goes as soon as nothing has a file of it open.
    spawnSync('umount', ['-l', path])
  })
  return { mounted: true, path }
}
