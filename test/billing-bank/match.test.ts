import { expect, test } from 'vitest'
import type { BankLine } from '../../src-main/billing/bank/bank-statement.ts'
import { lineKeys } from '../../src-main/billing/bank/line-keys.ts'
import { createMatcher, type OpenDocument } from '../../src-main/billing/bank/match.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'

const euro = currencyCode('EUR')

const document = (id: string, subscriberId: string, open: number, dueOn: string): OpenDocument => ({
  id,
  number: `INV/2026/${id.padStart(6, '0')}`,
  subscriberId,
  open,
  currency: euro,
  dueOn: calendarDate(dueOn),
})

const documents = [
  document('1', 'budi', 2000, '2026-01-10'),
  document('2', 'budi', 3000, '2026-02-10'),
  document('3', 'ani', 2000, '2026-01-10'),
  document('4', 'citra', 7777, '2026-01-10'),
]
const payers = [
  { subscriberId: 'budi', code: 'S-00042', name: 'Budi Santoso', accounts: ['DE1'] },
  { subscriberId: 'ani', code: 'S-00043', name: 'Ani Wijaya', accounts: [] },
  { subscriberId: 'citra', code: 'S-00044', name: 'Citra', accounts: [] },
]
const { proposalsOf } = createMatcher(documents, payers)

const line = (over: Partial<BankLine>): BankLine => ({
  position: 1,
  bookedOn: calendarDate('2026-02-01'),
  valueOn: null,
  minor: 2000,
  currency: euro,
  isReversal: false,
  remittance: '',
  creditorReference: null,
  endToEndId: null,
  bankReference: null,
  counterpartyName: null,
  counterpartyAccount: null,
  ...over,
})

const said = (over: Partial<BankLine>) =>
  proposalsOf(line(over)).map(({ subscriberId, strength, reasons, allocations, credit }) => ({
    who: subscriberId,
    strength,
    reasons,
    paid: allocations.map(({ documentId, minor }) => `${documentId}:${minor}`).join(' '),
    credit,
  }))

test('money that went out, or came back, is nobody’s payment', () => {
  expect(said({ minor: -2000, remittance: 'INV/2026/000001' })).toEqual([])
  expect(said({ isReversal: true, remittance: 'INV/2026/000001' })).toEqual([])
})

test('the number of a document with its very amount is certain, however it is written', () => {
  for (const remittance of ['INV/2026/000001', 'inv 2026 000001 thanks', 'PAY INV2026000001']) {
    expect(said({ remittance })).toEqual([
      {
        who: 'budi',
        strength: 'certain',
        reasons: ['document-number', 'same-amount'],
        paid: '1:2000',
        credit: 0,
      },
    ])
  }
})

test('two numbers whose sum it is settle both', () => {
  expect(said({ minor: 5000, remittance: 'INV/2026/000001 + INV/2026/000002' })).toMatchObject([
    { who: 'budi', strength: 'certain', paid: '1:2000 2:3000', credit: 0 },
  ])
})

test('a named document with another amount is looked at: part of it, or more', () => {
  expect(said({ minor: 500, remittance: 'INV/2026/000002' })).toMatchObject([
    { strength: 'likely', paid: '2:500', credit: 0 },
  ])
  // First what he named, then the oldest, the rest is credit.
  expect(said({ minor: 6000, remittance: 'INV/2026/000002' })).toMatchObject([
    { strength: 'likely', paid: '2:3000 1:2000', credit: 1000 },
  ])
})

test('a code or an account that is known, with an amount that fits, is certain', () => {
  expect(said({ minor: 3000, remittance: 'internet s 00042' })).toMatchObject([
    { who: 'budi', strength: 'certain', paid: '2:3000' },
  ])
  expect(said({ minor: 5000, counterpartyAccount: 'DE1' })).toMatchObject([
    { who: 'budi', strength: 'certain', reasons: ['known-account', 'sum-of-open'] },
  ])
  expect(said({ minor: 1234, counterpartyAccount: 'DE1' })).toMatchObject([
    { who: 'budi', strength: 'likely', paid: '1:1234' },
  ])
})

test('a name in any order with a fitting amount is likely, alone it is a hint', () => {
  expect(said({ counterpartyName: 'WIJAYA, ANI' })).toMatchObject([
    { who: 'ani', strength: 'likely', reasons: ['same-amount', 'name'] },
  ])
  expect(said({ minor: 1, counterpartyName: 'Ani Wijaya' })).toMatchObject([
    { who: 'ani', strength: 'weak' },
  ])
  // One word is no name.
  expect(said({ minor: 1, counterpartyName: 'Citra' })).toEqual([])
})

test('an amount alone is a hint where one alone owes it, and nothing where several do', () => {
  expect(said({ minor: 7777 })).toMatchObject([{ who: 'citra', strength: 'weak' }])
  expect(said({ minor: 2000 })).toEqual([])
})

test('two that are certain contradict each other: a person decides', () => {
  expect(
    said({ minor: 2000, remittance: 'INV/2026/000001 S-00043' }).map(({ who, strength }) => [
      who,
      strength,
    ]),
  ).toEqual([
    ['budi', 'likely'],
    ['ani', 'likely'],
  ])
})

test('another currency settles nothing', () => {
  expect(said({ currency: currencyCode('USD'), remittance: 'INV/2026/000001' })).toEqual([])
})

test('two equal payments of a day are two; the same file again, or one that overlaps, is the same', () => {
  const [first, second] = lineKeys('DE1', [line({ position: 1 }), line({ position: 2 })])
  expect(first).not.toBe(second)
  expect(lineKeys('DE1', [line({ position: 9 })])).toEqual([first])
  expect(lineKeys('DE2', [line({})])).not.toEqual([first])
})
