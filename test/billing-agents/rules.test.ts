import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  commissionOf,
  earnedOf,
  paidOf,
  termsOn,
  type EarningDocument,
  type EarningTerms,
} from '../../src-main/billing/agents/rules.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'

const on = calendarDate
const day = on('2026-03-10')

const terms = (over: Partial<EarningTerms> = {}): EarningTerms => ({
  validFromOn: on('2026-01-01'),
  ratePpm: 100_000,
  planRates: [],
  months: null,
  bonus: 0,
  ...over,
})

const document = (over: Partial<EarningDocument> = {}): EarningDocument => ({
  id: 'd',
  issuedOn: on('2026-03-01'),
  agentId: 'a',
  total: 11_100,
  credited: 0,
  nets: [{ planId: 'p', net: 10_000 }],
  settled: [],
  ...over,
})

const money = (amount: number, at = day) =>
  ({ kind: 'money', fromId: null, amount, on: at }) as const

const given = (documents: readonly EarningDocument[], list: readonly EarningTerms[]) =>
  earnedOf(
    's',
    documents,
    () => list,
    () => true,
  ).map(({ kind, refId, agentId, amount }) => `${kind} ${refId} ${agentId} ${amount}`)

describe('nothing is earned', () => {
  test('by what is not paid, is given up, is settled by its own credit, or is nobody’s', () => {
    const own = { kind: 'own-credit', fromId: null, amount: 11_100, on: day } as const
    const off = { kind: 'write-off', fromId: null, amount: 11_100, on: day } as const
    expect(given([document()], [terms()])).toEqual([])
    expect(given([document({ settled: [own], credited: 11_100 })], [terms()])).toEqual([])
    expect(given([document({ settled: [off] })], [terms()])).toEqual([])
    expect(given([document({ agentId: null, settled: [money(11_100)] })], [terms()])).toEqual([])
  })

  test('before there are terms, and by documents after the months of them', () => {
    const paid = document({ settled: [money(11_100)] })
    expect(given([paid], [])).toEqual([])
    expect(given([paid], [terms({ validFromOn: on('2026-03-11') })])).toEqual([])
    const first = document({ id: 'first', issuedOn: on('2025-12-01') })
    const limited = [terms({ months: 3 })]
    expect(given([first, paid], limited)).toEqual([])
    expect(given([first, { ...paid, issuedOn: on('2026-02-28') }], limited)).toEqual([
      'commission d a 1000',
    ])
  })
})

describe('a commission', () => {
  test('is of the net without tax, by the rate of the plan, of the part that is paid', () => {
    expect(given([document({ settled: [money(11_100)] })], [terms()])).toEqual([
      'commission d a 1000',
    ])
    expect(given([document({ settled: [money(5550)] })], [terms()])).toEqual(['commission d a 500'])
    const two = document({
      nets: [
        { planId: 'p', net: 4000 },
        { planId: null, net: 6000 },
      ],
      settled: [money(11_100)],
    })
    const ownRate = terms({ planRates: [{ planId: 'p', ratePpm: 250_000 }] })
    expect(given([two], [ownRate])).toEqual(['commission d a 1600'])
  })

  test('is rounded half away from zero', () => {
    const half = document({ total: 5, nets: [{ planId: null, net: 5 }], settled: [money(5)] })
    expect(given([half], [terms()])).toEqual(['commission d a 1'])
  })

  test('of the parts of a document is to the last unit that of the whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 0, max: 3000 }),
        (parts, ratePpm, taxed) => {
          const total = parts.reduce((sum, one) => sum + one, 0)
          const net = total - Math.min(total, taxed)
          const whole = document({ total, nets: [{ planId: null, net }] })
          const list = [terms({ ratePpm })]
          const of = (portions: readonly number[]): number =>
            commissionOf(
              whole,
              portions.map((amount) => ({ amount, on: day })),
              list,
              whole.issuedOn,
            )
          let before = 0
          let together = 0
          parts.forEach((_, index) => {
            const now = of(parts.slice(0, index + 1))
            expect(now).toBeGreaterThanOrEqual(before)
            together += now - before
            before = now
          })
          expect(together).toBe(of([total]))
          expect(of([])).toBe(0)
        },
      ),
      { seed: 380_001, numRuns: 300 },
    )
  })

  test('keeps its rate when another begins later, whatever that one says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 27 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.option(fc.integer({ min: 1, max: 24 })),
        (days, ratePpm, months) => {
          const settled = days.map((at) =>
            money(100, on(`2026-03-${String(at + 1).padStart(2, '0')}`)),
          )
          const paid = document({ settled })
          const later = terms({ validFromOn: on('2026-03-29'), ratePpm, months, bonus: 99 })
          const first = terms({ bonus: 7 })
          expect(given([paid], [first, later])).toEqual(given([paid], [first]))
        },
      ),
      { seed: 380_002, numRuns: 200 },
    )
  })

  test('is by the terms entered last of those that begin on one day', () => {
    const list = [terms({ ratePpm: 1 }), terms({ ratePpm: 2 })]
    expect(termsOn(list, day)?.ratePpm).toBe(2)
    expect(termsOn(list, on('2025-12-31'))).toBeNull()
  })
})

describe('a bonus', () => {
  test('is given once, for the first that a customer ever paid, and by its agent’s terms', () => {
    const paid = document({ settled: [money(11_100)] })
    const next = { ...paid, id: 'e', issuedOn: on('2026-04-01') }
    expect(given([paid, next], [terms({ bonus: 500, ratePpm: 0 })])).toEqual(['bonus s a 500'])
    // He was a customer before he had an agent.
    const old = { ...paid, id: 'o', agentId: null, issuedOn: on('2026-02-01') }
    expect(given([old, next], [terms({ bonus: 500, ratePpm: 0 })])).toEqual([])
  })
})

describe('credit that money stands behind', () => {
  test('counts where it is used, and no longer where it came from', () => {
    const from = document({ settled: [money(11_100)], credited: 5550 })
    const to = document({
      id: 'e',
      settled: [{ kind: 'other-credit', fromId: 'd', amount: 5550, on: day }, money(5550)],
    })
    expect(given([from, to], [terms()])).toEqual(['commission d a 500', 'commission e a 1000'])
    // The money behind it is gone: nothing of it is left anywhere.
    expect(given([{ ...from, settled: [] }, to], [terms()])).toEqual(['commission e a 500'])
  })

  /** Documents of a customer after pay, credit and take-back in any order, as the house settles them. */
  const history = (acts: readonly (readonly [number, number, number])[]) => {
    const count = 5
    const total = 100
    const rows = Array.from({ length: count }, () => ({ credited: 0, left: 0 }))
    const settled: { to: number; from: number | null; kind: 'money' | 'credit'; amount: number }[] =
      []
    const openOf = (at: number): number =>
      total - settled.reduce((sum, one) => (one.to === at ? sum + one.amount : sum), 0)
    const settle = (from: number): void => {
      for (const to of [from, ...Array.from({ length: count }, (_, at) => at)]) {
        const amount = Math.min(openOf(to), rows[from]!.left)
        if (amount <= 0) continue
        rows[from]!.left -= amount
        settled.push({ to, from, kind: 'credit', amount })
      }
    }
    for (const [act, at, amount] of acts) {
      if (act === 0 && openOf(at) > 0) {
        settled.push({ to: at, from: null, kind: 'money', amount: Math.min(amount, openOf(at)) })
      } else if (act === 1) {
        const part = Math.min(amount, total - rows[at]!.credited)
        rows[at]!.credited += part
        rows[at]!.left += part
        settle(at)
      } else if (act === 2) {
        const mine = settled.findLastIndex((one) => one.kind === 'money' && one.to === at)
        if (mine >= 0) settled.splice(mine, 1)
        rows.forEach((_, from) => settle(from))
      }
    }
    const documents = rows.map(({ credited }, at) =>
      document({
        id: String(at),
        total,
        credited,
        settled: settled
          .filter(({ to }) => to === at)
          .map(({ kind, from, amount }) => ({
            kind: kind === 'money' ? kind : from === at ? 'own-credit' : 'other-credit',
            fromId: kind === 'money' || from === at ? null : String(from),
            amount,
            on: day,
          })),
      }),
    )
    const moneyIn = settled.reduce((sum, one) => (one.kind === 'money' ? sum + one.amount : sum), 0)
    return { documents, moneyIn, free: rows.reduce((sum, { left }) => sum + left, 0) }
  }

  test('is never more than the money that settles, and just that where no credit lies free', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 2 }),
            fc.integer({ min: 0, max: 4 }),
            fc.integer({ min: 1, max: 100 }),
          ),
          { maxLength: 24 },
        ),
        (acts) => {
          const { documents, moneyIn, free } = history(acts)
          const paid = [...paidOf(documents).values()].map((portions) =>
            portions.reduce((sum, { amount }) => sum + amount, 0),
          )
          const sum = paid.reduce((all, one) => all + one, 0)
          expect(paid.every((one) => one >= 0 && one <= 100)).toBe(true)
          expect(sum).toBeLessThanOrEqual(moneyIn)
          if (free === 0) expect(sum).toBe(moneyIn)
        },
      ),
      { seed: 380_003, numRuns: 500 },
    )
  })
})
