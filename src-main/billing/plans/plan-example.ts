import type { ExampleBill, PlanTerms } from '../../../src-shared/contract/billing-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { addDays, dateParts, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { exampleOf, type Taxing } from '../subscriptions/bills.ts'
import { factsOf } from '../subscriptions/facts.ts'
import { tellLife } from '../subscriptions/life.ts'
import { billed, billsFrom } from '../subscriptions/simulate.ts'

export interface ExampleInput {
  readonly terms: PlanTerms
  readonly name: string
  readonly currency: CurrencyCode
  readonly startOn: CalendarDate
  readonly billingDay: number | null
  readonly quantity: number
  /** Codes of extras that are chosen. */
  readonly extras: readonly string[]
  readonly bills: number
  readonly taxing: Taxing
}

/** The first bills of somebody who buys these terms, by the rules that bill. Pure. */
export const planExample = (
  input: ExampleInput,
): { readonly bills: readonly ExampleBill[]; readonly problem: Problem | null } => {
  const { terms, currency, startOn } = input
  const told = tellLife([
    {
      kind: 'start',
      id: 'example',
      seq: 1,
      on: startOn,
      trialUntil: terms.trialDays === 0 ? null : addDays(startOn, terms.trialDays),
      bought: {
        priceId: 'example',
        planVersionId: 'example',
        quantity: input.quantity,
        priceOverride: null,
        extras: input.extras.map((code) => ({ code, quantity: 1 })),
      },
    },
  ])
  if (told.kind !== 'life') return { bills: [], problem: null }
  const version = { ...terms, id: 'example', planName: input.name, currency }
  let facts = factsOf(
    {
      id: 'example',
      currency,
      startsOn: startOn,
      anchorDay: input.billingDay ?? dateParts(startOn).day,
    },
    told.life,
    () => version,
    [],
  )
  const bills: ExampleBill[] = []
  for (const bill of billsFrom(facts, startOn, input.bills)) {
    const made = exampleOf(facts, bill, input.taxing)
    if (made.kind === 'no-rate') {
      return {
        bills,
        problem: { code: 'tax-rate-missing', params: { code: made.code, on: made.on } },
      }
    }
    bills.push(made.bill)
    facts = billed(facts, bill)
  }
  return { bills, problem: null }
}
