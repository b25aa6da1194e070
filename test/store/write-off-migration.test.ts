import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrations } from '../../src-main/store/migrations/all.ts'
import { openTestStore, rawConnection, temporaryFolder } from '../support/store-workspace.ts'

test('write-offs: the settlements of a store that exists stay as they are, and stay guarded', () => {
  const path = join(temporaryFolder(), 'ws', 'store.db')
  openTestStore(path, {
    migrations: migrations.filter(({ version }) => version < 300),
  }).stop()
  const before = rawConnection(path)
  before.pragma('foreign_keys = ON')
  before.exec(`
    DROP TRIGGER allocation_settles;
    INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status,
      status_since, language, created_at, updated_at)
      VALUES ('s', 1, 'S', 'S', 'person', 'S', 's', 'active', 0, 'en', 0, 0);
    INSERT INTO number_series (id, kind, installation, year) VALUES ('n', 'receipt', 'A', 0);
    INSERT INTO invoice (id, version, kind, status, subscriber_id, currency, net, tax, rounding,
      total, created_at) VALUES ('i', 1, 'invoice', 'draft', 's', 'EUR', 500, 0, 0, 500, 0);
    INSERT INTO payment (id, subscriber_id, method, currency, amount, received_on, series_id,
      sequence, number, taken_at)
      VALUES ('p', 's', 'cash', 'EUR', 500, '2026-01-02', 'n', 1, 'RC-1', 0);
    INSERT INTO allocation (id, payment_id, invoice_id, amount, allocated_on, at)
      VALUES ('a', 'p', 'i', 500, '2026-01-02', 7);
    INSERT INTO allocation (id, payment_id, invoice_id, amount, allocated_on, at, takes_back_id)
      VALUES ('b', 'p', 'i', -200, '2026-01-03', 8, 'a');`)
  before.close()
  const store = openTestStore(path)
  expect(
    store.reader
      .prepare(
        `SELECT seq, id, payment_id AS paymentId, write_off_id AS writeOffId, amount,
          takes_back_id AS takesBackId FROM allocation ORDER BY seq`,
      )
      .all(),
  ).toEqual([
    { seq: 1, id: 'a', paymentId: 'p', writeOffId: null, amount: 500, takesBackId: null },
    { seq: 2, id: 'b', paymentId: 'p', writeOffId: null, amount: -200, takesBackId: 'a' },
  ])
  const names = store.reader
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'trigger'
        AND (tbl_name IN ('allocation', 'refund', 'payment_reversal')) ORDER BY name`,
    )
    .all()
    .map(({ name }) => name)
  expect(names).toEqual([
    'allocation_kept',
    'allocation_of_credit',
    'allocation_of_given_up',
    'allocation_of_money',
    'allocation_settles',
    'allocation_stays',
    'allocation_taken_back',
    'bank_line_back',
    'payment_reversal_kept',
    'payment_reversal_stays',
    'refund_kept',
    'refund_of_free',
    'refund_stays',
    'reversal_of_whole',
  ])
  store.stop()
})
