import english from '../../../assets/locales/en/billing-counter.json' with { type: 'json' }
import indonesian from '../../../assets/locales/id/billing-counter.json' with { type: 'json' }
import type {
  CounterReceipt,
  TillPrinter,
} from '../../../src-shared/contract/billing-counter-model.ts'
import type { SellerSnapshot } from '../../../src-shared/contract/billing-documents-model.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { moneyText } from '../../../src-shared/domain/money-text.ts'
import { receiptBytes, type ReceiptPart } from '../receipt/esc-pos.ts'

export interface ReceiptPaper {
  readonly receipt: CounterReceipt
  readonly seller: SellerSnapshot
  readonly language: 'en' | 'id'
  /** It was printed before: the paper says so. */
  readonly isCopy: boolean
}

/** What stands on the paper, line by line. */
export const receiptParts = ({
  receipt,
  seller,
  language,
  isCopy,
}: ReceiptPaper): readonly ReceiptPart[] => {
  const words = (language === 'id' ? indonesian : english).paper
  const currency = currencyCode(receipt.currency)
  const money = (minor: number): string => moneyText(minor, currency, language)
  const row = (left: string, right: string, isBold = false): ReceiptPart => ({
    kind: 'row',
    left,
    right,
    isBold,
  })
  const text = (of: string, isBold = false): ReceiptPart => ({
    kind: 'text',
    text: of,
    align: 'centre',
    isBold,
  })
  const { address } = seller
  const place = [address.lines, address.city, address.postcode]
    .filter((one) => one !== '')
    .join(', ')
  const isCash = receipt.method === 'cash'
  const method = words.method[receipt.method as keyof typeof words.method] ?? receipt.method
  return [
    text(seller.name, true),
    ...[place, seller.phone, seller.taxId === '' ? '' : `${words.taxId} ${seller.taxId}`]
      .filter((one) => one !== '')
      .map((one) => text(one)),
    { kind: 'rule' },
    text(receipt.reversed ? words.reversed : isCopy ? words.copy : words.title, true),
    row(words.number, receipt.number),
    row(words.date, receipt.on),
    row(words.customer, receipt.subscriberCode),
    { kind: 'text', text: receipt.subscriberName },
    { kind: 'rule' },
    ...receipt.settles.map(({ number, amount }) => row(number, money(amount))),
    ...(receipt.credit > 0 ? [row(words.credit, money(receipt.credit))] : []),
    { kind: 'rule' },
    row(`${words.total} ${receipt.currency}`, money(receipt.amount), true),
    ...(receipt.rounding === 0
      ? []
      : [
          row(words.rounding, money(receipt.rounding)),
          row(words.toPay, money(receipt.amount + receipt.rounding), true),
        ]),
    row(
      method,
      money(
        isCash && receipt.tendered !== null ? receipt.tendered : receipt.amount + receipt.rounding,
      ),
    ),
    ...(receipt.change > 0 ? [row(words.change, money(receipt.change))] : []),
    ...(receipt.by === null ? [] : [row(words.by, receipt.by)]),
    { kind: 'space', lines: 1 },
    text(words.thanks),
  ]
}

export const receiptPaper = (
  paper: ReceiptPaper,
  printer: TillPrinter,
  opensDrawer: boolean,
): Uint8Array =>
  receiptBytes(receiptParts(paper), {
    columns: printer.columns,
    codePage: printer.codePage,
    cuts: printer.cuts,
    // A copy opens no drawer, and neither does a card.
    opensDrawer:
      printer.opensDrawer && opensDrawer && !paper.isCopy && paper.receipt.method === 'cash',
  })
