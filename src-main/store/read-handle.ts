import type { Connection } from './connection.ts'
import { withStoreErrors } from './store-errors.ts'

/** What SQLite takes as a parameter; booleans are 0 and 1 in STRICT tables. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** One value per `?`, or one object whose names stand in the text as `:name`. */
export type ReadParameters = readonly SqlValue[] | readonly [NamedValues]
export type NamedValues = Readonly<Record<string, SqlValue>>

export interface ReadStatement<Parameters extends ReadParameters, Row> {
  get(...parameters: Parameters): Row | undefined
  all(...parameters: Parameters): Row[]
  iterate(...parameters: Parameters): IterableIterator<Row>
}

/**
 * Reads of committed data through a connection that the operating system opened read-only.
 * Statements are prepared once and kept by the caller.
 */
export interface StoreReader {
  /** Throws TypeError for anything but one SELECT (a WITH … SELECT included). */
  prepare<Parameters extends ReadParameters = [], Row = Record<string, SqlValue>>(
    sql: string,
  ): ReadStatement<Parameters, Row>
  /** All reads inside see one and the same state of the store. Not nested, and not async. */
  snapshot<Result>(read: () => Result): Result
}

export const createStoreReader = (connection: Connection): StoreReader => ({
  prepare: <Parameters extends ReadParameters, Row>(sql: string) => {
    const statement = withStoreErrors(() =>
      connection.prepare<(SqlValue | NamedValues)[], Row>(sql),
    )
    // SECURITY: the read handle reads. PRAGMA, ATTACH and the like are not SELECTs; a write is
    // refused here, by query_only, and by the file handle itself.
    if (!statement.readonly || !statement.reader || !/^\s*(?:SELECT|WITH)\b/iu.test(sql)) {
      throw new TypeError('the read handle takes SELECT only')
    }
    const prepared: ReadStatement<Parameters, Row> = {
      get: (...parameters) => withStoreErrors(() => statement.get(...parameters)),
      all: (...parameters) => withStoreErrors(() => statement.all(...parameters)),
      iterate: (...parameters) => withStoreErrors(() => statement.iterate(...parameters)),
    }
    return prepared
  },
  snapshot: (read) => withStoreErrors(() => connection.transaction(read).deferred()),
})
