import type { Output } from '../../../src-shared/contract/index.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { sellerOf } from '../documents/seller-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { planOne, problemOf } from './bill-one.ts'
import { dryDocuments } from './dry-documents.ts'
import { dryRun } from './dry-run.ts'
import { pageOfDryRun, sumsOfDryRun, type KeptDryRun } from './dry-run-view.ts'
import { createRound } from './rounds.ts'
import { refusalOfRun } from './run-guard.ts'
import {
  failuresOf,
  insertRun,
  lastBilledOn,
  madeBy,
  runById,
  runningRuns,
  runsOf,
  type RunRecord,
} from './run-tables.ts'
import type { Runs } from './runs.ts'

export type RunQuery =
  | 'billing.dryRun'
  | 'billing.dryRunRows'
  | 'billing.dryRunDocuments'
  | 'billing.runs'
  | 'billing.run'
export type RunCommand = 'billing.startRun' | 'billing.cancelRun'

export interface RunHandlersDependencies {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly newId: () => string
  readonly reads: Reads
  readonly today: () => CalendarDate
  readonly subscribers: Pick<SubscriberPort, 'party'>
  readonly nameOfAccount: (accountId: string) => string | null
  readonly nextTurn: () => Promise<void>
  readonly log: { error(event: string, details?: object): void }
  readonly runs: Runs
  /** The screens are told that there is another run. */
  readonly changed: () => void
}

export const createRunHandlers = (
  deps: RunHandlersDependencies,
): {
  readonly queries: QueryHandlers<RunQuery>
  readonly commands: CommandHandlers<RunCommand>
} => {
  const { clock, newId, reads, runs, subscribers } = deps
  /** The latest one: its rows are asked for page by page. */
  let kept: KeptDryRun | null = null

  const rowOf = (run: RunRecord): Output<'billing.run'>['run'] => {
    const made = madeBy(reads, run.id)
    const count = (kind: 'invoice' | 'credit-note'): number =>
      made.reduce((sum, of) => sum + (of.kind === kind ? of.count : 0), 0)
    const currencies = [...new Set(made.map(({ currency }) => currency))]
    const sum = (kind: 'invoice' | 'credit-note', currency: string): number =>
      made.find((of) => of.kind === kind && of.currency === currency)?.total ?? 0
    return {
      ...run,
      startedBy: run.startedBy === null ? null : deps.nameOfAccount(run.startedBy),
      invoices: count('invoice'),
      creditNotes: count('credit-note'),
      totals: currencies.map((currency) => ({
        currency,
        invoiced: sum('invoice', currency),
        credited: sum('credit-note', currency),
      })),
    }
  }

  const refusal = (from: Reads, today: CalendarDate, dayIsRight: boolean) =>
    refusalOfRun({ today, lastOn: lastBilledOn(from), dayIsRight, seller: sellerOf(from) })

  return {
    queries: {
      async 'billing.dryRun'({ taskId }, context) {
        const today = deps.today()
        const round = createRound(reads, { today, runId: null, newId })
        const made = await dryRun(reads, round, {
          subscribers,
          signal: context.signal,
          monotonic: clock.monotonic,
          nextTurn: deps.nextTurn,
          log: deps.log,
          progress: (looked, total) => {
            if (taskId !== undefined) context.progress(taskId, 'subscriptions', looked, total)
          },
        })
        kept = { id: newId(), ...made }
        return {
          dryRunId: kept.id,
          today,
          lastOn: lastBilledOn(reads),
          refusal: refusal(reads, today, false),
          ...sumsOfDryRun(made),
        }
      },
      'billing.dryRunRows': (input) => {
        if (kept?.id !== input.dryRunId) throw new NocturneError('not-found', { what: 'dry-run' })
        return pageOfDryRun(kept, input)
      },
      'billing.dryRunDocuments': ({ subscriptionId }) => {
        const round = createRound(reads, { today: deps.today(), runId: null, newId })
        try {
          const one = planOne(reads, round, subscribers, subscriptionId)
          return { problem: null, documents: dryDocuments(reads, one.planned) }
        } catch (error) {
          const problem = problemOf(error)
          if (problem.code === 'not-found' || problem.code === 'internal') throw error
          return { problem, documents: [] }
        }
      },
      'billing.runs': ({ offset, limit }) => {
        const { total, runs: found } = runsOf(reads, offset, limit)
        return { total, runningId: runs.running(), runs: found.map(rowOf) }
      },
      'billing.run': ({ runId, offset, limit }) => {
        const run = runById(reads, runId)
        if (run === null) throw new NocturneError('not-found', { what: 'billing-run' })
        return { run: rowOf(run), failures: [...failuresOf(reads, runId, offset, limit)] }
      },
    },
    commands: {
      'billing.startRun': ({ today, dayIsRight }, context) => {
        const runId = newId()
        const accountId = context.session?.accountId ?? null
        return {
          apply(tx) {
            const now = deps.today()
            // What he saw was of another day: he looks again.
            if (now !== today) throw new NocturneError('conflict', { what: 'billing-day' })
            const problem = refusal(tx, now, dayIsRight)
            if (problem !== null) throw new NocturneError(problem.code, problem.params)
            if (runs.running() !== null || runningRuns(tx).length > 0)
              throw new NocturneError('billing-run-going')
            insertRun(tx, {
              id: runId,
              asOfOn: now,
              startedAt: clock.now(),
              startedBy: accountId,
              finishedAt: null,
              state: 'running',
              looked: 0,
              failed: 0,
            })
            tx.change({
              entity: 'billing-run',
              entityId: runId,
              kind: 'created',
              version: 1,
              data: { asOfOn: now },
            })
            return { runId }
          },
          after: (out) => {
            deps.changed()
            void runs
              .begin({ runId: out.runId, today: deps.today(), accountId })
              .finally(deps.changed)
          },
        }
      },
      'billing.cancelRun': ({ runId }) => ({
        apply(tx) {
          const run = runById(tx, runId)
          if (run?.state !== 'running')
            throw new NocturneError('not-found', { what: 'billing-run' })
          tx.about({ objectKind: 'billing-run', objectId: runId })
          return {}
        },
        after: () => void runs.cancel(runId),
      }),
    },
  }
}
