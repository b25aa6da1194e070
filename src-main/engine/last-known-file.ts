import { hkdfSync } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isNocturneError } from '../../src-shared/errors.ts'
import { seal, unseal } from '../vault/seal.ts'
import type { Log } from './log.ts'

/**
 * The last readings of the network, kept between two starts so that the dashboard has something
 * to show, with its true age, before the first walk ends. A cache: not part of the store, lost
 * without harm, and encrypted like everything else.
 */
export interface LastKnownFile {
  load(): Uint8Array | null
  save(bytes: Uint8Array): void
}

const place = { purpose: 'network.last-known', rowId: 'file' } as const

export const openLastKnownFile = (path: string, storeKey: Buffer, log: Log): LastKnownFile => {
  const key = (): Buffer => Buffer.from(hkdfSync('sha256', storeKey, '', 'nocturne-last-known', 32))
  return {
    load() {
      if (!existsSync(path)) return null
      const own = key()
      try {
        return unseal(readFileSync(path), own, place)
      } catch (error) {
        log.warn('the last readings could not be read and are left out', {
          code: isNocturneError(error) ? error.code : 'io',
        })
        return null
      } finally {
        own.fill(0)
      }
    },
    save(bytes) {
      const own = key()
      const part = `${path}.part`
      try {
        writeFileSync(part, seal(bytes, own, place), { mode: 0o600 })
        renameSync(part, path)
      } catch {
        rmSync(part, { force: true })
        log.warn('the last readings could not be kept')
      } finally {
        own.fill(0)
      }
    },
  }
}
