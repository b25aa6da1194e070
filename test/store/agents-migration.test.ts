import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrations } from '../../src-main/store/migrations/all.ts'
import { openTestStore, rawConnection, temporaryFolder } from '../support/store-workspace.ts'

test('agents: payments of a store that exists stay, with what points at them and what guards them', () => {
  const path = join(temporaryFolder(), 'ws', 'store.db')
  openTestStore(path, {
    migrations: migrations.filter(({ version }) => version < 380),
  }).stop()
  const before = rawConnection(path)
  before.pragma('foreign_keys = ON')
  before.exec(`
    INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status,
      status_since, language, created_at, updated_at)
      VALUES ('s', 1, 'S', 'S', 'person', 'S', 's', 'active', 0, 'en', 0, 0);
    INSERT INTO number_series (id, kind, installation, year) VALUES ('n', 'receipt', 'A', 0);
    INSERT INTO payment (id, subscriber_id, method, reference, reference_key, currency, amount,
      received_on, series_id, sequence, number, payer, note, taken_at)
      VALUES ('p', 's', 'transfer', 'TRX 1', 'TRX1', 'EUR', 500, '2026-01-02', 'n', 1, 'RC-1', 'P',
        'N', 7);
    INSERT INTO payment_reversal (id, payment_id, kind, reversed_on, reason, at)
      VALUES ('v', 'p', 'returned', '2026-01-03', 'r', 8);`)
  const objects = (from: typeof before): unknown =>
    from
      .prepare(
        `SELECT type, name FROM sqlite_schema WHERE tbl_name = 'payment' AND name NOT LIKE 'sqlite_%'
          ORDER BY type, name`,
      )
      .all()
  const [rows, guards] = [before.prepare(`SELECT * FROM payment`).all(), objects(before)]
  before.close()
  openTestStore(path).stop()
  const after = rawConnection(path)
  expect(after.prepare(`SELECT * FROM payment`).all()).toEqual(rows)
  expect(objects(after)).toEqual(guards)
  expect(after.pragma('foreign_key_check')).toEqual([])
  expect(() => after.exec(`UPDATE payment SET amount = 1`)).toThrow(/never changed/u)
  const { accounts } = JSON.parse(
    String(after.prepare(`SELECT settings FROM paper_settings`).pluck().get()),
  ) as { readonly accounts: Record<string, string> }
  expect([accounts['agent'], accounts['commission'], accounts['voucher']]).toEqual([
    '2310',
    '6200',
    '2300',
  ])
  after.close()
})
