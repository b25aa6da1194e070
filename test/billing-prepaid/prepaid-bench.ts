import { readsOf } from '../../src-main/billing/plans/plan-tables.ts'
import type { CallInput } from '../../src-shared/contract/index.ts'
import type { PlanTerms } from '../../src-shared/contract/billing-model.ts'
import { createModelLines } from '../support/model-lines.ts'
import { createPlansBench, north, serviceId, subscriberId } from '../support/plans-bench.ts'
import { idOf } from '../support/store-workspace.ts'

/** Prepaid on the whole of billing on a real store, with provisioning's own wanted states. */

const dayMs = 86_400_000
const serial = `HWTC0000${serviceId.slice(-4).toUpperCase()}`

export const createPrepaidBench = () => {
  const network = createModelLines()
  network.onus.push({ oltId: north, serial, address: 1, state: 'online' })
  const bench = createPlansBench(false, network.portOf)
  const reads = readsOf(bench.store.reader)
  const { clock, command, newId, query } = bench
  bench.write('test.seller', (tx) => {
    tx.run(
      `INSERT INTO account (id, name, login, password_hash, role, created_at, updated_at)
        VALUES (?, 'Nadia', 'nadia', '$argon2id$x', 'finance', 1, 1)`,
      idOf(0xb1),
    )
    tx.run(`UPDATE billing_seller SET name = 'Nusa Fiber' WHERE id = 1`)
    // The bench's clock is in UTC, whatever the machine's zone.
    tx.run(`UPDATE billing_settings SET time_zone = 'UTC' WHERE id = 1`)
  })
  const today = (): string => new Date(clock.now()).toISOString().slice(0, 10)
  const rows = <Row>(sql: string): Row[] => [...reads.all<Row>(sql)].map((row) => ({ ...row }))

  return {
    ...bench,
    network,
    reads,
    rows,
    today,
    /** Rp 100,000 for 30 days. */
    card: (terms: Partial<PlanTerms> = {}) =>
      bench.sell({ price: 10_000_000, interval: '30d', ...terms }, { payment: 'prepaid' }),
    begin: (versionId: string, startOn = today()) => bench.start(versionId, startOn),
    topUp: (amount: number, over: Partial<CallInput<'billing.takePayment'>> = {}) => {
      const paymentId = newId()
      return command('billing.takePayment', {
        paymentId,
        subscriberId,
        method: 'cash',
        currency: 'IDR',
        amount,
        receivedOn: today(),
        ...over,
      }).then(() => paymentId)
    },
    /** Days later, each of them looked at. */
    days: async (count: number) => {
      for (let day = 0; day < count; day++) {
        clock.jump(dayMs)
        bench.billing.wake()
        await command('billing.runPrepaid', {})
      }
    },
    /** The machine slept: only the clock moved. */
    sleep: (count: number) => clock.jump(count * dayMs),
    run: () => command('billing.runPrepaid', {}),
    one: async () => (await query('billing.prepaidOf', { subscriberId })).rows[0] ?? null,
    /** What was charged, and what of it is open. */
    bills: () =>
      rows<{ on: string; from: string | null; until: string | null; total: number; open: number }>(
        `SELECT i.issued_on AS "on", l.period_start_on AS "from", l.period_end_on AS "until", i.total,
          i.total - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.invoice_id = i.id), 0) AS open
          FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id AND l.seq = 1
          WHERE i.kind = 'invoice' AND i.status = 'issued' ORDER BY i.issued_at, i.sequence`,
      ).map(
        ({ on, from, until, total, open }) =>
          `${on} ${from}–${until} ${total}${open === 0 ? '' : ` open ${open}`}`,
      ),
    documents: (kind: string) =>
      rows<{ total: number; reason: string }>(
        `SELECT total, reason FROM invoice WHERE kind = '${kind}' AND status = 'issued' ORDER BY sequence`,
      ),
    line: () => network.wanted(bench.store).find((wanted) => wanted.serial === serial)?.desired,
    status: async (id: string) => (await bench.row(id)).status,
  }
}

export type PrepaidBench = ReturnType<typeof createPrepaidBench>
