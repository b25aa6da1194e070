import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/**
 * One row by its key, of the committed store or of the transaction: a refusal is told before a
 * person is shown anything, and decided in the transaction.
 */
export type Lookup = Pick<Transaction, 'get'>

export const lookupOf = (reader: StoreReader): Lookup => ({
  get: <Row>(sql: string, ...parameters: SqlValue[]): Row | undefined =>
    reader.prepare<SqlValue[], Row>(sql).get(...parameters),
})
