import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOfCode } from '../../src-main/billing/vouchers/voucher-code.ts'
import { tidySheets } from '../../src-main/billing/vouchers/sheet-files.ts'
import { writeVoucherSheet } from '../../src-main/billing/vouchers/voucher-sheet.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createPlansBench, type PlansBench } from '../support/plans-bench.ts'
import { idOf } from '../support/store-workspace.ts'

let bench: PlansBench
beforeAll(() => {
  bench = createPlansBench()
})
afterAll(() => bench.close())

const make = (over: object = {}) =>
  bench.command('billing.makeVouchers', {
    name: 'Toko Cempaka',
    value: 11_100_000,
    currency: 'IDR',
    count: 3,
    expiresOn: null,
    note: '',
    language: 'id',
    ...over,
  })
const cards = async (batchId: string) =>
  (await bench.query('billing.vouchers', { batchId })).vouchers
const states = async (batchId: string) =>
  (await bench.query('billing.voucherBatches', {})).batches.find(({ id }) => id === batchId)?.states

describe('refused', () => {
  test.each([
    ['cards worth nothing', { value: 0 }],
    ['no card', { count: 0 }],
    ['more than five thousand', { count: 5001 }],
    ['a last day that is past', { expiresOn: '2026-11-21' }],
  ])('%s', async (_, over) => {
    expect(await rejectionOf(make(over))).toMatchObject({ code: 'invalid-input' })
  })

  test('to void what was voided meanwhile, and what is not there', async () => {
    const { batchId } = await make()
    const voids = (count: number) =>
      bench.command('billing.voidVouchers', { batchId, voucherIds: [], count, reason: 'lost' })
    expect(await rejectionOf(voids(2))).toMatchObject({ code: 'conflict' })
    expect(await states(batchId)).toMatchObject({ new: 3 })
    await voids(3)
    expect(await rejectionOf(voids(3))).toMatchObject({ code: 'conflict' })
    expect(await states(batchId)).toEqual({ new: 0, used: 0, void: 3, expired: 0 })
  })

  test('a card that goes back, another code on it, or one that goes away', async () => {
    const { batchId } = await make()
    const [card] = await cards(batchId)
    bench.write('test.use', (tx) =>
      tx.run(`UPDATE voucher SET state = 'used', used_at = 1 WHERE id = ?`, card!.id),
    )
    for (const sql of [
      `UPDATE voucher SET state = 'new', used_at = NULL WHERE id = ?`,
      `UPDATE voucher SET state = 'void', used_at = NULL, voided_at = 1 WHERE id = ?`,
      `UPDATE voucher SET code_hash = zeroblob(32) WHERE id = ?`,
      `DELETE FROM voucher WHERE id = ?`,
    ]) {
      expect(() => bench.write('test.edit', (tx) => tx.run(sql, card!.id))).toThrow(/voucher/u)
    }
  })
})

test('codes are in the sheet alone: not in an answer, the store or the trail', async () => {
  const made = await make({ count: 2 })
  expect(Object.keys(made).toSorted()).toEqual(['batchId', 'fileName', 'folder'])
  const sheet = join(made.folder, made.fileName)
  expect(statSync(sheet).mode & 0o077).toBe(0)
  const { rows } = { rows: bench.store.reader.prepare(`SELECT * FROM voucher`).all() }
  for (const row of rows) {
    expect(Object.values(row).some((value) => /^[0-9A-Z]{18}$/u.test(String(value)))).toBe(false)
  }
  expect((await cards(made.batchId)).map(({ number, state }) => [number, state])).toMatchObject([
    [expect.stringMatching(/^\d+-0001$/u), 'new'],
    [expect.stringMatching(/^\d+-0002$/u), 'new'],
  ])
})

test('the sheet has every card with its code, value and last day', async () => {
  const bytes = await writeVoucherSheet({
    name: 'Toko',
    value: 11_100_000,
    currency: currencyCode('IDR'),
    expiresOn: '2027-12-31',
    language: 'id',
    cards: Array.from({ length: 21 }, (_, index) => ({
      number: `1-${index + 1}`,
      code: 'ABCDEFGHJKMNPQRSTV',
    })),
    madeAt: 0,
    compress: false,
  })
  const text = Buffer.from(bytes).toString('latin1')
  const shown = [...text.matchAll(/<([0-9a-f]+)>/gu)]
    .map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1'))
    .join('')
  expect(text.match(/\/Type \/Page\b/gu)).toHaveLength(2)
  expect(shown).toContain('ABCDEF-GHJKMN-PQRSTV')
  expect(shown.replaceAll(' ', '')).toContain('IDR111.000,00')
  expect(shown).toContain('2027-12-31')
})

test('a card is past its day by the calendar alone', async () => {
  const { batchId } = await make({ expiresOn: '2026-11-22' })
  expect(await states(batchId)).toMatchObject({ new: 3, expired: 0 })
  bench.clock.jump(86_400_000)
  expect(await states(batchId)).toMatchObject({ new: 0, expired: 3 })
  expect((await cards(batchId)).every(({ state }) => state === 'expired')).toBe(true)
  bench.clock.jump(-86_400_000)
})

test('a sheet of a batch that did not come to be is removed, of one that did it gets its name', async () => {
  const [dead, alive] = [idOf(0xdead), idOf(0xa11e)]
  for (const id of [dead, alive]) {
    writeFileSync(join(bench.exportsFolder, `vouchers-${id}.pdf.part`), 'x')
  }
  await tidySheets(bench.exportsFolder, (id) => id === alive)
  expect(existsSync(join(bench.exportsFolder, `vouchers-${alive}.pdf`))).toBe(true)
  expect(readdirSync(bench.exportsFolder).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('two codes never have one hash', () => {
  const all = new Set(
    Array.from({ length: 500 }, (_, index) => hashOfCode(String(index)).toString('hex')),
  )
  expect(all.size).toBe(500)
})
