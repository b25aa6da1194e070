import { minorDigits, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { createDocumentDesk, type OnIssued } from './document-desk.ts'
import { typedDocument } from './typed-document.ts'
import { putDraft } from './write-document.ts'

/**
 * A debit note of one line without tax, issued at once: a fee (D13), a balance that has expired.
 * Returns its id; null: nothing is charged.
 */
export const createNoteDesk = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly today: Today
    readonly issued: OnIssued
  },
) => {
  const { clock, newId } = deps
  const documents = createDocumentDesk({ ...deps, now: clock.now })
  return (
    tx: Transaction,
    of: {
      readonly subscriberId: string
      readonly currency: CurrencyCode
      readonly amount: number
      readonly reason: string
      /** By language; English where there is no other. */
      readonly words: Readonly<Record<string, string>>
    },
    accountId: string | null,
  ): string | null => {
    const { subscriberId, currency, amount, reason, words } = of
    if (amount === 0) return null
    const party = documents.partyOf(subscriberId)
    const line = {
      description: words[party.language.split('-')[0] ?? ''] ?? words['en']!,
      quantity: 1,
      quantityScale: 0,
      unitPrice: amount,
      unitScale: minorDigits(currency),
      discount: 0,
      taxIncluded: false,
      taxCodes: [],
    }
    const typed = {
      kind: 'debit-note',
      subscriberId,
      currency,
      correctsId: null,
      reason,
      note: '',
      lines: [line],
    } as const
    const draft = typedDocument({ ...typed, lines: [line] }, documents.taxing(tx, party), {
      id: newId(),
      newId,
    })
    putDraft(tx, draft, { accountId, at: clock.now() })
    documents.issue(tx, draft, accountId)
    return draft.id
  }
}
