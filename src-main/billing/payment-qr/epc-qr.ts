import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../src-shared/domain/money.ts'

export interface TransferQr {
  /** Whom the money goes to; at most 70 characters. */
  readonly name: string
  readonly iban: string
  /** Wanted by some banks outside the EEA; '' else. */
  readonly bic: string
  readonly minor: number
  readonly currency: CurrencyCode
  /** What the payer's bank sends along; at most 140 characters. */
  readonly remittance: string
}

export type TransferQrProblem =
  | 'only-euro'
  | 'amount-out-of-range'
  | 'bad-iban'
  | 'bad-bic'
  | 'no-name'
  | 'too-long'

/**
 * The text of a QR code that a bank's app turns into a SEPA credit transfer: EPC069-12 version 2,
 * "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SCT", 2.1. Error
 * correction M, byte mode, at most 331 bytes.
 */
export const epcQr = (
  transfer: TransferQr,
):
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TransferQrProblem } => {
  const refuse = (problem: TransferQrProblem) => ({ ok: false as const, problem })
  const iban = transfer.iban.replaceAll(/\s/gu, '').toUpperCase()
  const bic = transfer.bic.replaceAll(/\s/gu, '').toUpperCase()
  const name = oneLine(transfer.name)
  const remittance = oneLine(transfer.remittance)
  if (transfer.currency !== 'EUR') return refuse('only-euro')
  if (transfer.minor < 1 || transfer.minor > 99_999_999_999) return refuse('amount-out-of-range')
  if (!isIban(iban)) return refuse('bad-iban')
  if (bic !== '' && !/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/u.test(bic)) return refuse('bad-bic')
  if (name === '') return refuse('no-name')
  if ([...name].length > 70 || [...remittance].length > 140) return refuse('too-long')
  const text = [
    'BCD',
    '002',
    // UTF-8.
    '1',
    'SCT',
    bic,
    name,
    iban,
    `EUR${formatMinor(transfer.minor, transfer.currency)}`,
    '',
    '',
    remittance,
  ].join('\n')
  return new TextEncoder().encode(text).length > 331 ? refuse('too-long') : { ok: true, text }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()

/** ISO 13616: its shape, and the check digits by ISO 7064 MOD 97-10. */
export const isIban = (iban: string): boolean => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u.test(iban)) return false
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/gu, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}
