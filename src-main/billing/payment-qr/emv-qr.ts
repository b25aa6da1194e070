import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../src-shared/domain/money.ts'

/**
 * Merchant-presented QR codes (EMVCo "EMV QR Code Specification for Payment Systems: Merchant-Presented
 * Mode" 1.1), which QRIS, PromptPay, SGQR, DuitNow and others are made of: the shop has a printed code
 * of its own from its bank; with the amount and the number of the invoice put in, it is this payment's.
 */
export interface EmvField {
  /** Two digits. */
  readonly id: string
  readonly value: string
}

export type EmvProblem =
  | 'not-emv'
  | 'bad-checksum'
  | 'other-currency'
  | 'amount-out-of-range'
  | 'too-long'

export type EmvQr =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: EmvProblem }

/** ISO 4217 numeric codes of countries whose shops have such codes. */
const numericCodes: ReadonlyMap<string, string> = new Map(
  (
    'IDR 360,SGD 702,THB 764,MYR 458,INR 356,PHP 608,VND 704,HKD 344,KHR 116,LAK 418,BRL 986,' +
    'MMK 104,LKR 144,NPR 524,BDT 050,PKR 586,CNY 156,JPY 392,KRW 410,TWD 901,EUR 978,USD 840,' +
    'GHS 936,NGN 566,KES 404,TZS 834,RWF 646,ZAR 710'
  )
    .split(',')
    .map((pair) => [pair.slice(0, 3), pair.slice(4)]),
)

const ids = {
  format: '00',
  initiation: '01',
  currency: '53',
  amount: '54',
  tip: ['55', '56', '57'],
  more: '62',
  checksum: '63',
  /** Within 62. */
  billNumber: '01',
} as const

/** Null: not a chain of id, length, value. Lengths count characters. */
export const readEmv = (text: string): readonly EmvField[] | null => {
  const fields: EmvField[] = []
  const characters = [...text]
  let at = 0
  while (at < characters.length) {
    const head = characters.slice(at, at + 4).join('')
    if (!/^\d{4}$/u.test(head)) return null
    const length = Number(head.slice(2))
    const value = characters.slice(at + 4, at + 4 + length).join('')
    if ([...value].length !== length) return null
    fields.push({ id: head.slice(0, 2), value })
    at += 4 + length
  }
  return fields
}

const written = (fields: readonly EmvField[]): string =>
  fields
    .map(({ id, value }) => `${id}${String([...value].length).padStart(2, '0')}${value}`)
    .join('')

/** CRC-16 of ISO/IEC 13239 as the specification wants it: polynomial 1021, from FFFF, not reflected. */
export const emvChecksum = (text: string): string => {
  let crc = 0xff_ff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 0x80_00) === 0 ? crc << 1 : (crc << 1) ^ 0x10_21
    }
    crc &= 0xff_ff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/** Why a code of a bank cannot be used for this currency; null: it can. */
export const emvProblem = (text: string, currency: CurrencyCode): EmvProblem | null => {
  const fields = readEmv(text.trim())
  const [first] = fields ?? []
  const last = fields?.at(-1)
  if (fields === null || first?.id !== ids.format || last?.id !== ids.checksum) return 'not-emv'
  const body = text.trim().slice(0, -4)
  if (emvChecksum(body) !== last.value.toUpperCase()) return 'bad-checksum'
  const code = fields.find(({ id }) => id === ids.currency)?.value
  return code !== undefined && code === numericCodes.get(currency) ? null : 'other-currency'
}

/**
 * The shop's own code with this amount and this number in it; a tip that the payer would be asked for
 * is left out: he pays an invoice.
 */
export const emvQr = (
  shop: string,
  payment: {
    readonly minor: number
    readonly currency: CurrencyCode
    /** Of the document; at most 25 characters go in. */
    readonly number: string
  },
): EmvQr => {
  const problem = emvProblem(shop, payment.currency)
  if (problem !== null) return { ok: false, problem }
  if (payment.minor < 1) return { ok: false, problem: 'amount-out-of-range' }
  // 350000, not 350000.00: some apps take no zeros behind the point.
  const amount = formatMinor(payment.minor, payment.currency).replace(/\.0+$/u, '')
  if (amount.length > 13) return { ok: false, problem: 'amount-out-of-range' }
  const dropped: readonly string[] = [ids.amount, ...ids.tip, ids.checksum]
  const fields = (readEmv(shop.trim()) ?? []).filter(({ id }) => !dropped.includes(id))
  const more = readEmv(fields.find(({ id }) => id === ids.more)?.value ?? '') ?? []
  const bill = { id: ids.billNumber, value: plain(payment.number).slice(0, 25) }
  const put = (value: EmvField): void => {
    const at = fields.findIndex(({ id }) => id >= value.id)
    if (at >= 0 && fields[at]?.id === value.id) fields[at] = value
    else fields.splice(at < 0 ? fields.length : at, 0, value)
  }
  // 12: a code for one payment.
  put({ id: ids.initiation, value: '12' })
  put({ id: ids.amount, value: amount })
  if (bill.value !== '') {
    const others = more.filter(({ id }) => id !== ids.billNumber)
    put({ id: ids.more, value: written([bill, ...others]) })
  }
  if (fields.some(({ value }) => [...value].length > 99)) return { ok: false, problem: 'too-long' }
  const body = `${written(fields)}${ids.checksum}04`
  const text = body + emvChecksum(body)
  return text.length > 512 ? { ok: false, problem: 'too-long' } : { ok: true, text }
}

/** What every app reads: letters, digits and a few marks. */
const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9 ./-]/gu, '')
