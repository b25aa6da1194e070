import type { AuditClassifier } from './audit-append.ts'
import type { Connection } from './connection.ts'
import type { Store } from './open-store.ts'

/**
 * The writing side of an open store. Only files of this folder may import this module: the write
 * path and the backup. test/store/one-write-path.test.ts fails when another file does.
 */
export interface Writer {
  readonly connection: Connection
  /** Seals the head of the audit chain; wiped with the store. */
  readonly auditKey: Buffer
  /** Seals the keys of the trail's details and the key that signs it; wiped with the store. */
  readonly auditDetailKey: Buffer
  readonly classify: AuditClassifier
  /** Where the checkpoints stand outside the database. */
  readonly checkpointFile: string
  /** What could not be written there is written at the next one. */
  readonly checkpointMissed: (error: unknown) => void
}

const writers = new WeakMap<Store, Writer>()

export const registerWriter = (store: Store, writer: Writer): void => {
  writers.set(store, writer)
}

export const forgetWriter = (store: Store): void => {
  writers.delete(store)
}

/** Throws when the store has been stopped. */
export const writerOf = (store: Store): Writer => {
  const writer = writers.get(store)
  if (writer === undefined) throw new Error('the store is closed')
  return writer
}
