import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { money } from '../../src-shared/domain/money.ts'
import {
  createCredit,
  creditAll,
  type CreditableInvoice,
} from '../../src-main/billing/credit-note.ts'
import { discountsOn, spreadDiscount } from '../../src-main/billing/discounts.ts'
import { paypalAmount, paypalTakes } from '../../src-shared/domain/paypal-currencies.ts'
import type { Tax } from '../../src-main/billing/tax-rates.ts'
import {
  createDocument,
  type DocumentTotals,
  type PricedLine,
} from '../../src-main/billing/totals.ts'
import { usd } from '../support/billing-facts.ts'

const seed = { seed: 20_261_123, numRuns: 200 }

const tax = (percent: number): Tax => ({
  code: `VAT ${percent}`,
  name: '',
  ratePpm: Math.round(percent * 10_000),
  baseNum: 1,
  baseDen: 1,
})
const priced = (gross: number, percent: number, taxIncluded = false): PricedLine => ({
  gross,
  discount: 0,
  amount: gross,
  taxes: percent === 0 ? [] : [tax(percent)],
  taxIncluded,
})
const discounted = (
  lines: readonly PricedLine[],
  minor: number,
  eligible?: readonly boolean[],
): DocumentTotals =>
  createDocument({
    currency: usd,
    lines,
    discounts: [
      { reduction: { kind: 'amount', minor }, ...(eligible === undefined ? {} : { eligible }) },
    ],
  })

describe('discounts', () => {
  test('E13 of one line lower its base alone', () => {
    const document = discounted([priced(17_900, 10), priced(39_900, 20)], 25_000, [false, true])
    expect(document.groups.map(({ taxes }) => taxes[0]?.amount)).toEqual([1_790, 2_980])
    expect([document.tax, document.total]).toEqual([4_770, 37_570])
  })

  test('of a document are spread by share before tax, none lost', () => {
    const document = discounted([priced(10_000, 10), priced(20_000, 20)], 1_000)
    expect(document.lines.map(({ discount }) => discount)).toEqual([333, 667])
    expect(document.groups.map(({ net }) => net)).toEqual([9_667, 19_333])
    expect(spreadDiscount({ kind: 'percent', ppm: 100_000 }, [105, 105, 0])).toEqual([11, 10, 0])
    expect(spreadDiscount({ kind: 'amount', minor: 5 }, [0, -10])).toEqual([0, 0])
  })

  test('never make anything cost less than nothing', () => {
    expect(discounted([priced(1_000, 10)], 5_000).total).toBe(0)
    expect(
      discountsOn(1_000, [
        { kind: 'amount', minor: 900 },
        { kind: 'amount', minor: 900 },
      ]),
    ).toEqual([900, 100])
    expect(discountsOn(-1_000, [{ kind: 'percent', ppm: 500_000 }])).toEqual([0])
  })

  test('of several percentages stand one on the other, or side by side', () => {
    const half = { kind: 'percent', ppm: 500_000 } as const
    expect(discountsOn(1_000, [half, half])).toEqual([500, 250])
    expect(discountsOn(1_000, [half, half], 'parallel')).toEqual([500, 500])
    expect(discountsOn(1_000, [half, half, half], 'parallel')).toEqual([500, 500, 0])
  })
})

/** As an issued invoice is read back, with what was credited of it. */
const creditable = (document: DocumentTotals): CreditableInvoice => ({
  lines: document.lines.map((line, index) => ({
    id: String(index),
    group: line.group,
    amount: line.amount,
    credited: 0,
  })),
  groups: document.groups.map(({ key, taxes }) => ({
    key,
    taxes: taxes.map(({ included, amount, base }) => ({
      included,
      amount,
      base,
      creditedAmount: 0,
      creditedBase: 0,
    })),
  })),
  rounding: document.rounding,
})

const after = (
  invoice: CreditableInvoice,
  draft: ReturnType<typeof draftOf>,
): CreditableInvoice => ({
  ...invoice,
  lines: invoice.lines.map((line) => ({
    ...line,
    credited: line.credited + (draft.lines.find(({ id }) => id === line.id)?.amount ?? 0),
  })),
  groups: invoice.groups.map((group) => {
    const now = draft.groups.find(({ key }) => key === group.key)
    return {
      ...group,
      taxes: group.taxes.map((of, index) => ({
        ...of,
        creditedAmount: of.creditedAmount + (now?.taxes[index]?.amount ?? 0),
        creditedBase: of.creditedBase + (now?.taxes[index]?.base ?? 0),
      })),
    }
  }),
})

const draftOf = (invoice: CreditableInvoice, wanted: readonly { id: string; amount: number }[]) => {
  const result = createCredit(invoice, wanted)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.draft
}

describe('a credit note', () => {
  const invoice = creditable(createDocument({ currency: usd, lines: [priced(3_750, 20)] }))

  test('is refused for nothing, for a line that is not there, and beyond what is left of one', () => {
    expect(createCredit(invoice, [])).toMatchObject({ ok: false, refusal: { code: 'nothing' } })
    expect(createCredit(invoice, [{ id: '9', amount: 1 }])).toMatchObject({
      refusal: { code: 'unknown-line' },
    })
    expect(createCredit(invoice, [{ id: '0', amount: 3_751 }])).toMatchObject({
      refusal: { code: 'beyond-line', left: 3_750 },
    })
    expect(createCredit(invoice, [{ id: '0', amount: -1 }])).toMatchObject({
      refusal: { code: 'beyond-line' },
    })
    expect(
      createCredit(invoice, [
        { id: '0', amount: 2_000 },
        { id: '0', amount: 2_000 },
      ]),
    ).toMatchObject({ ok: false })
  })

  test('C26, C31 takes its part of the tax', () => {
    expect(draftOf(invoice, [{ id: '0', amount: 3_571 }])).toMatchObject({
      net: 3_571,
      tax: 714,
      total: 4_285,
    })
    const week = creditable(createDocument({ currency: usd, lines: [priced(2_999, 23.33)] }))
    expect(week.groups[0]?.taxes[0]?.amount).toBe(700)
    expect(draftOf(week, [{ id: '0', amount: 2_571 }])).toMatchObject({
      net: 2_571,
      tax: 600,
      total: 3_171,
    })
  })

  test('of all of it gives exactly nothing, coins and all (invariant 16)', () => {
    const document = createDocument({
      currency: usd,
      lines: [priced(3_333, 11, true), priced(1_001, 6), priced(77, 0)],
      cash: { step: 5, rounding: 'half-away-from-zero' },
    })
    const whole = creditable(document)
    expect(draftOf(whole, creditAll(whole))).toMatchObject({
      net: document.net,
      tax: document.tax,
      rounding: document.rounding,
      total: document.total,
    })
  })

  test('never goes beyond its invoice with the others, and together they are it (invariant 16, E15, E16)', () => {
    const lines = fc.array(
      fc.record({
        amount: fc.integer({ min: 1, max: 1_000_000 }),
        percent: fc.constantFrom(0, 6, 11, 21),
        included: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 600_000 })), { maxLength: 6 }),
        (parts, credits) => {
          const document = createDocument({
            currency: usd,
            lines: parts.map(({ amount, percent, included }) => priced(amount, percent, included)),
          })
          let now = creditable(document)
          const sum = { net: 0, tax: 0, total: 0 }
          const take = (wanted: readonly { id: string; amount: number }[]): void => {
            const draft = draftOf(now, wanted)
            now = after(now, draft)
            sum.net += draft.net
            sum.tax += draft.tax
            sum.total += draft.total
            expect(
              draft.net >= 0 &&
                draft.tax >= 0 &&
                sum.total <= document.total &&
                sum.tax <= document.tax,
            ).toBe(true)
            for (const { taxes } of now.groups)
              for (const of of taxes) expect(of.creditedAmount <= of.amount).toBe(true)
          }
          for (const [place, amount] of credits) {
            const line = now.lines[place % now.lines.length]
            const left = line === undefined ? 0 : line.amount - line.credited
            if (line !== undefined && left > 0)
              take([{ id: line.id, amount: Math.min(left, amount) }])
          }
          const rest = creditAll(now)
          if (rest.length > 0) take(rest)
          expect(sum).toEqual({ net: document.net, tax: document.tax, total: document.total })
        },
      ),
      seed,
    )
  })
})

describe('what PayPal takes', () => {
  test('M04 no decimals of HUF, JPY and TWD, and no IDR at all', () => {
    const of = (minor: number, code: string) => paypalAmount(money(minor, currencyCode(code)))
    for (const code of ['HUF', 'TWD']) {
      expect(of(1_050, code)).toEqual({ ok: false, refusal: 'decimals' })
      expect(of(1_000, code)).toEqual({ ok: true, value: '10' })
    }
    expect(of(10, 'JPY')).toEqual({ ok: true, value: '10' })
    expect(of(1_050, 'USD')).toEqual({ ok: true, value: '10.50' })
    expect(of(1_000, 'IDR')).toEqual({ ok: false, refusal: 'currency' })
    expect(paypalTakes(currencyCode('IDR'))).toBe(false)
  })
})
