import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { codeKeyOf } from './words.ts'
import { codeOf } from './rules.ts'

export interface SubscriberSettings {
  readonly version: number
  readonly codePattern: string
  readonly nextNumber: number
  readonly country: string
  readonly language: string
}

const sql = `SELECT version, code_pattern AS codePattern, next_number AS nextNumber, country, language
  FROM subscriber_settings WHERE id = 1`

export const createSettingsRead = (reader: StoreReader): (() => SubscriberSettings) => {
  const statement = reader.prepare<[], SubscriberSettings>(sql)
  return () => statement.get() as SubscriberSettings
}

export const settingsIn = (tx: Transaction): SubscriberSettings =>
  tx.get<SubscriberSettings>(sql) as SubscriberSettings

export const isCodeTaken = (tx: Pick<Transaction, 'get'>, code: string): boolean =>
  tx.get(`SELECT 1 FROM subscriber WHERE code_key = ?`, codeKeyOf(code)) !== undefined

/** The next code of the pattern that is free. Goes past what somebody typed by hand. */
export const takeNextCode = (tx: Transaction): string => {
  const { codePattern, nextNumber } = settingsIn(tx)
  for (let number = nextNumber; ; number++) {
    const code = codeOf(codePattern, number)
    if (isCodeTaken(tx, code)) continue
    tx.run(`UPDATE subscriber_settings SET next_number = ? WHERE id = 1`, number + 1)
    return code
  }
}
