import type { Problem } from '../../../src-shared/contract/common.ts'
import {
  addMonths,
  startOfMonth,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { isNothing, planOne, problemOf } from './bill-one.ts'
import { dueIds } from './due-list.ts'
import type { BillingRound } from './read-work.ts'

/** What a run would issue today, by the same rules and reads, written nowhere. */

export interface DryRow {
  readonly subscriptionId: string
  readonly subscriberId: string
  readonly subscriberCode: string
  readonly subscriberName: string
  readonly planName: string
  readonly currency: string
  readonly invoices: number
  readonly creditNotes: number
  /** Σ of invoices less credit notes. */
  readonly net: number
  readonly tax: number
  readonly total: number
  /** What was issued to it in the calendar month before. */
  readonly before: number
  readonly problem: Problem | null
}

export interface DryRun {
  readonly today: CalendarDate
  readonly looked: number
  /** By name. */
  readonly rows: readonly DryRow[]
}

/** By subscription: Σ of what was issued to it in the calendar month before the day. */
const monthBefore = (reads: Reads, today: CalendarDate): ReadonlyMap<string, number> => {
  const until = startOfMonth(today)
  const rows = reads.all<{ readonly id: string; readonly total: number }>(
    `SELECT subscription_id AS id,
      sum(CASE kind WHEN 'credit-note' THEN -total ELSE total END) AS total
      FROM invoice WHERE status = 'issued' AND issued_on >= ? AND issued_on < ?
      AND kind <> 'proforma' AND subscription_id IS NOT NULL GROUP BY subscription_id`,
    addMonths(until, -1),
    until,
  )
  return new Map(rows.map(({ id, total }) => [id, total]))
}

export const dryRun = async (
  reads: Reads,
  round: BillingRound,
  of: {
    readonly subscribers: Pick<SubscriberPort, 'party'>
    readonly signal: AbortSignal
    readonly monotonic: () => number
    readonly nextTurn: () => Promise<void>
    readonly progress: (looked: number, total: number) => void
    readonly log: { error(event: string, details?: object): void }
  },
): Promise<DryRun> => {
  const { today, seller } = round
  const before = monthBefore(reads, today)
  const ids = await dueIds(reads, today, seller.leadDays, of.nextTurn)
  const rows: DryRow[] = []
  let slice = of.monotonic()
  let looked = 0
  for (const id of ids) {
    const row = rowOf(reads, round, of, id, before.get(id) ?? 0)
    if (row !== null) rows.push(row)
    looked += 1
    if (of.monotonic() - slice >= 20) {
      of.progress(looked, ids.length)
      await of.nextTurn()
      of.signal.throwIfAborted()
      slice = of.monotonic()
    }
  }
  const byName = rows.toSorted(
    (a, b) =>
      compareText(a.subscriberName, b.subscriberName) ||
      compareText(a.subscriptionId, b.subscriptionId),
  )
  return { today, looked, rows: byName }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const rowOf = (
  reads: Reads,
  round: BillingRound,
  deps: {
    readonly subscribers: Pick<SubscriberPort, 'party'>
    readonly log: { error(event: string, details?: object): void }
  },
  subscriptionId: string,
  before: number,
): DryRow | null => {
  try {
    const one = planOne(reads, round, deps.subscribers, subscriptionId)
    if (isNothing(one)) return null
    const { planned, party, record } = one
    const invoices = planned.invoices.flatMap(({ draft }) => (draft === null ? [] : [draft]))
    const sum = (of: 'net' | 'tax' | 'total'): number =>
      invoices.reduce((all, draft) => all + draft[of], 0) -
      planned.creditNotes.reduce((all, draft) => all + draft[of], 0)
    return {
      subscriptionId,
      subscriberId: party.id,
      subscriberCode: party.code,
      subscriberName: party.name,
      planName: round.plans.plan(record.planId).name,
      currency: record.currency,
      invoices: invoices.length,
      creditNotes: planned.creditNotes.length,
      net: sum('net'),
      tax: sum('tax'),
      total: sum('total'),
      before,
      problem: null,
    }
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code === 'internal')
      deps.log.error('a subscription could not be looked at', { subscriptionId, error })
    return { ...nameOf(reads, subscriptionId), ...nothingMade, before, problem }
  }
}

const nothingMade = { invoices: 0, creditNotes: 0, net: 0, tax: 0, total: 0 } as const

type Named = Pick<
  DryRow,
  'subscriptionId' | 'subscriberId' | 'subscriberCode' | 'subscriberName' | 'planName' | 'currency'
>

const nameOf = (reads: Reads, subscriptionId: string): Named => {
  const [row] = reads.all<Named>(
    `SELECT s.id AS subscriptionId, s.subscriber_id AS subscriberId, c.code AS subscriberCode,
      c.name AS subscriberName, p.name AS planName, s.currency
      FROM subscription s JOIN subscriber c ON c.id = s.subscriber_id
      JOIN plan p ON p.id = s.plan_id WHERE s.id = ?`,
    subscriptionId,
  )
  if (row === undefined) throw new Error('a subscription is gone')
  return { ...row }
}
