import type {
  DocumentLineRow,
  DocumentTaxRow,
} from '../../src-shared/contract/billing-documents-model.ts'
import type { IssuedDocument } from '../../src-main/billing/pdf/document-paper.ts'
import { createSlices, type Slices } from '../../src-main/billing/pdf/slices.ts'
import { idOf } from '../support/store-workspace.ts'

/** A document as the store gives it back, with as little said as a case needs. */

export const someLine = (seq: number, over: Partial<DocumentLineRow> = {}): DocumentLineRow => {
  const amount = over.amount ?? 35_000_000
  return {
    id: idOf(0x1_0000 + seq),
    seq,
    kind: 'recurring',
    description: 'Home 50',
    startOn: '2026-01-01',
    endOn: '2026-02-01',
    quantity: 1,
    quantityScale: 0,
    unitPrice: amount,
    unitScale: 2,
    gross: amount,
    discount: 0,
    amount,
    net: amount,
    tax: 0,
    taxIncluded: false,
    taxGroup: 0,
    explanation: [],
    correctsLineId: null,
    credited: 0,
    ...over,
  }
}

/** 12 % on 11/12 of the value. */
export const ppn = (base: number, amount: number): DocumentTaxRow => ({
  taxGroup: 0,
  code: 'PPN',
  name: 'PPN',
  ratePpm: 120_000,
  baseNum: 11,
  baseDen: 12,
  included: false,
  relief: null,
  base,
  amount,
})

export const someDocument = (over: Partial<IssuedDocument> = {}): IssuedDocument => {
  const lines = over.lines ?? [someLine(1)]
  const taxes = over.taxes ?? [ppn(32_083_333, 3_850_000)]
  const net = lines.reduce((sum, line) => sum + line.net, 0)
  const tax = taxes.reduce((sum, { amount }) => sum + amount, 0)
  return {
    id: idOf(1),
    version: 2,
    kind: 'invoice',
    state: 'issued',
    number: 'INV-A-2026-000042',
    subscriberId: idOf(2),
    subscriberCode: 'S-1',
    subscriberName: 'Budi',
    subscriptionId: null,
    runId: null,
    correctsId: null,
    issuedOn: '2026-01-31',
    dueOn: '2026-02-14',
    currency: 'IDR',
    net,
    tax,
    rounding: 0,
    total: net + tax,
    credited: 0,
    settled: 0,
    typed: null,
    settledBy: [],
    settles: [],
    days: 0,
    daysAt: [],
    createdAt: 0,
    reason: '',
    note: '',
    taxPointOn: '2026-01-31',
    issuedAt: Date.UTC(2026, 0, 31, 5),
    createdBy: null,
    seller: {
      name: 'PT Nusa Fiber',
      address: {
        lines: 'Jl. Merdeka 1\nLantai 2',
        city: 'Bandung',
        region: 'Jawa Barat',
        postcode: '40111',
        country: 'ID',
      },
      taxId: '01.234.567.8-999.000',
      phone: '+62 22 1234',
      email: 'halo@nusa.example',
      paymentNote: 'BCA 123 456',
    },
    buyer: {
      code: 'S-1',
      kind: 'person',
      name: 'Budi Santoso',
      taxId: '',
      taxTreatment: 'standard',
      language: 'id',
      address: {
        lines: 'Jl. Anggrek 7',
        city: 'Bandung',
        region: '',
        postcode: '40112',
        country: 'ID',
      },
    },
    corrections: [],
    corrects: null,
    correctsOn: null,
    ...over,
    lines,
    taxes,
  }
}

/** They never pause: what is tested is not the time. */
export const noPause: Slices = createSlices({
  monotonic: () => 0,
  nextTurn: () => Promise.resolve(),
})
