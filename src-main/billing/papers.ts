import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Belongs } from '../engine/reach.ts'
import type { ApprovalKind } from '../engine/approval-ports.ts'
import { createCreditApproval } from './documents/credit-approval.ts'
import {
  createCreditHandlers,
  type CreditCommand,
  type CreditQuery,
} from './documents/credit-commands.ts'
import { createDocumentCommands, type DocumentCommand } from './documents/document-commands.ts'
import { createDocumentDesk, type OnIssued } from './documents/document-desk.ts'
import { createDocumentQueries, type DocumentQuery } from './documents/document-queries.ts'
import { documentHeadById } from './documents/document-tables.ts'
import { createJournalHandlers, type JournalCommand } from './journal/journal-handlers.ts'
import { nextTurn } from './next-turn.ts'
import { createPaperHandlers, type PaperCommand, type PaperQuery } from './pdf/paper-handlers.ts'
import type { Reads } from './plans/plan-tables.ts'
import type { BillingDependencies, Today } from './ports.ts'
import { createRunHandlers, type RunCommand, type RunQuery } from './run/run-handlers.ts'
import { createRuns } from './run/runs.ts'
import { createUblHandlers, type UblCommand } from './ubl/ubl-handlers.ts'

/** Documents, ledger and billing run, put together. */
export interface Papers {
  readonly queries: QueryHandlers<CreditQuery | DocumentQuery | RunQuery | PaperQuery>
  readonly commands: CommandHandlers<CreditCommand | DocumentCommand | RunCommand | OutCommand>
  readonly approvalKind: ApprovalKind
  readonly belongs: { readonly document: (id: string) => Belongs | null }
  start(): void
  stop(): void
}

/** What leaves the console as a file. */
export type OutCommand = PaperCommand | UblCommand | JournalCommand

export type {
  CreditCommand,
  CreditQuery,
  DocumentCommand,
  DocumentQuery,
  PaperQuery,
  RunCommand,
  RunQuery,
}

export const createPapers = (
  deps: Pick<
    BillingDependencies,
    | 'approvals'
    | 'clock'
    | 'newId'
    | 'emit'
    | 'log'
    | 'write'
    | 'subscribers'
    | 'nameOfAccount'
    | 'exportsFolder'
  > & {
    readonly reads: Reads
    readonly today: Today
    /** Told of every document that is issued, in its transaction. */
    readonly issued: OnIssued
    /** After each transaction: what it meant for lines is brought about. */
    readonly committed?: () => void
  },
): Papers => {
  const { clock, emit, reads, subscribers } = deps
  const { now } = clock
  const changed = (): void => {
    emit('billing.documentsChanged', {})
    deps.committed?.()
  }
  const runs = createRuns({
    ...deps,
    nextTurn,
    told: (progress) => emit('billing.runProgress', progress),
  })
  const run = createRunHandlers({ ...deps, nextTurn, runs, changed })
  const desk = createDocumentDesk({ ...deps, now })
  const document = (id: string): Belongs | null => {
    const head = documentHeadById(reads, id)
    return head === null ? null : subscribers.belongs(head.subscriberId)
  }
  const approval = createCreditApproval({
    gate: deps.approvals,
    reads,
    now,
    belongs: document,
    moved: changed,
  })
  const credits = createCreditHandlers({ ...deps, now, desk, approval, changed })
  const out = createPaperHandlers({ ...deps, nextTurn, changed })
  return {
    belongs: { document },
    approvalKind: approval.kind,
    queries: {
      ...createDocumentQueries({ ...deps, now, nextTurn }),
      ...credits.queries,
      ...run.queries,
      ...out.queries,
    },
    commands: {
      ...createDocumentCommands({ ...deps, now, desk, changed }),
      ...credits.commands,
      ...run.commands,
      ...out.commands,
      ...createUblHandlers(deps).commands,
      ...createJournalHandlers({ ...deps, nextTurn }).commands,
    },
    start: () => {
      runs.start()
      out.start()
    },
    stop: runs.stop,
  }
}
