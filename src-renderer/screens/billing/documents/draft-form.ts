import type {
  DocumentRecord,
  TypedLine,
} from '../../../../src-shared/contract/billing-documents-model.ts'
import { minorOf, typedOf } from '../../../components/money-field.tsx'

/** A document as it is typed; texts until all of it can be read. Pure. */

export const draftKinds = ['invoice', 'debit-note', 'proforma'] as const
export type DraftKind = (typeof draftKinds)[number]

export interface LineForm {
  readonly key: number
  readonly description: string
  readonly quantity: string
  readonly price: string
  readonly discount: string
  readonly taxCodes: readonly string[]
  readonly taxIncluded: boolean
}

export interface DraftForm {
  readonly kind: DraftKind
  readonly subscriberId: string | null
  readonly currency: string
  readonly correctsId: string | null
  readonly reason: string
  readonly note: string
  readonly lines: readonly LineForm[]
}

let keys = 0

export const emptyLine = (taxCodes: readonly string[]): LineForm => ({
  key: ++keys,
  description: '',
  quantity: '1',
  price: '',
  discount: '',
  taxCodes,
  taxIncluded: false,
})

/** A whole number and its decimals of what was typed; null: no such number. */
export const scaledOf = (
  typed: string,
  decimals: number,
): { readonly value: number; readonly scale: number } | null => {
  const match = /^(\d{1,12})(?:\.(\d*))?$/u.exec(typed)
  if (match === null) return null
  const fraction = (match[2] ?? '').replace(/0+$/u, '')
  if (fraction.length > decimals) return null
  const value = Number(`${match[1]}${fraction}`)
  return Number.isSafeInteger(value) ? { value, scale: fraction.length } : null
}

export const typedScaled = (value: number, scale: number): string => {
  if (scale === 0) return String(value)
  const text = String(value).padStart(scale + 1, '0')
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/u, '')
}

export type LineFault = 'description' | 'quantity' | 'price' | 'discount'

/** The line, or what of it cannot be read yet. */
export const lineOf = (
  form: LineForm,
  currency: string,
): { readonly line: TypedLine } | { readonly faults: readonly LineFault[] } => {
  const quantity = scaledOf(form.quantity, 6)
  const price = scaledOf(form.price, 6)
  const discount = form.discount === '' ? 0 : minorOf(form.discount, currency)
  const description = form.description.trim()
  const isQuantity = quantity !== null && quantity.value > 0 && quantity.value <= 1_000_000_000
  const isPrice = price !== null && price.value <= 1_000_000_000_000
  const faults: LineFault[] = [
    ...(description === '' ? (['description'] as const) : []),
    ...(isQuantity ? [] : (['quantity'] as const)),
    ...(isPrice ? [] : (['price'] as const)),
    ...(discount === null ? (['discount'] as const) : []),
  ]
  if (!isQuantity || !isPrice || discount === null || description === '') return { faults }
  return {
    line: {
      description,
      quantity: quantity.value,
      quantityScale: quantity.scale,
      unitPrice: price.value,
      unitScale: price.scale,
      discount,
      taxIncluded: form.taxIncluded,
      taxCodes: [...form.taxCodes],
    },
  }
}

/** A draft that was kept, to be typed on; null: it was not made by hand, or is issued. */
export const formOf = (record: DocumentRecord): DraftForm | null => {
  const kind = draftKinds.find((one) => one === record.kind)
  if (kind === undefined || record.typed === null) return null
  const { subscriberId, currency, correctsId, reason, note } = record
  return {
    kind,
    subscriberId,
    currency,
    correctsId,
    reason,
    note,
    lines: record.typed.map((line) => ({
      key: ++keys,
      description: line.description,
      quantity: typedScaled(line.quantity, line.quantityScale),
      price: typedScaled(line.unitPrice, line.unitScale),
      discount: line.discount === 0 ? '' : typedOf(line.discount, currency),
      taxCodes: line.taxCodes,
      taxIncluded: line.taxIncluded,
    })),
  }
}
