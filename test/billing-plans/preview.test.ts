import { describe, expect, test } from 'vitest'
import type { PlanTerms } from '../../src-shared/contract/billing-model.ts'
import { planExample } from '../../src-main/billing/plans/plan-example.ts'
import { factsOf, priceOf, type PricedVersion } from '../../src-main/billing/subscriptions/facts.ts'
import { tellLife, type Bought, type LifeEvent } from '../../src-main/billing/subscriptions/life.ts'
import { previewOf } from '../../src-main/billing/subscriptions/preview.ts'
import { directionOf } from '../../src-main/billing/subscriptions/price-direction.ts'
import { billed, billsFrom } from '../../src-main/billing/subscriptions/simulate.ts'
import type { DatedTax } from '../../src-main/billing/tax-rates.ts'
import { calendarDate as on } from '../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'

const idr = currencyCode('IDR')
const ppn: DatedTax = {
  code: 'PPN',
  name: 'PPN',
  ratePpm: 120_000,
  baseNum: 11,
  baseDen: 12,
  validFromOn: on('2025-01-01'),
  validToOn: null,
}
const taxing = { rates: [ppn], relief: null } as const

/** Rp 300,000 a month before tax, in advance, actual days. */
const terms = (rest: Partial<PlanTerms> = {}): PlanTerms => ({
  validFromOn: '2026-01-01',
  price: 30_000_000,
  unitPrice: null,
  unit: '',
  taxIncluded: false,
  taxCodes: ['PPN'],
  interval: 'month',
  mode: 'advance',
  proration: 'actual',
  billWhileSuspended: true,
  billWhilePaused: false,
  speedId: null,
  minTermMonths: 0,
  trialDays: 0,
  graceDays: 0,
  balanceDays: null,
  extras: [],
  discounts: [],
  ...rest,
})
const example = (rest: Partial<PlanTerms> = {}, more: { startOn?: string; day?: number } = {}) =>
  planExample({
    terms: terms(rest),
    name: 'Home 20',
    currency: idr,
    startOn: on(more.startOn ?? '2026-11-01'),
    billingDay: more.day ?? null,
    quantity: 1,
    extras: [],
    bills: 3,
    taxing,
  })

describe('what a plan would bill', () => {
  test('is refused, not left untaxed, where a tax has no rate on that day', () => {
    const { bills, problem } = example({ taxCodes: ['VAT'] })
    expect(bills).toEqual([])
    expect(problem).toEqual({
      code: 'tax-rate-missing',
      params: { code: 'VAT', on: '2026-11-01' },
    })
  })

  test('PPN 12 % on 11/12, before tax and with it', () => {
    const [bill] = example().bills
    expect(bill).toMatchObject({ net: 30_000_000, tax: 3_300_000, total: 33_300_000 })
    expect(bill?.taxes).toEqual([
      { code: 'PPN', ratePpm: 120_000, baseNum: 11, baseDen: 12, base: 27_500_000, tax: 3_300_000 },
    ])
    const [inclusive] = example({ taxIncluded: true, price: 33_300_000 }).bills
    expect(inclusive).toMatchObject({ net: 30_000_000, tax: 3_300_000, total: 33_300_000 })
  })

  test('a first part up to the billing day, then whole periods', () => {
    const { bills } = example({}, { startOn: '2026-11-16', day: 1 })
    expect(bills.map((bill) => [bill.on, bill.net])).toEqual([
      ['2026-11-16', 15_000_000],
      ['2026-12-01', 30_000_000],
      ['2027-01-01', 30_000_000],
    ])
    expect(bills[0]?.lines[0]).toMatchObject({ days: 15, ofDays: 30 })
  })

  test('extras: the one-off with the first bill alone, the recurring with every one', () => {
    const { bills } = example({
      extras: [
        { code: 'SETUP', name: 'Installation', kind: 'one-off', price: 25_000_000, required: true },
        { code: 'IP', name: 'Static address', kind: 'recurring', price: 5_000_000, required: true },
        { code: 'TV', name: 'TV', kind: 'recurring', price: 9_000_000, required: false },
      ],
    })
    expect(bills.map(({ net }) => net)).toEqual([60_000_000, 35_000_000, 35_000_000])
  })

  test('a promotion of two cycles, then the price', () => {
    const { bills } = example({
      discounts: [
        {
          name: 'Half',
          amount: null,
          percentPpm: 500_000,
          fromOn: '2026-01-01',
          untilOn: '2027-01-01',
          cycles: 2,
        },
      ],
    })
    expect(bills.map(({ net }) => net)).toEqual([15_000_000, 15_000_000, 30_000_000])
    expect(bills[1]?.lines[0]?.discounts).toEqual([
      { name: 'Half', minor: 15_000_000, cycle: 2, cycles: 2 },
    ])
  })

  test('a discount by its dates', () => {
    const { bills } = example({
      discounts: [
        {
          name: 'December',
          amount: 5_000_000,
          percentPpm: null,
          fromOn: '2026-12-01',
          untilOn: '2027-01-01',
          cycles: null,
        },
      ],
    })
    expect(bills.map(({ net }) => net)).toEqual([30_000_000, 25_000_000, 30_000_000])
  })

  test('nothing while the trial lasts', () => {
    expect(example({ trialDays: 30 }).bills[0]?.on).toBe('2026-12-01')
  })

  test('by the unit: millionths of the major unit times the quantity, rounded once', () => {
    // EN 16931: 0.00880 × 16000 = 140.80.
    const price = priceOf(
      { price: null, unitPrice: 8_800 },
      { quantity: 16_000, priceOverride: null },
      currencyCode('EUR'),
    )
    expect(price).toBe(14_080)
  })
})

const version = (id: string, name: string, rest: Partial<PlanTerms> = {}): PricedVersion => ({
  ...terms(rest),
  id,
  planName: name,
  currency: idr,
})
const versions = new Map(
  [
    version('20', 'Home 20'),
    version('50', 'Home 50', { price: 60_000_000 }),
    version('10', 'Home 10', { price: 15_000_000 }),
  ].map((one) => [one.id, one]),
)
const versionOf = (id: string): PricedVersion => versions.get(id)!
const bought = (planVersionId: string, priceId = planVersionId): Bought => ({
  priceId,
  planVersionId,
  quantity: 1,
  priceOverride: null,
  extras: [],
})
const start = (day: string): LifeEvent => ({
  kind: 'start',
  id: 's',
  seq: 1,
  on: on(day),
  bought: bought('20', 's'),
  trialUntil: null,
})
const priced = { id: 'sub', currency: idr, startsOn: on('2026-11-01'), anchorDay: 1 }

/** As it stands on 16 November, billed for the month. */
const before = () => {
  const told = tellLife([start('2026-11-01')])
  if (told.kind !== 'life') throw new Error(told.kind)
  const facts = factsOf(priced, told.life, versionOf, [])
  const [bill] = billsFrom(facts, on('2026-11-01'), 1)
  return { life: told.life, billed: billed(facts, bill!).billed }
}
const preview = (event: LifeEvent, isBilled = true) =>
  previewOf({
    priced,
    before: before().life,
    events: [start('2026-11-01')],
    step: {
      events: [event],
      effectiveOn: event.on,
      direction: null,
      problem: null,
      warnings: [],
    },
    versionOf,
    billed: isBilled ? before().billed : [],
    taxing,
    today: on('2026-11-16'),
  })

describe('what a step brings', () => {
  test('an upgrade now gives back what was not used and charges the new', () => {
    const { bill, nextBill, warnings } = preview({
      kind: 'change',
      id: 'c',
      seq: 2,
      on: on('2026-11-16'),
      bought: bought('50', 'c'),
    })
    expect(bill?.lines.map(({ kind, name, amount }) => [kind, name, amount])).toEqual([
      ['credit', 'Home 20', -15_000_000],
      ['recurring', 'Home 50', 30_000_000],
    ])
    expect(bill?.total).toBe(16_650_000)
    expect(nextBill).toMatchObject({ on: '2026-12-01', net: 60_000_000 })
    expect(warnings).toEqual([])
  })

  test('another quantity under the same version is another price', () => {
    const { bill } = preview({
      kind: 'change',
      id: 'c',
      seq: 2,
      on: on('2026-11-16'),
      bought: { ...bought('20', 'c'), quantity: 2 },
    })
    expect(bill?.net).toBe(15_000_000)
  })

  test('a downgrade at the end of the period brings nothing before it', () => {
    const { bill, nextBill } = preview({
      kind: 'change',
      id: 'c',
      seq: 2,
      on: on('2026-12-01'),
      bought: bought('10', 'c'),
    })
    expect(bill).toMatchObject({ on: '2026-12-01', net: 15_000_000 })
    expect(bill?.lines).toHaveLength(1)
    expect(nextBill).toMatchObject({ on: '2027-01-01', net: 15_000_000 })
  })

  test('an end gives back the rest: what the final document will say', () => {
    const { bill, nextBill } = preview({ kind: 'end', id: 'e', seq: 2, on: on('2026-11-21') })
    expect(bill?.lines).toMatchObject([{ kind: 'credit', reason: 'ended', days: 10 }])
    expect(bill?.net).toBe(-10_000_000)
    expect(bill?.total).toBe(-11_100_000)
    expect(nextBill).toBeNull()
  })

  test('what is due anyway is not the step’s: it counts as billed, and that is told', () => {
    const event: LifeEvent = { kind: 'end', id: 'e', seq: 2, on: on('2026-11-21') }
    const { bill, warnings } = preview(event, false)
    expect(bill?.net).toBe(-10_000_000)
    expect(warnings).toEqual([{ code: 'bills-waiting', params: { on: '2026-11-16' } }])
  })

  test('a step that is refused shows no amounts', () => {
    const made = previewOf({
      priced,
      before: before().life,
      events: [start('2026-11-01')],
      step: {
        events: [],
        effectiveOn: on('2026-11-16'),
        direction: null,
        problem: { code: 'subscription-unchanged', params: {} },
        warnings: [],
      },
      versionOf,
      billed: before().billed,
      taxing,
      today: on('2026-11-16'),
    })
    expect(made).toMatchObject({ problem: { code: 'subscription-unchanged' }, bill: null })
  })
})

test.each([
  [{ price: 100, interval: 'month' }, { price: 1_200, interval: 'year' }, 'same'],
  [{ price: 100, interval: 'month' }, { price: 1_199, interval: 'year' }, 'downgrade'],
  [{ price: 100, interval: 'month' }, { price: 301, interval: 'quarter' }, 'upgrade'],
  [{ price: 100, interval: 'month' }, { price: 100, interval: '30d' }, 'upgrade'],
] as const)('%j then %j is %s', (one, other, direction) => {
  expect(directionOf(one, other)).toBe(direction)
})
