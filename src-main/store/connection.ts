import sqlite from 'better-sqlite3'
import { applyKey } from '../sqlcipher/apply-key.ts'

/**
 * The one place that opens the store's files. The format is SQLCipher 4 (AES-256-CBC and HMAC-SHA-512
 * per page, also in the WAL), with a raw 256-bit key: no key derivation, so a connection costs
 * about 0.1 ms (facts/performance.md 2.1).
 */
export type Connection = sqlite.Database

const storeKeyBytes = 32

/** How long a connection waits for another one's lock before it gives up. */
const busyTimeoutMs = 2_000

export interface ConnectionOptions {
  readonly path: string
  readonly key: Buffer
  readonly readonly: boolean
}

/** Opens and keys; reads nothing yet, so a wrong key shows at the first read. */
export const openConnection = ({ path, key, readonly }: ConnectionOptions): Connection => {
  if (key.length !== storeKeyBytes) throw new RangeError('a store key has 32 bytes')
  const connection = new sqlite(path, { readonly, fileMustExist: true, timeout: busyTimeoutMs })
  try {
    connection.pragma("cipher = 'sqlcipher'")
    connection.pragma('legacy = 4')
    applyKey(connection, key)
    connection.pragma('temp_store = MEMORY')
    connection.pragma('trusted_schema = OFF')
    connection.pragma('cell_size_check = ON')
    connection.pragma('mmap_size = 0')
    connection.pragma('foreign_keys = ON')
    // REPLACE then fires DELETE triggers, which the append-only tables rely on.
    connection.pragma('recursive_triggers = ON')
    if (readonly) {
      connection.pragma('query_only = ON')
    }
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** What a connection that writes needs on top; journal_mode touches the file. */
export const prepareForWriting = (connection: Connection): void => {
  connection.pragma('secure_delete = ON')
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('journal_size_limit = 16777216')
}
