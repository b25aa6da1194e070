import { decodeText, type DecodedText } from '../../../src-shared/domain/decode-text.ts'
import { BankFileError, type BankFile } from './bank-statement.ts'
import { looksLikeCamt053, readCamt053 } from './camt053.ts'
import { looksLikeMt940, readMt940 } from './mt940.ts'

export type ReadBankFile =
  | { readonly kind: 'read'; readonly file: BankFile; readonly encoding: DecodedText['encoding'] }
  /** A table: what its columns mean is a person's to say (guess-columns.ts proposes). */
  | { readonly kind: 'table'; readonly text: string; readonly encoding: DecodedText['encoding'] }

/** 32 MiB: a year of a bank with a hundred thousand payers in camt.053 is less than half of it. */
export const largestBankFile = 32 * 1024 * 1024

/**
 * What a bank's file is, told from its bytes, never from its name.
 *
 * @throws BankFileError `bank-file-empty`; `bank-file-unknown` (no text, too large, other XML);
 * `bank-file-broken` and `bank-file-hostile` of XML
 */
export const readBankFile = (bytes: Uint8Array): ReadBankFile => {
  if (bytes.length > largestBankFile) throw new BankFileError('bank-file-unknown')
  const decoded = decodeText(bytes)
  if (decoded === null) throw new BankFileError('bank-file-unknown')
  const { encoding } = decoded
  const text = decoded.text.replace(/^\uFEFF/u, '')
  if (text.trim() === '') throw new BankFileError('bank-file-empty')
  if (text.trimStart().startsWith('<')) {
    if (!looksLikeCamt053(text)) throw new BankFileError('bank-file-unknown')
    return { kind: 'read', file: readCamt053(text), encoding }
  }
  if (looksLikeMt940(text)) return { kind: 'read', file: readMt940(text), encoding }
  return { kind: 'table', text, encoding }
}
