import type { DocumentRecord } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createCredit, creditAll } from '../../../src-main/billing/credit-note.ts'
import { creditDocument } from '../../../src-main/billing/documents/credit-draft.ts'
import type { DocumentDraft } from '../../../src-main/billing/documents/document-draft.ts'
import { creditable } from './fake-document-parts.ts'

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

/** Credit notes by hand of the fake engine; sums are made by the product's own rules. */
export const createFakeCredits = (deps: {
  readonly gate: FakeCreditGate
  readonly kept: readonly Kept[]
  readonly found: (id: string) => Kept
  readonly newId: () => string
  readonly today: () => string
  readonly put: (draft: DocumentDraft) => Kept
  readonly issue: (one: Kept) => string
  readonly changed: () => void
}): Handlers => {
  const { changed, found, gate } = deps

  const draftOf = ({
    documentId,
    lines,
    reason,
  }: Input<'billing.creditLook'> & { readonly reason: string }): DocumentDraft => {
    const { record, draft } = found(documentId)
    if (record.state !== 'issued' || record.kind === 'credit-note' || record.kind === 'proforma')
      throw new NocturneError('document-kind')
    const notes = deps.kept
      .map((one) => one.record)
      .filter((note) => note.correctsId === documentId && note.state === 'issued')
    const invoice = creditable(record, draft, notes)
    const wanted = lines?.map(({ lineId, amount }) => ({ id: lineId, amount }))
    const made = createCredit(invoice, wanted ?? creditAll(invoice))
    if (!made.ok) throw new NocturneError('credit-beyond-document', { left: 0 })
    return creditDocument(invoice, made.draft, {
      id: deps.newId(),
      runId: null,
      reason,
      newId: deps.newId,
    })
  }
  const issue = (note: Kept): string => {
    const number = deps.issue(note)
    const { id, total } = note.record
    const of = found(note.draft.correctsId ?? '')
    const { id: documentId, number: ofNumber } = of.record
    const taken = new Map(note.draft.lines.map((line) => [line.correctsLineId, line.amount]))
    of.record = {
      ...of.record,
      credited: of.record.credited + total,
      lines: of.record.lines.map((line) => ({
        ...line,
        credited: line.credited + (taken.get(line.id) ?? 0),
      })),
      corrections: [...of.record.corrections, { id, kind: 'credit-note', number, total }],
    }
    note.record = {
      ...note.record,
      typed: null,
      corrects: { id: documentId, number: ofNumber },
      settles: [{ id: documentId, number: ofNumber ?? '', on: deps.today(), amount: total }],
    }
    changed()
    return number
  }

  return {
    'billing.creditLook': (input) => {
      const { currency, net, tax, rounding, total, lines } = draftOf({ ...input, reason: '' })
      const { record } = found(input.documentId)
      return {
        currency,
        net,
        tax,
        rounding,
        total,
        lines: lines.map((line) => ({
          lineId: line.correctsLineId ?? '',
          amount: line.amount,
          net: line.net,
          tax: line.tax,
        })),
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
