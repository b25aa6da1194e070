import { expect, test } from 'vitest'
import { fillMonths } from '../../src-main/billing/demo/demo-months.ts'
import { fillSimulatedPlans } from '../../src-main/billing/plans/fill-simulated.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { createBillingBench } from '../support/billing-bench.ts'

const fill = async (people: number, stopAfter = Infinity) => {
  const bench = createBillingBench()
  bench.clock.at = Date.UTC(2026, 10, 23, 12)
  bench.day.today = '2026-11-23'
  const { newId, reads, write } = bench
  const clock = { now: () => bench.clock.at, monotonic: () => 0, after: () => () => undefined }
  fillSimulatedPlans({ clock, newId, reads, write })
  const olt = newId()
  write('test.olt', {}, (tx) => {
    tx.run(
      `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
        intervals_s, created_at, updated_at) VALUES (?, 'North', 'n', 161, '2c', x'00', 'B+', '{}', 1, 1)`,
      olt,
    )
  })
  for (let at = 0; at < people; at += 1) {
    const subscriberId = bench.subscriber(`Person ${at}`)
    write('test.service', {}, (tx) => {
      tx.run(
        `INSERT INTO subscriber_service (id, subscriber_id, version, name, state, olt_id, serial,
          created_at, updated_at) VALUES (?, ?, 1, 'Home', 'live', ?, ?, 1, 1)`,
        newId(),
        subscriberId,
        olt,
        `HWTC${String(at).padStart(8, '0')}`,
      )
    })
  }
  let writes = 0
  await fillMonths({
    clock,
    newId,
    reads,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (_event, of) => bench.errors.push(of),
    },
    write: (name, input, apply) => {
      writes += 1
      write(name, input, apply)
    },
    subscribers: {
      party: bench.party,
      note: () => undefined,
      services: () => [],
      belongs: () => null,
    },
    lines: { settle: () => undefined },
    accounts: () => reads.all<{ id: string; name: string }>(`SELECT id, name FROM account`),
    simulatedAgents: {
      makeAccount: (tx, name, login) => {
        const id = newId()
        tx.run(
          `INSERT INTO account (id, name, login, role, created_at, updated_at)
            VALUES (?, ?, ?, 'sales-agent', 0, 0)`,
          id,
          name,
          login,
        )
        return id
      },
      giveCustomers: (tx, accountId, ids) => {
        for (const id of ids) {
          tx.run(`UPDATE subscriber SET agent_id = ? WHERE id = ?`, accountId, id)
        }
      },
    },
    today: () => calendarDate(bench.day.today),
    stopped: () => writes >= stopAfter,
  })
  return bench
}

const count = (bench: Awaited<ReturnType<typeof fill>>, sql: string): number =>
  bench.reads.all<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)[0]?.n ?? 0

test('a simulated workspace gets three months of business: billed, paid, and partly overdue', async () => {
  const bench = await fill(28)
  expect(bench.errors).toEqual([])
  expect(count(bench, 'subscription')).toBe(28)
  expect(count(bench, `billing_run WHERE state = 'done'`)).toBe(3)
  expect(count(bench, `billing_run_failure`)).toBe(0)
  expect(count(bench, `invoice WHERE status = 'issued'`)).toBeGreaterThan(60)
  expect(count(bench, 'payment')).toBeGreaterThan(40)
  const [days] = bench.reads.all<{ first: string; last: string; paid: string }>(
    `SELECT min(issued_on) AS first, max(issued_on) AS last,
      (SELECT max(received_on) FROM payment) AS paid FROM invoice`,
  )
  expect(days).toMatchObject({ first: '2026-08-28', last: '2026-10-28' })
  expect((days?.paid ?? '9') <= '2026-11-23').toBe(true)
  // Somebody owes for long, somebody has credit, and there is something to bill today.
  const open = `invoice i WHERE i.total > coalesce((SELECT sum(amount) FROM allocation
    WHERE invoice_id = i.id), 0)`
  expect(count(bench, `(SELECT 1 FROM ${open} AND i.due_on < '2026-10-01')`)).toBeGreaterThan(0)
  expect(
    count(
      bench,
      `(SELECT subscriber_id FROM ledger_entry GROUP BY subscriber_id HAVING sum(amount) < 0)`,
    ),
  ).toBeGreaterThan(0)
  // An agent who earned and was paid, and a reseller who took his customers' money.
  const moves = bench.reads.all<{ kind: string; entries: number; first: string }>(
    `SELECT kind, count(*) AS entries, min(entry_on) AS first FROM agent_ledger GROUP BY kind
      ORDER BY kind`,
  )
  expect(moves.map(({ kind }) => kind)).toEqual(['bonus', 'commission', 'payout', 'sale', 'top-up'])
  expect(moves.every(({ entries, kind }) => kind === 'top-up' || entries > 1)).toBe(true)
  expect(moves.find(({ kind }) => kind === 'commission')?.first).toBe('2026-09-01')
  const look = await bench.ask('billing.dryRun', {})
  expect(look).toMatchObject({ refusal: null, failed: 0 })
  expect(look.invoices).toBeGreaterThan(10)
})

test('the same subscribers give the same documents', async () => {
  const [one, other] = [await fill(6), await fill(6)]
  expect(one.documents()).toEqual(other.documents())
})

test('it ends between two steps when the workspace is closed, and is nothing without subscribers', async () => {
  const bench = await fill(6, 4)
  expect(count(bench, 'subscription')).toBeLessThan(6)
  expect(count(bench, 'invoice')).toBe(0)
  expect(count(await fill(0), 'subscription')).toBe(0)
})
