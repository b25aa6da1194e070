import type { Problem } from '../../../src-shared/contract/common.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import type { Transaction } from '../../store/write-path.ts'
import { dueDate } from '../payment-terms.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { DocumentDraft } from '../documents/document-draft.ts'
import type { LifeEvent } from '../subscriptions/life.ts'
import { planBilling, type PlannedBilling } from './plan-billing.ts'
import { buyerOf, workOf, type BillingRound, type WorkOf } from './read-work.ts'
import { writeBilling } from './write-billing.ts'

/** One subscription: planned, and written in a transaction of its own. */

export interface PlannedOne extends WorkOf {
  readonly planned: PlannedBilling
}

/**
 * @param added what would happen to it besides what did.
 * @throws NocturneError for what keeps it from being billed.
 */
export const planOne = (
  reads: Reads,
  round: BillingRound,
  subscribers: Pick<SubscriberPort, 'party'>,
  subscriptionId: string,
  added: readonly LifeEvent[] = [],
): PlannedOne => {
  const found = workOf(reads, round, subscribers, subscriptionId, added)
  return { ...found, planned: planBilling(found.work) }
}

/** Nothing would be written, but for how far it is billed. */
export const isNothing = ({ planned, record }: PlannedOne): boolean =>
  planned.credits.length === 0 &&
  planned.invoices.length === 0 &&
  (planned.throughOn === null || planned.throughOn === record.billedThroughOn)

export interface Issued {
  readonly draft: DocumentDraft
  readonly number: string
}

export interface BillBy {
  readonly subscribers: Pick<SubscriberPort, 'party' | 'note'>
  readonly at: number
  readonly accountId: string | null
  readonly issued: (tx: Transaction, draft: DocumentDraft, number: string) => void
}

/** Reads anew in the transaction, so that nothing that came between is missed; and writes. */
export const billOne = (
  tx: Transaction,
  round: BillingRound,
  deps: BillBy,
  subscriptionId: string,
): readonly Issued[] => {
  const one = planOne(tx, round, deps.subscribers, subscriptionId)
  const made = writePlanned(tx, round, deps, one)
  tx.about({ objectKind: 'subscription', objectId: subscriptionId, subjectId: one.party.id })
  return made
}

/** What was planned in this transaction, with its documents issued and told of. */
export const writePlanned = (
  tx: Transaction,
  round: BillingRound,
  deps: BillBy,
  { work, party, planned }: Pick<PlannedOne, 'work' | 'party' | 'planned'>,
): readonly Issued[] => {
  const { at, accountId } = deps
  const { seller, today, newId } = round
  const made: Issued[] = []
  const days = { issuedOn: today, taxPointOn: today, dueOn: dueDate(today, seller.terms) }
  writeBilling(tx, work.facts, planned, {
    newId,
    at,
    accountId,
    issue: () => ({ days, seller, buyer: buyerOf(party), newId, at }),
    issued: (inside, draft, number) => {
      made.push({ draft, number })
      deps.issued(inside, draft, number)
      deps.subscribers.note(inside, {
        subscriberId: draft.subscriberId,
        kind:
          draft.kind === 'credit-note' ? 'billing-credit-note-issued' : 'billing-invoice-issued',
        objectKind: 'invoice',
        objectId: draft.id,
        accountId,
        // SECURITY: no money: whoever reads the subscriber may not read what he owes.
        data: { number },
      })
    },
  })
  for (const { draft } of made)
    tx.change({
      entity: 'invoice',
      entityId: draft.id,
      kind: 'created',
      version: 2,
      data: { kind: draft.kind, total: draft.total, currency: draft.currency },
    })
  return made
}

/** Why a subscription cannot be billed, as data; a bug is one as well, and is logged by its caller. */
export const problemOf = (error: unknown): Problem =>
  error instanceof NocturneError
    ? { code: error.code, params: error.params }
    : { code: 'internal', params: {} }
