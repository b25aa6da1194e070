import type { DocumentRecord } from '../../../src-shared/contract/billing-documents-model.ts'
import type { DocumentDraft } from '../../../src-main/billing/documents/document-draft.ts'

/** A draft of the fake engine as its record is shown. */
export const draftRecord = (
  draft: DocumentDraft,
  of: {
    readonly person: { readonly code: string; readonly name: string } | undefined
    readonly at: number
    readonly by: string
  },
): DocumentRecord => {
  return {
    id: draft.id,
    version: 1,
    kind: draft.kind,
    state: 'draft',
    number: null,
    subscriberId: draft.subscriberId,
    subscriberCode: of.person?.code ?? '',
    subscriberName: of.person?.name ?? '',
    subscriptionId: null,
    runId: null,
    correctsId: draft.correctsId,
    issuedOn: null,
    dueOn: null,
    currency: draft.currency,
    net: draft.net,
    tax: draft.tax,
    rounding: draft.rounding,
    total: draft.total,
    credited: 0,
    settled: 0,
    createdAt: of.at,
    reason: draft.reason,
    note: draft.note,
    taxPointOn: null,
    issuedAt: null,
    createdBy: of.by,
    seller: null,
    buyer: null,
    lines: draft.lines.map((line, index) => ({
      ...line,
      seq: index + 1,
      startOn: line.period?.start ?? null,
      endOn: line.period?.end ?? null,
      explanation: [],
      credited: 0,
    })),
    taxes: draft.taxes.map(({ tax, ...rest }) => ({
      ...rest,
      code: tax.code,
      name: tax.name,
      ratePpm: tax.ratePpm,
      baseNum: tax.baseNum,
      baseDen: tax.baseDen,
      relief: tax.relief ?? null,
    })),
    corrections: [],
    corrects: null,
    typed: [...(draft.typed ?? [])],
    settledBy: [],
    settles: [],
    days: 0,
    daysAt: [],
  }
}
