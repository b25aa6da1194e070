import { expect, test } from 'vitest'
import {
  emvChecksum,
  emvProblem,
  emvQr,
  readEmv,
} from '../../src-main/billing/payment-qr/emv-qr.ts'
import { epcQr, isIban, type TransferQr } from '../../src-main/billing/payment-qr/epc-qr.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'

const euro = currencyCode('EUR')
const rupiah = currencyCode('IDR')

const transfer: TransferQr = {
  name: 'Jaringan Rumah',
  iban: 'DE71 1102 2033 0123 4567 89',
  bic: '',
  minor: 1990,
  currency: euro,
  remittance: 'INV/2026/000123',
}

test('a SEPA code has its eleven lines in their order', () => {
  expect(epcQr(transfer)).toEqual({
    ok: true,
    text: 'BCD\n002\n1\nSCT\n\nJaringan Rumah\nDE71110220330123456789\nEUR19.90\n\n\nINV/2026/000123',
  })
})

test.each([
  ['only-euro', { currency: rupiah }],
  ['amount-out-of-range', { minor: 0 }],
  ['amount-out-of-range', { minor: 100_000_000_000 }],
  ['bad-iban', { iban: 'DE72110220330123456789' }],
  ['bad-bic', { bic: 'NOPE' }],
  ['no-name', { name: ' \n ' }],
  ['too-long', { name: 'x'.repeat(71) }],
  ['too-long', { remittance: '…'.repeat(140) }],
] as const)('%s: no code at all', (problem, over) => {
  expect(epcQr({ ...transfer, ...over })).toEqual({ ok: false, problem })
})

test('a line break in a text cannot add a field', () => {
  const made = epcQr({ ...transfer, remittance: 'a\nb\r\nc' })
  expect(made.ok && made.text.split('\n').length).toBe(11)
})

test('check digits of an IBAN', () => {
  expect(isIban('GB82WEST12345698765432')).toBe(true)
  expect(isIban('GB82WEST12345698765423')).toBe(false)
  expect(isIban('82')).toBe(false)
})

/** A shop's printed code as its bank gives it. */
const shopOf = (fields: string): string => `${fields}6304${emvChecksum(`${fields}6304`)}`
const shop = shopOf(
  '00020101021126180014ID.CO.QRIS.WWW5204481453033605502015802ID5907JARINGN6007JAKARTA62070703A01',
)

test('the checksum is the one of the specification', () => {
  // CRC-16/CCITT-FALSE of "123456789".
  expect(emvChecksum('123456789')).toBe('29B1')
})

test("the shop's code with the amount and the number of the invoice in it", () => {
  const made = emvQr(shop, { minor: 35_000_000, currency: rupiah, number: 'INV/2026/000123' })
  if (!made.ok) throw new Error(made.problem)
  const fields = Object.fromEntries((readEmv(made.text) ?? []).map(({ id, value }) => [id, value]))
  expect(fields).toMatchObject({ '01': '12', '53': '360', '54': '350000' })
  expect(fields['62']).toBe('0115INV/2026/0001230703A01')
  // No tip on an invoice.
  expect(fields['55']).toBeUndefined()
  expect(emvProblem(made.text, rupiah)).toBeNull()
  expect((readEmv(made.text) ?? []).map(({ id }) => id)).toEqual(
    (readEmv(made.text) ?? []).map(({ id }) => id).toSorted(),
  )
  const cents = emvQr(shop, { minor: 35_000_050, currency: rupiah, number: '' })
  expect(cents.ok && cents.text).toContain('5409350000.50')
})

test.each([
  ['not-emv', 'https://example.invalid/pay', 100],
  ['not-emv', '', 100],
  ['not-emv', '0002015303360', 100],
  ['bad-checksum', `${shop.slice(0, -4)}0000`, 100],
  ['other-currency', shopOf('0002015303702'), 100],
  ['other-currency', shopOf('000201'), 100],
  ['amount-out-of-range', shop, 0],
  ['amount-out-of-range', shop, 9_007_199_254_740_991],
] as const)('%s: no code at all', (problem, text, minor) => {
  expect(emvQr(text, { minor, currency: rupiah, number: '1' })).toEqual({ ok: false, problem })
})
