import { describe, expect, test } from 'vitest'
import { scene, typed } from '../support/billing-scene.ts'
import { rejectionOf } from '../support/error-code.ts'

describe('a document by hand', () => {
  test('is looked at before it is kept: a line that is refused says why, the sums are of the others', async () => {
    const { bench, subscriberId } = await scene()
    const look = (lines: ReturnType<typeof typed>[], of = subscriberId) =>
      bench.ask('billing.draftLook', { subscriberId: of, currency: 'USD', lines })
    expect((await rejectionOf(look([], bench.newId()))).code).toBe('not-found')
    expect(await look([])).toEqual({ lines: [], taxes: [], net: 0, tax: 0, total: 0 })
    const found = await look([
      typed(1_000, ['VAT']),
      typed(100, ['GST']),
      { ...typed(100), discount: 101 } as ReturnType<typeof typed>,
      { ...typed(1_000_000_000_000), quantity: 1_000_000_000 },
      { ...typed(333, ['VAT']), quantity: 3 },
    ])
    expect(found.lines.map(({ problem }) => problem?.code ?? null)).toEqual([
      null,
      'tax-rate-missing',
      'discount-beyond-line',
      'line-beyond-limit',
      null,
    ])
    expect(found).toMatchObject({ net: 1_999, tax: 220, total: 2_219 })
    expect(found.lines.map(({ net, tax }) => net + tax).reduce((sum, one) => sum + one)).toBe(2_219)
    expect(bench.documents()).toHaveLength(1)
  })

  test('is a draft until it is issued, and has no number before', async () => {
    const { bench, subscriberId, invoiceId } = await scene()
    const base = { documentId: null, baseVersion: 0, subscriberId, currency: 'USD' } as const
    const save = (more: object) =>
      bench.act('billing.saveDraft', {
        ...base,
        kind: 'invoice',
        lines: [typed(1_000, ['VAT'])],
        ...more,
      })
    expect((await rejectionOf(save({ lines: [typed(100, ['GST'])] }))).code).toBe(
      'tax-rate-missing',
    )
    expect((await rejectionOf(save({ lines: [{ ...typed(100), discount: 101 }] }))).code).toBe(
      'discount-beyond-line',
    )
    expect((await rejectionOf(save({ correctsId: invoiceId }))).code).toBe('document-kind')
    expect((await rejectionOf(save({ subscriberId: bench.newId() }))).code).toBe('not-found')
    const { documentId, total } = await save({})
    const budi = bench.subscriber('Budi')
    const foreign = save({ documentId, baseVersion: 1, subscriberId: budi })
    expect((await rejectionOf(foreign)).code).toBe('not-found')
    expect(total).toBe(1_110)
    expect((await rejectionOf(save({ documentId, baseVersion: 7 }))).code).toBe('conflict')
    const changed = await save({ documentId, baseVersion: 1, lines: [typed(2_000, ['VAT'])] })
    expect(changed).toMatchObject({ version: 2, total: 2_220 })
    const beyond = { ...typed(1_000_000_000_000), quantity: 1_000_000_000 }
    expect((await rejectionOf(save({ lines: [beyond] }))).code).toBe('line-beyond-limit')
    expect(await bench.ask('billing.document', { documentId })).toMatchObject({
      number: null,
      state: 'draft',
      seller: null,
      typed: [{ description: 'Cable', unitPrice: 2_000, taxCodes: ['VAT'] }],
    })
    // The rate is the one of the day on which it is issued.
    bench.write('test.rate', {}, (tx) => void tx.run(`UPDATE tax_rate SET rate_ppm = 120000`))
    expect(
      (await rejectionOf(bench.act('billing.issueDraft', { documentId, baseVersion: 1 }))).code,
    ).toBe('conflict')
    expect(await bench.act('billing.issueDraft', { documentId, baseVersion: 2 })).toEqual({
      number: 'INV-A-2026-000002',
    })
    expect(await bench.ask('billing.document', { documentId })).toMatchObject({
      total: 2_240,
      typed: null,
    })
    for (const work of [
      bench.act('billing.issueDraft', { documentId, baseVersion: 3 }),
      bench.act('billing.removeDraft', { documentId, baseVersion: 3 }),
      save({ documentId, baseVersion: 3 }),
    ])
      expect((await rejectionOf(work)).code).toBe('document-issued')
    const debit = await save({ kind: 'debit-note', correctsId: invoiceId, reason: 'cable' })
    await bench.act('billing.issueDraft', { documentId: debit.documentId, baseVersion: 1 })
    const gone = await save({})
    await bench.act('billing.removeDraft', { documentId: gone.documentId, baseVersion: 1 })
    expect(
      (await rejectionOf(bench.ask('billing.document', { documentId: gone.documentId }))).code,
    ).toBe('not-found')
  })

  test('is no debt while it is a proforma, and is never dated before one that stands', async () => {
    const { bench, subscriberId } = await scene()
    const draft = await bench.act('billing.saveDraft', {
      documentId: null,
      baseVersion: 0,
      kind: 'proforma',
      subscriberId,
      currency: 'USD',
      lines: [typed(500)],
    })
    bench.day.today = '2026-01-30'
    const issue = () =>
      bench.act('billing.issueDraft', { documentId: draft.documentId, baseVersion: 1 })
    expect((await rejectionOf(issue())).code).toBe('billing-clock-back')
    bench.day.today = '2026-02-01'
    bench.seller({ name: '' })
    expect((await rejectionOf(issue())).code).toBe('billing-seller-missing')
    bench.seller()
    expect(await issue()).toEqual({ number: 'PF-A-2026-000001' })
    expect((await bench.ask('billing.ledger', { subscriberId })).balance).toBe(3_441)
  })
})
