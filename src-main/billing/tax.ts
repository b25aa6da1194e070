import { divideRounded, toMinor, type Rounding } from '../../src-shared/domain/money.ts'
import { spread } from './spread.ts'
import type { Tax } from './tax-rates.ts'

/**
 * Tax of a document. Lines with the same taxes make one group; each tax of a group is computed and
 * rounded once (EN 16931 BR-CO-14, BR-CO-17), then shared out to its lines for display.
 */

export interface TaxPolicy {
  /** `document`: once per rate group. `line`: on each line, then added. */
  readonly roundPer: 'document' | 'line'
  /** Of a price with tax in it: which of the two is rounded; the other is what is left. */
  readonly inclusiveRounds: 'tax' | 'net'
  /** The smallest step of a tax amount in minor units: 1, or 5 where the currency's coin is 0.05. */
  readonly taxStep: number
  /** The smallest step of a taxed base that is not the whole price (11/12). */
  readonly baseStep: number
  readonly rounding: Rounding
}

export const defaultTaxPolicy: TaxPolicy = {
  roundPer: 'document',
  inclusiveRounds: 'tax',
  taxStep: 1,
  baseStep: 1,
  rounding: 'half-away-from-zero',
}

export interface TaxedLine {
  /** After discounts: without tax, or with it where `taxIncluded`. Either sign. */
  readonly amount: number
  readonly taxIncluded: boolean
  readonly taxes: readonly Tax[]
}

export interface TaxAmount {
  readonly tax: Tax
  readonly included: boolean
  /** What it was charged on, as printed. */
  readonly base: number
  readonly amount: number
}

export interface TaxGroup {
  readonly key: string
  /** Places of its lines. */
  readonly lines: readonly number[]
  readonly net: number
  readonly taxes: readonly TaxAmount[]
}

export interface TaxedDocument {
  readonly lines: readonly { readonly net: number; readonly tax: number; readonly group: string }[]
  readonly groups: readonly TaxGroup[]
  readonly net: number
  readonly tax: number
}

const ppm = 1_000_000n

interface Fraction {
  readonly num: bigint
  readonly den: bigint
}

const plus = (a: Fraction, b: Fraction): Fraction => ({
  num: a.num * b.den + b.num * a.den,
  den: a.den * b.den,
})

const rateOf = ({ ratePpm, baseNum, baseDen }: Tax): Fraction => ({
  num: BigInt(ratePpm) * BigInt(baseNum),
  den: ppm * BigInt(baseDen),
})

/** Each tax as a fraction of the price without tax, those on other taxes among them. */
const fractionsOf = (taxes: readonly Tax[]): readonly Fraction[] => {
  const done = new Map<string, Fraction>()
  return taxes.map((tax) => {
    let on: Fraction = { num: 1n, den: 1n }
    for (const code of tax.onTopOf ?? []) {
      const below = done.get(code)
      // A tax counts on those before it alone: so no two count on each other.
      if (below === undefined) throw new RangeError(`${tax.code} on ${code}, which comes after it`)
      on = plus(on, below)
    }
    const own = rateOf(tax)
    const fraction = { num: own.num * on.num, den: own.den * on.den }
    done.set(tax.code, fraction)
    return fraction
  })
}

const stepped = (
  numerator: bigint,
  denominator: bigint,
  step: number,
  rounding: Rounding,
): number => toMinor(divideRounded(numerator, denominator * BigInt(step), rounding) * BigInt(step))

const baseOf = (
  value: number,
  { baseNum, baseDen }: Tax,
  { baseStep, rounding }: TaxPolicy,
): number =>
  baseNum === baseDen
    ? value
    : stepped(BigInt(value) * BigInt(baseNum), BigInt(baseDen), baseStep, rounding)

const exclusive = (
  net: number,
  taxes: readonly Tax[],
  policy: TaxPolicy,
  inside: readonly TaxAmount[] = [],
): readonly TaxAmount[] => {
  const done = new Map(inside.map(({ tax, amount }) => [tax.code, amount]))
  return taxes.map((tax) => {
    const on = (tax.onTopOf ?? []).reduce((sum, code) => {
      const below = done.get(code)
      if (below === undefined) throw new RangeError(`${tax.code} on ${code}, which comes after it`)
      return sum + below
    }, net)
    const base = baseOf(on, tax, policy)
    const amount = stepped(BigInt(base) * BigInt(tax.ratePpm), ppm, policy.taxStep, policy.rounding)
    done.set(tax.code, amount)
    return { tax, included: false, base, amount }
  })
}

/** All taxes of the price share one base: price ÷ (1 + Σ fractions). */
const inclusive = (
  gross: number,
  taxes: readonly Tax[],
  policy: TaxPolicy,
): { readonly net: number; readonly taxes: readonly TaxAmount[] } => {
  const fractions = fractionsOf(taxes)
  const whole = fractions.reduce(plus, { num: 1n, den: 1n })
  const exact = fractions.map(({ num, den }) => ({
    num: BigInt(gross) * num * whole.den,
    den: den * whole.num,
  }))
  const rounded = exact.map(({ num, den }) => stepped(num, den, policy.taxStep, policy.rounding))
  const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)
  let amounts: readonly number[] = rounded
  let net = gross - sum(rounded)
  if (policy.inclusiveRounds === 'net') {
    net = stepped(BigInt(gross) * whole.den, whole.num, policy.taxStep, policy.rounding)
    const off = gross - net - sum(rounded)
    // What is left over goes to the first: with one tax, which is the rule, it is simply the rest.
    amounts = rounded.map((amount, index) => (index === 0 ? amount + off : amount))
  }
  const below = new Map<string, number>()
  return {
    net,
    taxes: taxes.map((tax, index) => {
      const amount = amounts[index] ?? 0
      const on = (tax.onTopOf ?? []).reduce((all, code) => all + (below.get(code) ?? 0), net)
      below.set(tax.code, amount)
      return { tax, included: true, base: baseOf(on, tax, policy), amount }
    }),
  }
}

const isInside = ({ included }: Tax, taxIncluded: boolean): boolean => included ?? taxIncluded

/** Taxes that are in the price are taken out of it first; the others are charged on what is left. */
const taxed = (
  amount: number,
  { taxIncluded, taxes }: Pick<TaxedLine, 'taxIncluded' | 'taxes'>,
  policy: TaxPolicy,
): { readonly net: number; readonly taxes: readonly TaxAmount[] } => {
  const inside = taxes.filter((tax) => isInside(tax, taxIncluded))
  const within = inclusive(amount, inside, policy)
  const outside = taxes.filter((tax) => !isInside(tax, taxIncluded))
  const made = [...within.taxes, ...exclusive(within.net, outside, policy, within.taxes)]
  return {
    net: within.net,
    taxes: taxes.flatMap((tax) => made.filter((one) => one.tax === tax)),
  }
}

const keyOf = ({ taxIncluded, taxes }: TaxedLine): string =>
  JSON.stringify(
    taxes.map((tax) => [
      tax.code,
      isInside(tax, taxIncluded),
      tax.ratePpm,
      tax.baseNum,
      tax.baseDen,
      tax.relief ?? '',
      tax.onTopOf ?? [],
    ]),
  )

const addUp = (
  parts: readonly { readonly net: number; readonly taxes: readonly TaxAmount[] }[],
): { readonly net: number; readonly taxes: readonly TaxAmount[] } => {
  const [first, ...rest] = parts
  if (first === undefined) return { net: 0, taxes: [] }
  return rest.reduce(
    (sum, part) => ({
      net: sum.net + part.net,
      taxes: sum.taxes.map((tax, index) => ({
        ...tax,
        base: tax.base + (part.taxes[index]?.base ?? 0),
        amount: tax.amount + (part.taxes[index]?.amount ?? 0),
      })),
    }),
    first,
  )
}

export const totalTax = (taxes: readonly Pick<TaxAmount, 'amount'>[]): number =>
  taxes.reduce((sum, { amount }) => sum + amount, 0)

/** Net, tax and rate groups of lines, in the order in which groups first appear. */
export const taxDocument = (
  lines: readonly TaxedLine[],
  policy: TaxPolicy = defaultTaxPolicy,
): TaxedDocument => {
  const members = new Map<string, number[]>()
  lines.forEach((line, index) => {
    const key = keyOf(line)
    const known = members.get(key)
    if (known === undefined) members.set(key, [index])
    else known.push(index)
  })
  const out: { net: number; tax: number; group: string }[] = []
  const groups = [...members].map(([key, places]): TaxGroup => {
    const mine = places.map((place) => lines[place]).filter((line) => line !== undefined)
    const [first] = mine
    if (first === undefined) throw new Error('a group without lines')
    const amounts = mine.map(({ amount }) => amount)
    const each = mine.map((line) => taxed(line.amount, line, policy))
    const sum =
      policy.roundPer === 'line'
        ? addUp(each)
        : taxed(
            amounts.reduce((all, amount) => all + amount, 0),
            first,
            policy,
          )
    const sharesOf = (inside: boolean): readonly number[] =>
      policy.roundPer === 'line'
        ? each.map(({ taxes }) => totalTax(taxes.filter(({ included }) => included === inside)))
        : spread(totalTax(sum.taxes.filter(({ included }) => included === inside)), amounts)
    const [within, beyond] = [sharesOf(true), sharesOf(false)]
    places.forEach((place, index) => {
      const inside = within[index] ?? 0
      const net = (amounts[index] ?? 0) - inside
      out[place] = { net, tax: inside + (beyond[index] ?? 0), group: key }
    })
    return { key, lines: places, ...sum }
  })
  return {
    lines: out,
    groups,
    net: groups.reduce((sum, { net }) => sum + net, 0),
    tax: groups.reduce((sum, { taxes }) => sum + totalTax(taxes), 0),
  }
}
