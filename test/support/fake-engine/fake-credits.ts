import type { DocumentRecord } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { DocumentDraft } from '../../../src-main/billing/documents/document-draft.ts'

type Names = 'billing.credit' | 'billing.creditLook' | 'billing.draftCredit' | 'billing.issueCredit'
type Handlers = { readonly [Name in Names]: (input: Input<Name>) => Output<Name> }

/** A document with what it was typed from. */
export interface Kept {
  record: DocumentRecord
  readonly draft: DocumentDraft
}

/** As the fake approvals answer about credit notes. */
export interface FakeCreditGate {
  readonly needs: (total: number) => boolean
  readonly use: (documentId: string) => void
}

/** Credit notes by hand of the fake engine: shares of a document, without its single lines. */
export const createFakeCredits = (deps: {
  readonly gate: FakeCreditGate
  readonly kept: readonly Kept[]
  readonly found: (id: string) => Kept
  readonly write: (subscriberId: string, price: number) => DocumentDraft
  readonly put: (draft: DocumentDraft) => Kept
  readonly issue: (one: Kept) => string
  readonly changed: () => void
}): Handlers => {
  const { changed, found, gate } = deps

  const wantedOf = ({ documentId, lines }: Input<'billing.creditLook'>): number => {
    const { record } = found(documentId)
    if (record.state !== 'issued' || record.kind === 'credit-note' || record.kind === 'proforma')
      throw new NocturneError('document-kind')
    const wanted = lines?.reduce((sum, { amount }) => sum + amount, 0) ?? record.net
    if (wanted > record.net || record.credited > 0)
      throw new NocturneError('credit-beyond-document', { left: record.net - record.credited })
    return wanted
  }
  const draftOf = (
    input: Input<'billing.creditLook'> & { readonly reason: string },
  ): DocumentDraft => ({
    ...deps.write(found(input.documentId).draft.subscriberId, wantedOf(input)),
    kind: 'credit-note',
    correctsId: input.documentId,
    reason: input.reason,
  })
  const issue = (note: Kept): string => {
    const number = deps.issue(note)
    const { id, total, correctsId } = note.record
    const of = found(correctsId ?? '')
    of.record = {
      ...of.record,
      credited: of.record.credited + total,
      corrections: [...of.record.corrections, { id, kind: 'credit-note', number, total }],
    }
    note.record = { ...note.record, corrects: { id: of.record.id, number: of.record.number } }
    changed()
    return number
  }

  return {
    'billing.creditLook': (input) => {
      const { currency, net, tax, rounding, total } = draftOf({ ...input, reason: '' })
      const { record } = found(input.documentId)
      return {
        currency,
        net,
        tax,
        rounding,
        total,
        lines: record.lines.map(({ id }) => ({ lineId: id, amount: net, net, tax })),
        secondPerson: gate.needs(total),
        creditedLately: record.credited,
        wishes: deps.kept
          .map((one) => one.record)
          .filter(({ correctsId, state }) => correctsId === record.id && state === 'draft')
          .map((wish) => ({
            documentId: wish.id,
            version: wish.version,
            total: wish.total,
            reason: wish.reason,
            createdAt: wish.createdAt,
            createdBy: wish.createdBy,
            stands: true,
          })),
      }
    },
    'billing.credit': (input) => {
      const draft = draftOf(input)
      if (gate.needs(draft.total)) throw new NocturneError('approval-needed')
      const note = deps.put(draft)
      return { documentId: draft.id, number: issue(note), total: draft.total }
    },
    'billing.draftCredit': (input) => {
      const draft = draftOf(input)
      deps.put(draft)
      changed()
      const { id, total } = draft
      return { documentId: id, version: 1, total, secondPerson: gate.needs(total) }
    },
    'billing.issueCredit': ({ documentId }) => {
      const note = found(documentId)
      if (note.record.state === 'issued') throw new NocturneError('not-found')
      if (gate.needs(note.record.total)) gate.use(documentId)
      return { number: issue(note), total: note.record.total }
    },
  }
}
