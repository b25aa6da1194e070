import type { ActPreview } from '../../../src-shared/contract/billing-subscriptions.ts'
import { addDays, laterDate, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { BilledRow } from '../subscription-facts.ts'
import { exampleOf, type Taxing } from './bills.ts'
import { factsOf, type Priced, type PricedVersion } from './facts.ts'
import { tellLife, type Life, type LifeEvent } from './life.ts'
import { billed, billOn, billsFrom } from './simulate.ts'
import type { Step } from './steps.ts'

/**
 * What a step would bring: the document of its day and the regular one after it, by the rules that
 * bill. Pure: everything is handed in.
 */
export interface PreviewInput {
  readonly priced: Priced
  /** Null: it does not exist yet. */
  readonly before: Life | null
  readonly events: readonly LifeEvent[]
  readonly step: Step
  readonly versionOf: (id: string) => PricedVersion
  readonly billed: readonly BilledRow[]
  readonly taxing: Taxing
  readonly today: CalendarDate
}

export const previewOf = (input: PreviewInput): ActPreview => {
  const { priced, step, taxing, today } = input
  const told = tellLife([...input.events, ...step.events])
  const empty: ActPreview = {
    problem: step.problem,
    warnings: [...step.warnings],
    effectiveOn: step.effectiveOn,
    direction: step.direction,
    currency: priced.currency,
    bill: null,
    nextBill: null,
  }
  if (step.problem !== null || told.kind !== 'life') return empty
  const warnings = [...step.warnings]
  const { rows, waiting } = asBilledByNow(input)
  // What is due anyway is not what the step brings: it counts as billed.
  if (waiting) warnings.push({ code: 'bills-waiting', params: { on: today } })
  const facts = factsOf(priced, told.life, input.versionOf, rows)
  const on = laterDate(step.effectiveOn, today)
  const soFar =
    input.before === null ? [] : billsFrom(facts, today, 14).filter((bill) => bill.on < on)
  const atDay = soFar.reduce(billed, facts)
  const bill = billOn(atDay, on)
  const then = bill === null ? atDay : billed(atDay, bill)
  const [next] = billsFrom(then, addDays(on, 1), 1)
  const made = [bill, next ?? null].map((one) =>
    one === null ? null : exampleOf(then, one, taxing),
  )
  for (const one of made) {
    if (one?.kind !== 'no-rate') continue
    const { code, on: day } = one
    return { ...empty, problem: { code: 'tax-rate-missing', params: { code, on: day } } }
  }
  const [first, second] = made.map((one) => (one?.kind === 'bill' ? one.bill : null))
  return { ...empty, warnings, bill: first ?? null, nextBill: second ?? null }
}

/** As if the run of today had been made, under what holds without the step. */
const asBilledByNow = ({
  before,
  priced,
  versionOf,
  billed: rows,
  today,
}: PreviewInput): { readonly rows: readonly BilledRow[]; readonly waiting: boolean } => {
  if (before === null) return { rows, waiting: false }
  const facts = factsOf(priced, before, versionOf, rows)
  const bill = billOn(facts, today)
  return bill === null
    ? { rows, waiting: false }
    : { rows: billed(facts, bill).billed, waiting: true }
}
