import { describe, expect, test } from 'vitest'
import { createFindNumbers } from '../../src-main/billing/documents/find-numbers.ts'
import { everything, type Belongs, type Reach } from '../../src-main/engine/reach.ts'
import { ani, budi, createPaymentsBench } from '../billing-payments/payments-bench.ts'
import { createSearchBench } from '../search/search-bench.ts'
import { idOf } from '../support/store-workspace.ts'

/** Two invoices of Budi's, a credit note and a receipt; an invoice of Ani's. In the whole search. */
const scene = async () => {
  const bench = createPaymentsBench()
  const first = bench.invoice(5000, '2026-05-01')
  bench.invoice(4000, '2026-06-01')
  bench.invoice(3000, '2026-06-02', '2026-06-02', ani)
  bench.creditNote(first, 100, '2026-06-03')
  await bench.pay(1000, '2026-06-10', { paymentId: idOf(0x77) })
  const belongs = new Map<string, Belongs>([
    [budi, { oltIds: ['north', 'south'], accountIds: ['agent'], peopleToo: true }],
    [ani, { oltIds: ['south'], accountIds: [], peopleToo: true }],
  ])
  const numbers = createFindNumbers({
    reads: bench.reads,
    subscribers: { belongs: (id) => belongs.get(id) ?? null },
  })
  const search = createSearchBench(numbers)
  const names = (text: string, options: Parameters<typeof search.find>[1] = {}) =>
    search.names(text, { permissions: both, ...options })
  return { ...search, names, first, numbers }
}

const both = ['network.onu.read', 'billing.document.read', 'billing.payment.read']
const region = (...olts: string[]): Reach => ({
  kind: 'regions',
  accountId: 'nobody',
  olts: new Set(olts),
})

describe('documents in the search of the console', () => {
  test('are found by the beginning of their number in any case, the newest first', async () => {
    const { names, find, first } = await scene()
    const ofInvoices = ['3', '2', '1'].map((last) => `document INV-A-2026-00000${last}`)
    expect(await names('inv-a-2026')).toEqual(ofInvoices)
    expect(await names(' INV ')).toEqual(ofInvoices)
    expect(await names('INV-A-2026-000001')).toEqual(ofInvoices.slice(2))
    expect(await names('cn-a')).toEqual(['document CN-A-2026-000001'])
    expect(await names('rc-a-2026', { onlyIds: true })).toEqual(['receipt RC-A-2026-000001'])
    // Not from within, and no pattern of SQL.
    for (const text of ['a-2026', 'INV-A-2025', 'I', 'inv%', 'inv_a', "inv' OR 1"]) {
      expect(await names(text), text).toEqual([])
    }
    const { hits, totals } = await find('inv-a', { permissions: both, limit: 1 })
    expect(totals.documents).toBe(3)
    expect(hits).toMatchObject([{ documentKind: 'invoice', subscriberId: ani, on: '2026-06-02' }])
    const one = await find('INV-A-2026-000001', { permissions: both })
    expect(one.hits).toMatchObject([{ id: first.id, matches: [{ field: 'number' }] }])
  })

  test('are found by nobody who may not read them, each kind by its own permission', async () => {
    const { names } = await scene()
    const none = { permissions: ['network.onu.read', 'subscribers.onu.read'] }
    expect(await names('inv-a', none)).toEqual([])
    expect(await names('rc-a', none)).toEqual([])
    const documents = { permissions: ['network.onu.read', 'billing.document.read'] }
    expect(await names('cn-a', documents)).toHaveLength(1)
    expect(await names('rc-a', documents)).toEqual([])
  })

  test('beyond the reach are neither found nor counted: as their own pages are opened', async () => {
    const { names, find } = await scene()
    const south = { reach: region('south') }
    expect(await names('inv-a', south)).toHaveLength(3)
    // A payment is seen by whoever reaches all of the subscriber.
    expect(await names('rc-a', south)).toEqual([])
    expect(await names('rc-a', { reach: region('north', 'south') })).toHaveLength(1)
    const north = { permissions: both, reach: region('north') }
    expect(await names('inv-a', north)).toEqual([
      'document INV-A-2026-000002',
      'document INV-A-2026-000001',
    ])
    expect((await find('inv-a', north)).totals.documents).toBe(2)
    expect(await names('INV-A-2026-000003', north)).toEqual([])
    const own = (accountId: string) => ({
      reach: { kind: 'own', accountId, olts: new Set<string>() } as const,
    })
    expect(await names('inv-a', own('agent'))).toHaveLength(2)
    expect(await names('rc-a', own('agent'))).toHaveLength(1)
    expect(await names('inv-a', own('another'))).toEqual([])
  })

  test('are counted no further than they are looked at', async () => {
    const { numbers } = await scene()
    expect(numbers.documents('INV', 2, { reach: everything })).toMatchObject({
      total: 3,
      rows: [{ number: 'INV-A-2026-000003' }, { number: 'INV-A-2026-000002' }],
    })
  })
})
