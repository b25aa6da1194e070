import type { PaperSettings } from '../../../src-shared/contract/billing-papers.ts'
import { currencyCode, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { emvProblem, emvQr } from '../payment-qr/emv-qr.ts'
import { epcQr, isIban } from '../payment-qr/epc-qr.ts'
import type { DocumentShown, IssuedDocument } from './document-paper.ts'

/** The codes by which a document can be paid; none where nothing is to be paid. */
export const paymentCodes = (
  document: Pick<IssuedDocument, 'kind' | 'number' | 'currency' | 'total'>,
  { transfer, shopCode }: PaperSettings,
): DocumentShown['codes'] => {
  if (document.kind === 'credit-note' || document.total < 1) return []
  const { number, total: minor } = document
  const currency = currencyCode(document.currency)
  const bank = epcQr({ ...transfer, minor, currency, remittance: number })
  const shop = emvQr(shopCode, { minor, currency, number })
  return [
    ...(bank.ok ? [{ kind: 'transfer' as const, text: bank.text }] : []),
    ...(shop.ok ? [{ kind: 'shop' as const, text: shop.text }] : []),
  ]
}

const tidy = (text: string): string => text.replaceAll(/\s/gu, '').toUpperCase()

/** What is wrong with them: a code that is printed must be one that is read. */
export const codesProblem = (
  { transfer, shopCode }: PaperSettings,
  currency: CurrencyCode,
): 'IBAN' | 'BIC' | 'name' | 'QR' | null => {
  const { iban, bic, name } = transfer
  if (iban !== '' && !isIban(tidy(iban))) return 'IBAN'
  if (bic !== '' && !/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/u.test(tidy(bic))) return 'BIC'
  if (iban !== '' && name.trim() === '') return 'name'
  return shopCode !== '' && emvProblem(shopCode, currency) !== null ? 'QR' : null
}
