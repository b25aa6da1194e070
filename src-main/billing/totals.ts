import { addMoney, money, type Money } from '../../src-shared/domain/money.ts'
import type { CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { cashDifference, type CashRounding } from './cash-rounding.ts'
import { spreadDiscount, type Reduction } from './discounts.ts'
import {
  defaultTaxPolicy,
  taxDocument,
  type TaxedLine,
  type TaxGroup,
  type TaxPolicy,
} from './tax.ts'

/**
 * A whole document from its lines: discount and charges of the document, tax per rate group, coins.
 * net = Σ line net, tax = Σ group tax, total = net + tax + rounding (EN 16931 BR-CO-10 to 16).
 */
export interface PricedLine extends TaxedLine {
  /** Before discounts, as priced. */
  readonly gross: number
  /** Taken off the line itself; `amount` is gross − discount. */
  readonly discount: number
}

export interface DocumentLine extends PricedLine {
  readonly net: number
  readonly tax: number
  readonly group: string
}

export interface DocumentTotals {
  readonly currency: CurrencyCode
  readonly lines: readonly DocumentLine[]
  readonly groups: readonly TaxGroup[]
  readonly net: number
  readonly tax: number
  readonly rounding: number
  readonly total: number
}

export interface DocumentParts {
  readonly currency: CurrencyCode
  readonly lines: readonly PricedLine[]
  /** Of the whole document, before tax; `eligible`: places of the lines that it is for. */
  readonly discounts?: readonly {
    readonly reduction: Reduction
    readonly eligible?: readonly boolean[]
  }[]
  /** Only where it is paid in cash. */
  readonly cash?: CashRounding | null
  readonly policy?: TaxPolicy
}

export const createDocument = ({
  currency,
  lines,
  discounts = [],
  cash = null,
  policy = defaultTaxPolicy,
}: DocumentParts): DocumentTotals => {
  let reduced = lines
  for (const { reduction, eligible } of discounts) {
    const taken = spreadDiscount(
      reduction,
      reduced.map(({ amount }) => amount),
      eligible,
    )
    reduced = reduced.map((line, index) => {
      const off = taken[index] ?? 0
      return { ...line, discount: line.discount + off, amount: line.amount - off }
    })
  }
  const taxed = taxDocument(reduced, policy)
  const before = taxed.net + taxed.tax
  const rounding = cash === null ? 0 : cashDifference(before, cash)
  return {
    currency,
    lines: reduced.map((line, index) => {
      const { net, tax, group } = taxed.lines[index] ?? { net: line.amount, tax: 0, group: '' }
      return { ...line, net, tax, group }
    }),
    groups: taxed.groups,
    net: taxed.net,
    tax: taxed.tax,
    rounding,
    total: before + rounding,
  }
}

/** What is still to be paid: total − paid (BR-CO-16). */
export const amountDue = (total: Money, paid: readonly Money[]): Money =>
  paid.reduce((due, part) => addMoney(due, money(-part.minor, part.currency)), total)
