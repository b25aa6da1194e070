import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { voidCredited } from '../run/billed-periods.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { creditedLately, type CreditApproval } from './credit-approval.ts'
import { creditDocument } from './credit-draft.ts'
import { putWish, standingWish, wishById, wishesOf } from './credit-wish.ts'
import type { DocumentDesk } from './document-desk.ts'
import type { DocumentDraft } from './document-draft.ts'
import { makeCredit, type WantedCredit } from './make-credit.ts'
import { putDraft, removeDraft } from './write-document.ts'

export type CreditCommand = 'billing.credit' | 'billing.draftCredit' | 'billing.issueCredit'
export type CreditQuery = 'billing.creditLook'

/** Credit notes by hand: at once, or wished and issued once a second person has approved. */
export const createCreditHandlers = (deps: {
  readonly reads: Reads
  readonly now: () => number
  readonly newId: () => string
  readonly nameOfAccount: (accountId: string) => string | null
  readonly desk: DocumentDesk
  readonly approval: CreditApproval
  readonly changed: () => void
}): {
  readonly queries: QueryHandlers<CreditQuery>
  readonly commands: CommandHandlers<CreditCommand>
} => {
  const { approval, changed, desk, newId, now, reads } = deps
  const accountOf = ({ session }: CallContext): string | null => session?.accountId ?? null

  const documentOf = (
    tx: Transaction,
    wanted: WantedCredit & { readonly reason: string },
    id = newId(),
  ): DocumentDraft => {
    const { invoice, credit } = makeCredit(tx, wanted)
    return creditDocument(invoice, credit, { id, runId: null, reason: wanted.reason, newId })
  }

  return {
    queries: {
      'billing.creditLook': (wanted) => {
        const { invoice, credit } = makeCredit(reads, wanted)
        const { documentId } = wanted
        const { currency } = invoice
        return {
          currency,
          net: credit.net,
          tax: credit.tax,
          rounding: credit.rounding,
          total: credit.total,
          lines: credit.lines.map(({ id, ...line }) => ({ lineId: id, ...line })),
          secondPerson: approval.isNeeded(reads, { documentId, currency, total: credit.total }),
          creditedLately: creditedLately(reads, documentId, now()),
          wishes: wishesOf(reads, documentId).map((wish) => ({
            documentId: wish.id,
            version: wish.version,
            total: wish.total,
            reason: wish.reason,
            createdAt: wish.createdAt,
            createdBy: wish.createdBy === null ? null : deps.nameOfAccount(wish.createdBy),
            stands: standingWish(reads, wish.id) !== null,
          })),
        }
      },
    },
    commands: {
      'billing.credit': ({ billAgain, ...wanted }, context) => ({
        apply(tx) {
          const accountId = accountOf(context)
          const draft = documentOf(tx, wanted)
          // SECURITY: above the limit nobody credits alone; looked at where it is issued.
          if (approval.isNeeded(tx, { ...draft, documentId: wanted.documentId })) {
            throw new NocturneError('approval-needed', { state: 'none' })
          }
          putDraft(tx, draft, { accountId, at: now() })
          const number = desk.issue(tx, draft, accountId)
          if (billAgain) voidCredited(tx, wanted.documentId)
          return { documentId: draft.id, number, total: draft.total }
        },
        after: changed,
      }),

      'billing.draftCredit': ({ billAgain, ...wanted }, context) => ({
        apply(tx) {
          const draft = documentOf(tx, wanted)
          const { id, kind, total, currency, subscriberId } = draft
          putWish(tx, draft, billAgain, { accountId: accountOf(context), at: now() })
          tx.change({
            entity: 'invoice',
            entityId: id,
            kind: 'created',
            version: 1,
            data: { kind, total, currency },
          })
          tx.about({ objectKind: 'invoice', objectId: id, subjectId: subscriberId })
          const secondPerson = approval.isNeeded(tx, { ...draft, documentId: wanted.documentId })
          return { documentId: id, version: 1, total, secondPerson }
        },
        after: changed,
      }),

      'billing.issueCredit': ({ documentId, baseVersion }, context) => ({
        apply(tx) {
          const accountId = accountOf(context)
          const before = wishById(tx, documentId)
          if (before === null) throw new NocturneError('not-found', { what: 'invoice' })
          if (before.version !== baseVersion)
            throw new NocturneError('conflict', { what: 'invoice', version: before.version })
          const { wish } = approval.use(tx, documentId, accountId ?? '')
          // Written anew under its own id: exactly what was looked at is what is issued.
          const draft = documentOf(tx, wish, documentId)
          removeDraft(tx, documentId)
          putDraft(tx, draft, { accountId: wish.createdBy, at: wish.createdAt })
          const number = desk.issue(tx, draft, accountId)
          if (wish.billAgain) voidCredited(tx, wish.documentId)
          return { number, total: draft.total }
        },
        after: changed,
      }),
    },
  }
}
