import type { CalendarDate } from '../../src-shared/domain/calendar-date.ts'

/** A tax as it holds for a document; what is stored with it, so that later rates change nothing. */
export interface Tax {
  readonly code: string
  readonly name: string
  /** Millionths: 12 % is 120000. */
  readonly ratePpm: number
  /** The share of the price that is taxed: 11/12 for Indonesia's PPN, else 1/1. */
  readonly baseNum: number
  readonly baseDen: number
  /** Taxes of the same line, by code, that it is charged on as well (a tax on a tax). */
  readonly onTopOf?: readonly string[]
  /** In the price, whatever the line says; left out: as the line says. */
  readonly included?: boolean
  /** Why nothing is charged (EN 16931 categories); left out: standard. */
  readonly relief?: Relief
}

export type Relief = 'exempt' | 'reverse-charge' | 'outside' | 'zero'

/** A tax at a rate from a day on. */
export interface DatedTax extends Tax {
  readonly validFromOn: CalendarDate
  /** Exclusive; null: until another of its code begins. */
  readonly validToOn: CalendarDate | null
}

/**
 * The rate of a code on a day: of several that hold, the one that began last. Null: there is none,
 * which a caller tells (a forgotten rate is no exemption).
 */
export const taxOn = (
  rates: readonly DatedTax[],
  code: string,
  on: CalendarDate,
): DatedTax | null => {
  let found: DatedTax | null = null
  for (const rate of rates) {
    const holds =
      rate.code === code &&
      rate.validFromOn <= on &&
      (rate.validToOn === null || on < rate.validToOn)
    if (holds && (found === null || rate.validFromOn > found.validFromOn)) found = rate
  }
  return found
}

/** Which day decides the rate. */
export type TaxPoint = 'issue' | 'period-start'

/** The buyer's standing: what is charged of a tax to him. */
export const relieved = (taxes: readonly Tax[], relief: Relief | null): readonly Tax[] =>
  relief === null ? taxes : taxes.map((tax) => ({ ...tax, ratePpm: 0, relief }))
