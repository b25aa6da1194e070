import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { taxDocument } from '../tax.ts'
import { relieved, taxOn, type DatedTax, type Relief, type Tax } from '../tax-rates.ts'
import type { PricedLine } from '../totals.ts'

/** From the codes of a price to the taxes of a document, for a buyer, on a day. */

export interface Taxing {
  readonly rates: readonly DatedTax[]
  readonly relief: Relief | null
  /** What a buyer who is freed of tax pays of a price with tax in it. */
  readonly reliefPrice: 'less-tax' | 'stays'
  readonly on: CalendarDate
}

/** @throws NocturneError `tax-rate-missing`: a rate that was forgotten is no exemption. */
export const taxesOn = (codes: readonly string[], { rates, on }: Taxing): readonly Tax[] =>
  codes.map((code) => {
    const found = taxOn(rates, code, on)
    if (found === null) throw new NocturneError('tax-rate-missing', { code, on })
    const { validFromOn: _, validToOn: __, ...tax } = found
    return tax
  })

export const priceLine = (
  line: {
    readonly gross: number
    readonly discount: number
    readonly taxIncluded: boolean
    readonly taxCodes: readonly string[]
  },
  taxing: Taxing,
): PricedLine => {
  const { gross, discount, taxIncluded } = line
  const taxes = taxesOn(line.taxCodes, taxing)
  const own = { gross, discount, amount: gross - discount, taxIncluded, taxes }
  if (taxing.relief === null || taxes.length === 0) return own
  const free = { ...own, taxes: relieved(taxes, taxing.relief), taxIncluded: false }
  if (!taxIncluded || taxing.reliefPrice === 'stays') return free
  const lessTax = (amount: number): number => taxDocument([{ ...own, amount }]).net
  const [all, rest] = [lessTax(gross), lessTax(gross - discount)]
  return { ...free, gross: all, discount: all - rest, amount: rest }
}
