import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Belongs } from '../engine/reach.ts'
import { createDocumentCommands, type DocumentCommand } from './documents/document-commands.ts'
import type { OnIssued } from './documents/document-desk.ts'
import { createDocumentQueries, type DocumentQuery } from './documents/document-queries.ts'
import { documentHeadById } from './documents/document-tables.ts'
import { nextTurn } from './next-turn.ts'
import type { Reads } from './plans/plan-tables.ts'
import type { BillingDependencies, Today } from './ports.ts'
import { createRunHandlers, type RunCommand, type RunQuery } from './run/run-handlers.ts'
import { createRuns } from './run/runs.ts'

/** Documents, ledger and billing run, put together. */
export interface Papers {
  readonly queries: QueryHandlers<DocumentQuery | RunQuery>
  readonly commands: CommandHandlers<DocumentCommand | RunCommand>
  readonly belongs: { readonly document: (id: string) => Belongs | null }
  start(): void
  stop(): void
}

export type { DocumentCommand, DocumentQuery, RunCommand, RunQuery }

export const createPapers = (
  deps: Pick<
    BillingDependencies,
    'clock' | 'newId' | 'emit' | 'log' | 'write' | 'subscribers' | 'nameOfAccount'
  > & {
    readonly reads: Reads
    readonly today: Today
    /** Told of every document that is issued, in its transaction. */
    readonly issued: OnIssued
  },
): Papers => {
  const { clock, emit, reads, subscribers } = deps
  const changed = (): void => emit('billing.documentsChanged', {})
  const runs = createRuns({
    ...deps,
    nextTurn,
    told: (progress) => emit('billing.runProgress', progress),
  })
  const run = createRunHandlers({ ...deps, nextTurn, runs, changed })
  return {
    belongs: {
      document: (id) => {
        const head = documentHeadById(reads, id)
        return head === null ? null : subscribers.belongs(head.subscriberId)
      },
    },
    queries: { ...createDocumentQueries({ ...deps, now: clock.now, nextTurn }), ...run.queries },
    commands: {
      ...createDocumentCommands({ ...deps, now: clock.now, changed }),
      ...run.commands,
    },
    start: runs.start,
    stop: runs.stop,
  }
}
