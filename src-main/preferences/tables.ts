import { preferences, type Preferences } from '../../src-shared/contract/preferences.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

const keyOf = (accountId: string): string => `preferences:${accountId}`

export const createPreferenceReads = (reader: StoreReader) => {
  const select = reader.prepare<[string], { value: string }>(
    `SELECT value FROM setting WHERE key = ?`,
  )
  return {
    /** What was stored, with defaults for the rest; defaults alone where it cannot be read. */
    of(accountId: string): Preferences {
      const stored = select.get(keyOf(accountId))
      const parsed = preferences.safeParse(stored === undefined ? {} : JSON.parse(stored.value))
      return parsed.success ? parsed.data : preferences.parse({})
    },
  }
}

export type PreferenceReads = ReturnType<typeof createPreferenceReads>

export const putPreferences = (
  tx: Transaction,
  accountId: string,
  value: Preferences,
  at: number,
): void => {
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    keyOf(accountId),
    JSON.stringify(value),
    at,
  )
}
