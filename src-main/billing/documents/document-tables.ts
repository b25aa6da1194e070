import type {
  BuyerSnapshot,
  DocumentHead,
  DocumentLineRow,
  DocumentRecord,
  DocumentTaxRow,
  SellerSnapshot,
  TypedLine,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { CreditableInvoice } from '../credit-note.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { daysOf } from './days-of.ts'
import { settledBy, settledByNote } from './settled-by.ts'

/** Documents as they are read back. */

export const headColumns = `i.id, i.version, i.kind, i.status AS state, i.number,
  i.subscriber_id AS subscriberId, s.code AS subscriberCode, s.name AS subscriberName,
  i.subscription_id AS subscriptionId, i.run_id AS runId, i.corrects_id AS correctsId,
  i.issued_on AS issuedOn, i.due_on AS dueOn, i.currency, i.net, i.tax, i.rounding, i.total,
  coalesce((SELECT sum(c.total) FROM invoice c WHERE c.corrects_id = i.id
    AND c.kind = 'credit-note' AND c.status = 'issued'), 0) AS credited,
  coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.invoice_id = i.id), 0) AS settled,
  i.created_at AS createdAt`

export const fromDocuments = `invoice i JOIN subscriber s ON s.id = i.subscriber_id`

export const documentHeadById = (reads: Reads, id: string): DocumentHead | null => {
  const [row] = reads.all<DocumentHead>(
    `SELECT ${headColumns} FROM ${fromDocuments} WHERE i.id = ?`,
    id,
  )
  return row === undefined ? null : { ...row }
}

interface LineRow extends Omit<DocumentLineRow, 'taxIncluded' | 'explanation'> {
  readonly taxIncluded: number
  readonly explanation: string | null
  readonly chargeKind: string | null
  readonly priceId: string | null
  readonly taxCodes: string
}

export interface StoredLine extends DocumentLineRow {
  readonly chargeKind: string | null
  readonly priceId: string | null
  readonly taxCodes: readonly string[]
}

export const linesOf = (reads: Reads, invoiceId: string): readonly StoredLine[] =>
  reads
    .all<LineRow>(
      `SELECT l.id, l.seq, l.kind, l.description, l.charge_kind AS chargeKind,
        l.price_id AS priceId, l.period_start_on AS startOn, l.period_end_on AS endOn, l.quantity,
        l.quantity_scale AS quantityScale, l.unit_price AS unitPrice, l.unit_scale AS unitScale,
        l.gross, l.discount, l.amount, l.net, l.tax, l.tax_included AS taxIncluded,
        l.tax_group AS taxGroup, l.tax_codes AS taxCodes, l.explanation,
        l.corrects_line_id AS correctsLineId,
        coalesce((SELECT sum(c.amount) FROM invoice_line c JOIN invoice n ON n.id = c.invoice_id
          WHERE c.corrects_line_id = l.id AND n.kind = 'credit-note' AND n.status = 'issued'), 0)
          AS credited
        FROM invoice_line l WHERE l.invoice_id = ? ORDER BY l.seq`,
      invoiceId,
    )
    .map((row) => ({
      ...row,
      taxIncluded: row.taxIncluded === 1,
      taxCodes: JSON.parse(row.taxCodes) as string[],
      explanation:
        row.explanation === null
          ? []
          : (JSON.parse(row.explanation) as DocumentLineRow['explanation']),
    }))

interface TaxRow extends Omit<DocumentTaxRow, 'included'> {
  readonly included: number
}

export const taxesOf = (reads: Reads, invoiceId: string): readonly DocumentTaxRow[] =>
  reads
    .all<TaxRow>(
      `SELECT tax_group AS taxGroup, code, name, rate_ppm AS ratePpm, base_num AS baseNum,
        base_den AS baseDen, included, relief, base, amount
        FROM invoice_tax WHERE invoice_id = ? ORDER BY tax_group, seq`,
      invoiceId,
    )
    .map((row) => ({ ...row, included: row.included === 1 }))

type DocumentRow = DocumentHead &
  Pick<DocumentRecord, 'reason' | 'note' | 'taxPointOn' | 'issuedAt'> & {
    readonly createdById: string | null
    readonly typedText: string | null
    readonly sellerText: string | null
    readonly buyerText: string | null
  }

export const documentById = (
  reads: Reads,
  id: string,
  nameOf: (accountId: string) => string | null,
): DocumentRecord | null => {
  const [row] = reads.all<DocumentRow>(
    `SELECT ${headColumns}, i.reason, i.note, i.tax_point_on AS taxPointOn,
      i.issued_at AS issuedAt, i.created_by AS createdById, i.seller AS sellerText,
      i.buyer AS buyerText, i.typed AS typedText FROM ${fromDocuments} WHERE i.id = ?`,
    id,
  )
  if (row === undefined) return null
  const { createdById, sellerText, buyerText, typedText, ...head } = row
  const lines = linesOf(reads, id)
  const corrects = head.correctsId === null ? null : documentHeadById(reads, head.correctsId)
  return {
    ...head,
    createdBy: createdById === null ? null : nameOf(createdById),
    seller: sellerText === null ? null : (JSON.parse(sellerText) as SellerSnapshot),
    buyer: buyerText === null ? null : (JSON.parse(buyerText) as BuyerSnapshot),
    lines: [...lines],
    taxes: [...taxesOf(reads, id)],
    corrections: reads
      .all<DocumentRecord['corrections'][number]>(
        `SELECT id, kind, number, total FROM invoice WHERE corrects_id = ? AND status = 'issued'
          ORDER BY issued_at, id`,
        id,
      )
      .map((one) => ({ ...one })),
    corrects: corrects === null ? null : { id: corrects.id, number: corrects.number },
    typed:
      head.state === 'issued' || typedText === null ? null : (JSON.parse(typedText) as TypedLine[]),
    settledBy: [...settledBy(reads, id)],
    settles: head.kind === 'credit-note' ? [...settledByNote(reads, id)] : [],
    ...daysOf(lines),
  }
}

/** What a credit note needs to know of its document, with what earlier ones took. */
export interface CreditableDocument extends CreditableInvoice {
  readonly id: string
  readonly kind: DocumentHead['kind']
  readonly state: DocumentHead['state']
  readonly subscriberId: string
  readonly subscriptionId: string | null
  readonly currency: CurrencyCode
  readonly stored: readonly StoredLine[]
  readonly taxes: readonly DocumentTaxRow[]
}

export const creditableById = (reads: Reads, id: string): CreditableDocument | null => {
  const head = documentHeadById(reads, id)
  if (head === null) return null
  const stored = linesOf(reads, id)
  const taxes = taxesOf(reads, id)
  const credited = new Map(
    reads
      .all<{ taxGroup: number; code: string; base: number; amount: number }>(
        `SELECT t.tax_group AS taxGroup, t.code, sum(t.base) AS base, sum(t.amount) AS amount
          FROM invoice_tax t JOIN invoice n ON n.id = t.invoice_id
          WHERE n.corrects_id = ? AND n.kind = 'credit-note' AND n.status = 'issued'
          GROUP BY t.tax_group, t.code`,
        id,
      )
      .map((row) => [`${row.taxGroup} ${row.code}`, row]),
  )
  const places = [...new Set(stored.map(({ taxGroup }) => taxGroup))]
  return {
    id,
    kind: head.kind,
    state: head.state,
    subscriberId: head.subscriberId,
    subscriptionId: head.subscriptionId,
    currency: head.currency as CurrencyCode,
    rounding: head.rounding,
    stored,
    taxes,
    lines: stored.map(({ id: lineId, taxGroup, amount, credited: taken }) => ({
      id: lineId,
      group: String(taxGroup),
      amount,
      credited: taken,
    })),
    groups: places.map((place) => {
      const own = taxes.filter(({ taxGroup }) => taxGroup === place)
      return {
        key: String(place),
        taxes: own.map(({ code, included, amount, base }) => {
          const before = credited.get(`${place} ${code}`)
          return {
            included,
            amount,
            base,
            creditedAmount: before?.amount ?? 0,
            creditedBase: before?.base ?? 0,
          }
        }),
      }
    }),
  }
}

/** The document that a line stands on. */
export const invoiceOfLine = (reads: Reads, lineId: string): string | null =>
  reads.all<{ readonly id: string }>(
    `SELECT invoice_id AS id FROM invoice_line WHERE id = ?`,
    lineId,
  )[0]?.id ?? null
