import type {
  BuyerSnapshot,
  DocumentLineRow,
  DocumentRecord,
  DocumentTaxRow,
  SellerSnapshot,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { PaperLanguage } from '../../../src-shared/contract/billing-papers.ts'
import { assertNever } from '../../../src-shared/errors.ts'
import { minorDigits, currencyCode } from '../../../src-shared/domain/currencies.ts'
import type { PaperModel, PaperTable } from './paper-model.ts'
import { fill, paperLines, paperWords, type PaperWords } from './paper-words.ts'

/** An issued document as it stands on paper. Pure: figures are those that are stored. */

export interface IssuedDocument extends DocumentRecord {
  readonly number: string
  readonly issuedOn: string
  readonly issuedAt: number
  readonly seller: SellerSnapshot
  readonly buyer: BuyerSnapshot
  /** The day of the document that it corrects. */
  readonly correctsOn: string | null
}

/** Codes to pay by, as they were when the first paper of the document was made. */
export interface DocumentShown {
  readonly codes: readonly { readonly kind: 'transfer' | 'shop'; readonly text: string }[]
}

export const documentPaper = (
  document: IssuedDocument,
  shown: DocumentShown,
  language: PaperLanguage,
): PaperModel => {
  const write = paperWords(language)
  const { words, day, money } = write
  const { currency, kind } = document
  const isDue = kind === 'invoice' || kind === 'debit-note'
  const hasReverseCharge = document.taxes.some(({ relief }) => relief === 'reverse-charge')
  return {
    title: words.kind[kind],
    number: document.number,
    at: document.issuedAt,
    seller: sellerOn(document.seller, write),
    buyer: buyerOn(document.buyer, write),
    facts: [
      [words.number, document.number],
      [words.issued, day(document.issuedOn)],
      ...(document.taxPointOn === null || document.taxPointOn === document.issuedOn
        ? []
        : [[words.taxPoint, day(document.taxPointOn)] as const]),
      ...(isDue && document.dueOn !== null ? [[words.due, day(document.dueOn)] as const] : []),
      [words.customer, document.buyer.code],
    ],
    notices: [
      ...(kind === 'proforma' ? [words.notDemand] : []),
      ...(document.corrects === null || document.correctsOn === null
        ? []
        : [
            fill(words.corrects, {
              number: document.corrects.number ?? '',
              day: day(document.correctsOn),
            }),
          ]),
      ...(document.reason === '' ? [] : [`${words.reason}: ${document.reason}`]),
    ],
    table: linesTable(document, write),
    sums: [
      { label: words.net, value: money(document.net, currency), strong: false },
      { label: words.taxTotal, value: money(document.tax, currency), strong: false },
      ...(document.rounding === 0
        ? []
        : [{ label: words.rounding, value: money(document.rounding, currency), strong: false }]),
      {
        label: words.total,
        value: `${currency} ${money(document.total, currency)}`,
        strong: true,
      },
    ],
    taxes: document.taxes.length === 0 ? null : taxTable(document, write),
    notes: [
      ...(hasReverseCharge ? [{ head: words.tax, lines: [words.reverseCharge] }] : []),
      ...(document.note === '' ? [] : [{ head: words.note, lines: paperLines(document.note) }]),
      ...(isDue && document.seller.paymentNote !== ''
        ? [{ head: words.howToPay, lines: paperLines(document.seller.paymentNote) }]
        : []),
    ],
    codes: shown.codes.map(({ kind: code, text }) => ({
      text,
      caption: code === 'transfer' ? words.scanTransfer : words.scanShop,
    })),
    page: words.page,
  }
}

export const sellerOn = (seller: SellerSnapshot, { words }: PaperWords): PaperModel['seller'] => ({
  name: seller.name,
  lines: [
    ...addressLines(seller.address),
    ...(seller.taxId === '' ? [] : [`${words.taxId}: ${seller.taxId}`]),
    ...(seller.phone === '' ? [] : [`${words.phone}: ${seller.phone}`]),
    ...(seller.email === '' ? [] : [`${words.email}: ${seller.email}`]),
  ],
})

const buyerOn = (buyer: BuyerSnapshot, { words }: PaperWords): PaperModel['buyer'] => ({
  head: words.to,
  name: buyer.name,
  lines: [
    ...(buyer.address === null ? [] : addressLines(buyer.address)),
    ...(buyer.taxId === '' ? [] : [`${words.taxId}: ${buyer.taxId}`]),
  ],
})

const addressLines = (address: SellerSnapshot['address']): readonly string[] =>
  [
    ...paperLines(address.lines),
    `${address.postcode} ${address.city}`.trim(),
    address.region,
    address.country,
  ].filter((line) => line.trim() !== '')

const linesTable = (document: IssuedDocument, write: PaperWords): PaperTable => {
  const { words, money, number } = write
  const { currency, lines } = document
  const included = lines.filter(({ taxIncluded }) => taxIncluded).length
  const all = included === lines.length && included > 0
  const digits = minorDigits(currencyCode(currency))
  return {
    columns: [
      { head: words.description, share: 6, right: false },
      { head: words.quantity, share: 1.2, right: true },
      { head: words.unitPrice, share: 1.9, right: true },
      { head: all ? words.amountWithTax : words.amount, share: 1.9, right: true },
    ],
    rows: lines.map((line) => ({
      cells: [
        line.description,
        number(line.quantity, line.quantityScale),
        number(line.unitPrice, line.unitScale, Math.min(digits, line.unitScale)),
        money(line.amount, currency),
      ],
      small: [
        ...(line.startOn === null || line.endOn === null
          ? []
          : [write.period(line.startOn, line.endOn)]),
        ...whyLines(line, currency, write),
        ...(line.taxIncluded && !all ? [words.withTax] : []),
      ],
    })),
  }
}

const whyLines = (
  { explanation, discount }: DocumentLineRow,
  currency: string,
  write: PaperWords,
): readonly string[] => {
  const { words, money } = write
  const named = explanation.flatMap(({ discounts }) => discounts)
  return [
    ...explanation.map(({ why }) => whyText(why, write)),
    ...named.map(({ name, minor, cycle, cycles }) =>
      fill(cycle === null || cycles === null ? words.discount : words.promotion, {
        name,
        cycle: cycle ?? '',
        cycles: cycles ?? '',
        amount: money(-minor, currency),
      }),
    ),
    ...(discount !== 0 && named.length === 0
      ? [fill(words.discountTyped, { amount: money(-discount, currency) })]
      : []),
  ]
}

const whyText = (
  why: DocumentLineRow['explanation'][number]['why'],
  { words, day }: PaperWords,
): string => {
  switch (why.kind) {
    case 'whole':
    case 'begun':
      return fill(words[why.kind], { name: why.name })
    case 'days':
      return fill(why.fixed ? words.daysFixed : words.days, {
        name: why.name,
        days: why.days,
        of: why.of,
      })
    case 'once':
      return fill(words.once, { name: why.name, day: day(why.on) })
    case 'credit':
      return fill(words.back, {
        name: why.name,
        days: why.days,
        reason: words.backReason[why.reason],
      })
    default:
      return assertNever(why)
  }
}

const taxTable = ({ taxes, currency }: IssuedDocument, write: PaperWords): PaperTable => {
  const { words, money } = write
  return {
    columns: [
      { head: words.tax, share: 4, right: false },
      { head: words.rate, share: 3, right: true },
      { head: words.base, share: 2, right: true },
      { head: words.amount, share: 2, right: true },
    ],
    rows: taxes.map((tax) => ({
      cells: [
        tax.name === '' ? tax.code : tax.name,
        rateText(tax, write),
        money(tax.base, currency),
        money(tax.amount, currency),
      ],
      small: [],
    })),
  }
}

const rateText = (
  { ratePpm, baseNum, baseDen, relief }: DocumentTaxRow,
  { words, percent }: PaperWords,
): string => {
  if (relief !== null) return words.relief[relief]
  const rate = percent(ratePpm)
  return baseNum === baseDen ? rate : fill(words.onPart, { rate, num: baseNum, den: baseDen })
}
