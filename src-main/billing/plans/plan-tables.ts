import type {
  PlanDiscount,
  PlanExtra,
  PlanTerms,
} from '../../../src-shared/contract/billing-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'

/** Plans and their versions as they are stored. Money: whole minor units of the plan's currency. */

export interface PlanRecord {
  readonly id: string
  readonly version: number
  readonly code: string
  readonly name: string
  readonly note: string
  readonly kind: 'main' | 'extra'
  readonly payment: 'postpaid' | 'prepaid'
  readonly currency: CurrencyCode
  readonly sold: boolean
  readonly updatedAt: number
}

/** A version with all that goes with it. */
export interface VersionRecord extends PlanTerms {
  readonly id: string
  readonly planId: string
  readonly number: number
  readonly validFromOn: CalendarDate
  readonly currency: CurrencyCode
  readonly createdAt: number
  readonly createdBy: string | null
}

type PlanRow = Omit<PlanRecord, 'sold'> & { readonly sold: number }

interface VersionRow {
  readonly id: string
  readonly planId: string
  readonly number: number
  readonly validFromOn: CalendarDate
  readonly currency: CurrencyCode
  readonly price: number | null
  readonly unitPrice: number | null
  readonly unit: string
  readonly taxIncluded: number
  readonly taxCodes: string
  readonly interval: PlanTerms['interval']
  readonly mode: PlanTerms['mode']
  readonly proration: PlanTerms['proration']
  readonly billWhileSuspended: number
  readonly billWhilePaused: number
  readonly speedId: string | null
  readonly minTermMonths: number
  readonly trialDays: number
  readonly graceDays: number
  readonly balanceDays: number | null
  readonly createdAt: number
  readonly createdBy: string | null
}

interface ExtraRow extends Omit<PlanExtra, 'required'> {
  readonly required: number
}

const planColumns = `id, version, code, name, note, kind, payment, currency, sold,
  updated_at AS updatedAt`

const versionColumns = `id, plan_id AS planId, number, valid_from_on AS validFromOn, currency, price,
  unit_price AS unitPrice, unit, tax_included AS taxIncluded, tax_codes AS taxCodes, interval, mode,
  proration, bill_while_suspended AS billWhileSuspended, bill_while_paused AS billWhilePaused,
  speed_id AS speedId, min_term_months AS minTermMonths, trial_days AS trialDays,
  grace_days AS graceDays, balance_days AS balanceDays, created_at AS createdAt,
  created_by AS createdBy`

const planOf = (row: PlanRow): PlanRecord => ({ ...row, sold: row.sold === 1 })

/** What can read: the store's reader, or a transaction that must see what it has just written. */
export interface Reads {
  all<Row>(sql: string, ...parameters: (string | number | null)[]): readonly Row[]
}

export const readsOf = (reader: StoreReader): Reads => {
  const prepared = new Map<string, ReturnType<StoreReader['prepare']>>()
  return {
    all: <Row>(sql: string, ...parameters: (string | number | null)[]) => {
      let statement = prepared.get(sql)
      if (statement === undefined) {
        statement = reader.prepare(sql)
        prepared.set(sql, statement)
      }
      return (statement as { all(...values: unknown[]): unknown[] }).all(...parameters) as Row[]
    },
  }
}

export const planById = (reads: Reads, id: string): PlanRecord | null => {
  const [row] = reads.all<PlanRow>(`SELECT ${planColumns} FROM plan WHERE id = ?`, id)
  return row === undefined ? null : planOf(row)
}

export const planByCode = (reads: Reads, codeKey: string): PlanRecord | null => {
  const [row] = reads.all<PlanRow>(`SELECT ${planColumns} FROM plan WHERE code_key = ?`, codeKey)
  return row === undefined ? null : planOf(row)
}

export const allPlans = (reads: Reads): readonly PlanRecord[] =>
  reads.all<PlanRow>(`SELECT ${planColumns} FROM plan ORDER BY code_key`).map(planOf)

const versionOf = (reads: Reads, row: VersionRow): VersionRecord => ({
  ...row,
  taxIncluded: row.taxIncluded === 1,
  taxCodes: JSON.parse(row.taxCodes) as string[],
  billWhileSuspended: row.billWhileSuspended === 1,
  billWhilePaused: row.billWhilePaused === 1,
  extras: reads
    .all<ExtraRow>(
      `SELECT code, name, kind, price, required FROM plan_extra WHERE plan_version_id = ?
        ORDER BY seq`,
      row.id,
    )
    .map((extra) => ({ ...extra, required: extra.required === 1 })),
  discounts: reads
    .all<PlanDiscount>(
      `SELECT name, amount, percent_ppm AS percentPpm, from_on AS fromOn, until_on AS untilOn, cycles
        FROM plan_discount WHERE plan_version_id = ? ORDER BY seq`,
      row.id,
    )
    .map((discount) => ({ ...discount })),
})

export const versionById = (reads: Reads, id: string): VersionRecord | null => {
  const [row] = reads.all<VersionRow>(`SELECT ${versionColumns} FROM plan_version WHERE id = ?`, id)
  return row === undefined ? null : versionOf(reads, row)
}

/** The latest first. */
export const versionsOf = (reads: Reads, planId: string): readonly VersionRecord[] =>
  reads
    .all<VersionRow>(
      `SELECT ${versionColumns} FROM plan_version WHERE plan_id = ? ORDER BY valid_from_on DESC`,
      planId,
    )
    .map((row) => versionOf(reads, row))

/** The version that is sold on a day: of those that are valid, the one that began last. */
export const soldOn = <V extends { readonly validFromOn: string }>(
  versions: readonly V[],
  on: string,
): V | null =>
  versions
    .filter(({ validFromOn }) => validFromOn <= on)
    .reduce<V | null>(
      (best, one) => (best === null || one.validFromOn > best.validFromOn ? one : best),
      null,
    )

/** Sold under it, now or once: it stays as it is. */
export const isUsed = (reads: Reads, versionId: string): boolean =>
  reads.all(
    `SELECT 1 FROM subscription_event WHERE plan_version_id = ?
      UNION ALL SELECT 1 FROM subscription WHERE plan_version_id = ? LIMIT 1`,
    versionId,
    versionId,
  ).length > 0

/** Versions that a subscription stands under which is not over. */
export const liveByVersion = (reads: Reads): ReadonlyMap<string, number> =>
  new Map(
    reads
      .all<{ id: string; count: number }>(
        `SELECT plan_version_id AS id, count(*) AS count FROM subscription WHERE status <> 'ended'
          GROUP BY plan_version_id`,
      )
      .map(({ id, count }) => [id, count]),
  )

export const putPlan = (tx: Transaction, plan: PlanRecord): void => {
  tx.run(
    `INSERT INTO plan (id, version, code, code_key, name, note, kind, payment, currency, sold,
      created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, code = excluded.code,
      code_key = excluded.code_key, name = excluded.name, note = excluded.note,
      kind = excluded.kind, payment = excluded.payment, currency = excluded.currency,
      sold = excluded.sold, updated_at = excluded.updated_at`,
    plan.id,
    plan.version,
    plan.code,
    codeKeyOf(plan.code),
    plan.name,
    plan.note,
    plan.kind,
    plan.payment,
    plan.currency,
    plan.sold ? 1 : 0,
    plan.updatedAt,
    plan.updatedAt,
  )
}

/** Two codes never differ by case alone. */
export const codeKeyOf = (code: string): string => code.normalize('NFKC').toLowerCase()

export const bumpPlan = (tx: Transaction, plan: PlanRecord, at: number): void => {
  tx.run(`UPDATE plan SET version = ?, updated_at = ? WHERE id = ?`, plan.version + 1, at, plan.id)
}

export const insertVersion = (tx: Transaction, version: VersionRecord): void => {
  tx.run(
    `INSERT INTO plan_version (id, plan_id, number, valid_from_on, currency, price, unit_price, unit,
      tax_included, tax_codes, interval, mode, proration, bill_while_suspended, bill_while_paused,
      speed_id, min_term_months, trial_days, grace_days, balance_days, created_at, created_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    version.id,
    version.planId,
    version.number,
    version.validFromOn,
    version.currency,
    version.price,
    version.unitPrice,
    version.unit,
    version.taxIncluded ? 1 : 0,
    JSON.stringify(version.taxCodes),
    version.interval,
    version.mode,
    version.proration,
    version.billWhileSuspended ? 1 : 0,
    version.billWhilePaused ? 1 : 0,
    version.speedId,
    version.minTermMonths,
    version.trialDays,
    version.graceDays,
    version.balanceDays,
    version.createdAt,
    version.createdBy,
  )
  version.extras.forEach((extra, seq) => {
    tx.run(
      `INSERT INTO plan_extra (plan_version_id, code, seq, name, kind, price, currency, required)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      version.id,
      extra.code,
      seq,
      extra.name,
      extra.kind,
      extra.price,
      version.currency,
      extra.required ? 1 : 0,
    )
  })
  version.discounts.forEach((discount, seq) => {
    tx.run(
      `INSERT INTO plan_discount (plan_version_id, seq, name, amount, currency, percent_ppm, from_on,
        until_on, cycles) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      version.id,
      seq,
      discount.name,
      discount.amount,
      discount.amount === null ? null : version.currency,
      discount.percentPpm,
      discount.fromOn,
      discount.untilOn,
      discount.cycles,
    )
  })
}

/** Of one that nobody uses (a trigger refuses any other); its extras and discounts go with it. */
export const deleteVersion = (tx: Transaction, versionId: string): void => {
  tx.run(`DELETE FROM plan_extra WHERE plan_version_id = ?`, versionId)
  tx.run(`DELETE FROM plan_discount WHERE plan_version_id = ?`, versionId)
  tx.run(`DELETE FROM plan_version WHERE id = ?`, versionId)
}
