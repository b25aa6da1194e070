import type { Problem } from '../../../src-shared/contract/common.ts'
import type { PrepaidState } from '../../../src-shared/contract/billing-prepaid.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Prepaid subscriptions as they were looked at, and what the rules ask of the store. */

export interface PrepaidSettings {
  readonly version: number
  readonly lowDays: number
  readonly workedOn: CalendarDate | null
}

export const prepaidSettings = (reads: Reads): PrepaidSettings => {
  const [row] = reads.all<PrepaidSettings>(
    `SELECT version, low_days AS lowDays, worked_on AS workedOn FROM prepaid_settings`,
  )
  if (row === undefined) throw new Error('the prepaid settings are missing')
  return { ...row }
}

export const putLowDays = (tx: Transaction, lowDays: number): void => {
  tx.run(`UPDATE prepaid_settings SET version = version + 1, low_days = ?`, lowDays)
}

/** Never backwards. */
export const putWorkedOn = (tx: Transaction, on: CalendarDate): void => {
  tx.run(
    `UPDATE prepaid_settings SET worked_on = ? WHERE worked_on IS NULL OR worked_on < ?`,
    on,
    on,
  )
}

export interface PrepaidOne {
  readonly id: string
  readonly subscriberId: string
  readonly currency: CurrencyCode
}

/** Of a subscriber and currency, in the order in which the balance pays: main plans first. */
export const prepaidOf = (
  reads: Reads,
  subscriberId: string,
  currency: string,
): readonly PrepaidOne[] =>
  reads.all<PrepaidOne>(
    `SELECT s.id, s.subscriber_id AS subscriberId, s.currency FROM subscription s
      JOIN plan p ON p.id = s.plan_id
      WHERE s.subscriber_id = ? AND s.currency = ? AND p.payment = 'prepaid'
      ORDER BY s.kind DESC, s.starts_on, s.id`,
    subscriberId,
    currency,
  )

export interface Purse {
  readonly subscriberId: string
  readonly currency: CurrencyCode
}

const pageSize = 2_000

/**
 * Whose turn it is on a day: something is due, was changed, was never looked at, or went wrong. Page
 * by page of subscriptions, so that everything else has its turn between two of them; who has two of
 * them may be named twice.
 */
export function* purseDuePages(
  reads: Reads,
  today: CalendarDate,
  isWhole: boolean,
): Generator<readonly Purse[]> {
  for (let after = ''; ;) {
    const page = reads.all<Purse & { readonly id: string; readonly due: number }>(
      `SELECT s.id, s.subscriber_id AS subscriberId, s.currency,
        p.payment = 'prepaid' AND (v.subscription_id IS NULL OR v.seen_version <> s.version
          OR v.look_on <= ? OR v.problem IS NOT NULL OR (? AND s.status <> 'ended')) AS due
        FROM subscription s JOIN plan p ON p.id = s.plan_id
        LEFT JOIN prepaid_view v ON v.subscription_id = s.id
        WHERE s.id > ? ORDER BY s.id LIMIT ?`,
      today,
      isWhole ? 1 : 0,
      after,
      pageSize,
    )
    const purses = new Map<string, Purse>()
    for (const { subscriberId, currency, due } of page) {
      if (due === 1) purses.set(`${subscriberId} ${currency}`, { subscriberId, currency })
    }
    yield [...purses.values()]
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.id
  }
}

/** Open of a subscription's own documents. */
export const owedFor = (reads: Reads, subscriptionId: string): number =>
  reads.all<{ open: number }>(
    `SELECT coalesce(sum(i.total - coalesce((SELECT sum(a.amount) FROM allocation a
        WHERE a.invoice_id = i.id), 0)), 0) AS open FROM invoice i
      WHERE i.subscription_id = ? AND i.status = 'issued' AND i.kind IN ('invoice', 'debit-note')`,
    subscriptionId,
  )[0]?.open ?? 0

/** The last payment that stands. */
export const lastPaidOn = (reads: Reads, { subscriberId, currency }: Purse): CalendarDate | null =>
  reads.all<{ on: CalendarDate | null }>(
    `SELECT max(p.received_on) AS "on" FROM payment p WHERE p.subscriber_id = ? AND p.currency = ?
      AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id)`,
    subscriberId,
    currency,
  )[0]?.on ?? null

/** Of the prepaid ones that are not over, how long their balance lasts. */
export const balanceDaysOf = (
  reads: Reads,
  { subscriberId, currency }: Purse,
): readonly (number | null)[] =>
  reads
    .all<{ days: number | null }>(
      `SELECT v.balance_days AS days FROM subscription s JOIN plan_version v
        ON v.id = s.plan_version_id JOIN plan p ON p.id = s.plan_id
        WHERE s.subscriber_id = ? AND s.currency = ? AND p.payment = 'prepaid'
          AND s.status <> 'ended'`,
      subscriberId,
      currency,
    )
    .map(({ days }) => days)

export const hasPostpaid = (reads: Reads, { subscriberId, currency }: Purse): boolean =>
  reads.all(
    `SELECT 1 FROM subscription s JOIN plan p ON p.id = s.plan_id
      WHERE s.subscriber_id = ? AND s.currency = ? AND p.payment = 'postpaid'
        AND s.status <> 'ended' LIMIT 1`,
    subscriberId,
    currency,
  ).length > 0

export interface PrepaidView extends PrepaidOne {
  readonly seenVersion: number
  readonly state: PrepaidState
  readonly balance: number
  readonly owes: number
  readonly nextOn: CalendarDate | null
  readonly nextTotal: number | null
  readonly offOn: CalendarDate | null
  readonly expiresOn: CalendarDate | null
  readonly lookOn: CalendarDate | null
  readonly problem: Problem | null
}

const valuesOf = (view: PrepaidView): (string | number | null)[] => [
  view.subscriberId,
  view.currency,
  view.seenVersion,
  view.state,
  safeMinor(view.balance),
  safeMinor(view.owes),
  view.nextOn,
  view.nextTotal === null ? null : safeMinor(view.nextTotal),
  view.offOn,
  view.expiresOn,
  view.lookOn,
  view.problem === null ? null : JSON.stringify(view.problem),
]

/** It is what lists show already. */
export const isShown = (reads: Reads, view: PrepaidView): boolean =>
  reads.all(
    `SELECT 1 FROM prepaid_view WHERE subscription_id = ? AND (subscriber_id, currency,
      seen_version, state, balance, owes, next_on, next_total, off_on, expires_on, look_on, problem)
      IS (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    view.id,
    ...valuesOf(view),
  ).length > 0

/** True: it is another than what was there. */
export const putView = (tx: Transaction, view: PrepaidView, at: number): boolean => {
  if (isShown(tx, view)) return false
  tx.run(
    `INSERT INTO prepaid_view (subscription_id, subscriber_id, currency, seen_version, state,
      balance, owes, next_on, next_total, off_on, expires_on, look_on, problem, looked_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (subscription_id) DO UPDATE SET seen_version = excluded.seen_version,
      state = excluded.state, balance = excluded.balance, owes = excluded.owes,
      next_on = excluded.next_on, next_total = excluded.next_total, off_on = excluded.off_on,
      expires_on = excluded.expires_on, look_on = excluded.look_on, problem = excluded.problem,
      looked_at = excluded.looked_at`,
    view.id,
    ...valuesOf(view),
    at,
  )
  return true
}
