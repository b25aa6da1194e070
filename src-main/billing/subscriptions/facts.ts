import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { toMinor } from '../../../src-shared/domain/money.ts'
import type { PlanDiscount, PlanTerms } from '../../../src-shared/contract/billing-model.ts'
import type { Discount } from '../discounts.ts'
import { createSchedule, type Schedule } from '../schedule.ts'
import type {
  Absence,
  BilledRow,
  OneOff,
  PriceVersion,
  SubscriptionFacts,
} from '../subscription-facts.ts'
import { lineAmount, unitPriceScale } from '../unit-price.ts'
import type { Bought, Life, Purchase } from './life.ts'

/** From a life and the plan versions it names to what the rules of billing ask for. Pure. */

/** A plan's version with its plan's name. */
export interface PricedVersion extends PlanTerms {
  readonly id: string
  readonly planName: string
  readonly currency: CurrencyCode
}

export interface Priced {
  readonly id: string
  readonly currency: CurrencyCode
  readonly startsOn: CalendarDate
  /** The wanted day of the month, 1 to 31. */
  readonly anchorDay: number
}

/** Minor units of a whole interval for what was bought. */
export const priceOf = (
  version: Pick<PlanTerms, 'price' | 'unitPrice'>,
  { quantity, priceOverride }: Pick<Bought, 'quantity' | 'priceOverride'>,
  currency: CurrencyCode,
): number => {
  const each = priceOverride ?? version.price
  if (each !== null) return toMinor(BigInt(each) * BigInt(quantity))
  return lineAmount(
    { value: quantity, scale: 0 },
    { value: version.unitPrice ?? 0, scale: unitPriceScale },
    currency,
  )
}

const discountOf = ({
  name,
  amount,
  percentPpm,
  fromOn,
  untilOn,
  cycles,
}: PlanDiscount): Discount => ({
  name,
  reduction:
    amount === null ? { kind: 'percent', ppm: percentPpm ?? 0 } : { kind: 'amount', minor: amount },
  fromOn: fromOn as CalendarDate,
  untilOn: untilOn as CalendarDate | null,
  cycles,
})

/** Extras that go with what was bought: those that are required, and those that were chosen. */
export const extrasOf = (
  version: Pick<PlanTerms, 'extras'>,
  bought: Pick<Bought, 'extras'>,
): readonly (PlanTerms['extras'][number] & { readonly quantity: number })[] =>
  version.extras.flatMap((extra) => {
    const chosen = bought.extras.find(({ code }) => code === extra.code)
    return chosen === undefined && !extra.required
      ? []
      : [{ ...extra, quantity: chosen?.quantity ?? 1 }]
  })

/**
 * How the periods of each purchase lie. The day of the month stays; as long as the interval is the same the
 * periods go on as they are, another interval is counted from the change on. What was renewed is counted
 * from the day on which it was paid for again.
 */
export const schedulesOf = (
  { startsOn, anchorDay }: Pick<Priced, 'startsOn' | 'anchorDay'>,
  purchases: readonly Purchase[],
  versionOf: (id: string) => Pick<PlanTerms, 'interval'>,
): readonly Schedule[] => {
  const made: Schedule[] = []
  for (const { from, bought, renewed } of purchases) {
    const { interval } = versionOf(bought.planVersionId)
    const before = made.at(-1)
    if (renewed === true) {
      made.push(createSchedule(interval, from, { kind: 'anniversary' }))
      continue
    }
    made.push(
      before?.interval === interval
        ? before
        : createSchedule(interval, before === undefined ? startsOn : from, {
            kind: 'billing-day',
            day: anchorDay,
          }),
    )
  }
  return made
}

/**
 * @param billed what stands billed already. Its lines name a price by the start or change that brought
 *   it: the plan version alone does not tell one, since quantity, price and extras change under it.
 * @throws Error for a version that is not known.
 */
export const factsOf = (
  priced: Priced,
  life: Life,
  versionOf: (id: string) => PricedVersion,
  billed: readonly BilledRow[],
): SubscriptionFacts => {
  const schedules = schedulesOf(priced, life.purchases, versionOf)
  const versions: PriceVersion[] = []
  const oneOffs: OneOff[] = []
  life.purchases.forEach(({ from, bought }, index) => {
    const schedule = schedules[index]
    if (schedule === undefined) return
    const version = versionOf(bought.planVersionId)
    versions.push(priceVersion(priced, version, bought, from, schedule))
    // What was taken back on its first day is not charged for being set up.
    if (life.pieces.every((piece) => piece.bought !== bought)) return
    for (const { kind, code, name, price, quantity } of extrasOf(version, bought)) {
      if (kind !== 'one-off' || oneOffs.some((one) => one.code === code)) continue
      const { taxIncluded, taxCodes } = version
      oneOffs.push({ code, name, price: price * quantity, onOn: from, taxIncluded, taxCodes })
    }
  })
  const absences = life.pieces.flatMap(({ state, from, until }): Absence[] =>
    state === 'paused' || state === 'suspended'
      ? [{ kind: state === 'paused' ? 'pause' : 'suspension', startOn: from, endOn: until }]
      : [],
  )
  const trialEnd = life.pieces.findLast(({ state }) => state === 'trial')?.until ?? null
  return {
    id: priced.id,
    currency: priced.currency,
    startsOn: life.start,
    endsOn: life.end,
    trialUntilOn: trialEnd,
    versions,
    absences,
    oneOffs,
    billed,
  }
}

const priceVersion = (
  { currency }: Priced,
  version: PricedVersion,
  bought: Bought,
  fromOn: CalendarDate,
  schedule: Schedule,
): PriceVersion => ({
  fromOn,
  planVersionId: bought.priceId,
  planName: version.planName,
  price: priceOf(version, bought, currency),
  taxIncluded: version.taxIncluded,
  taxCodes: version.taxCodes,
  schedule,
  mode: version.mode,
  proration: version.proration,
  billWhileSuspended: version.billWhileSuspended,
  billWhilePaused: version.billWhilePaused,
  extras: extrasOf(version, bought).flatMap(({ kind, code, name, price, quantity }) =>
    kind === 'recurring' ? [{ code, name, price: price * quantity }] : [],
  ),
  discounts: version.discounts.map(discountOf),
  stacking: 'sequential',
})
