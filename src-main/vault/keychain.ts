import { NocturneError } from '../../src-shared/errors.ts'

/** What keeps the keys of workspaces. `none` is a machine without one: every call is refused. */
export type KeychainKind =
  | 'secret-service'
  | 'macos-keychain'
  | 'windows-credentials'
  | 'memory'
  | 'none'

/**
 * A keychain by account name. Values are bytes that the caller wipes. Every call throws
 * 'keychain-unavailable' when the keychain cannot be reached or does not answer in time.
 */
export interface Keychain {
  readonly kind: KeychainKind
  /** Null: there is no such entry. */
  get(account: string): Promise<Buffer | null>
  set(account: string, value: Uint8Array): Promise<void>
  /** True when there was one. */
  delete(account: string): Promise<boolean>
}

/** For throw-away workspaces and tests: lives and dies with the process. */
export const memoryKeychain = (): Keychain => {
  const entries = new Map<string, Buffer>()
  return {
    kind: 'memory',
    get: async (account) => {
      const value = entries.get(account)
      return value === undefined ? null : Buffer.from(value)
    },
    set: async (account, value) => {
      entries.set(account, Buffer.from(value))
    },
    delete: async (account) => {
      entries.get(account)?.fill(0)
      return entries.delete(account)
    },
  }
}

/** `why` is for the log: the reason of a machine without a keychain. */
export const noKeychain = (why: string): Keychain => {
  const refuse = async (): Promise<never> => {
    throw new NocturneError('keychain-unavailable', { why })
  }
  return { kind: 'none', get: refuse, set: refuse, delete: refuse }
}
