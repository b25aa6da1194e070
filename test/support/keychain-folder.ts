import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keychain } from '../../src-main/vault/keychain.ts'

/**
 * A keychain that outlives its process: one file per entry, written whole or not at all, as the
 * operating system's does.
 */
export const folderKeychain = (folder: string): Keychain => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const fileOf = (account: string): string => join(folder, encodeURIComponent(account))
  return {
    kind: 'memory',
    get: async (account) => {
      try {
        return readFileSync(fileOf(account))
      } catch {
        return null
      }
    },
    set: async (account, value) => {
      writeFileSync(`${fileOf(account)}.part`, value)
      renameSync(`${fileOf(account)}.part`, fileOf(account))
    },
    delete: async (account) => {
      const isThere = readdirSync(folder).includes(encodeURIComponent(account))
      rmSync(fileOf(account), { force: true })
      return isThere
    },
  }
}
