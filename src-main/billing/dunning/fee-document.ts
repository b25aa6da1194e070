import { minorDigits } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import { createDocumentDesk, type OnIssued } from '../documents/document-desk.ts'
import { typedDocument } from '../documents/typed-document.ts'
import { putDraft } from '../documents/write-document.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { CaseRecord } from './case-tables.ts'

/** A fee stands on a document of its own, without tax (D13). Returns its id; null: nothing is charged. */
export const createFeeDesk = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly today: Today
    readonly issued: OnIssued
  },
) => {
  const { clock, newId } = deps
  const documents = createDocumentDesk({ ...deps, now: clock.now })
  return (
    tx: Transaction,
    { subscriberId, currency }: Pick<CaseRecord, 'subscriberId' | 'currency'>,
    amount: number,
    accountId: string | null,
  ): string | null => {
    if (amount === 0) return null
    const party = documents.partyOf(subscriberId)
    const line = {
      description: feeWords[party.language.split('-')[0] ?? ''] ?? feeWords['en']!,
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
      reason: 'dunning',
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

/** On the document, in the subscriber's language. */
const feeWords: Readonly<Record<string, string>> = {
  en: 'Late payment fee',
  id: 'Biaya keterlambatan',
}
