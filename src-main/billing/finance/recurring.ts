import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { extrasOf, priceOf } from '../subscriptions/facts.ts'
import { stateAt, pieceAt, type Life, type LifeState } from '../subscriptions/life.ts'
import { monthlyPrice } from '../subscriptions/monthly.ts'
import type { PlanBook } from '../subscriptions/plan-book.ts'
import { lifeOf } from '../subscriptions/steps.ts'
import { eventsOf, lifeEventOf } from '../subscriptions/subscription-tables.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { createPlanBook } from '../subscriptions/plan-book.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { Slices } from '../slices.ts'

/**
 * What came to be charged every month, and to how many: of the lives of subscriptions, as they stand
 * now. A step that is dated back moves the months that it touches; documents never do.
 */

export interface RecurringMonth {
  amount: number
  fresh: number
  changed: number
  lost: number
}

export interface PeopleMonth {
  active: number
  suspended: number
  paused: number
  begun: number
  ended: number
}

/** A month of it on a day, as agreed; discounts left aside. A trial costs nothing. */
export const monthlyOn = (
  life: Life,
  on: CalendarDate,
  currency: CurrencyCode,
  book: Pick<PlanBook, 'version'>,
): number => {
  const piece = stateAt(life, on) === 'ended' ? null : pieceAt(life, on)
  if (piece === null || piece.state === 'trial') return 0
  const version = book.version(piece.bought.planVersionId)
  if (piece.state === 'paused' && !version.billWhilePaused) return 0
  if (piece.state === 'suspended' && !version.billWhileSuspended) return 0
  const extras = extrasOf(version, piece.bought)
    .filter(({ kind }) => kind === 'recurring')
    .reduce((sum, { price, quantity }) => sum + price * quantity, 0)
  const price = priceOf(version, piece.bought, currency) + extras
  return monthlyPrice(price, currency, version.interval).minor
}

/** Adds one subscription to its months: what is new, what became another price, what is lost. */
export const putRecurring = (
  months: readonly RecurringMonth[],
  life: Life,
  /** On the last day before the first month, then on the last of each. */
  worth: readonly number[],
  boundaries: readonly CalendarDate[],
): void => {
  let charged = life.pieces.some(
    ({ from, state }) => state === 'active' && from <= (boundaries[0] ?? from),
  )
  months.forEach((month, index) => {
    const [before, now] = [worth[index] ?? 0, worth[index + 1] ?? 0]
    const day = boundaries[index + 1]
    month.amount += now
    if (now === before) return
    if (before === 0 && !charged) month.fresh += now
    else if (now === 0 && day !== undefined && stateAt(life, day) === 'ended') month.lost += before
    else month.changed += now - before
    charged ||= now > 0
  })
}

/** The better of what somebody has stands for him. */
const ranks: Readonly<Record<LifeState, number>> = {
  draft: 0,
  ended: 1,
  paused: 2,
  suspended: 3,
  trial: 4,
  active: 4,
}

const pageSize = 100

interface Row {
  readonly id: string
  readonly subscriberId: string
  readonly currency: CurrencyCode
}

export const recurringByMonth = async (
  reads: Reads,
  boundaries: readonly CalendarDate[],
  slices: Slices,
): Promise<{
  readonly byCurrency: ReadonlyMap<string, readonly RecurringMonth[]>
  readonly people: readonly PeopleMonth[]
}> => {
  const byCurrency = new Map<string, readonly RecurringMonth[]>()
  const book = createPlanBook(reads)
  const standing = new Map<string, Uint8Array>()
  const count = boundaries.length - 1
  for (let after = ''; ;) {
    const page = reads.all<Row>(
      `SELECT id, subscriber_id AS subscriberId, currency FROM subscription WHERE id > ?
        ORDER BY id LIMIT ?`,
      after,
      pageSize,
    )
    const last = page.at(-1)
    if (last === undefined) break
    after = last.id
    for (const { id, subscriberId, currency } of page) {
      const life = lifeOf(eventsOf(reads, id).map(lifeEventOf))
      if (life === null || life.end === life.start) continue
      const months =
        byCurrency.get(currency) ??
        Array.from({ length: count }, () => ({ amount: 0, fresh: 0, changed: 0, lost: 0 }))
      byCurrency.set(currency, months)
      putRecurring(
        months,
        life,
        boundaries.map((day) => monthlyOn(life, day, currency, book)),
        boundaries,
      )
      const own = standing.get(subscriberId) ?? new Uint8Array(boundaries.length)
      standing.set(subscriberId, own)
      boundaries.forEach((day, index) => {
        own[index] = Math.max(own[index]!, ranks[stateAt(life, day)])
      })
      await slices.breathe()
    }
  }
  const people = Array.from({ length: count }, () => ({
    active: 0,
    suspended: 0,
    paused: 0,
    begun: 0,
    ended: 0,
  }))
  for (const own of standing.values()) {
    people.forEach((month, index) => {
      const [before, now] = [own[index]!, own[index + 1]!]
      if (now === 4) month.active++
      else if (now === 3) month.suspended++
      else if (now === 2) month.paused++
      if (before < 2 && now > 1) month.begun++
      if (before > 1 && now === 1) month.ended++
    })
  }
  return { byCurrency, people }
}
