import type { TypedLine } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input } from '../../../src-shared/contract/index.ts'
import {
  currencyCode,
  minorDigits,
  type CurrencyCode,
} from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { priceLine, type Taxing } from '../run/resolve-taxes.ts'
import { createDocument } from '../totals.ts'
import { lineAmount } from '../unit-price.ts'
import { draftTaxes, groupPlace, type DocumentDraft } from './document-draft.ts'

/** Ten billions of a currency with two decimals, as a price: above that a figure was mistyped. */
const lineLimit = 1_000_000_000_000

/** @throws NocturneError `line-beyond-limit`: quantity and price together are more than that. */
const grossOf = (typed: TypedLine, currency: CurrencyCode): number => {
  // Asked first as a rough figure: the exact one is refused where a double does not hold it.
  const rough =
    (typed.quantity / 10 ** typed.quantityScale) *
    (typed.unitPrice / 10 ** typed.unitScale) *
    10 ** minorDigits(currency)
  if (rough > lineLimit) throw new NocturneError('line-beyond-limit')
  return lineAmount(
    { value: typed.quantity, scale: typed.quantityScale },
    { value: typed.unitPrice, scale: typed.unitScale },
    currency,
  )
}

/** A document that a person typed, with all of its sums. Pure. */
export const typedDocument = (
  input: Omit<Input<'billing.saveDraft'>, 'documentId' | 'baseVersion'>,
  taxing: Taxing,
  of: { readonly id: string; readonly newId: () => string },
): DocumentDraft => {
  const currency = currencyCode(input.currency)
  const lines = input.lines.map((typed) => {
    const gross = grossOf(typed, currency)
    if (typed.discount > gross) throw new NocturneError('discount-beyond-line')
    return {
      typed,
      priced: priceLine({ ...typed, gross }, taxing),
    }
  })
  const document = createDocument({ currency, lines: lines.map(({ priced }) => priced) })
  return {
    id: of.id,
    kind: input.kind,
    subscriberId: input.subscriberId,
    subscriptionId: null,
    runId: null,
    correctsId: input.correctsId,
    reason: input.reason,
    note: input.note,
    currency,
    lines: document.lines.map((line, index) => {
      const typed = lines[index]?.typed
      if (typed === undefined) throw new Error('a line that nobody typed')
      return {
        id: of.newId(),
        kind: 'other',
        description: typed.description,
        chargeKind: null,
        priceId: null,
        period: null,
        quantity: typed.quantity,
        quantityScale: typed.quantityScale,
        unitPrice: typed.unitPrice,
        unitScale: typed.unitScale,
        gross: line.gross,
        discount: line.discount,
        amount: line.amount,
        net: line.net,
        tax: line.tax,
        taxIncluded: line.taxIncluded,
        taxGroup: groupPlace(document, line.group),
        taxCodes: typed.taxCodes,
        explanation: [],
        correctsLineId: null,
      }
    }),
    taxes: draftTaxes(document),
    net: document.net,
    tax: document.tax,
    rounding: document.rounding,
    total: document.total,
    typed: input.lines,
  }
}
