import { createParties, createPlanSeeds, type SeededPlan } from './billing-seeds.ts'
import type { NoteSubscriberEvent } from '../../src-main/engine/capability-ports.ts'
import { join } from 'node:path'
import { readsOf } from '../../src-main/billing/plans/plan-tables.ts'
import { createPapers } from '../../src-main/billing/papers.ts'
import { createRuns, type RunProgress } from '../../src-main/billing/run/runs.ts'
import { insertRun } from '../../src-main/billing/run/run-tables.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { everything, type Reach } from '../../src-main/engine/reach.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import type {
  CallInput,
  CommandName,
  Input,
  Output,
  QueryName,
} from '../../src-shared/contract/index.ts'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { nobodyElse } from './nobody-else.ts'
import { idOf, newTestStore, systemActor, temporaryFolder } from './store-workspace.ts'

/**
 * The billing's own store with plans, subscribers and subscriptions as rows, and a run over them.
 * What a run writes goes through the write path, statement by statement, so that a test may break it
 * at any of them.
 */
export const createBillingBench = (store = newTestStore()) => {
  let next = 0xb00000
  const newId = (): string => idOf(next++)
  const reads = readsOf(store.reader)
  const errors: unknown[] = []
  const told: RunProgress[] = []
  const notes: Omit<NoteSubscriberEvent, 'subscriberId' | 'objectId'>[] = []
  const note = (
    _tx: Transaction,
    { subscriberId: _of, objectId: _id, ...rest }: NoteSubscriberEvent,
  ): void => void notes.push(rest)
  const clock = { at: Date.UTC(2026, 0, 31, 12) }
  /** Called before each statement that writes; may throw, as a machine that dies does. */
  const hook: { onStatement: (sql: string) => void; onWrite: (name: string) => void } = {
    onStatement: () => undefined,
    onWrite: () => undefined,
  }

  const watched = (tx: Transaction): Transaction => ({
    ...tx,
    run: (sql, ...parameters) => {
      hook.onStatement(sql)
      return tx.run(sql, ...parameters)
    },
  })

  const write = (name: string, input: object, apply: (tx: Transaction) => void): void => {
    hook.onWrite(name)
    const call = { commandId: newId(), name, actor: systemActor, auditInput: input, at: clock.at }
    runCommand(store, call, (tx) => {
      apply(watched(tx))
      return { result: {} }
    })
  }

  const seeds = createPlanSeeds({ write, newId })

  const party = createParties(reads)

  /** A run of a console that has just started. */
  const console = () =>
    createRuns({
      clock: { now: () => clock.at, monotonic: () => 0 },
      newId,
      reads,
      write,
      log: { error: (_event, details) => errors.push(details) },
      subscribers: { party, note },
      nextTurn: () => Promise.resolve(),
      told: (progress) => told.push(progress),
      issued: () => undefined,
    })

  const day = { today: '2026-01-31' }
  const exportsFolder = join(temporaryFolder(), 'exports')
  const papers = createPapers({
    approvals: nobodyElse,
    clock: { now: () => clock.at, monotonic: () => 0, after: () => () => undefined },
    newId,
    emit: () => undefined,
    log: { info: () => undefined, warn: () => undefined, error: (_event, at) => errors.push(at) },
    write,
    subscribers: { party, note, services: () => [], belongs: () => null },
    nameOfAccount: () => null,
    reads,
    exportsFolder,
    today: () => calendarDate(day.today),
    issued: () => undefined,
  })

  const contextOf = (reach: Reach, signal = new AbortController().signal): CallContext => ({
    clientId: 1,
    session: null,
    reach,
    traceId: 'test',
    signal,
    progress: () => undefined,
  })

  return {
    day,
    /** As the router calls it: the input parsed by the contract. */
    ask: async <Name extends QueryName & keyof typeof papers.queries>(
      name: Name,
      input: CallInput<Name>,
      reach: Reach = everything,
    ): Promise<Output<Name>> => {
      const handler = papers.queries[name] as unknown as (
        input: Input<Name>,
        context: CallContext,
      ) => Output<Name> | Promise<Output<Name>>
      const parsed = queries[name].input.parse(input) as Input<Name>
      return queries[name].output.parse(await handler(parsed, contextOf(reach))) as Output<Name>
    },
    act: async <Name extends CommandName & keyof typeof papers.commands>(
      name: Name,
      input: CallInput<Name>,
      signal?: AbortSignal,
      session: CallContext['session'] = null,
    ): Promise<Output<Name>> => {
      const handler = papers.commands[name] as unknown as (
        input: Input<Name>,
        context: CallContext,
      ) => CommandPlan<Output<Name>> | Promise<CommandPlan<Output<Name>>>
      const plan = await handler(commands[name].input.parse(input) as Input<Name>, {
        ...contextOf(everything, signal),
        session,
      })
      const call = { commandId: newId(), name, actor: systemActor, auditInput: {}, at: clock.at }
      const { result } = runCommand(store, call, (tx) => ({ result: plan.apply(watched(tx)) }))
      await plan.after?.(result)
      return result
    },
    store,
    exportsFolder,
    reads,
    write,
    newId,
    errors,
    told,
    notes,
    clock,
    hook,
    party,
    console,
    ...seeds,
    /** A whole run on a day; the row of the run is made first, as the command does. */
    async run(day: string, runs = console()): Promise<string> {
      const runId = newId()
      const today = calendarDate(day)
      write('billing.startRun', { runId }, (tx) => {
        insertRun(tx, {
          id: runId,
          asOfOn: today,
          startedAt: clock.at,
          startedBy: null,
          finishedAt: null,
          state: 'running',
          looked: 0,
          failed: 0,
        })
      })
      await runs.begin({ runId, today, accountId: null })
      return runId
    },
    /** Every document with its lines, without ids and instants: what two runs are compared by. */
    documents: (): readonly string[] =>
      reads
        .all<Record<string, string | number | null>>(
          `SELECT i.kind, i.number, i.status, i.issued_on AS issuedOn, i.due_on AS dueOn, i.net,
            i.tax, i.total, s.code, (SELECT group_concat(l.description || ' ' ||
              coalesce(l.period_start_on, '') || '→' || coalesce(l.period_end_on, '') || ' ' ||
              l.amount, '; ') FROM invoice_line l WHERE l.invoice_id = i.id) AS lines,
            (SELECT number FROM invoice c WHERE c.id = i.corrects_id) AS corrects
            FROM invoice i JOIN subscriber s ON s.id = i.subscriber_id ORDER BY i.number`,
        )
        .map((row) => JSON.stringify(row)),
  }
}

export type BillingBench = ReturnType<typeof createBillingBench>
export type { SeededPlan }
