import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from './plan-tables.ts'

/** In what currency and by whose calendar; and the taxes as they hold from day to day. */

export interface BillingSettings {
  readonly version: number
  readonly currency: CurrencyCode
  readonly timeZone: string | null
}

export const billingSettings = (reads: Reads): BillingSettings => {
  const [row] = reads.all<BillingSettings>(
    `SELECT version, currency, time_zone AS timeZone FROM billing_settings WHERE id = 1`,
  )
  if (row === undefined) throw new Error('the settings of billing are missing')
  return { ...row }
}

export const putBillingSettings = (tx: Transaction, settings: BillingSettings): void => {
  tx.run(
    `UPDATE billing_settings SET version = ?, currency = ?, time_zone = ? WHERE id = 1`,
    settings.version,
    settings.currency,
    settings.timeZone,
  )
}

export interface TaxRateRecord {
  readonly id: string
  readonly version: number
  readonly code: string
  readonly name: string
  readonly ratePpm: number
  readonly baseNum: number
  readonly baseDen: number
  readonly country: string
  readonly validFromOn: CalendarDate
  readonly validToOn: CalendarDate | null
}

export const taxRates = (reads: Reads): readonly TaxRateRecord[] =>
  reads
    .all<TaxRateRecord>(
      `SELECT id, version, code, name, rate_ppm AS ratePpm, base_num AS baseNum,
        base_den AS baseDen, country, valid_from_on AS validFromOn, valid_to_on AS validToOn
        FROM tax_rate ORDER BY code, valid_from_on DESC`,
    )
    .map((row) => ({ ...row }))

export const putTaxRate = (tx: Transaction, rate: TaxRateRecord, at: number): void => {
  tx.run(
    `INSERT INTO tax_rate (id, version, code, name, rate_ppm, base_num, base_den, country,
      valid_from_on, valid_to_on, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, code = excluded.code,
      name = excluded.name, rate_ppm = excluded.rate_ppm, base_num = excluded.base_num,
      base_den = excluded.base_den, country = excluded.country,
      valid_from_on = excluded.valid_from_on, valid_to_on = excluded.valid_to_on,
      updated_at = excluded.updated_at`,
    rate.id,
    rate.version,
    rate.code,
    rate.name,
    rate.ratePpm,
    rate.baseNum,
    rate.baseDen,
    rate.country,
    rate.validFromOn,
    rate.validToOn,
    at,
  )
}
