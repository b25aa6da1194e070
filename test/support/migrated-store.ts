import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { migrations } from '../../src-main/store/migrations/all.ts'
import { openStore } from '../../src-main/store/open-store.ts'

/**
 * An empty store, as all migrations leave it, made once and then copied: a test on a store would spend
 * most of its time on making tables otherwise. What the migrations themselves do is looked at in stores
 * made from nothing (`openFreshStore`).
 */
const results = resolve(import.meta.dirname, '..', '..', 'test-results')

/** Of what the migrations say: another text of one is another store. */
const contents = createHash('sha256')
  .update(migrations.map(({ version, sql }) => `${version}\n${sql}`).join('\n'))
  .digest('hex')

let bytes: Buffer | null = null

/** Nothing is done where a store stands. `key`: always the same one, that all copies open with. */
export const placeMigratedStore = (path: string, key: Buffer): void => {
  if (existsSync(path)) return
  bytes ??= migrated(key)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' })
}

const migrated = (key: Buffer): Buffer => {
  const kept = join(results, `store-${contents}.db`)
  if (!existsSync(kept)) {
    mkdirSync(results, { recursive: true })
    const folder = mkdtempSync(join(results, 'store-'))
    const path = join(folder, 'store.db')
    const none = Buffer.alloc(32)
    openStore({
      path,
      key,
      auditKey: none,
      auditDetailKey: none,
      clock: { now: () => 1_800_000_000_000 },
    }).stop()
    // Several workers may make one at once: the last name that is given stays, and all are the same.
    renameSync(path, kept)
    rmSync(folder, { recursive: true, force: true })
  }
  return readFileSync(kept)
}
