import { issueDraft, putDraft } from '../../src-main/billing/documents/write-document.ts'
import { sellerOf } from '../../src-main/billing/documents/seller-tables.ts'
import { settleAccount } from '../../src-main/billing/payments/settle-account.ts'
import { readsOf } from '../../src-main/billing/plans/plan-tables.ts'
import type { DunningPolicyTerms } from '../../src-shared/contract/billing-dunning-model.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { createModelLines } from '../support/model-lines.ts'
import {
  createPlansBench,
  north,
  otherServiceId,
  otherSubscriberId,
  serviceId,
  subscriberId,
} from '../support/plans-bench.ts'
import { runFor } from '../support/settle.ts'
import { idOf } from '../support/store-workspace.ts'

/** Debts over lines: the whole of billing on a real store, with provisioning's own wanted states. */

const rupiah = currencyCode('IDR')
const dayMs = 86_400_000
export const serialOf = (service: string): string => `HWTC0000${service.slice(-4).toUpperCase()}`

export const usual: DunningPolicyTerms = {
  enabled: true,
  basis: 'due',
  warnedDays: 3,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  fromMinute: 0,
  toMinute: 1440,
  closedOn: [],
  promisesMost: 1,
  promiseDays: 7,
  stages: (
    [
      ['remind', 3, 'remind', 'whatsapp'],
      ['warn', 7, 'warn', 'call'],
      ['cut', 14, 'suspend', 'whatsapp'],
      ['final', 30, 'final-notice', 'letter'],
    ] as const
  ).map(([key, offsetDays, action, channel]) => ({
    key,
    offsetDays,
    action,
    channel,
    minimum: {},
    fee: {},
    attempts: 1,
    gapDays: 0,
    template: key,
  })),
}

/** `linesOf`: another OLT's worker than the one that only remembers what it was told. */
export const createDunningBench = async (linesOf?: Parameters<typeof createPlansBench>[1]) => {
  const network = createModelLines()
  for (const [at, service] of [serviceId, otherServiceId].entries()) {
    network.onus.push({ oltId: north, serial: serialOf(service), address: at + 1, state: 'online' })
  }
  const bench = createPlansBench(false, linesOf ?? network.portOf)
  const { write, newId, clock } = bench
  const reads = readsOf(bench.store.reader)
  bench.state.permissions.add('billing.dunning.run')
  bench.state.permissions.add('billing.dunning.manage')
  write('test.seller', (tx) => {
    tx.run(
      `INSERT INTO account (id, name, login, password_hash, role, created_at, updated_at)
        VALUES (?, 'Nadia', 'nadia', '$argon2id$x', 'finance', 1, 1)`,
      idOf(0xb1),
    )
    tx.run(`UPDATE billing_seller SET name = 'Nusa Fiber' WHERE id = 1`)
    // The bench's clock is in UTC, whatever the machine's zone.
    tx.run(`UPDATE billing_settings SET time_zone = 'UTC' WHERE id = 1`)
  })
  const { versionId } = await bench.sell()
  const subscriptionId = await bench.start(versionId)

  const invoice = (
    total: number,
    dueOn: string,
    of: {
      readonly subscriberId?: string
      readonly kind?: 'invoice' | 'debit-note'
      readonly issuedOn?: string
    } = {},
  ): string => {
    const id = newId()
    const who = of.subscriberId ?? subscriberId
    write('test.invoice', (tx) => {
      const draft = {
        id,
        kind: of.kind ?? 'invoice',
        subscriberId: who,
        subscriptionId: null,
        runId: null,
        reason: 'r',
        note: '',
        correctsId: null,
        currency: rupiah,
        lines: [
          {
            id: newId(),
            kind: 'recurring',
            description: 'Home 20',
            chargeKind: null,
            priceId: null,
            period: null,
            quantity: 1,
            quantityScale: 0,
            unitPrice: total,
            unitScale: 2,
            gross: total,
            discount: 0,
            amount: total,
            net: total,
            tax: 0,
            taxIncluded: false,
            taxGroup: 0,
            taxCodes: [],
            explanation: [],
            correctsLineId: null,
          },
        ],
        taxes: [],
        net: total,
        tax: 0,
        rounding: 0,
        total,
      } as const
      putDraft(tx, draft, { accountId: null, at: 0 })
      const on = calendarDate(of.issuedOn ?? dueOn)
      issueDraft(tx, draft, {
        days: { issuedOn: on, taxPointOn: on, dueOn: calendarDate(dueOn) },
        seller: sellerOf(tx),
        buyer: {
          code: 'S',
          name: 'B',
          kind: 'person',
          taxId: '',
          language: 'en',
          taxTreatment: 'standard',
          address: null,
        },
        newId,
        at: 0,
      })
      settleAccount(tx, { subscriberId: who, currency: rupiah, on, at: 0, newId })
    })
    return id
  }

  const save = async (over: Partial<DunningPolicyTerms> = {}): Promise<void> => {
    const { number } = await bench.query('billing.dunningPolicy', {})
    await bench.command('billing.saveDunningPolicy', {
      baseNumber: number,
      policy: { ...usual, ...over },
    })
  }
  const rows = <Row>(sql: string): Row[] => [...reads.all<Row>(sql)].map((row) => ({ ...row }))

  return {
    ...bench,
    network,
    subscriptionId,
    versionId,
    invoice,
    save,
    rows,
    run: () => bench.command('billing.runDunning', {}),
    /** Days later, each of them looked at. */
    sleep: async (days: number) => {
      for (let day = 0; day < days; day++) {
        clock.jump(dayMs)
        bench.billing.wake()
        await bench.command('billing.runDunning', {})
      }
    },
    /** The worker at its own hours. */
    hours: (count: number) => runFor(clock, count * 3_600_000, 3_600_000),
    /** The console was closed: only the clock moved. */
    jump: (days: number) => clock.jump(days * dayMs),
    pay: (amount: number, paymentId = newId(), receivedOn = todayOf(clock.now())) =>
      bench
        .command('billing.takePayment', {
          paymentId,
          subscriberId,
          method: 'cash',
          currency: 'IDR',
          amount,
          receivedOn,
        })
        .then(() => paymentId),
    live: async () => {
      const { cases } = await bench.query('billing.dunningOf', { subscriberId })
      return cases[0] ?? null
    },
    done: () =>
      rows<{ action: string; on: string; attempt: number }>(
        `SELECT action, done_on AS "on", attempt FROM dunning_action ORDER BY seq`,
      ).map(({ action, on }) => `${on} ${action}`),
    line: () => network.wanted(bench.store).find(({ serial }) => serial === serialOf(serviceId)),
    status: async () => (await bench.row(subscriptionId)).status,
    otherSubscriberId,
  }
}

export const todayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

export type DunningBench = Awaited<ReturnType<typeof createDunningBench>>
