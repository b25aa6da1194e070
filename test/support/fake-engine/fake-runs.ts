import type { RunRow } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { addMonths } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeBillingDeps } from './fake-billing.ts'

type Names = Extract<
  ProcedureName,
  `billing.${'dryRun' | 'dryRunRows' | 'dryRunDocuments' | 'run' | 'runs' | 'startRun' | 'cancelRun'}`
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
  const failures = new Map<string, Output<'billing.run'>['failures']>()
  const cancelled = new Set<string>()
  let runningId: string | null = null
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
    'billing.dryRunRows': ({ view, search, sort, descending, offset, limit }) => {
      const found = rows().filter(
        ({ problem, subscriberName, total, before }) =>
          subscriberName.toLowerCase().includes(search.toLowerCase()) &&
          (view === 'all' ||
            (view === 'failed' && problem !== null) ||
            (view === 'changed' && problem === null && total !== before)),
      )
      const keyOf = (row: (typeof found)[number]): string | number =>
        sort === 'subscriber'
          ? row.subscriberName
          : sort === 'total'
            ? row.total
            : row.total - row.before
      const sorted = found.toSorted((a, b) =>
        keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0,
      )
      if (descending) sorted.reverse()
      return { total: found.length, rows: sorted.slice(offset, offset + limit) }
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
      runningId,
      runs: runs.slice(offset, offset + limit),
    }),
    'billing.run': ({ runId }) => {
      const run = runs.find(({ id }) => id === runId)
      if (run === undefined) throw new NocturneError('not-found', { what: 'billing-run' })
      return { run, failures: failures.get(runId) ?? [] }
    },
    'billing.startRun': ({ today: seen }) => {
      if (seen !== today()) throw new NocturneError('conflict')
      const runId = newId()
      const all = rows()
      const made = all.filter(({ problem }) => problem === null)
      const total = all.length
      failures.set(
        runId,
        all.flatMap(({ problem, subscriptionId, ...row }) =>
          problem === null
            ? []
            : [
                {
                  subscriptionId,
                  subscriberId: row.subscriberId,
                  subscriberCode: row.subscriberCode,
                  subscriberName: row.subscriberName,
                  planName: row.planName,
                  problem,
                },
              ],
        ),
      )
      const begun: RunRow = {
        id: runId,
        asOfOn: today(),
        state: 'running',
        startedAt: now(),
        startedBy: deps.me(),
        finishedAt: null,
        looked: 0,
        failed: 0,
        invoices: 0,
        creditNotes: 0,
        totals: [],
      }
      runs.unshift(begun)
      runningId = runId
      let looked = 0
      // A few steps, so that its progress can be seen and it can be called off.
      const step = (): void => {
        looked = Math.min(total, looked + 3)
        const over = looked >= total || cancelled.has(runId)
        const good = Math.min(looked, made.length)
        const failed = looked >= total ? total - made.length : 0
        const state = cancelled.has(runId) ? 'cancelled' : over ? 'done' : 'running'
        runs[runs.findIndex(({ id }) => id === runId)] = {
          ...begun,
          state,
          finishedAt: over ? now() : null,
          looked,
          failed,
          invoices: good,
          totals: [{ currency: 'IDR', invoiced: good * (price + tax), credited: 0 }],
        }
        deps.emit('billing.runProgress', { runId, state, looked, total, documents: good, failed })
        if (!over) return void setTimeout(step, 250)
        runningId = null
        billed = state === 'done'
        deps.emit('billing.documentsChanged', {})
      }
      setTimeout(step, 250)
      return { runId }
    },
    'billing.cancelRun': ({ runId }) => {
      if (runId !== runningId) throw new NocturneError('not-found', { what: 'billing-run' })
      cancelled.add(runId)
      return {}
    },
  }
}
