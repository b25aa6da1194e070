import { describe, expect, test } from 'vitest'
import { appendLedger } from '../../src-main/billing/ledger/ledger-tables.ts'
import { numberText } from '../../src-main/billing/documents/series.ts'
import { scene, typed, type Scene } from '../support/billing-scene.ts'
import { on, usd } from '../support/billing-facts.ts'
import { rejectionOf } from '../support/error-code.ts'

/** The statement is refused by the database itself, for this reason. */
const refused = (
  { bench }: Scene,
  sql: string,
  why: RegExp,
  ...values: (string | number)[]
): void => {
  expect(() => bench.write('test.attack', {}, (tx) => void tx.run(sql, ...values)), sql).toThrow(
    why,
  )
}

describe('an issued document', () => {
  test('is changed by nothing, nor are its lines and taxes (invariant 15)', async () => {
    const now = await scene()
    const stays = /issued document is never (?:changed|removed)/u
    for (const sql of [
      `UPDATE invoice SET total = total`,
      `UPDATE invoice SET status = 'draft', number = NULL, series_id = NULL, sequence = NULL`,
      `UPDATE invoice SET buyer = '{}'`,
      `DELETE FROM invoice`,
      `UPDATE invoice_line SET description = 'x'`,
      `DELETE FROM invoice_line`,
      `UPDATE invoice_tax SET amount = 0`,
      `DELETE FROM invoice_tax`,
      `INSERT INTO invoice_tax (invoice_id, tax_group, seq, code, name, rate_ppm, base_num, base_den,
        included, base, amount) SELECT id, 9, 9, 'X', 'X', 0, 1, 1, 0, 0, 0 FROM invoice`,
      `INSERT INTO invoice_line SELECT id || 'x', invoice_id, 9, kind, description, charge_kind,
        price_id, period_start_on, period_end_on, quantity, quantity_scale, unit_price, unit_scale,
        gross, discount, amount, net, tax, tax_included, tax_group, tax_codes, explanation,
        corrects_line_id FROM invoice_line`,
    ])
      refused(now, sql, stays)
    refused(now, `UPDATE number_series SET next_no = next_no + 2`, /one by one/u)
    refused(now, `UPDATE number_series SET next_no = 1`, /one by one/u)
    refused(now, `DELETE FROM number_series`, /never removed/u)
    refused(now, `UPDATE ledger_entry SET amount = 0`, /never changed/u)
    refused(now, `DELETE FROM ledger_entry`, /never changed/u)
    refused(now, `DELETE FROM billed_period`, /never removed/u)
    refused(now, `UPDATE billed_period SET amount = 1`, /voided and nothing else/u)
    refused(now, `UPDATE subscriber SET created_at = 1.5`, /cannot store REAL/u)
    refused(now, `UPDATE billing_seller SET lead_days = 1.5`, /cannot store REAL/u)
  })

  test('keeps the seller and the buyer as they were, and its rates', async () => {
    const { bench, invoiceId } = await scene()
    bench.write('test.rename', {}, (tx) => {
      tx.run(`UPDATE subscriber SET name = 'Somebody else'`)
      tx.run(`UPDATE billing_seller SET name = 'Another company'`)
      tx.run(`UPDATE tax_rate SET rate_ppm = 1`)
    })
    const record = await bench.ask('billing.document', { documentId: invoiceId })
    expect(record).toMatchObject({
      number: 'INV-A-2026-000001',
      subscriberName: 'Somebody else',
      seller: { name: 'Nusa Fiber' },
      buyer: { name: 'Ani', code: 'S-1', taxTreatment: 'standard' },
      taxes: [{ code: 'VAT', ratePpm: 110_000, base: 3_100, amount: 341 }],
      lines: [{ startOn: '2026-01-31', endOn: '2026-02-28', net: 3_100, tax: 341 }],
      total: 3_441,
      settled: 0,
      settledBy: [],
      days: 28,
      daysAt: [{ name: 'Home 20', days: 28 }],
    })
    expect(record.lines[0]?.explanation).toEqual([
      {
        why: { kind: 'whole', name: 'Home 20', from: '2026-01-31', until: '2026-02-28' },
        discounts: [],
      },
    ])
    expect(
      (await rejectionOf(bench.ask('billing.document', { documentId: bench.newId() }))).code,
    ).toBe('not-found')
  })

  test('has numbers that begin again only with a year that is part of them (A36)', () => {
    expect(numberText('INV', { installation: 'A', year: 2026 }, 42)).toBe('INV-A-2026-000042')
    expect(numberText('INV', { installation: 'B2', year: 0 }, 1_234_567)).toBe('INV-B2-1234567')
  })

  test('never bills a day twice, whoever writes it', async () => {
    const now = await scene()
    const row = (start: string, end: string): string =>
      `INSERT INTO billed_period SELECT id || 'x', subscription_id, charge_kind, price_id, name,
        '${start}', '${end}', amount, currency, invoice_line_id,
        subscription_id || '|' || charge_kind || '|${start}|${end}' FROM billed_period LIMIT 1`
    refused(now, row('2026-02-27', '2026-03-05'), /billed twice/u)
    refused(now, row('2026-01-31', '2026-02-28'), /billed twice|UNIQUE/u)
    refused(now, row('2026-03-05', '2026-03-05'), /CHECK/u)
    now.bench.write('test.fine', {}, (tx) => void tx.run(row('2026-02-28', '2026-03-31')))
  })
})

describe('a credit note', () => {
  test('is refused for a draft, beyond its document, and for another kind', async () => {
    const { bench, subscriberId, invoiceId } = await scene()
    const record = await bench.ask('billing.document', { documentId: invoiceId })
    const lineId = record.lines[0]?.id ?? ''
    const credit = (documentId: string, lines: { lineId: string; amount: number }[] | null) =>
      bench.act('billing.credit', { documentId, lines, reason: 'wrong' })
    expect((await rejectionOf(credit(bench.newId(), null))).code).toBe('not-found')
    expect(
      (await rejectionOf(credit(invoiceId, [{ lineId: bench.newId(), amount: 1 }]))).code,
    ).toBe('not-found')
    expect((await rejectionOf(credit(invoiceId, [{ lineId, amount: 3_101 }]))).params).toEqual({
      left: 3_100,
    })
    const draft = await bench.act('billing.saveDraft', {
      documentId: null,
      baseVersion: 0,
      kind: 'proforma',
      subscriberId,
      currency: 'USD',
      lines: [typed(500)],
    })
    expect((await rejectionOf(credit(draft.documentId, null))).code).toBe('document-kind')
    const part = await credit(invoiceId, [{ lineId, amount: 1_000 }])
    expect(part).toMatchObject({ number: 'CN-A-2026-000001', total: 1_110 })
    // It settles its own document, and both say so.
    expect(await bench.ask('billing.document', { documentId: invoiceId })).toMatchObject({
      settled: 1_110,
      settledBy: [{ kind: 'credit-note', id: part.documentId, number: part.number, amount: 1_110 }],
    })
    expect((await bench.ask('billing.document', { documentId: part.documentId })).settles).toEqual([
      { id: invoiceId, number: 'INV-A-2026-000001', on: '2026-01-31', amount: 1_110 },
    ])
    const rest = await credit(invoiceId, null)
    expect(rest).toMatchObject({ number: 'CN-A-2026-000002', total: 3_441 - 1_110 })
    expect((await rejectionOf(credit(invoiceId, null))).code).toBe('credit-beyond-document')
    expect((await rejectionOf(credit(rest.documentId, null))).code).toBe('document-kind')
    // The time line is read by who may not read what somebody owes.
    expect(bench.notes.slice(0, 2)).toEqual(
      [
        ['billing-invoice-issued', 'INV-A-2026-000001'],
        ['billing-credit-note-issued', 'CN-A-2026-000001'],
      ].map(([kind, number]) => ({
        kind,
        objectKind: 'invoice',
        accountId: null,
        data: { number },
      })),
    )
    const ledger = await bench.ask('billing.ledger', { subscriberId })
    expect(ledger).toMatchObject({ balance: 0, opening: 0, closing: 0, total: 3 })
    expect(
      (await bench.ask('billing.document', { documentId: invoiceId })).corrections,
    ).toHaveLength(2)
  })

  test('is refused by the database as well (invariant 16)', async () => {
    const now = await scene()
    const { bench, subscriberId, invoiceId } = now
    const other = bench.subscriber('Budi')
    const put = (id: string, subscriber: string, net: number): void =>
      bench.write('test.credit', {}, (tx) => {
        tx.run(
          `INSERT INTO invoice (id, version, kind, status, subscriber_id, corrects_id, currency, net,
            tax, rounding, total, created_at)
            VALUES (?, 1, 'credit-note', 'draft', ?, ?, 'USD', ?, 0, 0, ?, 1)`,
          id,
          subscriber,
          invoiceId,
          net,
          net,
        )
        tx.run(
          `INSERT INTO number_series (id, kind, installation, year) VALUES (?, 'credit-note', ?, 0)`,
          id,
          id,
        )
        tx.run(
          `INSERT INTO invoice_line (id, invoice_id, seq, kind, description, unit_price, unit_scale,
            gross, discount, amount, net, tax, tax_included, tax_group, tax_codes)
            VALUES (?, ?, 1, 'credit', 'x', 0, 2, ?, 0, ?, ?, 0, 0, 0, '[]')`,
          id,
          id,
          net,
          net,
          net,
        )
      })
    const issue = (id: string, sequence: number): string =>
      `UPDATE invoice SET status = 'issued', series_id = id, sequence = ${sequence},
        number = id, issued_on = '2026-01-31', issued_at = 1, tax_point_on = '2026-01-31',
        due_on = '2026-01-31', seller = '{}', buyer = '{}' WHERE id = '${id}'`
    put('beyond', subscriberId, 3_101)
    refused(now, issue('beyond', 1), /beyond its document/u)
    put('foreign', other, 100)
    refused(now, issue('foreign', 1), /same subscriber/u)
    put('gap', subscriberId, 100)
    refused(now, issue('gap', 2), /left out/u)
    bench.write('test.draft', {}, (tx) => {
      tx.run(`UPDATE invoice SET net = 99, total = 99 WHERE id = 'gap'`)
    })
    refused(now, issue('gap', 1), /does not add up/u)
  })

  test('frees its days for the next run where the document was wrong, and not where it was a favour', async () => {
    const { bench, invoiceId } = await scene()
    await bench.act('billing.credit', { documentId: invoiceId, lines: null, reason: 'a favour' })
    await bench.run('2026-01-31')
    expect(bench.documents()).toHaveLength(2)
    const again = await scene()
    await again.bench.act('billing.credit', {
      documentId: again.invoiceId,
      lines: null,
      reason: 'wrong plan',
      billAgain: true,
    })
    await again.bench.run('2026-01-31')
    expect(again.bench.documents()).toHaveLength(3)
    expect(again.bench.documents().at(-1)).toContain('INV-A-2026-000002')
  })
})

describe('the list and the ledger', () => {
  test('find, sort and sum; what is not reached is neither listed nor summed', async () => {
    const { bench, subscriberId, invoiceId } = await scene()
    const plain = bench.plan('Plain', 500)
    const budi = bench.subscriber('Budi_100%')
    bench.subscription(budi, plain, '2026-01-31')
    await bench.run('2026-02-28')
    bench.day.today = '2026-02-28'
    await bench.act('billing.credit', { documentId: invoiceId, lines: null, reason: 'x' })
    const ask = (filter: object, more: object = {}) =>
      bench.ask('billing.documents', { filter, ...more })
    expect(await ask({})).toMatchObject({
      total: 5,
      sums: [{ currency: 'USD', total: 3_441 + 1_000 }],
    })
    expect((await ask({ search: '_100%' })).total).toBe(2)
    expect((await ask({ search: '%' })).total).toBe(2)
    expect((await ask({ search: 'CN-' })).documents[0]).toMatchObject({
      kind: 'credit-note',
      correctsId: invoiceId,
    })
    expect(
      (await ask({ kinds: ['invoice'], subscriberId })).documents
        .map(({ credited }) => credited)
        .toSorted(),
    ).toEqual([0, 3_441])
    expect((await ask({ fromOn: '2026-02-01', untilOn: '2026-03-01' })).total).toBe(4)
    expect(
      (await ask({}, { sort: 'total', descending: false, limit: 1 })).documents[0]?.total,
    ).toBe(500)
    const own = { kind: 'own', accountId: 'agent', olts: new Set<string>() } as const
    const nothing = await bench.ask('billing.documents', { filter: {} }, own)
    expect(nothing).toEqual({ total: 0, sums: [], documents: [] })
  })

  test('opening and entries are the closing, and one month’s closing is the next one’s opening', async () => {
    const { bench, subscriberId } = await scene()
    await bench.run('2026-03-31')
    const of = (fromOn: string | null, untilOn: string | null) =>
      bench.ask('billing.ledger', { subscriberId, fromOn, untilOn })
    const january = await of(null, '2026-02-01')
    const later = await of('2026-02-01', null)
    expect([january.closing, later.opening, later.closing]).toEqual([3_441, 3_441, 10_323])
    expect(later.rows.map(({ amount, balanceAfter }) => [amount, balanceAfter])).toEqual([
      [3_441, 6_882],
      [3_441, 10_323],
    ])
    expect(later.rows[0]?.number).toBe('INV-A-2026-000002')
    expect((await bench.ask('billing.ledger', { subscriberId, currency: 'EUR' })).balance).toBe(0)
  })

  test('an entry that does not follow from the one before is refused (invariant 19)', async () => {
    const { bench, subscriberId } = await scene()
    const entry = { id: 'p1', subscriberId, on: on('2026-02-01'), at: 1, currency: usd }
    bench.write('test.pay', {}, (tx) => {
      expect(appendLedger(tx, { ...entry, kind: 'payment', docId: 'pay1', amount: -3_000 })).toBe(
        441,
      )
    })
    expect(() =>
      bench.write('test.pay', {}, (tx) => {
        appendLedger(tx, { ...entry, id: 'p2', kind: 'payment', docId: 'pay1', amount: -1 })
      }),
    ).toThrow(/UNIQUE/u)
    refused(
      { bench, subscriberId, invoiceId: '' },
      `INSERT INTO ledger_entry (id, subscriber_id, entry_on, at, kind, currency, amount,
        balance_after) VALUES ('x', ?, '2026-02-01', 1, 'payment', 'USD', -100, 0)`,
      /does not add up/u,
      subscriberId,
    )
  })
})
