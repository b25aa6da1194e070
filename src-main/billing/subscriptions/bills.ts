import type { ExampleBill, ExampleLine } from '../../../src-shared/contract/billing-model.ts'
import { daysBetween } from '../../../src-shared/domain/calendar-date.ts'
import type { LineExplanation } from '../explanation.ts'
import type { Charge } from '../charges.ts'
import type { Credit } from '../credits.ts'
import type { PriceVersion, SubscriptionFacts } from '../subscription-facts.ts'
import { relieved, taxOn, type DatedTax, type Relief, type Tax } from '../tax-rates.ts'
import { createDocument, type PricedLine } from '../totals.ts'
import type { SimulatedBill } from './simulate.ts'

/** A bill that would be made, with its taxes, as it is shown. Pure. */

export type Taxing = {
  readonly rates: readonly DatedTax[]
  readonly relief: Relief | null
}

export type Billing =
  | { readonly kind: 'bill'; readonly bill: ExampleBill }
  /** A tax that the plan names has no rate on that day: a forgotten rate is no exemption. */
  | { readonly kind: 'no-rate'; readonly code: string; readonly on: string }

export const exampleOf = (
  facts: SubscriptionFacts,
  { on, due }: SimulatedBill,
  { rates, relief }: Taxing,
): Billing => {
  const missing: string[] = []
  const taxesOf = (codes: readonly string[]): readonly Tax[] => {
    const found = codes.flatMap((code) => {
      const rate = taxOn(rates, code, on)
      if (rate === null) missing.push(code)
      return rate === null ? [] : [rate]
    })
    return relieved(found, relief)
  }
  const lines = [
    ...due.credits.map((credit) => creditLine(facts, credit)),
    ...due.charges.map(chargeLine),
  ].map(({ shown, taxIncluded, taxCodes }) => ({
    shown,
    priced: {
      amount: shown.amount,
      gross: shown.gross,
      discount: shown.gross - shown.amount,
      taxIncluded,
      taxes: taxesOf(taxCodes),
    } satisfies PricedLine,
  }))
  const [code] = missing
  if (code !== undefined) return { kind: 'no-rate', code, on }
  const document = createDocument({
    currency: facts.currency,
    lines: lines.map(({ priced }) => priced),
  })
  return {
    kind: 'bill',
    bill: {
      on,
      lines: lines.map(({ shown }) => shown),
      taxes: document.groups.flatMap(({ taxes }) =>
        taxes.map(({ tax, base, amount }) => ({
          code: tax.code,
          ratePpm: tax.ratePpm,
          baseNum: tax.baseNum,
          baseDen: tax.baseDen,
          base,
          tax: amount,
        })),
      ),
      net: document.net,
      tax: document.tax,
      total: document.total,
    },
  }
}

interface Line {
  readonly shown: ExampleLine
  readonly taxIncluded: boolean
  readonly taxCodes: readonly string[]
}

const chargeLine = (charge: Charge): Line => ({
  shown: {
    kind: charge.chargeKind.startsWith('once:') ? 'one-off' : 'recurring',
    name: charge.name,
    startOn: charge.range.start,
    endOn: charge.range.end,
    ...daysOf(charge.explanation),
    reason: null,
    gross: charge.gross,
    discounts: charge.explanation.discounts.map(({ name, minor, cycle, cycles }) => ({
      name,
      minor,
      cycle,
      cycles,
    })),
    amount: charge.amount,
  },
  taxIncluded: charge.taxIncluded,
  taxCodes: charge.taxCodes,
})

const daysOf = ({ why }: LineExplanation): Pick<ExampleLine, 'days' | 'ofDays'> =>
  why.kind === 'days' ? { days: why.days, ofDays: why.of } : { days: null, ofDays: null }

/** Priced as the line that it takes back. */
const creditLine = (facts: SubscriptionFacts, credit: Credit): Line => {
  const version: PriceVersion | undefined = facts.versions.find(
    ({ planVersionId }) => planVersionId === credit.planVersionId,
  )
  const { why } = credit.explanation
  return {
    shown: {
      kind: 'credit',
      name: credit.name,
      startOn: credit.unused.start,
      endOn: credit.unused.end,
      days: daysBetween(credit.unused.start, credit.unused.end),
      ofDays: null,
      reason: why.kind === 'credit' ? why.reason : null,
      gross: -credit.amount,
      discounts: [],
      amount: -credit.amount,
    },
    taxIncluded: version?.taxIncluded ?? false,
    taxCodes: version?.taxCodes ?? [],
  }
}
