import { minorDigits } from '../../../src-shared/domain/currencies.ts'
import type { CreditDraft } from '../credit-note.ts'
import type { LineExplanation } from '../explanation.ts'
import type { DocumentDraft, DraftLine } from './document-draft.ts'
import type { CreditableDocument } from './document-tables.ts'

/** A credit note as a document: lines of the invoice, with what is taken of each. */
export const creditDocument = (
  invoice: CreditableDocument,
  draft: CreditDraft,
  of: {
    readonly id: string
    readonly runId: string | null
    readonly reason: string
    readonly newId: () => string
    /** By the line that is credited. */
    readonly explanations?: ReadonlyMap<string, readonly LineExplanation[]>
  },
): DocumentDraft => ({
  id: of.id,
  kind: 'credit-note',
  subscriberId: invoice.subscriberId,
  subscriptionId: invoice.subscriptionId,
  runId: of.runId,
  correctsId: invoice.id,
  reason: of.reason,
  note: '',
  currency: invoice.currency,
  lines: draft.lines.flatMap((line): DraftLine[] => {
    const stored = invoice.stored.find(({ id }) => id === line.id)
    if (stored === undefined) return []
    return [
      {
        id: of.newId(),
        kind: 'credit',
        description: stored.description,
        chargeKind: stored.chargeKind,
        priceId: stored.priceId,
        period: null,
        quantity: 1,
        quantityScale: 0,
        unitPrice: line.amount,
        unitScale: minorDigits(invoice.currency),
        gross: line.amount,
        discount: 0,
        amount: line.amount,
        net: line.net,
        tax: line.tax,
        taxIncluded: stored.taxIncluded,
        taxGroup: stored.taxGroup,
        taxCodes: stored.taxCodes,
        explanation: of.explanations?.get(line.id) ?? [],
        correctsLineId: line.id,
      },
    ]
  }),
  taxes: draft.groups.flatMap(({ key, taxes }) =>
    taxes.flatMap(({ base, amount }, index) => {
      const own = invoice.taxes.filter(({ taxGroup }) => String(taxGroup) === key)[index]
      if (own === undefined) return []
      const { code, name, ratePpm, baseNum, baseDen, included, relief, taxGroup } = own
      return [
        {
          taxGroup,
          tax: {
            code,
            name,
            ratePpm,
            baseNum,
            baseDen,
            ...(relief === null ? {} : { relief }),
          },
          included,
          base,
          amount,
        },
      ]
    }),
  ),
  net: draft.net,
  tax: draft.tax,
  rounding: draft.rounding,
  total: draft.total,
})
