import {
  daysBetween,
  type CalendarDate,
  type DateRange,
} from '../../src-shared/domain/calendar-date.ts'
import { withoutRanges } from './date-ranges.ts'
import type { CreditReason, LineExplanation } from './explanation.ts'
import { periodHolding } from './schedule.ts'
import type { Stretch } from './stretches.ts'
import {
  extraKind,
  isOnce,
  onceKind,
  type BilledRow,
  type ChargeKind,
  type PriceVersion,
  type SubscriptionFacts,
} from './subscription-facts.ts'
import { unusedCredit } from './unused.ts'

/** What was billed and is not wanted any more: after a change, an end, a pause. */

export interface Credit {
  readonly lineId: string
  readonly chargeKind: ChargeKind
  readonly planVersionId: string
  readonly name: string
  /** The days of the row that this ends. */
  readonly billed: DateRange
  /** Days that the line stands for no longer. */
  readonly unused: DateRange
  /** Days that it still stands for, each with its part of the amount. */
  readonly kept: readonly { readonly range: DateRange; readonly amount: number }[]
  /** Positive: given back, as priced. */
  readonly amount: number
  readonly explanation: LineExplanation
}

/** Days of a stretch that a row of the same version and kind may stand for. */
const wantedBy = (row: BilledRow, stretches: readonly Stretch[]): readonly DateRange[] =>
  stretches
    .filter(({ version }) => version.planVersionId === row.planVersionId && sells(version, row))
    .flatMap(({ charged }) => charged)

const sells = (version: PriceVersion, { chargeKind }: BilledRow): boolean =>
  chargeKind === 'plan' || version.extras.some(({ code }) => extraKind(code) === chargeKind)

/** Credits, and the rows as they stand after them. */
export const unusedOf = (
  facts: SubscriptionFacts,
  stretches: readonly Stretch[],
  asOf: CalendarDate,
): { readonly credits: readonly Credit[]; readonly standing: readonly BilledRow[] } => {
  const credits: Credit[] = []
  const standing: BilledRow[] = []
  // Rows may be of one line: what is left of it is left once.
  const leftOf = new Map<string, number>()
  for (const row of facts.billed) {
    const left = leftOf.get(row.lineId) ?? row.left
    const version = versionOf(facts, row)
    const unused =
      version === null
        ? []
        : byReason(facts, unusedDays(facts, row, version, stretches)).filter((range) =>
            hasCome(facts, range, asOf),
          )
    if (version === null || unused.length === 0) {
      standing.push(row)
      continue
    }
    const { made, kept, rest } = creditsOf(facts, { ...row, left }, version, unused)
    leftOf.set(row.lineId, rest)
    credits.push(...made)
    standing.push(...kept)
  }
  return { credits, standing }
}

const versionOf = ({ versions }: SubscriptionFacts, row: BilledRow): PriceVersion | null => {
  const own = versions.filter(({ planVersionId }) => planVersionId === row.planVersionId)
  return own.findLast(({ fromOn }) => fromOn <= row.range.start) ?? own[0] ?? null
}

const unusedDays = (
  facts: SubscriptionFacts,
  row: BilledRow,
  { proration }: PriceVersion,
  stretches: readonly Stretch[],
): readonly DateRange[] => {
  // What was done once was done, unless the service never began, or what brought it was taken back
  // on its first day.
  if (isOnce(row.chargeKind)) {
    const stands = facts.oneOffs.some(({ code }) => onceKind(code) === row.chargeKind)
    return stretches.length === 0 || !stands ? [row.range] : []
  }
  const unused = withoutRanges(row.range, wantedBy(row, stretches))
  const all = unused.length === 1 && sameRange(unused[0] ?? row.range, row.range)
  return proration === 'none' && !all ? [] : unused
}

/** Cut where the reason changes, so that each credit says one. */
const byReason = (
  { endsOn, absences, versions }: SubscriptionFacts,
  unused: readonly DateRange[],
): readonly DateRange[] => {
  const cuts = [
    endsOn,
    ...absences.flatMap(({ startOn, endOn }) => [startOn, endOn]),
    ...versions.map(({ fromOn }) => fromOn),
  ].filter((cut) => cut !== null)
  return unused.flatMap((range) => {
    const inside = [...new Set(cuts.filter((cut) => cut > range.start && cut < range.end))]
    const ends = [...inside.toSorted(), range.end]
    return ends.map((end, index) => ({ start: ends[index - 1] ?? range.start, end }))
  })
}

/** What will be unused later is given back then, when it has come to be so. */
const hasCome = (
  { endsOn }: SubscriptionFacts,
  { start }: DateRange,
  asOf: CalendarDate,
): boolean => start <= asOf || (endsOn !== null && endsOn <= asOf)

const sameRange = (a: DateRange, b: DateRange): boolean => a.start === b.start && a.end === b.end

const creditsOf = (
  facts: SubscriptionFacts,
  row: BilledRow,
  version: PriceVersion,
  unused: readonly DateRange[],
): {
  readonly made: readonly Credit[]
  readonly kept: readonly BilledRow[]
  readonly rest: number
} => {
  const period = periodHolding(version.schedule, row.range.start)
  const { interval } = version.schedule
  let { left } = row
  const keptRanges = withoutRanges(row.range, unused)
  const given = unused.map((range, index) => {
    // Nothing of the row is kept: what is left of it goes, to the last unit.
    const amount =
      keptRanges.length === 0 && index === unused.length - 1
        ? left
        : unusedCredit({ ...row, left, period }, range, interval, version.proration)
    left -= amount
    return { range, amount }
  })
  const keptAmounts = shareKept(row, version, period, keptRanges, given)
  const kept = keptRanges.map((range, index) => ({ range, amount: keptAmounts[index] ?? 0 }))
  const made = given.map(({ range, amount }, index): Credit => ({
    lineId: row.lineId,
    chargeKind: row.chargeKind,
    planVersionId: row.planVersionId,
    name: row.name,
    billed: row.range,
    unused: range,
    // All of what is kept goes with the first, so that it is written once.
    kept: index === 0 ? kept : [],
    amount,
    explanation: {
      why: {
        kind: 'credit',
        name: row.name,
        reason: reasonOf(facts, row, range),
        days: daysBetween(range.start, range.end),
        from: range.start,
        until: range.end,
      },
      discounts: [],
    },
  }))
  return { made, kept: kept.map((part) => ({ ...row, ...part, left })), rest: left }
}

/** What of the row's amount stands for the days that are kept, adding up to what was not given back. */
const shareKept = (
  row: BilledRow,
  version: PriceVersion,
  period: DateRange,
  kept: readonly DateRange[],
  given: readonly { readonly amount: number }[],
): readonly number[] => {
  let rest = Math.max(0, row.amount - given.reduce((sum, { amount }) => sum + amount, 0))
  return kept.map((range, index) => {
    const part =
      index === kept.length - 1
        ? rest
        : Math.min(
            rest,
            unusedCredit(
              { ...row, left: rest, period },
              range,
              version.schedule.interval,
              version.proration === 'none' ? 'actual' : version.proration,
            ),
          )
    rest -= part
    return part
  })
}

const reasonOf = (
  { endsOn, absences, versions }: SubscriptionFacts,
  row: BilledRow,
  { start }: DateRange,
): CreditReason => {
  if (endsOn !== null && start >= endsOn) return 'ended'
  const absence = absences.find(
    ({ startOn, endOn }) => startOn <= start && (endOn === null || start < endOn),
  )
  if (absence !== undefined) return absence.kind === 'pause' ? 'paused' : 'suspended'
  const holds = versions.findLast(({ fromOn }) => fromOn <= start)
  return holds !== undefined && holds.planVersionId !== row.planVersionId ? 'changed' : 'taken-back'
}
