import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sellerId, subscriberId } from '../support/plans-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createPrepaidBench, type PrepaidBench } from './prepaid-bench.ts'

let bench: PrepaidBench
beforeEach(() => {
  bench = createPrepaidBench()
})
afterEach(() => bench.close())

describe('a prepaid plan', () => {
  test('is off until the first money, and a whole period begins with it', async () => {
    const { versionId } = await bench.card()
    const id = await bench.begin(versionId)
    expect(await bench.status(id)).toBe('suspended')
    expect(bench.line()).toBe('suspended')
    expect(await bench.one()).toMatchObject({ state: 'off', balance: 0, missing: 10_000_000 })
    await bench.days(3)
    await bench.topUp(10_000_000)
    expect(bench.bills()).toEqual(['2026-11-25 2026-11-25–2026-12-25 10000000'])
    expect(bench.line()).toBe('active')
    expect(await bench.one()).toMatchObject({
      state: 'running',
      balance: 0,
      paidUntilOn: '2026-12-25',
      nextOn: '2026-12-25',
      nextTotal: 10_000_000,
      missing: 10_000_000,
    })
  })

  test('is charged when a period begins, each on a document of its own that is paid at once', async () => {
    await bench.topUp(25_000_000)
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.days(31)
    expect(bench.bills()).toEqual([
      '2026-11-22 2026-11-22–2026-12-22 10000000',
      '2026-12-22 2026-12-22–2027-01-21 10000000',
    ])
    expect(await bench.one()).toMatchObject({ state: 'running', balance: 5_000_000 })
  })

  test('a part of the money switches nothing on and is kept', async () => {
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.topUp(4_000_000)
    expect(bench.bills()).toEqual([])
    expect(await bench.one()).toMatchObject({
      state: 'off',
      balance: 4_000_000,
      missing: 6_000_000,
    })
    await bench.topUp(6_000_000)
    expect(bench.line()).toBe('active')
  })

  test('goes off when the balance does not cover the next period; days without service cost nothing', async () => {
    await bench.topUp(10_000_000)
    const { versionId } = await bench.card()
    const id = await bench.begin(versionId)
    await bench.days(30)
    expect(await bench.status(id)).toBe('suspended')
    expect(bench.line()).toBe('suspended')
    await bench.days(10)
    await bench.topUp(10_000_000)
    expect(bench.bills()).toEqual([
      '2026-11-22 2026-11-22–2026-12-22 10000000',
      '2027-01-01 2027-01-01–2027-01-31 10000000',
    ])
    expect([await bench.status(id), bench.line()]).toEqual(['active', 'active'])
  })

  test('stays on through its days of grace, and money in them pays from where it ran out', async () => {
    await bench.topUp(10_000_000)
    const { versionId } = await bench.card({ graceDays: 5 })
    await bench.begin(versionId)
    await bench.days(33)
    expect(bench.line()).not.toBe('suspended')
    expect(await bench.one()).toMatchObject({ state: 'unpaid', offOn: '2026-12-27' })
    await bench.topUp(10_000_000)
    expect(bench.bills().at(-1)).toBe('2026-12-25 2026-12-22–2027-01-21 10000000')
  })

  test('goes off after its days of grace, and these cost nothing', async () => {
    await bench.topUp(10_000_000)
    const { versionId } = await bench.card({ graceDays: 5 })
    await bench.begin(versionId)
    await bench.days(35)
    expect(bench.line()).toBe('suspended')
    await bench.topUp(10_000_000)
    expect(bench.bills().at(-1)).toBe('2026-12-27 2026-12-27–2027-01-26 10000000')
  })

  test('counts a month from the day of the money', async () => {
    await bench.topUp(10_000_000)
    const { versionId } = await bench.card({ interval: 'month' })
    await bench.begin(versionId)
    await bench.days(40)
    await bench.topUp(30_000_000)
    await bench.days(35)
    expect(bench.bills()).toEqual([
      '2026-11-22 2026-11-22–2026-12-22 10000000',
      '2027-01-01 2027-01-01–2027-02-01 10000000',
      '2027-02-01 2027-02-01–2027-03-01 10000000',
    ])
  })

  test('a machine asleep for three months charges what the balance covers, and goes off from there', async () => {
    await bench.topUp(20_000_000)
    const { versionId } = await bench.card()
    const id = await bench.begin(versionId)
    await bench.run()
    bench.sleep(90)
    // A gap that long is a doubt first: nothing of it is charged before a person says that it is so.
    await bench.run()
    expect(bench.bills()).toHaveLength(1)
    const seen = await bench.query('billing.prepaid', {})
    expect(seen.held).toMatchObject({ code: 'billing-clock-ahead', params: { days: 90 } })
    await bench.command('billing.prepaidDayIsRight', { today: bench.today() })
    await bench.run()
    expect(bench.bills()).toEqual([
      '2026-11-22 2026-11-22–2026-12-22 10000000',
      '2027-02-20 2026-12-22–2027-01-21 10000000',
    ])
    expect(await bench.row(id)).toMatchObject({ status: 'suspended', statusSinceOn: '2027-01-21' })
  })

  test('who pays on a doubted day is served', async () => {
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.run()
    bench.sleep(90)
    await bench.topUp(10_000_000)
    expect(bench.line()).toBe('active')
    expect(bench.bills()).toHaveLength(1)
  })

  test('a clock that went back charges nothing, and takes money all the same', async () => {
    await bench.topUp(30_000_000)
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.days(31)
    bench.sleep(-20)
    await bench.topUp(1_000_000)
    await bench.run()
    expect(bench.bills()).toHaveLength(2)
    expect(await bench.one()).toMatchObject({
      balance: 11_000_000,
      problem: { code: 'billing-clock-back' },
    })
    bench.sleep(20)
    await bench.run()
    expect(await bench.one()).toMatchObject({ problem: null, balance: 11_000_000 })
  })

  test('leaves no row in the trail where there is nothing to do, nor where nothing may be done', async () => {
    const turns = () =>
      bench.rows<{ count: number }>(
        `SELECT count(*) AS count FROM audit WHERE name = 'billing.prepaidTurned'`,
      )[0]?.count
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.topUp(11_000_000)
    await bench.days(1)
    const before = turns()
    for (let hour = 0; hour < 3; hour++) await bench.run()
    expect(turns()).toBe(before)
    // A clock set back: told once, and not each hour.
    bench.sleep(-5)
    await bench.run()
    const told = turns()
    for (let hour = 0; hour < 3; hour++) await bench.run()
    expect([await bench.one(), turns()]).toMatchObject([
      { problem: { code: 'billing-clock-back' } },
      told,
    ])
  })

  test('takes money on a day that nobody is sure of, and charges nothing for it yet', async () => {
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.topUp(10_000_000)
    await bench.run()
    bench.sleep(100)
    await bench.topUp(20_000_000)
    expect(bench.bills()).toHaveLength(1)
    expect(await bench.one()).toMatchObject({ balance: 20_000_000 })
    // The day was wrong: nothing has to be taken back.
    bench.sleep(-99)
    await bench.run()
    expect(bench.bills()).toHaveLength(1)
  })

  test('is never switched off where the subscriber is marked never to be', async () => {
    bench.state.spared.add(subscriberId)
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.days(3)
    expect(bench.line()).not.toBe('suspended')
    expect(await bench.one()).toMatchObject({ state: 'unpaid', offOn: null })
  })
})

describe('the balance', () => {
  test('money that comes back as none takes the days with it that nobody paid for', async () => {
    const { versionId } = await bench.card()
    const id = await bench.begin(versionId)
    const paymentId = await bench.topUp(10_000_000)
    await bench.days(12)
    await bench.command('billing.reversePayment', {
      paymentId,
      kind: 'chargeback',
      on: bench.today(),
      reason: 'the bank took it back',
    })
    expect([await bench.status(id), bench.line()]).toEqual(['suspended', 'suspended'])
    // Twelve days of thirty were his; the rest is credited.
    expect(bench.documents('credit-note').map(({ total }) => total)).toEqual([6_000_000])
    expect(await bench.one()).toMatchObject({ state: 'off', owes: 4_000_000, missing: 14_000_000 })
    await bench.topUp(14_000_000)
    expect(bench.line()).toBe('active')
    expect(bench.bills().map((bill) => bill.includes('open'))).toEqual([false, false])
  })

  test('expires so many days after the last money, on a document that says so', async () => {
    const { versionId } = await bench.card({ balanceDays: 60 })
    await bench.begin(versionId)
    await bench.topUp(13_000_000)
    expect(await bench.one()).toMatchObject({ balance: 3_000_000, expiresOn: '2027-01-21' })
    await bench.days(59)
    expect(await bench.one()).toMatchObject({ state: 'off', balance: 3_000_000 })
    await bench.days(1)
    expect(await bench.one()).toMatchObject({ balance: 0, expiresOn: null })
    expect(bench.documents('debit-note')).toEqual([{ total: 3_000_000, reason: 'balance-expired' }])
    await bench.days(2)
    expect(bench.documents('debit-note')).toHaveLength(1)
  })

  test('earns no agent anything when it expires', async () => {
    const { versionId } = await bench.card({ balanceDays: 60 })
    bench.write('test.agent', (tx) => {
      tx.run(
        `INSERT INTO account (id, name, login, role, created_at, updated_at)
          VALUES (?, 'Wati', 'wati', 'sales-agent', 1, 1)`,
        sellerId,
      )
      tx.run(`UPDATE subscriber SET agent_id = ? WHERE id = ?`, sellerId, subscriberId)
    })
    await bench.command('billing.saveAgent', {
      accountId: sellerId,
      baseVersion: 0,
      kind: 'agent',
      currency: 'IDR',
      active: true,
    })
    await bench.command('billing.saveAgentTerms', {
      accountId: sellerId,
      validFromOn: bench.today(),
      terms: { ratePpm: 100_000, planRates: [], months: null, bonus: 0, creditLimit: 0 },
    })
    await bench.begin(versionId)
    await bench.topUp(13_000_000)
    const earned = () => bench.rows<{ amount: number }>(`SELECT amount FROM agent_ledger`)
    expect(earned()).toEqual([{ amount: 1_000_000 }])
    await bench.days(60)
    expect(bench.documents('debit-note')).toHaveLength(1)
    expect(earned()).toEqual([{ amount: 1_000_000 }])
  })

  test('each payment makes all of it last anew', async () => {
    const { versionId } = await bench.card({ balanceDays: 60 })
    await bench.begin(versionId)
    await bench.topUp(13_000_000)
    await bench.days(50)
    await bench.topUp(1_000_000)
    expect(await bench.one()).toMatchObject({ balance: 4_000_000, expiresOn: '2027-03-12' })
  })

  test('is called low when it does not cover what is charged soon', async () => {
    const { versionId } = await bench.card()
    await bench.begin(versionId)
    await bench.topUp(11_000_000)
    const { version } = await bench.query('billing.prepaid', {})
    await bench.command('billing.savePrepaid', { baseVersion: version, lowDays: 7 })
    await bench.days(22)
    expect(await bench.one()).toMatchObject({ low: false })
    await bench.days(1)
    expect(await bench.one()).toMatchObject({ low: true, missing: 9_000_000 })
    const low = await bench.query('billing.prepaid', { states: ['low'] })
    expect([low.total, low.counts.find(({ state }) => state === 'low')?.count]).toEqual([1, 1])
  })

  test('a better plan now is refused where the balance does not cover it, and says what is missing', async () => {
    const small = await bench.card()
    const big = await bench.card({ price: 30_000_000 })
    const id = await bench.begin(small.versionId)
    await bench.topUp(10_000_000)
    const change = async () => {
      const { version } = await bench.row(id)
      return bench.command('billing.changeSubscription', {
        subscriptionId: id,
        baseVersion: version,
        bought: { planVersionId: big.versionId },
        when: 'now',
        reason: 'wants more',
      })
    }
    const look = await bench.query('billing.previewAct', {
      subscriptionId: id,
      act: { kind: 'change', bought: { planVersionId: big.versionId }, when: 'now' },
    })
    expect(look.problem).toMatchObject({ code: 'prepaid-short' })
    expect(await rejectionOf(change())).toMatchObject({
      code: 'prepaid-short',
      params: { missing: 20_000_000, currency: 'IDR' },
    })
    await bench.topUp(20_000_000)
    await change()
    expect(await bench.one()).toMatchObject({ state: 'running', balance: 0 })
    expect(bench.line()).toBe('active')
  })

  test('an end gives the days back that were not used, to the balance', async () => {
    const { versionId } = await bench.card()
    const id = await bench.begin(versionId)
    await bench.topUp(10_000_000)
    await bench.days(15)
    const { version } = await bench.row(id)
    await bench.command('billing.endSubscription', {
      subscriptionId: id,
      baseVersion: version,
      when: bench.today(),
      reason: 'moves away',
    })
    expect(bench.documents('credit-note')).toMatchObject([{ total: 5_000_000 }])
    const { balances } = await bench.query('billing.account', { subscriberId })
    expect(balances).toMatchObject([{ currency: 'IDR', credit: 5_000_000 }])
  })

  test('a tax without a rate keeps it from being charged; the money is taken and it is told', async () => {
    await bench.command('billing.saveTaxRate', {
      rateId: null,
      baseVersion: 0,
      code: 'PPN',
      name: 'PPN',
      ratePpm: 120_000,
      baseNum: 11,
      baseDen: 12,
      country: 'ID',
      validFromOn: '2026-01-01',
      validToOn: '2026-11-01',
    })
    const { versionId } = await bench.card({ taxCodes: ['PPN'] })
    await bench.begin(versionId)
    await bench.topUp(20_000_000)
    expect(await bench.one()).toMatchObject({
      balance: 20_000_000,
      problem: { code: 'tax-rate-missing' },
    })
  })
})

test('a prepaid plan in arrears is refused', async () => {
  expect(await rejectionOf(bench.card({ mode: 'arrears' }))).toMatchObject({
    code: 'prepaid-terms',
  })
})
