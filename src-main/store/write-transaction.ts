import type { AuditKind } from './audit-chain.ts'
import type { Connection } from './connection.ts'
import type { SqlValue } from './read-handle.ts'

/** What a command's handler writes with; of no use once the handler has returned. */
export interface Transaction {
  /** INSERT, UPDATE or DELETE. Returns the number of rows it touched. */
  run(sql: string, ...parameters: SqlValue[]): number
  get<Row>(sql: string, ...parameters: SqlValue[]): Row | undefined
  all<Row>(sql: string, ...parameters: SqlValue[]): Row[]
  /** Notes a changed record for the change feed. */
  change(row: ChangeRow): void
  /** Says for the audit trail on what, about whom or why, where name and changes do not tell it. */
  about(facts: AuditAbout): void
  /**
   * Erases the key of what the audit trail tells about a person: its details cannot be read again,
   * and the chain still proves. The command is then about this person, without a detail of its own.
   */
  eraseSubject(subjectId: string): void
}

export type AuditAbout = Partial<
  Pick<AuditKind, 'reason' | 'objectKind' | 'objectId' | 'subjectId'>
>

/** What a command left for the write path to write. */
export interface WriteTransactionEnd {
  readonly changes: readonly ChangeRow[]
  readonly about: AuditAbout
  readonly erased: string | null
}

/** One record that a command changed, for the change feed. */
export interface ChangeRow {
  /** The record's kind: olt, account, setting, … */
  readonly entity: string
  readonly entityId: string
  readonly kind: 'created' | 'updated' | 'deleted'
  /** The record's version after the change; 1 when it was created. */
  readonly version: number
  /** What changed, as plain JSON values without secrets. */
  readonly data?: unknown
}

/** Tables that only the write path itself fills. */
const ownTables =
  /\b(?:audit|audit_(?:head|detail|checkpoint|signer)|subject_key|change_feed|command_result|meta)\b/iu

export const beginWriteTransaction = (
  connection: Connection,
): { readonly transaction: Transaction; readonly end: () => WriteTransactionEnd } => {
  let live = true
  let about: AuditAbout = {}
  let erased: string | null = null
  const changes: ChangeRow[] = []
  const prepare = (sql: string, kinds: RegExp) => {
    if (!live) throw new Error('the write transaction has ended')
    // SECURITY: no COMMIT, PRAGMA or ATTACH inside a command, and no writing past the write path.
    if (!kinds.test(sql)) throw new TypeError('not a statement for a command handler')
    const statement = preparedOf(connection, sql)
    if (!statement.readonly && ownTables.test(sql)) {
      throw new TypeError('this table is filled by the write path only')
    }
    return statement
  }
  const transaction: Transaction = {
    run: (sql, ...parameters) => prepare(sql, writes).run(...parameters).changes,
    get: <Row>(sql: string, ...parameters: SqlValue[]) =>
      prepare(sql, any).get(...parameters) as Row | undefined,
    all: <Row>(sql: string, ...parameters: SqlValue[]) =>
      prepare(sql, any).all(...parameters) as Row[],
    change: (row) => {
      if (!live) throw new Error('the write transaction has ended')
      changes.push(row)
    },
    about: (facts) => {
      if (!live) throw new Error('the write transaction has ended')
      about = { ...about, ...facts }
    },
    eraseSubject: (subjectId) => {
      if (!live) throw new Error('the write transaction has ended')
      // One row of the trail bears witness of one erasure.
      if (erased !== null && erased !== subjectId) throw new Error('one person a command')
      erased = subjectId
    },
  }
  return {
    transaction,
    end: () => {
      live = false
      return { changes, about: erased === null ? about : { ...about, subjectId: erased }, erased }
    },
  }
}

const writes = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE|WITH)\b/iu
/** RETURNING makes a write answer with rows, so get and all take writes too. */
const any = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)\b/iu

type Statement = ReturnType<typeof prepareOn>
const prepareOn = (connection: Connection, sql: string) =>
  connection.prepare<SqlValue[], unknown>(sql)

const prepared = new WeakMap<Connection, Map<string, Statement>>()

/** Handlers' SQL is constant text, so the cache is as large as the code. */
export const preparedOf = (connection: Connection, sql: string): Statement => {
  let cache = prepared.get(connection)
  if (cache === undefined) {
    cache = new Map()
    prepared.set(connection, cache)
  }
  let statement = cache.get(sql)
  if (statement === undefined) {
    statement = prepareOn(connection, sql)
    cache.set(sql, statement)
  }
  return statement
}
