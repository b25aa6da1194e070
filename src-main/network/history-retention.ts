import { retention } from '../../src-shared/contract/history.ts'
import type { Retention } from '../history/retention.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** facts/performance.md 2.3: readings 30 to 90 days, hours two years. */
export const defaultRetention: Retention = { readingsDays: 60, hoursDays: 730 }

const key = 'history:retention'

/** As it was set, or the defaults where nothing was or it cannot be read. */
export const readRetention = (reader: StoreReader): Retention => {
  const stored = reader
    .prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?')
    .get(key)
  if (stored === undefined) return defaultRetention
  const parsed = retention.safeParse(JSON.parse(stored.value))
  return parsed.success ? parsed.data : defaultRetention
}

export const putRetention = (tx: Transaction, value: Retention, at: number): void => {
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    key,
    JSON.stringify(value),
    at,
  )
}
