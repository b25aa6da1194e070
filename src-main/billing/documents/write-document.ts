import type {
  BuyerSnapshot,
  SellerSnapshot,
} from '../../../src-shared/contract/billing-documents-model.ts'
import { dateParts } from '../../../src-shared/domain/calendar-date.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import { assertNever } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import { putAgentOfDocument } from '../agents/agent-tables.ts'
import { appendLedger } from '../ledger/ledger-tables.ts'
import { settleAccount } from '../payments/settle-account.ts'
import type { DocumentDraft, IssueDays } from './document-draft.ts'
import { takeNumber } from './series.ts'
import type { SellerRecord } from './seller-tables.ts'
import { snapshotOfSeller } from './seller-tables.ts'

/** The only place that writes documents. The database refuses what is written past it. */

export interface WrittenBy {
  readonly accountId: string | null
  readonly at: number
}

export const putDraft = (tx: Transaction, draft: DocumentDraft, by: WrittenBy): void => {
  tx.run(
    `INSERT INTO invoice (id, version, kind, status, subscriber_id, subscription_id, run_id,
      corrects_id, reason, currency, net, tax, rounding, total, note, typed, created_at, created_by)
      VALUES (?, 1, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    draft.id,
    draft.kind,
    draft.subscriberId,
    draft.subscriptionId,
    draft.runId,
    draft.correctsId,
    draft.reason,
    draft.currency,
    safeMinor(draft.net),
    safeMinor(draft.tax),
    safeMinor(draft.rounding),
    safeMinor(draft.total),
    draft.note,
    typedText(draft),
    by.at,
    by.accountId,
  )
  putParts(tx, draft)
}

/** Another content of a draft. */
export const replaceDraft = (tx: Transaction, draft: DocumentDraft, version: number): void => {
  tx.run(`DELETE FROM invoice_tax WHERE invoice_id = ?`, draft.id)
  tx.run(`DELETE FROM invoice_line WHERE invoice_id = ?`, draft.id)
  tx.run(
    `UPDATE invoice SET version = ?, kind = ?, subscriber_id = ?, corrects_id = ?, reason = ?,
      currency = ?, net = ?, tax = ?, rounding = ?, total = ?, note = ?, typed = ? WHERE id = ?`,
    version,
    draft.kind,
    draft.subscriberId,
    draft.correctsId,
    draft.reason,
    draft.currency,
    safeMinor(draft.net),
    safeMinor(draft.tax),
    safeMinor(draft.rounding),
    safeMinor(draft.total),
    draft.note,
    typedText(draft),
    draft.id,
  )
  putParts(tx, draft)
}

const typedText = ({ typed }: DocumentDraft): string | null =>
  typed === undefined ? null : JSON.stringify(typed)

export const removeDraft = (tx: Transaction, id: string): void => {
  tx.run(`DELETE FROM invoice_tax WHERE invoice_id = ?`, id)
  tx.run(`DELETE FROM invoice_line WHERE invoice_id = ?`, id)
  tx.run(`DELETE FROM invoice WHERE id = ?`, id)
}

const putParts = (tx: Transaction, { id, lines, taxes }: DocumentDraft): void => {
  lines.forEach((line, index) => {
    tx.run(
      `INSERT INTO invoice_line (id, invoice_id, seq, kind, description, charge_kind, price_id,
        period_start_on, period_end_on, quantity, quantity_scale, unit_price, unit_scale, gross,
        discount, amount, net, tax, tax_included, tax_group, tax_codes, explanation,
        corrects_line_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      line.id,
      id,
      index + 1,
      line.kind,
      line.description,
      line.chargeKind,
      line.priceId,
      line.period?.start ?? null,
      line.period?.end ?? null,
      line.quantity,
      line.quantityScale,
      line.unitPrice,
      line.unitScale,
      safeMinor(line.gross),
      safeMinor(line.discount),
      safeMinor(line.amount),
      safeMinor(line.net),
      safeMinor(line.tax),
      line.taxIncluded ? 1 : 0,
      line.taxGroup,
      JSON.stringify(line.taxCodes),
      line.explanation.length === 0 ? null : JSON.stringify(line.explanation),
      line.correctsLineId,
    )
  })
  taxes.forEach(({ taxGroup, tax, included, base, amount }, index) => {
    tx.run(
      `INSERT INTO invoice_tax (invoice_id, tax_group, seq, code, name, rate_ppm, base_num, base_den,
        included, relief, base, amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      taxGroup,
      index + 1,
      tax.code,
      tax.name,
      tax.ratePpm,
      tax.baseNum,
      tax.baseDen,
      included ? 1 : 0,
      tax.relief ?? null,
      safeMinor(base),
      safeMinor(amount),
    )
  })
}

export interface Issue {
  readonly days: IssueDays
  readonly seller: SellerRecord
  readonly buyer: BuyerSnapshot
  readonly newId: () => string
  readonly at: number
}

/** Takes the number, issues the draft, enters it in the ledger and settles it with credit: one transaction, or nothing. */
export const issueDraft = (
  tx: Transaction,
  draft: Pick<DocumentDraft, 'id' | 'kind' | 'subscriberId' | 'currency' | 'total'>,
  { days, seller, buyer, newId, at }: Issue,
): string => {
  const key = {
    kind: draft.kind,
    installation: seller.installation,
    year: seller.yearly ? dateParts(days.issuedOn).year : 0,
  }
  const { seriesId, sequence, number } = takeNumber(tx, key, seller.prefixes[draft.kind], newId)
  const shown: SellerSnapshot = snapshotOfSeller(seller)
  tx.run(
    `UPDATE invoice SET status = 'issued', version = version + 1, series_id = ?, sequence = ?,
      number = ?, issued_on = ?, issued_at = ?, tax_point_on = ?, due_on = ?, seller = ?, buyer = ?
      WHERE id = ?`,
    seriesId,
    sequence,
    number,
    days.issuedOn,
    at,
    days.taxPointOn,
    days.dueOn,
    JSON.stringify(shown),
    JSON.stringify(buyer),
    draft.id,
  )
  const sign = ledgerSign(draft.kind)
  if (sign !== 0 && draft.kind !== 'proforma') {
    appendLedger(tx, {
      id: newId(),
      subscriberId: draft.subscriberId,
      on: days.issuedOn,
      at,
      kind: draft.kind,
      docId: draft.id,
      currency: draft.currency,
      amount: sign * draft.total,
    })
    if (draft.kind !== 'credit-note') putAgentOfDocument(tx, draft.id, draft.subscriberId)
    // Credit that is there pays it; a credit note settles its own document first.
    const { subscriberId, currency } = draft
    settleAccount(tx, { subscriberId, currency, on: days.issuedOn, at, newId })
  }
  return number
}

/** A proforma is an offer: nobody owes it. */
const ledgerSign = (kind: DocumentDraft['kind']): -1 | 0 | 1 => {
  switch (kind) {
    case 'invoice':
    case 'debit-note':
      return 1
    case 'credit-note':
      return -1
    case 'proforma':
      return 0
    default:
      return assertNever(kind)
  }
}
