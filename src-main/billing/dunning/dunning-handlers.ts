import { addDays, calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { documentHeadById } from '../documents/document-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { serviceRules } from '../service-state/wish-tables.ts'
import { saidOf } from './case-facts.ts'
import {
  caseById,
  eventsOfCase,
  markNotice,
  noticeById,
  putDispute,
  putEvent,
  putScanned,
  type CaseRecord,
} from './case-tables.ts'
import { confirmCut } from './lines-to-cut.ts'
import type { ActedBy, DunningDesk } from './dunning-desk.ts'
import { createDunningQueries, type DunningQuery } from './dunning-queries.ts'
import { currentPolicy, putPolicy, rulesOf } from './policy-tables.ts'
import { problemsOf } from './rules.ts'
import type { DunningWorker } from './worker.ts'

export type DunningCommand =
  | 'billing.saveDunningPolicy'
  | 'billing.runDunning'
  | 'billing.promise'
  | 'billing.freezeDunning'
  | 'billing.disputeDocument'
  | 'billing.moveSuspension'
  | 'billing.suspendNow'
  | 'billing.resumeNow'
  | 'billing.markNotices'
  | 'billing.configureServiceRules'

/** A day further away was mistyped. */
const mostDaysAhead = 366

export const createDunningHandlers = (
  deps: Pick<
    BillingDependencies,
    'clock' | 'confirm' | 'lines' | 'subscribers' | 'nameOfAccount'
  > & {
    readonly reads: Reads
    readonly desk: DunningDesk
    readonly worker: DunningWorker
    readonly nextTurn: () => Promise<void>
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<DunningQuery>
  readonly commands: CommandHandlers<DunningCommand>
} => {
  const { clock, desk } = deps

  const live = (tx: Reads, caseId: string): CaseRecord => {
    const found = caseById(tx, caseId)
    if (found === null) throw gone('dunning-case')
    if (found.closedOn !== null) throw new NocturneError('dunning-closed')
    return found
  }

  const toCut = (reads: Reads, caseId: string): CaseRecord => {
    const found = live(reads, caseId)
    const party = deps.subscribers.party(found.subscriberId)
    // SECURITY: the mark of a clinic is taken off its file first, by who may.
    if (party?.neverSuspend === true) {
      throw new NocturneError('dunning-never-suspend', { subscriber: party.code })
    }
    return found
  }

  const dayAhead = (text: string, most: number): ReturnType<typeof calendarDate> => {
    const on = calendarDate(text)
    const { on: today } = desk.now()
    const last = addDays(today, most)
    if (on < today || on > last) {
      throw new NocturneError('dunning-day-refused', { on, first: today, last })
    }
    return on
  }

  const say = (
    tx: Transaction,
    found: CaseRecord,
    kind: 'promise' | 'freeze' | 'unfreeze' | 'move',
    untilOn: ReturnType<typeof calendarDate> | null,
    by: ActedBy,
  ): void => {
    putEvent(tx, {
      caseId: found.id,
      round: found.round,
      kind,
      untilOn,
      on: desk.now().on,
      at: clock.now(),
      by: by.accountId,
      reason: by.reason,
    })
    deps.subscribers.note(tx, {
      subscriberId: found.subscriberId,
      kind: `dunning-${kind}`,
      objectKind: 'dunning-case',
      objectId: found.id,
      accountId: by.accountId,
      data: { on: untilOn, reason: by.reason },
    })
    tx.change({
      entity: 'dunning-case',
      entityId: found.id,
      kind: 'updated',
      version: found.version + 1,
      data: { what: kind },
    })
    about(tx, found, by.reason)
  }

  const about = (tx: Transaction, found: CaseRecord, reason: string): void =>
    tx.about({
      objectKind: 'dunning-case',
      objectId: found.id,
      subjectId: found.subscriberId,
      ...(reason === '' ? {} : { reason }),
    })

  const byOf = (context: CallContext, reason: string): ActedBy => ({
    accountId: accountOf(context),
    reason,
  })

  return {
    queries: createDunningQueries(deps),
    commands: {
      'billing.saveDunningPolicy': ({ baseNumber, policy }, context) => ({
        apply: (tx) => {
          const before = currentPolicy(tx)
          if (before.number !== baseNumber) {
            throw new NocturneError('conflict', { what: 'dunning-policy', version: before.number })
          }
          const keys = policy.stages.map(({ key }) => key)
          const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index)
          if (twice >= 0) {
            throw new NocturneError('dunning-policy-refused', {
              rule: 'key-twice',
              stage: twice + 1,
            })
          }
          const [problem] = problemsOf(rulesOf(policy))
          if (problem !== undefined) {
            throw new NocturneError('dunning-policy-refused', {
              rule: problem.code,
              stage: 'stage' in problem ? problem.stage + 1 : 0,
            })
          }
          const free = policy.stages.findIndex(
            ({ action, fee }) => action === 'fee' && Object.keys(fee).length === 0,
          )
          if (free >= 0) {
            throw new NocturneError('dunning-policy-refused', {
              rule: 'fee-missing',
              stage: free + 1,
            })
          }
          const number = before.number + 1
          putPolicy(tx, { number, at: clock.now(), by: accountOf(context), terms: policy })
          // Whoever was passed by while it was another one, or off, is looked for again.
          putScanned(tx, null)
          tx.change({
            entity: 'dunning-policy',
            entityId: String(number),
            kind: 'created',
            version: number,
            data: { enabled: policy.enabled, stages: policy.stages.length },
          })
          return { number }
        },
        after: () => {
          deps.changed()
          deps.worker.wake()
        },
      }),

      'billing.runDunning': async (_input, { signal }) => {
        const round = await deps.worker.run(signal)
        return { apply: () => ({ ...round }), after: deps.changed }
      },

      'billing.promise': ({ caseId, untilOn, note, resume }, context) => ({
        apply: (tx) => {
          const found = live(tx, caseId)
          const { promisesMost, promiseDays } = currentPolicy(tx).terms
          // SECURITY: a limit that everybody may pass is none.
          const manages = context.session?.permissions.has('billing.dunning.manage') === true
          const on = dayAhead(untilOn, manages ? mostDaysAhead : promiseDays)
          const { promises } = saidOf(eventsOfCase(tx, caseId), found.round)
          if (promises >= promisesMost && !manages) {
            throw new NocturneError('dunning-promises', { most: promisesMost })
          }
          const by = byOf(context, note)
          say(tx, found, 'promise', on, by)
          const lines = resume && found.cut !== 'none' ? desk.restoreNow(tx, found, by) : 0
          if (lines === 0) desk.refresh(tx, caseId)
          return { lines }
        },
        after: deps.changed,
      }),

      'billing.freezeDunning': ({ caseId, frozen, reason }, context) => ({
        apply: (tx) => {
          const found = live(tx, caseId)
          say(tx, found, frozen ? 'freeze' : 'unfreeze', null, byOf(context, reason))
          desk.refresh(tx, caseId)
          return {}
        },
        after: deps.changed,
      }),

      'billing.disputeDocument': ({ documentId, frozen, reason }, context) => ({
        apply: (tx) => {
          const head = documentHeadById(tx, documentId)
          if (head === null) throw gone('invoice')
          if (head.state !== 'issued' || !['invoice', 'debit-note'].includes(head.kind)) {
            throw new NocturneError('document-kind')
          }
          const { subscriberId } = head
          putDispute(tx, {
            invoiceId: documentId,
            frozen,
            at: clock.now(),
            by: accountOf(context),
            reason,
          })
          deps.subscribers.note(tx, {
            subscriberId,
            kind: frozen ? 'document-disputed' : 'document-undisputed',
            objectKind: 'invoice',
            objectId: documentId,
            accountId: accountOf(context),
            data: { number: head.number, reason },
          })
          tx.change({
            entity: 'invoice',
            entityId: documentId,
            kind: 'updated',
            version: 1,
            data: { disputed: frozen },
          })
          tx.about({ objectKind: 'invoice', objectId: documentId, subjectId: subscriberId, reason })
          desk.moved(tx, subscriberId, currencyCode(head.currency))
          return {}
        },
        after: deps.changed,
      }),

      'billing.moveSuspension': ({ caseIds, notBeforeOn, reason }, context) => ({
        apply: (tx) => {
          const on = dayAhead(notBeforeOn, mostDaysAhead)
          for (const caseId of new Set(caseIds)) {
            say(tx, live(tx, caseId), 'move', on, byOf(context, reason))
            desk.refresh(tx, caseId)
          }
          return {}
        },
        after: deps.changed,
      }),

      'billing.suspendNow': async ({ caseIds, reason }, context) => {
        const ids = [...new Set(caseIds)]
        const owing = (reads: Reads): readonly CaseRecord[] => ids.map((id) => toCut(reads, id))
        // SECURITY: what takes service away is confirmed outside the page that asks for it.
        const refuseOthers = await confirmCut(deps, owing(deps.reads), reason, context)
        return {
          apply: (tx) => {
            const cases = owing(tx)
            refuseOthers(tx)
            let lines = 0
            for (const found of cases) {
              lines += desk.cutNow(tx, found, byOf(context, reason))
              about(tx, found, reason)
            }
            return { lines }
          },
          after: deps.changed,
        }
      },

      'billing.resumeNow': ({ caseIds, notBeforeOn, reason }, context) => ({
        apply: (tx) => {
          const on = dayAhead(notBeforeOn, mostDaysAhead)
          let lines = 0
          for (const caseId of new Set(caseIds)) {
            const found = live(tx, caseId)
            say(tx, found, 'move', on, byOf(context, reason))
            lines += desk.restoreNow(tx, found, byOf(context, reason))
          }
          return { lines }
        },
        after: deps.changed,
      }),

      'billing.markNotices': ({ noticeIds, state }, context) => ({
        apply: (tx) => {
          const doneAt = state === 'to-do' ? null : clock.now()
          const doneBy = state === 'to-do' ? null : accountOf(context)
          let marked = 0
          for (const id of new Set(noticeIds)) {
            const before = noticeById(tx, id)
            if (before === null) throw gone('dunning-notice')
            if (before.state === state) continue
            // Dropped with its debt: nobody is told any more that he owes it.
            const isSettled = before.doneBy === null || before.closedOn !== null
            if (before.state === 'dropped' && isSettled) throw new NocturneError('dunning-closed')
            markNotice(tx, id, { state, doneAt, doneBy })
            const { caseId, subscriberId } = before
            tx.about({ objectKind: 'dunning-case', objectId: caseId, subjectId: subscriberId })
            tx.change({
              entity: 'dunning-notice',
              entityId: id,
              kind: 'updated',
              version: 1,
              data: { caseId, state },
            })
            marked += 1
          }
          return { marked }
        },
        after: deps.changed,
      }),

      'billing.configureServiceRules': ({ baseVersion, afterEnd, removeAfterDays }) => ({
        apply: (tx) => {
          const before = serviceRules(tx)
          if (before.version !== baseVersion) {
            throw new NocturneError('conflict', { what: 'service-rules', version: before.version })
          }
          const version = baseVersion + 1
          tx.run(
            `UPDATE service_rules SET version = ?, after_end = ?, remove_after_days = ? WHERE id = 1`,
            version,
            afterEnd,
            removeAfterDays,
          )
          tx.change({
            entity: 'service-rules',
            entityId: '1',
            kind: 'updated',
            version,
            data: { afterEnd, removeAfterDays },
          })
          return { version }
        },
        after: deps.changed,
      }),
    },
  }
}
