import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { SubscriberParty, SubscriberPort } from '../../engine/capability-ports.ts'
import type { Transaction } from '../../store/write-path.ts'
import { dueDate } from '../payment-terms.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { taxRates } from '../plans/settings-tables.ts'
import { buyerOf, reliefOf } from '../run/read-work.ts'
import type { Taxing } from '../run/resolve-taxes.ts'
import { refusalOfRun } from '../run/run-guard.ts'
import { lastBilledOn } from '../run/run-tables.ts'
import type { DocumentDraft } from './document-draft.ts'
import { sellerOf } from './seller-tables.ts'
import { issueDraft } from './write-document.ts'

/** Told of every document that is issued, in its transaction: payments settle it there. */
export type OnIssued = (tx: Transaction, draft: DocumentDraft, number: string) => void

export interface DeskDependencies {
  readonly now: () => number
  readonly today: () => CalendarDate
  readonly newId: () => string
  readonly subscribers: Pick<SubscriberPort, 'party' | 'note'>
  readonly issued: OnIssued
}

/** What every document made by hand goes through. */
export const createDocumentDesk = (deps: DeskDependencies) => {
  const partyOf = (subscriberId: string): SubscriberParty => {
    const party = deps.subscribers.party(subscriberId)
    if (party === null) throw new NocturneError('not-found', { what: 'subscriber' })
    return party
  }

  return {
    partyOf,

    taxing: (reads: Reads, party: SubscriberParty): Taxing => ({
      rates: taxRates(reads),
      relief: reliefOf(party),
      reliefPrice: sellerOf(reads).reliefPrice,
      on: deps.today(),
    }),

    /**
     * Issues a draft that was just written, dated today. A document is never dated before one that
     * stands: the calendar must not have gone back.
     */
    issue: (tx: Transaction, draft: DocumentDraft, accountId: string | null): string => {
      const today = deps.today()
      const seller = sellerOf(tx)
      const refusal = refusalOfRun({
        today,
        lastOn: lastBilledOn(tx),
        dayIsRight: true,
        seller,
      })
      if (refusal !== null) throw new NocturneError(refusal.code, refusal.params)
      const number = issueDraft(tx, draft, {
        days: { issuedOn: today, taxPointOn: today, dueOn: dueDate(today, seller.terms) },
        seller,
        buyer: buyerOf(partyOf(draft.subscriberId)),
        newId: deps.newId,
        at: deps.now(),
      })
      deps.issued(tx, draft, number)
      deps.subscribers.note(tx, {
        subscriberId: draft.subscriberId,
        kind: `billing-${draft.kind}-issued`,
        objectKind: 'invoice',
        objectId: draft.id,
        accountId,
        // SECURITY: no money: whoever reads the subscriber may not read what he owes.
        data: { number },
      })
      tx.change({
        entity: 'invoice',
        entityId: draft.id,
        kind: 'updated',
        version: 2,
        data: { kind: draft.kind, total: draft.total, currency: draft.currency },
      })
      tx.about({ objectKind: 'invoice', objectId: draft.id, subjectId: draft.subscriberId })
      return number
    },
  }
}

export type DocumentDesk = ReturnType<typeof createDocumentDesk>
