import {
  addDays,
  laterDate,
  type CalendarDate,
  type DateRange,
} from '../../src-shared/domain/calendar-date.ts'
import { scaleMinor } from '../../src-shared/domain/money.ts'
import { withinRanges, withoutRanges } from './date-ranges.ts'
import { discountHolds, discountsOn } from './discounts.ts'
import type { DiscountNote, Explanation, LineExplanation } from './explanation.ts'
import { dayShare, prorate, type DayShare } from './proration.ts'
import { periodIndex, piecesOf, type Piece } from './schedule.ts'
import type { Stretch } from './stretches.ts'
import {
  extraKind,
  onceKind,
  type BilledRow,
  type ChargeKind,
  type PriceVersion,
  type SubscriptionFacts,
} from './subscription-facts.ts'

/** What is due and was not billed yet. */

export interface Charge {
  readonly chargeKind: ChargeKind
  readonly planVersionId: string
  readonly name: string
  readonly range: DateRange
  /** Before discounts. */
  readonly gross: number
  readonly discount: number
  readonly amount: number
  readonly taxIncluded: boolean
  readonly taxCodes: readonly string[]
  readonly explanation: LineExplanation
}

interface Product {
  readonly chargeKind: ChargeKind
  readonly name: string
  readonly price: number
}

export const chargesOf = (
  facts: SubscriptionFacts,
  { version, range, charged, throughOn }: Stretch,
  standing: readonly BilledRow[],
): readonly Charge[] => {
  if (throughOn === null) return []
  const due = withinRanges({ start: range.start, end: throughOn }, charged)
  const products: readonly Product[] = [
    { chargeKind: 'plan', name: version.planName, price: version.price },
    ...version.extras.map(({ code, name, price }) => ({
      chargeKind: extraKind(code),
      name,
      price,
    })),
  ]
  return products.flatMap((product) => {
    const rows = standing.filter(({ chargeKind }) => chargeKind === product.chargeKind)
    const open = due.flatMap((part) =>
      withoutRanges(
        part,
        rows.map((row) => row.range),
      ),
    )
    return chargePieces(facts, version, product, open, rows)
  })
}

const chargePieces = (
  facts: SubscriptionFacts,
  version: PriceVersion,
  product: Product,
  open: readonly DateRange[],
  rows: readonly BilledRow[],
): readonly Charge[] => {
  const byPeriod = new Map<number, Piece[]>()
  for (const piece of open.flatMap((range) => piecesOf(version.schedule, range))) {
    const known = byPeriod.get(piece.period.index)
    if (known === undefined) byPeriod.set(piece.period.index, [piece])
    else known.push(piece)
  }
  const { interval } = version.schedule
  return [...byPeriod.values()].flatMap((pieces) => {
    const period = pieces[0]?.period
    if (period === undefined) return []
    const mine = rows.filter(
      (row) =>
        row.planVersionId === version.planVersionId &&
        row.range.start >= period.start &&
        row.range.end <= period.end,
    )
    const counted = version.proration === 'none' ? 'actual' : version.proration
    const days = mine.reduce(
      (sum, row) => sum + dayShare(row.range, period, interval, counted).days,
      0,
    )
    // Days that were charged already count towards the whole; before discounts they cost this.
    const earlier = prorate(
      product.price,
      mine.map(({ range }) => ({ range, period, whole: false })),
      interval,
      version.proration,
    )
    const listed = earlier.reduce((sum, part) => sum + part.minor, 0)
    const charged = mine.reduce((sum, row) => sum + row.amount, 0)
    // Without a discount or a relief between them the two differ by rounding alone: then what stands
    // on the documents counts.
    const minor = Math.abs(listed - charged) <= mine.length ? charged : listed
    const prices = prorate(product.price, pieces, interval, version.proration, { days, minor })
    return pieces.map((piece, index): Charge => {
      const { minor: gross, share } = prices[index] ?? noPrice
      return chargeOf(facts, version, product, piece, gross, share)
    })
  })
}

const noPrice = { minor: 0, share: { days: 0, of: 1 } } as const

const chargeOf = (
  facts: SubscriptionFacts,
  version: PriceVersion,
  product: Product,
  piece: Piece,
  gross: number,
  share: DayShare,
): Charge => {
  const notes =
    product.chargeKind === 'plan' ? discountsOf(facts, version, piece, gross, product.price) : []
  const discount = notes.reduce((sum, { minor }) => sum + minor, 0)
  return {
    chargeKind: product.chargeKind,
    planVersionId: version.planVersionId,
    name: product.name,
    range: piece.range,
    gross,
    discount,
    amount: gross - discount,
    taxIncluded: version.taxIncluded,
    taxCodes: version.taxCodes,
    explanation: { why: whyOf(version, product, piece, share), discounts: notes },
  }
}

const whyOf = (
  { proration }: PriceVersion,
  { name }: Product,
  { range, whole }: Piece,
  { days, of }: DayShare,
): Explanation => {
  const at = { name, from: range.start, until: range.end }
  if (whole) return { kind: 'whole', ...at }
  if (proration === 'none') return { kind: 'begun', ...at }
  return { kind: 'days', ...at, days, of, fixed: proration === 'fixed30' }
}

const discountsOf = (
  facts: SubscriptionFacts,
  { discounts, stacking, schedule }: PriceVersion,
  piece: Piece,
  gross: number,
  price: number,
): readonly DiscountNote[] => {
  const first = laterDate(facts.startsOn, facts.trialUntilOn ?? facts.startsOn)
  const number = piece.period.index - periodIndex(schedule, first)
  const cycle = { startOn: piece.range.start, subscribedOn: facts.startsOn, number }
  const holding = discounts.filter((discount) => discountHolds(discount, cycle))
  // An amount off a period is off a part of it in proportion.
  const taken = discountsOn(
    gross,
    holding.map(({ reduction }) =>
      reduction.kind === 'percent' || price === 0 || gross === price
        ? reduction
        : { kind: 'amount', minor: scaleMinor(reduction.minor, gross, price) },
    ),
    stacking,
  )
  return holding.map(({ name, reduction, cycles }, index) => ({
    name,
    minor: taken[index] ?? 0,
    ppm: reduction.kind === 'percent' ? reduction.ppm : null,
    cycle: cycles === null ? null : number + 1,
    cycles,
  }))
}

export const oneOffsOf = (facts: SubscriptionFacts, asOf: CalendarDate): readonly Charge[] =>
  facts.oneOffs
    .filter(
      ({ code, onOn }) =>
        onOn <= asOf &&
        (facts.endsOn === null || onOn < facts.endsOn) &&
        !facts.billed.some(({ chargeKind }) => chargeKind === onceKind(code)),
    )
    .map(({ code, name, price, onOn, taxIncluded, taxCodes }) => ({
      chargeKind: onceKind(code),
      planVersionId: facts.versions.findLast(({ fromOn }) => fromOn <= onOn)?.planVersionId ?? '',
      name,
      range: { start: onOn, end: addDays(onOn, 1) },
      gross: price,
      discount: 0,
      amount: price,
      taxIncluded,
      taxCodes,
      explanation: { why: { kind: 'once', name, on: onOn }, discounts: [] },
    }))
