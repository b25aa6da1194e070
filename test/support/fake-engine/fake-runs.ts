import type { RunRow } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { addMonths } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeBillingDeps } from './fake-billing.ts'

type Names = Extract<
  Exclude<ProcedureName, 'billing.runDunning'>,
  `billing.${'dryRun' | 'run' | 'startRun' | 'cancelRun'}${string}`
>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const price = 15_000_000
const tax = 1_650_000

/** A billing run over the fake subscribers: one of them cannot be billed. */
export const createFakeRuns = (
  deps: Pick<FakeBillingDeps, 'now' | 'emit' | 'me'> & {
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly people: () => readonly SubscriberRecord[]
  },
): Handlers => {
  const { newId, now, people, today } = deps
  const runs: RunRow[] = [
    {
      id: newId(),
      asOfOn: addMonths(today(), -1),
      state: 'done',
      startedAt: now() - 30 * 86_400_000,
      startedBy: 'Dewi Lestari',
      finishedAt: now() - 30 * 86_400_000 + 4_000,
      looked: 12,
      failed: 0,
      invoices: 12,
      creditNotes: 0,
      totals: [{ currency: 'IDR', invoiced: 12 * (price + tax), credited: 0 }],
    },
  ]
  let billed = false
  let dryRunId = newId()

  const subscriptionOf = (id: string): string => id.replace('-a000-', '-b0fd-')
  const rows = (): Output<'billing.dryRunRows'>['rows'] =>
    billed
      ? []
      : people().map(({ id, code, name }, at) => {
          const failed = at === people().length - 1
          return {
            subscriptionId: subscriptionOf(id),
            subscriberId: id,
            subscriberCode: code,
            subscriberName: name,
            planName: 'Home 20',
            currency: 'IDR',
            invoices: failed ? 0 : 1,
            creditNotes: 0,
            net: failed ? 0 : price,
            tax: failed ? 0 : tax,
            total: failed ? 0 : price + tax,
            before: at % 4 === 0 ? 0 : price + tax,
            problem: failed
              ? { code: 'tax-rate-missing' as const, params: { code: 'GST', on: today() } }
              : null,
          }
        })

  return {
    'billing.dryRun': () => {
      dryRunId = newId()
      const good = rows().filter(({ problem }) => problem === null)
      const sum = (of: 'net' | 'tax' | 'total' | 'before'): number =>
        good.reduce((all, row) => all + row[of], 0)
      return {
        dryRunId,
        today: today(),
        lastOn: addMonths(today(), -1),
        refusal: null,
        looked: rows().length,
        invoices: good.length,
        creditNotes: 0,
        failed: rows().length - good.length,
        changed: good.filter(({ total, before }) => total !== before).length,
        sums:
          good.length === 0
            ? []
            : [
                {
                  currency: 'IDR',
                  subscriptions: good.length,
                  net: sum('net'),
                  tax: sum('tax'),
                  total: sum('total'),
                  before: sum('before'),
                },
              ],
      }
    },
    'billing.dryRunRows': ({ view, search, offset, limit }) => {
      const found = rows().filter(
        ({ problem, subscriberName, total, before }) =>
          subscriberName.toLowerCase().includes(search.toLowerCase()) &&
          (view === 'all' ||
            (view === 'failed' && problem !== null) ||
            (view === 'changed' && problem === null && total !== before)),
      )
      return { total: found.length, rows: found.slice(offset, offset + limit) }
    },
    'billing.dryRunDocuments': () => ({
      problem: null,
      documents: [
        {
          kind: 'invoice',
          currency: 'IDR',
          corrects: null,
          lines: [
            {
              description: 'Home 20',
              gross: price,
              discount: 0,
              amount: price,
              net: price,
              tax,
              explanation: [
                {
                  why: {
                    kind: 'whole',
                    name: 'Home 20',
                    from: today(),
                    until: addMonths(today(), 1),
                  },
                  discounts: [],
                },
              ],
            },
          ],
          taxes: [
            {
              code: 'PPN',
              ratePpm: 120_000,
              baseNum: 11,
              baseDen: 12,
              base: 13_750_000,
              amount: tax,
            },
          ],
          days: 30,
          daysAt: [{ name: 'Home 20', days: 30 }],
          net: price,
          tax,
          total: price + tax,
        },
      ],
    }),
    'billing.runs': ({ offset, limit }) => ({
      total: runs.length,
      runningId: null,
      runs: runs.slice(offset, offset + limit),
    }),
    'billing.run': ({ runId }) => {
      const run = runs.find(({ id }) => id === runId)
      if (run === undefined) throw new NocturneError('not-found', { what: 'billing-run' })
      return { run, failures: [] }
    },
    'billing.startRun': () => {
      const runId = newId()
      const made = rows().filter(({ problem }) => problem === null)
      const total = rows().length
      runs.unshift({
        id: runId,
        asOfOn: today(),
        state: 'done',
        startedAt: now(),
        startedBy: deps.me(),
        finishedAt: now(),
        looked: total,
        failed: total - made.length,
        invoices: made.length,
        creditNotes: 0,
        totals: [{ currency: 'IDR', invoiced: made.length * (price + tax), credited: 0 }],
      })
      billed = true
      deps.emit('billing.runProgress', {
        runId,
        state: 'done',
        looked: total,
        total,
        documents: made.length,
        failed: total - made.length,
      })
      deps.emit('billing.documentsChanged', {})
      return { runId }
    },
    'billing.cancelRun': () => {
      throw new NocturneError('not-found', { what: 'billing-run' })
    },
  }
}
