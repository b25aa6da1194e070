import type { SqlValue, StoreReader } from './read-handle.ts'
import type { Transaction } from './write-path.ts'

/** Reads beside a change, or in its transaction. */
export type Reads = Pick<Transaction, 'get' | 'all'>

/** The same questions asked of the store outside a transaction. */
export const readsOf = (reader: StoreReader): Reads => {
  // Few shapes of each question; the text is made of constants alone.
  const prepared = new Map<string, ReturnType<typeof reader.prepare>>()
  const statement = (sql: string): ReturnType<typeof reader.prepare> => {
    let found = prepared.get(sql)
    if (found === undefined) {
      if (prepared.size > 300) prepared.clear()
      found = reader.prepare<never, never>(sql) as never
      prepared.set(sql, found)
    }
    return found
  }
  return {
    get: <Row>(sql: string, ...values: SqlValue[]) =>
      statement(sql).get(...(values as [])) as Row | undefined,
    all: <Row>(sql: string, ...values: SqlValue[]) =>
      statement(sql).all(...(values as [])) as Row[],
  }
}
