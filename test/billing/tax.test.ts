import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { money, roundToStep, scaleMinor } from '../../src-shared/domain/money.ts'
import { cashDifference, roundLargestTax } from '../../src-main/billing/cash-rounding.ts'
import { spread } from '../../src-main/billing/spread.ts'
import { defaultTaxPolicy, taxDocument, type TaxedLine } from '../../src-main/billing/tax.ts'
import { relieved, taxOn, type DatedTax, type Tax } from '../../src-main/billing/tax-rates.ts'
import { amountDue, createDocument, type PricedLine } from '../../src-main/billing/totals.ts'
import { lineAmount, unitPriceOf } from '../../src-main/billing/unit-price.ts'
import { on, usd } from '../support/billing-facts.ts'

const seed = { seed: 20_261_123, numRuns: 300 }

const tax = (percent: number, code = `VAT ${percent}`, rest: Partial<Tax> = {}): Tax => ({
  code,
  name: code,
  ratePpm: Math.round(percent * 10_000),
  baseNum: 1,
  baseDen: 1,
  ...rest,
})
const ppn = tax(12, 'PPN', { baseNum: 11, baseDen: 12 })

const line = (amount: number, taxes: readonly Tax[], taxIncluded = false): TaxedLine => ({
  amount,
  taxes,
  taxIncluded,
})
const priced = (
  gross: number,
  taxes: readonly Tax[],
  rest: Partial<PricedLine> = {},
): PricedLine => ({
  gross,
  discount: 0,
  amount: gross,
  taxes,
  taxIncluded: false,
  ...rest,
})

const amounts = (lines: readonly TaxedLine[], policy = {}): readonly number[] =>
  taxDocument(lines, { ...defaultTaxPolicy, ...policy }).groups.flatMap(({ taxes }) =>
    taxes.map(({ amount }) => amount),
  )

describe('tax without it in the price', () => {
  test('T01 per rate group, rounded once', () => {
    const document = createDocument({
      currency: usd,
      lines: [priced(18_323, [tax(6)]), priced(4_637, [tax(21)])],
    })
    expect(document.groups.map(({ taxes }) => taxes[0]?.amount)).toEqual([1_099, 974])
    expect([document.tax, document.total]).toEqual([2_073, 25_033])
  })

  test('T03 unit prices finer than the currency', () => {
    expect(lineAmount({ value: 16_000, scale: 0 }, { value: 880, scale: 5 }, usd)).toBe(14_080)
    expect(lineAmount({ value: 15, scale: 1 }, unitPriceOf(333, usd), usd)).toBe(500)
    expect(
      lineAmount({ value: 3, scale: 0 }, { value: 1_005_000, scale: 6 }, currencyCode('JPY')),
    ).toBe(3)
    expect(lineAmount({ value: -1, scale: 0 }, { value: 1_622_835, scale: 3 }, usd)).toBe(-162_284)
    expect(lineAmount({ value: 2, scale: 0 }, { value: 5, scale: 0 }, usd)).toBe(1_000)
  })

  test('T05 a charge of the document is taxed as its rate says', () => {
    const document = createDocument({
      currency: usd,
      lines: [priced(80_000, [tax(25)]), priced(80_000, [tax(10)]), priced(10_000, [tax(25)])],
    })
    expect(document.groups.map(({ taxes }) => taxes[0]?.amount)).toEqual([22_500, 8_000])
    expect(document.total).toBe(200_500)
  })

  test('T06 of a negative document mirrors that of the positive one', () => {
    expect(amounts([line(-15_455_571, [tax(10.5)])])).toEqual([
      -amounts([line(15_455_571, [tax(10.5)])])[0]!,
    ])
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 8 }),
        fc.nat(1_000_000),
        fc.boolean(),
        (parts, ratePpm, included) => {
          const rate = { ...tax(0), ratePpm }
          const one = taxDocument(parts.map((part) => line(part, [rate], included)))
          const other = taxDocument(parts.map((part) => line(-part, [rate], included)))
          expect(one.net + other.net).toBe(0)
          expect(one.tax + other.tax).toBe(0)
          one.lines.forEach((of, index) => expect(of.tax + (other.lines[index]?.tax ?? 0)).toBe(0))
        },
      ),
      seed,
    )
  })

  test('T09 three taxes, the third on price and both, per line and per document', () => {
    const first = tax(6, 'A')
    const second = tax(6, 'B')
    const third = tax(3, 'C', { onTopOf: ['A', 'B'] })
    const lines = [line(1_589, [first, second, third]), line(1_589, [first, second, third])]
    const perLine = taxDocument(lines, { ...defaultTaxPolicy, roundPer: 'line' })
    expect([perLine.tax, perLine.net + perLine.tax]).toEqual([486, 3_664])
    const perDocument = taxDocument(lines)
    expect([perDocument.tax, perDocument.net + perDocument.tax]).toEqual([489, 3_667])
    expect(() => taxDocument([line(1_000, [third, first, second])])).toThrow(RangeError)
  })

  test('T28 PPN of 12 % on 11/12 prints its base, and is 11 % before rounding alone', () => {
    const { groups } = taxDocument([line(25_000_000, [ppn])])
    expect(groups[0]?.taxes[0]).toMatchObject({ base: 22_916_667, amount: 2_750_000 })
    expect(amounts([line(10_100, [ppn])], { baseStep: 100, taxStep: 100 })).toEqual([1_100])
    // Base 0.05 → 0.05 (0.0458), tax 0.01 (0.006); 11 % would be 0.01 (0.0055) as well, of 0.04 not.
    expect(amounts([line(4, [ppn])])).toEqual([0])
    expect(amounts([line(5, [ppn])])).toEqual([1])
  })

  test('makes groups by rate, never by line (invariants 6 and 7)', () => {
    const rates = [tax(6), tax(11), tax(21), ppn, tax(0, 'E', { relief: 'exempt' })]
    const lines = fc.array(
      fc.record({
        amount: fc.integer({ min: 0, max: 1e10 }),
        rate: fc.nat(rates.length - 1),
        included: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(lines, (parts) => {
        const document = createDocument({
          currency: usd,
          lines: parts.map(({ amount, rate, included }) =>
            priced(amount, [rates[rate] ?? ppn], { taxIncluded: included }),
          ),
        })
        const sum = (values: readonly number[]): number =>
          values.reduce((all, value) => all + value, 0)
        expect(document.net).toBe(sum(document.lines.map(({ net }) => net)))
        expect(document.tax).toBe(sum(document.lines.map((of) => of.tax)))
        expect(document.tax).toBe(
          sum(document.groups.flatMap(({ taxes }) => taxes.map(({ amount }) => amount))),
        )
        expect(document.total).toBe(document.net + document.tax + document.rounding)
        for (const { taxes, lines: places, net } of document.groups)
          for (const one of taxes) {
            if (one.included) {
              const gross = sum(places.map((place) => document.lines[place]?.amount ?? 0))
              expect(net + one.amount).toBe(gross)
            } else expect(one.amount).toBe(scaleMinor(one.base, one.tax.ratePpm, 1_000_000))
          }
        document.lines.forEach((of) => {
          if (of.taxIncluded) expect(of.net + of.tax).toBe(of.amount)
        })
      }),
      seed,
    )
  })
})

describe('tax in the price', () => {
  test('T13 is rounded, and the net is what is left', () => {
    const document = taxDocument([line(280, [tax(21)], true)])
    expect([document.net, document.tax]).toEqual([231, 49])
  })

  test('where the net is rounded instead, the tax is what is left', () => {
    const document = taxDocument([line(3, [tax(20)], true)])
    expect([document.net, document.tax]).toEqual([2, 1])
    const other = taxDocument([line(3, [tax(20)], true)], {
      ...defaultTaxPolicy,
      inclusiveRounds: 'net',
    })
    expect([other.net, other.tax]).toEqual([3, 0])
  })

  test('T17 in steps of the smallest coin', () => {
    for (const [gross, net, of] of [
      [500, 475, 25],
      [1_000, 950, 50],
      [5_000, 4_760, 240],
    ] as const) {
      const document = taxDocument([line(gross, [tax(5)], true)], {
        ...defaultTaxPolicy,
        taxStep: 5,
      })
      expect([document.net, document.tax]).toEqual([net, of])
    }
  })

  test('T21 two taxes share one base, and equal rates are equal', () => {
    // In millionths, to see what is before rounding.
    const document = taxDocument([line(200_000_000, [tax(6, 'A'), tax(6, 'B')], true)])
    expect(document.net).toBe(178_571_428)
    expect(document.groups[0]?.taxes.map(({ amount }) => amount)).toEqual([10_714_286, 10_714_286])
    const cents = taxDocument([line(20_000, [tax(6, 'A'), tax(6, 'B')], true)])
    expect([
      cents.net,
      ...cents.groups.flatMap(({ taxes }) => taxes.map(({ amount }) => amount)),
    ]).toEqual([17_858, 1_071, 1_071])
  })

  test('of PPN prints the base that its 12 % is of', () => {
    const { groups, net } = taxDocument([line(27_750_000, [ppn], true)])
    expect([net, groups[0]?.taxes[0]?.base, groups[0]?.taxes[0]?.amount]).toEqual([
      25_000_000, 22_916_667, 2_750_000,
    ])
  })

  test('and one that is not are each what they say', () => {
    const inside = tax(10, 'A', { included: true })
    const outside = tax(5, 'B', { onTopOf: ['A'], included: false })
    for (const taxIncluded of [true, false]) {
      const document = taxDocument([
        line(11_000, [inside, outside], taxIncluded),
        line(5_500, [inside, outside], taxIncluded),
      ])
      expect(document.groups).toMatchObject([
        {
          net: 15_000,
          taxes: [
            { included: true, base: 15_000, amount: 1_500 },
            { included: false, base: 16_500, amount: 825 },
          ],
        },
      ])
      expect(document.lines).toMatchObject([
        { net: 10_000, tax: 1_550 },
        { net: 5_000, tax: 775 },
      ])
    }
  })

  test('of a tax on a tax comes out as it would have been added', () => {
    const taxes = [tax(10, 'A'), tax(5, 'B', { onTopOf: ['A'] })]
    const added = taxDocument([line(100_000, taxes)])
    const inside = taxDocument([line(added.net + added.tax, taxes, true)])
    expect([inside.net, inside.tax]).toEqual([added.net, added.tax])
  })
})

describe('rates', () => {
  const dated = (from: string, ratePpm: number, to: string | null = null): DatedTax => ({
    ...tax(0, 'PPN'),
    ratePpm,
    validFromOn: on(from),
    validToOn: to === null ? null : on(to),
  })
  const rates = [
    dated('2022-04-01', 110_000),
    dated('2020-01-01', 100_000),
    dated('2025-01-01', 120_000),
    dated('2030-01-01', 150_000, '2031-01-01'),
  ]

  test('hold by date; where there is none it is told', () => {
    expect(taxOn(rates, 'PPN', on('2019-12-31'))).toBeNull()
    expect(taxOn(rates, 'VAT', on('2026-01-01'))).toBeNull()
    const of = (day: string): number | undefined => taxOn(rates, 'PPN', on(day))?.ratePpm
    expect([
      of('2022-03-31'),
      of('2022-04-01'),
      of('2024-12-31'),
      of('2025-01-01'),
      of('2031-01-01'),
    ]).toEqual([100_000, 110_000, 110_000, 120_000, 120_000])
  })

  test('of an exempt buyer are nothing, with the reason', () => {
    expect(relieved([ppn], null)).toEqual([ppn])
    const document = taxDocument([line(10_000, relieved([ppn], 'reverse-charge'))])
    expect(document.tax).toBe(0)
    expect(document.groups[0]?.taxes[0]?.tax).toMatchObject({
      ratePpm: 0,
      relief: 'reverse-charge',
    })
  })
})

describe('coins', () => {
  const document = createDocument({ currency: usd, lines: [priced(99_999, [tax(15)])] })

  test('T24 are a line of their own, of cash alone, and leave the tax as it is', () => {
    expect([document.tax, document.total, document.rounding]).toEqual([15_000, 114_999, 0])
    const cash = createDocument({
      currency: usd,
      lines: [priced(99_999, [tax(15)])],
      cash: { step: 5, rounding: 'half-away-from-zero' },
    })
    expect([cash.tax, cash.rounding, cash.total]).toEqual([15_000, 1, 115_000])
  })

  test('T25 on the tax, down: the alternative that nothing here asks for', () => {
    const off = cashDifference(document.total, { step: 5, rounding: 'down' })
    const [rounded] = roundLargestTax([document.tax], off)
    expect([off, rounded, document.net + (rounded ?? 0)]).toEqual([-4, 14_996, 114_995])
    expect(roundLargestTax([100, -900, 300], 2)).toEqual([100, -898, 300])
  })

  test('never differ by more than the coin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom(1, 5, 10, 50, 100),
        (total, step) => {
          const off = cashDifference(total, { step, rounding: 'half-away-from-zero' })
          expect(Math.abs(off) * 2).toBeLessThanOrEqual(step)
          expect(total + off).toBe(roundToStep(total, step))
        },
      ),
      seed,
    )
  })

  test('what is due is the total without what was paid', () => {
    expect(amountDue(money(11_500, usd), [money(500, usd), money(1_000, usd)])).toEqual(
      money(10_000, usd),
    )
  })
})

describe('shares of lines of either sign', () => {
  test('add up, are near, and are mirrored', () => {
    expect(spread(100, [200, -100])).toEqual([200, -100])
    expect(spread(7, [1, -1])).toEqual([4, 3])
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 9 }),
        (total, parts) => {
          const shares = spread(total, parts)
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
          expect(spread(-total, parts).map((share) => (share === 0 ? 0 : -share))).toEqual(shares)
        },
      ),
      seed,
    )
  })
})
