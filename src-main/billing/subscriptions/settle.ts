import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import {
  dueOn,
  followedFrom,
  lifeEventsOf,
  mainsOfService,
  putFollowed,
  type SubscriptionRecord,
} from './subscription-tables.ts'

/**
 * Brings what is kept of subscriptions to what follows from their events by today. It has no memory:
 * made twice, or after a month asleep, it comes to the same.
 */
export const settleOne = (
  tx: Transaction,
  record: SubscriptionRecord,
  today: CalendarDate,
  at: number,
): SubscriptionRecord['status'] => {
  const followed = followedFrom(record, lifeEventsOf(tx, record.id), today)
  putFollowed(tx, record, followed, at)
  return followed.status
}

/** It runs: whoever has it is no lead any more. */
export const hasBegun = (status: SubscriptionRecord['status']): boolean =>
  status === 'trial' || status === 'active'

/** Before another takes its place on a service: what is over by today is over. */
export const settleService = (
  tx: Transaction,
  serviceId: string,
  today: CalendarDate,
  at: number,
): void => {
  for (const record of mainsOfService(tx, serviceId)) {
    if (record.nextOn !== null && record.nextOn <= today) settleOne(tx, record, today, at)
  }
}

export interface Settler {
  start(): void
  /** After a sleep: the day may be another one. */
  look(): void
  stop(): void
}

const everyMs = 3_600_000
/** So many in a transaction: some 20 ms. */
const batch = 100

export const createSettler = (
  deps: Pick<BillingDependencies, 'clock' | 'write' | 'log' | 'leadBegins'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
    /** What it means for the line. */
    readonly lines: Pick<ServiceLines, 'settle'>
  },
): Settler => {
  const { clock, log, reads, write } = deps
  let stopTimer: (() => void) | null = null
  let running = false

  const again = (afterMs: number): void => {
    stopTimer?.()
    stopTimer = clock.after(afterMs, look)
  }

  const look = (): void => {
    if (!running) return
    const today = deps.today()
    const due = dueOn(reads, today, batch)
    if (due.length > 0) {
      try {
        write('billing.settled', { on: today, subscriptions: due.length }, (tx) => {
          for (const record of due) {
            const status = settleOne(tx, record, today, clock.now())
            if (record.kind === 'main' && record.serviceId !== null) {
              deps.lines.settle(tx, record.serviceId, { accountId: null, reason: '' })
            }
            if (hasBegun(status)) deps.leadBegins?.(tx, record.subscriberId, null)
          }
        })
        deps.changed()
      } catch (error) {
        log.error('subscriptions could not be settled', { error })
        again(everyMs)
        return
      }
    }
    again(due.length === batch ? 50 : everyMs)
  }

  return {
    start: () => {
      running = true
      look()
    },
    look,
    stop: () => {
      running = false
      stopTimer?.()
      stopTimer = null
    },
  }
}
