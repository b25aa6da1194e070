import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers } from '../../engine/handlers.ts'
import { wishById } from './credit-wish.ts'
import type { DeskDependencies, DocumentDesk } from './document-desk.ts'
import { documentHeadById } from './document-tables.ts'
import { typedDraft, type TypedDraft } from './draft-tables.ts'
import { putSeller, sellerOf } from './seller-tables.ts'
import { typedDocument } from './typed-document.ts'
import { putDraft, removeDraft, replaceDraft } from './write-document.ts'
import type { Reads } from '../plans/plan-tables.ts'

export type DocumentCommand =
  | 'billing.configureSeller'
  | 'billing.saveDraft'
  | 'billing.removeDraft'
  | 'billing.issueDraft'

const notThere = (): NocturneError => new NocturneError('not-found', { what: 'invoice' })

const draftOf = (reads: Reads, id: string, baseVersion: number): TypedDraft => {
  const head = documentHeadById(reads, id)
  if (head === null) throw notThere()
  if (head.state === 'issued') throw new NocturneError('document-issued', { number: head.number })
  const draft = typedDraft(reads, id)
  if (draft === null) throw notThere()
  if (draft.version !== baseVersion)
    throw new NocturneError('conflict', { what: 'invoice', version: draft.version })
  return draft
}

/** Whose it is: a document that was typed, or a credit note that was wished. */
const removable = (reads: Reads, id: string, baseVersion: number): string => {
  const wish = wishById(reads, id)
  if (wish === null) return draftOf(reads, id, baseVersion).subscriberId
  if (wish.version !== baseVersion)
    throw new NocturneError('conflict', { what: 'invoice', version: wish.version })
  return documentHeadById(reads, id)?.subscriberId ?? ''
}

/** A debit note adds to an issued invoice of the same subscriber and currency; nothing else corrects. */
const checkCorrected = (
  reads: Reads,
  { kind, correctsId, subscriberId, currency }: Omit<TypedDraft, 'id' | 'version' | 'state'>,
): void => {
  if (correctsId === null) return
  const head = documentHeadById(reads, correctsId)
  const fits =
    kind === 'debit-note' &&
    head !== null &&
    head.state === 'issued' &&
    (head.kind === 'invoice' || head.kind === 'debit-note') &&
    head.subscriberId === subscriberId &&
    head.currency === currency
  if (!fits) throw new NocturneError('document-kind')
}

export const createDocumentCommands = (
  deps: Pick<DeskDependencies, 'newId' | 'now'> & {
    readonly desk: DocumentDesk
    readonly changed: () => void
  },
): CommandHandlers<DocumentCommand> => {
  const { changed, desk, newId, now } = deps

  return {
    'billing.configureSeller': ({ baseVersion, seller }) => ({
      apply(tx) {
        const before = sellerOf(tx)
        if (before.version !== baseVersion)
          throw new NocturneError('conflict', { what: 'billing-seller', version: before.version })
        putSeller(tx, { ...seller, version: baseVersion + 1 })
        tx.change({
          entity: 'billing-seller',
          entityId: '1',
          kind: 'updated',
          version: baseVersion + 1,
          data: seller,
        })
        return {}
      },
      after: changed,
    }),

    'billing.saveDraft': ({ documentId, baseVersion, ...typed }, context) => ({
      apply(tx) {
        const party = desk.partyOf(typed.subscriberId)
        checkCorrected(tx, typed)
        const id = documentId ?? newId()
        const draft = typedDocument(typed, desk.taxing(tx, party), { id, newId })
        const version = documentId === null ? 1 : baseVersion + 1
        if (documentId === null) {
          const accountId = context.session?.accountId ?? null
          putDraft(tx, draft, { accountId, at: now() })
        } else {
          const before = draftOf(tx, id, baseVersion)
          // SECURITY: whose it is was looked at by its subscriber; a draft of another is not his.
          if (before.subscriberId !== typed.subscriberId) throw notThere()
          replaceDraft(tx, draft, version)
        }
        tx.change({
          entity: 'invoice',
          entityId: id,
          kind: documentId === null ? 'created' : 'updated',
          version,
          data: { kind: draft.kind, total: draft.total, currency: draft.currency },
        })
        tx.about({ objectKind: 'invoice', objectId: id, subjectId: draft.subscriberId })
        return { documentId: id, version, total: draft.total }
      },
      after: changed,
    }),

    'billing.removeDraft': ({ documentId, baseVersion }) => ({
      apply(tx) {
        const subscriberId = removable(tx, documentId, baseVersion)
        removeDraft(tx, documentId)
        tx.change({
          entity: 'invoice',
          entityId: documentId,
          kind: 'deleted',
          version: baseVersion + 1,
        })
        tx.about({ objectKind: 'invoice', objectId: documentId, subjectId: subscriberId })
        return {}
      },
      after: changed,
    }),

    'billing.issueDraft': ({ documentId, baseVersion }, context) => ({
      apply(tx) {
        const typed = draftOf(tx, documentId, baseVersion)
        checkCorrected(tx, typed)
        // Taxes and the buyer are those of today, whenever it was typed.
        const taxing = desk.taxing(tx, desk.partyOf(typed.subscriberId))
        const draft = typedDocument(typed, taxing, { id: documentId, newId })
        replaceDraft(tx, draft, baseVersion)
        return { number: desk.issue(tx, draft, context.session?.accountId ?? null) }
      },
      after: changed,
    }),
  }
}
