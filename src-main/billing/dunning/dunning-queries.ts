import type { DunningEntry } from '../../../src-shared/contract/billing-dunning-model.ts'
import { calendarDate, daysBetween } from '../../../src-shared/domain/calendar-date.ts'
import type { QueryHandlers } from '../../engine/handlers.ts'
import { openDocuments } from '../payments/payment-tables.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { serviceRules } from '../service-state/wish-tables.ts'
import {
  boardRows,
  boardStages,
  caseRow,
  casesOfSubscriber,
  noticeRows,
  noticesToDo,
} from './board.ts'
import { saidOf } from './case-facts.ts'
import { actionsOf, caseById, disputedOf, eventsOfCase } from './case-tables.ts'
import type { DunningDesk } from './dunning-desk.ts'
import { currentPolicy } from './policy-tables.ts'
import { previewOf } from './preview.ts'

export type DunningQuery =
  | 'billing.dunningPolicy'
  | 'billing.dunningBoard'
  | 'billing.dunningCase'
  | 'billing.dunningOf'
  | 'billing.dunningPreview'
  | 'billing.dunningNotices'
  | 'billing.serviceRules'
export const createDunningQueries = (
  deps: Pick<BillingDependencies, 'lines' | 'subscribers' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly desk: DunningDesk
    readonly nextTurn: () => Promise<void>
  },
): QueryHandlers<DunningQuery> => {
  const { desk, reads, nameOfAccount } = deps
  const nameOf = (id: string | null): string | null => (id === null ? null : nameOfAccount(id))

  const entriesOf = (caseId: string): DunningEntry[] => {
    const said = eventsOfCase(reads, caseId).map((event): DunningEntry => ({
      at: event.at,
      on: event.on,
      by: nameOf(event.by),
      kind: event.kind,
      action: null,
      stageKey: null,
      attempt: null,
      untilOn: event.untilOn,
      reason: event.reason,
      debt: null,
      lines: null,
      feeDocumentId: null,
    }))
    const done = actionsOf(reads, caseId).map((one): DunningEntry => ({
      at: one.at,
      on: one.on,
      by: nameOf(one.by),
      kind: 'action',
      action: one.action,
      stageKey: one.stageKey,
      attempt: one.attempt,
      untilOn: null,
      reason: '',
      debt: one.debt,
      lines: one.lines,
      feeDocumentId: one.feeDocumentId,
    }))
    return [...said, ...done].toSorted((one, other) => other.at - one.at)
  }

  return {
    'billing.dunningPolicy': () => {
      const { number, at, by, terms } = currentPolicy(reads)
      return { number, at, by: nameOf(by), policy: terms }
    },
    'billing.dunningBoard': (input) => ({
      today: desk.now().on,
      enabled: currentPolicy(reads).terms.enabled,
      stages: boardStages(reads),
      noticesToDo: noticesToDo(reads),
      ...boardRows(reads, input),
    }),
    'billing.dunningCase': ({ caseId }) => {
      const row = caseRow(reads, caseId)
      const found = caseById(reads, caseId)
      if (row === null || found === null) throw gone('dunning-case')
      const open = openDocuments(reads, found.subscriberId, found.currency)
      const disputed = disputedOf(
        reads,
        open.map(({ id }) => id),
      )
      const today = desk.now().on
      return {
        case: row,
        entries: entriesOf(caseId),
        documents: open.map((document) => ({
          ...document,
          overdueDays: daysBetween(calendarDate(document.dueOn), today),
          disputed: disputed.has(document.id),
        })),
        ...saidOf(eventsOfCase(reads, caseId), found.round),
      }
    },
    'billing.dunningOf': ({ subscriberId }) => ({
      cases: casesOfSubscriber(reads, subscriberId),
    }),
    'billing.dunningPreview': (input, { signal }) =>
      previewOf({ ...deps, fromMinute: currentPolicy(reads).terms.fromMinute }, input, signal),
    'billing.dunningNotices': (input) => noticeRows(reads, deps, input),
    'billing.serviceRules': () => serviceRules(reads),
  }
}
