import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { journalEntry } from '../../src-main/billing/journal/journal-entries.ts'
import { journalPage } from '../../src-main/billing/journal/journal-source.ts'
import { ledgerKinds } from '../../src-shared/contract/billing-documents-model.ts'
import { paymentMethods } from '../../src-shared/contract/billing-payments.ts'
import type { PaperSettings } from '../../src-shared/contract/billing-papers.ts'
import { csvLine } from '../../src-shared/domain/csv-write.ts'
import { createCounterBench, rina, sari } from '../billing-counter/counter-bench.ts'
import { idOf } from '../support/store-workspace.ts'

const settings: Pick<PaperSettings, 'accounts' | 'taxAccounts'> = {
  accounts: {
    receivable: '1200',
    revenue: '4000',
    tax: '2200',
    rounding: '4900',
    cash: '1000',
    transfer: '1010',
    card: '1020',
    paypal: '1030',
    voucher: '2300',
    agent: '2310',
    commission: '6200',
    other: '1090',
    opening: '3900',
    adjustment: '4910',
    writeOff: '6800',
    fee: '4800',
  },
  taxAccounts: [],
}
const sum = (lines: readonly { readonly amount: number }[]): number =>
  lines.reduce((all, { amount }) => all + amount, 0)

describe('an entry of the journal', () => {
  test('of an invoice owes to revenue and to each tax; a credit note takes it back', () => {
    const document = {
      rounding: 1,
      groups: [
        { net: 3100, taxes: [{ code: 'VAT', ratePpm: 110_000, amount: 341 }] },
        { net: 500, taxes: [] },
      ],
    }
    const of = { document, method: null, cashRounding: 0 }
    const invoice = journalEntry({ ...of, kind: 'invoice', amount: 3942 }, settings)
    expect(invoice.map(({ account, amount }) => [account, amount])).toEqual([
      ['1200', 3942],
      ['4000', -3100],
      ['2200', -341],
      ['4000', -500],
      ['4900', -1],
    ])
    const credit = journalEntry({ ...of, kind: 'credit-note', amount: -3942 }, settings)
    expect(credit.map(({ amount }) => amount)).toEqual([-3942, 3100, 341, 500, 1])
  })

  test('takes the accounts that a tax has of its own', () => {
    const taxAccounts = [{ code: 'VAT', revenue: '4100', tax: '2210' }]
    const document = {
      rounding: 0,
      groups: [{ net: 100, taxes: [{ code: 'VAT', ratePpm: 110_000, amount: 11 }] }],
    }
    const lines = journalEntry(
      { kind: 'invoice', amount: 111, document, method: null, cashRounding: 0 },
      { ...settings, taxAccounts },
    )
    expect(lines.map(({ account }) => account)).toEqual(['1200', '4100', '2210'])
  })

  test('of money goes where its method lies, and back from there', () => {
    const account = (kind: 'payment' | 'refund', method: 'cash' | 'transfer') =>
      journalEntry(
        { kind, amount: kind === 'refund' ? 500 : -500, document: null, method, cashRounding: 0 },
        settings,
      )
    expect(account('payment', 'transfer').map((line) => [line.account, line.amount])).toEqual([
      ['1200', -500],
      ['1010', 500],
    ])
    expect(account('refund', 'cash').map((line) => [line.account, line.amount])).toEqual([
      ['1200', 500],
      ['1000', -500],
    ])
  })

  test('of cash that coins rounded puts into the drawer what was handed over', () => {
    const of = { document: null, method: 'cash' as const }
    const lines = (kind: 'payment' | 'reversal', amount: number, cashRounding: number) =>
      journalEntry({ ...of, kind, amount, cashRounding }, settings).map((line) => [
        line.account,
        line.amount,
      ])
    expect(lines('payment', -10_030, -30)).toEqual([
      ['1200', -10_030],
      ['1000', 10_000],
      ['4900', 30],
    ])
    expect(lines('reversal', 10_030, 30)).toEqual([
      ['1200', 10_030],
      ['1000', -10_000],
      ['4900', -30],
    ])
  })

  test('is nothing in the end, whatever it is of', () => {
    const money = fc.integer({ min: 0, max: 1_000_000_000 })
    const group = fc.record({
      net: money,
      taxes: fc.array(
        fc.record({
          code: fc.constantFrom('A', 'B'),
          ratePpm: fc.constantFrom(110_000, 0),
          amount: money,
        }),
        { maxLength: 3 },
      ),
    })
    const documents = fc.record({
      rounding: fc.integer({ min: -50, max: 50 }),
      groups: fc.array(group, { maxLength: 4 }),
    })
    fc.assert(
      fc.property(
        fc.constantFrom('invoice' as const, 'debit-note' as const, 'credit-note' as const),
        documents,
        (kind, document) => {
          const total = document.groups.reduce(
            (all, { net, taxes }) => all + net + sum(taxes),
            document.rounding,
          )
          const amount = kind === 'credit-note' ? -total : total
          const source = { kind, amount, document, method: null, cashRounding: 0 }
          expect(sum(journalEntry(source, settings))).toBe(0)
        },
      ),
      { seed: 3 },
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...ledgerKinds),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.option(fc.constantFrom(...paymentMethods)),
        fc.integer({ min: -500, max: 500 }),
        (kind, amount, method, cashRounding) => {
          const source = { kind, amount, document: null, method, cashRounding }
          const lines = journalEntry(source, settings)
          expect(sum(lines)).toBe(0)
          expect(lines.every(({ account }) => account !== '')).toBe(true)
        },
      ),
      { seed: 4 },
    )
  })
})

test('cash at a counter comes with what coins made of it, and its reversal gives that back', async () => {
  const bench = createCounterBench({ coin: 5 })
  await bench.open(rina, 0)
  const [cash, card] = [idOf(0x91), idOf(0x92)]
  await bench.take(rina, 1002, { paymentId: cash })
  await bench.take(rina, 1002, { paymentId: card, method: 'card' })
  const back = { kind: 'mistake', on: '2026-06-15', reason: 'wrong person' } as const
  for (const paymentId of [cash, card])
    await bench.run(sari, 'billing.reversePayment', { paymentId, ...back })
  const rows = journalPage(bench.reads, { on: '2026-01-01', seq: 0 }, '2027-01-01')
  expect(rows.map(({ kind, method, cashRounding }) => [kind, method, cashRounding])).toEqual([
    ['payment', 'cash', -2],
    ['payment', 'card', 0],
    ['reversal', 'cash', 2],
    ['reversal', 'card', 0],
  ])
})

test('a name that a spreadsheet would compute is a name', () => {
  for (const name of ['=1+1', '+A1', '-A1', '@SUM(A1)'])
    expect(csvLine(['x', name])).toBe(`x,'${name}\r\n`)
})
