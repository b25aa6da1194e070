import { readFileSync, writeFileSync } from 'node:fs'
import type { Keychain } from '../../src-main/vault/keychain.ts'

/** A keychain that outlives its process, as the operating system's does: a plain file of a test. */
export const fileKeychain = (path: string): Keychain => {
  const all = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(path, 'utf8'))
    } catch {
      return {}
    }
  }
  const save = (entries: Record<string, string>): void =>
    writeFileSync(path, JSON.stringify(entries))
  return {
    kind: 'memory',
    get: async (account) => {
      const value = all()[account]
      return value === undefined ? null : Buffer.from(value, 'base64')
    },
    set: async (account, value) =>
      save({ ...all(), [account]: Buffer.from(value).toString('base64') }),
    delete: async (account) => {
      const { [account]: gone, ...others } = all()
      save(others)
      return gone !== undefined
    },
  }
}
