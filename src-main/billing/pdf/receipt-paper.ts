import type {
  BuyerSnapshot,
  SellerSnapshot,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { PaymentMethod } from '../../../src-shared/contract/billing-payments.ts'
import type { PaperLanguage } from '../../../src-shared/contract/billing-papers.ts'
import { sellerOn } from './document-paper.ts'
import type { PaperModel } from './paper-model.ts'
import { fill, paperLines, paperWords } from './paper-words.ts'

/** A payment as its receipt tells it: what it settled when it was taken, whatever came after. */

export interface ReceiptFacts {
  readonly number: string
  readonly method: PaymentMethod
  readonly reference: string | null
  readonly currency: string
  readonly amount: number
  readonly receivedOn: string
  readonly payer: string
  readonly note: string
  readonly takenAt: number
  readonly reversedOn: string | null
}

/** Not kept with a payment: as they were when its first receipt was made. */
export interface ReceiptShown {
  readonly seller: SellerSnapshot
  readonly buyer: Pick<BuyerSnapshot, 'code' | 'name'>
  readonly settles: readonly { readonly number: string; readonly amount: number }[]
  /** What coins made more (or less) of it at a counter; left out: nothing. */
  readonly rounding?: number
}

export const receiptPaper = (
  payment: ReceiptFacts,
  { seller, buyer, settles, rounding = 0 }: ReceiptShown,
  language: PaperLanguage,
): PaperModel => {
  const write = paperWords(language)
  const { words, day, money } = write
  const { currency } = payment
  const credit = settles.reduce((left, { amount }) => left - amount, payment.amount)
  return {
    title: words.kind.receipt,
    number: payment.number,
    at: payment.takenAt,
    seller: sellerOn(seller, write),
    buyer: {
      head: words.received,
      name: payment.payer === '' ? buyer.name : payment.payer,
      lines: payment.payer === '' || payment.payer === buyer.name ? [] : [buyer.name],
    },
    facts: [
      [words.number, payment.number],
      [words.receivedOn, day(payment.receivedOn)],
      [words.method, words.methods[payment.method]],
      ...(payment.reference === null ? [] : [[words.reference, payment.reference] as const]),
      [words.customer, buyer.code],
    ],
    notices:
      payment.reversedOn === null ? [] : [fill(words.reversed, { day: day(payment.reversedOn) })],
    table: {
      columns: [
        { head: words.settles, share: 3, right: false },
        { head: words.amount, share: 1, right: true },
      ],
      rows: [
        ...settles.map(({ number, amount }) => ({
          cells: [number, money(amount, currency)],
          small: [],
        })),
        ...(credit > 0 ? [{ cells: [words.credit, money(credit, currency)], small: [] }] : []),
      ],
    },
    sums: [
      ...(rounding === 0
        ? []
        : [
            { label: words.total, value: money(payment.amount, currency), strong: false },
            { label: words.rounding, value: money(rounding, currency), strong: false },
          ]),
      {
        label: words.receiptTotal,
        value: `${currency} ${money(payment.amount + rounding, currency)}`,
        strong: true,
      },
    ],
    taxes: null,
    notes: payment.note === '' ? [] : [{ head: words.note, lines: paperLines(payment.note) }],
    codes: [],
    page: words.page,
  }
}
