import { expect, test } from 'vitest'
import { codeFrom, hashOfCode, printedCode } from '../../src-main/billing/vouchers/voucher-code.ts'
import { commands } from '../../src-shared/contract/index.ts'
import { budi, codeOf } from '../billing-payments/payments-bench.ts'
import { idOf } from '../support/store-workspace.ts'
import { createCounterBench, rina, tono, type Person } from './counter-bench.ts'

const codeNumber = (number: number): string =>
  codeFrom(Uint8Array.from({ length: 17 }, (_, index) => (number * 7 + index) & 31))

/** A batch of 5,000 cents a card. */
const createCards = (over: { readonly currency?: string; readonly expiresOn?: string } = {}) => {
  const bench = createCounterBench()
  bench.write((tx) => {
    tx.run(
      `INSERT INTO voucher_batch (id, number, name, value, currency, count, expires_on, sheet_file,
        created_at) VALUES (?, 1, 'b', 5000, ?, 3, ?, 's', 0)`,
      idOf(0xba),
      over.currency ?? 'EUR',
      over.expiresOn ?? null,
    )
    for (const number of [1, 2, 3]) {
      tx.run(
        `INSERT INTO voucher (id, batch_id, serial, code_hash) VALUES (?, ?, ?, ?)`,
        idOf(0xba00 + number),
        idOf(0xba),
        number,
        hashOfCode(codeNumber(number)),
      )
    }
  })
  const redeem = (
    code: string,
    onStatement?: () => void,
    person: Person = rina,
    paymentId = bench.newId(),
  ) =>
    bench.run(
      person,
      'billing.redeemVoucher',
      { paymentId, subscriberId: budi, currency: 'EUR', code },
      onStatement,
    )
  const states = () =>
    bench.reads
      .all<{ state: string }>(`SELECT state FROM voucher ORDER BY serial`)
      .map((one) => one.state)
  return { ...bench, redeem, states }
}

test('a card is refused when it is none, voided, past its day or of another currency', async () => {
  const bench = createCards()
  bench.write((tx) => tx.run(`UPDATE voucher SET state = 'void', voided_at = 1 WHERE serial = 2`))
  // One answer: whoever tries codes learns nothing of a voided one.
  for (const code of ['', 'nonsense', codeNumber(9), codeNumber(2)]) {
    bench.clock.advance(3_600_000)
    expect(await codeOf(() => bench.redeem(code))).toBe('voucher-refused')
  }
  expect(bench.reads.all(`SELECT id FROM payment`)).toEqual([])
  const old = createCards({ expiresOn: '2026-06-14' })
  expect(await codeOf(() => old.redeem(codeNumber(1)))).toBe('voucher-expired')
  const last = createCards({ expiresOn: '2026-06-15' })
  expect(await codeOf(() => last.redeem(codeNumber(1)))).toBeNull()
  const other = createCards({ currency: 'USD' })
  expect(await codeOf(() => other.redeem(codeNumber(1)))).toBe('voucher-currency')
  expect([old.states()[0], other.states()[0]]).toEqual(['new', 'new'])
})

test('it settles what is open, leaves the rest as credit, and is taken once, by whomever', async () => {
  const bench = createCards()
  bench.invoice(4000, '2026-05-01')
  const typed = printedCode(codeNumber(1)).toLowerCase()
  expect(await bench.redeem(typed)).toEqual({
    number: 'RC-A-2026-000001',
    amount: 5000,
    currency: 'EUR',
    credit: 1000,
  })
  expect([bench.openOf(), bench.credit(), bench.balance()]).toEqual([{}, 1000, -1000])
  expect(await codeOf(() => bench.redeem(typed))).toBe('voucher-used')
  expect(await codeOf(() => bench.redeem(typed, undefined, tono))).toBe('voucher-used')
  expect([bench.balance(), bench.states()]).toEqual([-1000, ['used', 'new', 'new']])
})

test('two at once: one of them is refused, and the value comes in once', async () => {
  const bench = createCards()
  const both = await Promise.all(
    [rina, tono].map((person) => codeOf(() => bench.redeem(codeNumber(1), undefined, person))),
  )
  expect(both.toSorted()).toEqual([null, 'voucher-used'].toSorted())
  expect(bench.balance()).toBe(-5000)
})

test('a machine that stops at any statement leaves the card new and the account as it was, or all of it', async () => {
  const bench = createCards()
  bench.invoice(4000, '2026-05-01')
  const paymentId = idOf(0x99)
  let stopAt = 0
  for (; stopAt < 50; stopAt++) {
    let statement = 0
    const stop = (): void => {
      if (statement++ === stopAt) throw new Error('stopped')
    }
    const done = await bench.redeem(codeNumber(1), stop, rina, paymentId).then(
      () => true,
      (error: Error) => {
        expect(error.message).toBe('stopped')
        return false
      },
    )
    if (done) break
    expect([bench.states()[0], bench.balance()]).toEqual(['new', 4000])
  }
  expect(stopAt).toBeGreaterThan(4)
  expect([bench.states()[0], bench.balance()]).toEqual(['used', -1000])
})

test('who guesses waits, longer each time, by his own account; another does not', async () => {
  const bench = createCards()
  const wrong = (person = rina) => codeOf(() => bench.redeem(codeNumber(9), undefined, person))
  for (let time = 0; time < 5; time++) expect(await wrong()).toBe('voucher-refused')
  expect(await wrong()).toBe('voucher-wait')
  // A right one has to wait as well: or it would be told apart.
  expect(await codeOf(() => bench.redeem(codeNumber(1)))).toBe('voucher-wait')
  expect(await wrong(tono)).toBe('voucher-refused')
  bench.clock.advance(10_000)
  expect(await wrong()).toBe('voucher-refused')
  bench.clock.advance(10_000)
  expect(await wrong()).toBe('voucher-wait')
  bench.clock.advance(10_000)
  expect(await codeOf(() => bench.redeem(codeNumber(1)))).toBeNull()
  // It begins anew.
  expect(await wrong()).toBe('voucher-refused')
})

test('many guesses sent at once wait as well', async () => {
  const bench = createCards()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => codeOf(() => bench.redeem(codeNumber(9)))),
  )
  expect(answers.filter((code) => code === 'voucher-refused')).toHaveLength(5)
  expect(answers.filter((code) => code === 'voucher-wait')).toHaveLength(15)
})

test('a card that is redeemed moves what is owed in the same transaction', async () => {
  const bench = createCards()
  await bench.redeem(codeNumber(1))
  expect(bench.moved).toEqual([`${budi} EUR`])
})

test('the code is a secret of the call', () => {
  expect(commands['billing.redeemVoucher'].secrets).toEqual(['code'])
})
