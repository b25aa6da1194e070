import { describe, expect, test } from 'vitest'
import { journalEntry } from '../../src-main/billing/journal/journal-entries.ts'
import {
  agentJournalEntry,
  agentJournalPage,
} from '../../src-main/billing/journal/agent-journal.ts'
import { journalPage } from '../../src-main/billing/journal/journal-source.ts'
import { paperSettingsOf } from '../../src-main/billing/pdf/paper-tables.ts'
import { codeOf } from '../billing-payments/payments-bench.ts'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { idOf } from '../support/store-workspace.ts'
import { ani, boss, budi, createAgentsBench, joko, wati } from './agents-bench.ts'

const sale = (amount: number, over: { paymentId?: string; subscriberId?: string } = {}) => ({
  paymentId: idOf(70),
  subscriberId: budi,
  currency: 'EUR',
  amount,
  ...over,
})

const withBalance = async (amount: number, creditLimit = 0) => {
  const bench = createAgentsBench()
  await bench.agent('reseller', { creditLimit })
  if (amount > 0) await bench.act('billing.topUpAgent', bench.transfer(amount))
  return bench
}

describe('the desk of a reseller refuses', () => {
  test('another’s customer, as one that there is not, to look at and to take money of', async () => {
    const bench = await withBalance(10_000)
    for (const subscriberId of [ani, idOf(0xdead)]) {
      const take = () => bench.act('billing.ownTake', sale(100, { subscriberId }), wati)
      const look = () => bench.ask('billing.ownCustomer', { subscriberId }, wati)
      expect([await codeOf(take), await codeOf(look)]).toEqual(['not-found', 'not-found'])
    }
    // His customer is not somebody else's either, be he the boss.
    const boldly = () => bench.act('billing.ownTake', sale(100), boss)
    expect(await codeOf(boldly)).toBe('not-found')
    const { customers } = await bench.ask('billing.ownCustomers', {}, joko)
    expect(customers).toEqual([])
  })

  test('who is no reseller, who is ended, another currency, and more than his balance', async () => {
    const bench = createAgentsBench()
    await bench.agent('agent')
    const before = bench.rows()
    const take = (amount: number, over: object = {}) =>
      codeOf(() => bench.act('billing.ownTake', { ...sale(amount), ...over }, wati))
    expect(await take(100)).toBe('agent-no-reseller')
    const save = { accountId: wati, currency: 'EUR', kind: 'reseller' } as const
    await bench.act('billing.saveAgent', { ...save, baseVersion: 1, active: false })
    expect(await take(100)).toBe('agent-inactive')
    await bench.act('billing.saveAgent', { ...save, baseVersion: 2, active: true })
    expect(await take(100, { currency: 'USD' })).toBe('agent-currency')
    expect(await take(100)).toBe('agent-balance')
    expect(bench.rows()).toEqual(before)
  })

  test('a payment that is known under another amount', async () => {
    const bench = await withBalance(10_000)
    await bench.act('billing.ownTake', sale(100), wati)
    expect(await codeOf(() => bench.act('billing.ownTake', sale(200), wati))).toBe('payment-known')
  })
})

describe('a reseller', () => {
  test('pays for his customer out of his balance, less what he earns by it', async () => {
    const bench = await withBalance(10_000)
    bench.invoice(8000, '2026-06-01')
    const taken = await bench.act('billing.ownTake', sale(8000), wati)
    expect(taken).toMatchObject({ amount: 8000, credit: 0, earned: 800, balance: 2800 })
    expect(bench.entries()).toEqual(['top-up 10000', 'commission 800', 'sale -8000'])
    expect(bench.balance()).toBe(0)
    // Pressed twice.
    const twice = await bench.act('billing.ownTake', sale(8000), wati)
    expect([twice.number, bench.owed()]).toEqual([taken.number, 2800])
    const { customers } = await bench.ask('billing.ownCustomers', { text: 's-1' }, wati)
    expect(customers.map(({ id, open, earned }) => [id, open, earned])).toEqual([
      [budi, [], [{ currency: 'EUR', amount: 800 }]],
    ])
  })

  test('gets back what he paid when the payment is taken back', async () => {
    const bench = await withBalance(10_000)
    bench.invoice(8000, '2026-06-01')
    await bench.act('billing.ownTake', sale(8000), wati)
    await bench.call('billing.reversePayment', {
      paymentId: idOf(70),
      kind: 'mistake',
      on: '2026-06-15',
      reason: 'another one',
    })
    expect([bench.owed(), bench.balance()]).toEqual([10_000, 8000])
    bench.again()
    expect(bench.owed()).toBe(10_000)
  })

  test('goes as far below nothing as his limit, the commission counted in', async () => {
    const bench = await withBalance(0, 900)
    bench.invoice(1000, '2026-06-01')
    await bench.act('billing.ownTake', sale(1000), wati)
    expect(bench.owed()).toBe(-900)
    const more = () => bench.act('billing.ownTake', sale(1, { paymentId: idOf(71) }), wati)
    expect(await codeOf(more)).toBe('agent-balance')
  })

  test('has sold whole or not at all, wherever the machine stops', async () => {
    const bench = await withBalance(10_000)
    bench.invoice(8000, '2026-06-01')
    const stops = await stoppedAtEveryStatement(
      (onStatement) => bench.act('billing.ownTake', sale(8000), wati, onStatement),
      bench.rows,
      (now, before, stop) => expect(now, `stopped before ${stop + 1}`).toEqual(before),
    )
    expect(stops).toBeGreaterThan(6)
    expect(bench.owed()).toBe(2800)
  })
})

describe('money from agents and to them', () => {
  test('is refused: for oneself, twice, by a known reference, of tomorrow, and beyond what is owed', async () => {
    const bench = await withBalance(5000)
    const pay = (amount: number, over = {}, by = boss) =>
      codeOf(() => bench.act('billing.payAgent', bench.transfer(amount, over), by))
    expect(await pay(100, {}, wati)).toBe('agent-self')
    expect(await pay(100, { on: '2026-06-16' })).toBe('day-in-future')
    expect(await pay(5001)).toBe('agent-payout-beyond')
    expect(await pay(1, { currency: 'USD' })).toBe('agent-payout-beyond')
    expect(await pay(100, { accountId: joko })).toBe('not-found')
    expect(await pay(100, { transferId: idOf(90), reference: 'TRX 1' })).toBeNull()
    expect(await pay(100, { transferId: idOf(90) })).toBe('agent-transfer-known')
    expect(await pay(100, { reference: 'trx-1' })).toBe('agent-transfer-known')
    const terms = { ratePpm: 1, planRates: [], months: null, bonus: 0, creditLimit: 0 }
    const raise = { accountId: wati, validFromOn: '2026-07-01', terms }
    expect(await codeOf(() => bench.act('billing.saveAgentTerms', raise, wati))).toBe('agent-self')
  })

  test('has numbers of its own without a gap, and is taken back once', async () => {
    const bench = await withBalance(5000)
    const first = await bench.act(
      'billing.payAgent',
      bench.transfer(2000, { transferId: idOf(90) }),
    )
    const second = await bench.act('billing.topUpAgent', bench.transfer(100))
    const third = await bench.act('billing.payAgent', bench.transfer(3100))
    expect([first.number, second.number, third.number, third.balance]).toEqual([
      'AP-A-2026-000001',
      'AT-A-2026-000002',
      'AP-A-2026-000002',
      0,
    ])
    const back = { transferId: idOf(90), reason: 'the account was closed' }
    await bench.act('billing.reverseAgentTransfer', back)
    expect(bench.owed()).toBe(2000)
    expect(await codeOf(() => bench.act('billing.reverseAgentTransfer', back))).toBe(
      'agent-transfer-reversed',
    )
  })

  test('stands in a statement whose rows lead from its opening to its closing', async () => {
    const bench = await withBalance(5000)
    bench.invoice(1000, '2026-06-01')
    bench.setDay('2026-07-02')
    await bench.pay(1000, '2026-06-30')
    await bench.act('billing.payAgent', bench.transfer(600, { on: '2026-07-02' }))
    const asked = { accountId: wati, currency: 'EUR' }
    const of = (fromOn: string, untilOn: string) =>
      bench.ask('billing.agentStatement', { ...asked, fromOn, untilOn })
    const june = await of('2026-06-01', '2026-07-01')
    const july = await of('2026-07-01', '2026-08-01')
    expect([june.opening, june.closing, july.opening, july.closing]).toEqual([0, 5000, 5000, 4500])
    expect(july.rows.map(({ kind, amount, number }) => [kind, amount, number])).toEqual([
      ['commission', 100, 'INV-A-2026-000001'],
      ['payout', -600, 'AP-A-2026-000001'],
    ])
    const own = await bench.ask(
      'billing.ownStatement',
      { currency: 'EUR', fromOn: '2026-07-01', untilOn: '2026-08-01' },
      wati,
    )
    expect(own).toEqual(july)
  })

  test('keeps what he is once he has earned, and his record of one version', async () => {
    const bench = await withBalance(5000)
    const save = { accountId: wati, kind: 'agent', currency: 'EUR', active: true } as const
    const of = (baseVersion: number, over = {}) =>
      codeOf(() => bench.act('billing.saveAgent', { ...save, baseVersion, ...over }))
    expect(await of(0)).toBe('conflict')
    expect(await of(1)).toBe('agent-kind-fixed')
    expect(await of(1, { kind: 'reseller', active: false, note: 'gone' })).toBeNull()
    expect(await of(0, { accountId: idOf(0xdead) })).toBe('not-found')
  })
})

test('the journal owes agents what their ledger says, and every entry of it is nothing in sum', async () => {
  const bench = await withBalance(10_000)
  bench.invoice(8000, '2026-06-01')
  await bench.act('billing.ownTake', sale(8000), wati)
  await bench.act('billing.payAgent', bench.transfer(500, { transferId: idOf(90) }))
  await bench.act('billing.reverseAgentTransfer', { transferId: idOf(90), reason: 'r' })
  const { settings } = paperSettingsOf(bench.reads)
  const after = { on: '2026-01-01', seq: 0 }
  const entries = [
    ...journalPage(bench.reads, after, '2027-01-01').map((row) => journalEntry(row, settings)),
    ...agentJournalPage(bench.reads, after, '2027-01-01').map((row) =>
      agentJournalEntry(row, settings.accounts),
    ),
  ]
  const sums = new Map<string, number>()
  for (const lines of entries) {
    expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
    for (const { account, amount } of lines) sums.set(account, (sums.get(account) ?? 0) + amount)
  }
  // Debit is positive: what is owed to agents is a credit.
  expect(sums.get(settings.accounts.agent)).toBe(-bench.owed())
  expect(sums.get(settings.accounts.commission)).toBe(800)
  expect(sums.get(settings.accounts.transfer)).toBe(10_000)
})
