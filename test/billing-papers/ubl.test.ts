import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IssuedDocument } from '../../src-main/billing/pdf/document-paper.ts'
import { ublDocument, type UblOptions } from '../../src-main/billing/ubl/ubl-document.ts'
import { missingFor, vatIdentifier } from '../../src-main/billing/ubl/ubl-facts.ts'
import { createDocument } from '../../src-main/billing/totals.ts'
import type { Tax } from '../../src-main/billing/tax-rates.ts'
import { draftTaxes, groupPlace } from '../../src-main/billing/documents/document-draft.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { brokenRules } from './ubl-rules.ts'
import { all, readXml, textAt } from './read-xml.ts'
import { ppn, someDocument, someLine } from './some-document.ts'

const options: UblOptions = {
  profile: 'en16931',
  transfer: { iban: 'DE89 3704 0044 0532 0130 00', bic: '', name: 'Nusa' },
}
type Exported = Parameters<typeof ublDocument>[0]
const xmlOf = (document: IssuedDocument, over: Partial<UblOptions> = {}) =>
  readXml(ublDocument(document as Exported, { ...options, ...over }))

describe('an invoice as UBL', () => {
  test('keeps the rules of EN 16931, with the tax of 12 % on 11/12 as what it is of the whole', () => {
    const node = xmlOf(someDocument())
    expect(brokenRules(node)).toEqual([])
    expect(node.name).toBe('Invoice')
    expect(textAt(node, 'InvoiceTypeCode')).toBe('380')
    expect(textAt(node, 'CustomizationID')).toBe('urn:cen.eu:en16931:2017')
    expect(textAt(node, 'TaxTotal/TaxSubtotal/TaxCategory/Percent')).toBe('11.00')
    expect(textAt(node, 'PaymentMeans/PayeeFinancialAccount/ID')).toBe('DE89370400440532013000')
    expect(textAt(node, 'InvoiceLine/InvoicePeriod/EndDate')).toBe('2026-01-31')
    expect(textAt(node, 'LegalMonetaryTotal/PayableAmount')).toBe('388500.00')
  })

  test('names what a credit note and a debit note correct, with its day', () => {
    const corrects = { id: 'x', number: 'INV-A-2026-000007' }
    const credit = someDocument({ kind: 'credit-note', corrects, correctsOn: '2026-01-03' })
    const node = xmlOf(credit)
    expect(brokenRules(node)).toEqual([])
    expect([node.name, textAt(node, 'CreditNoteTypeCode')]).toEqual(['CreditNote', '381'])
    expect(textAt(node, 'BillingReference/InvoiceDocumentReference/ID')).toBe(corrects.number)
    expect(textAt(node, 'BillingReference/InvoiceDocumentReference/IssueDate')).toBe('2026-01-03')
    const debit = xmlOf(someDocument({ kind: 'debit-note', corrects, correctsOn: '2026-01-03' }))
    expect([debit.name, textAt(debit, 'InvoiceTypeCode')]).toEqual(['Invoice', '383'])
  })

  test.each([
    ['exempt', 'E'],
    ['zero', 'Z'],
    ['reverse-charge', 'AE'],
    ['outside', 'O'],
  ] as const)('of a buyer who is %s has the category %s', (relief, category) => {
    const node = xmlOf(someDocument({ taxes: [{ ...ppn(35_000_000, 0), ratePpm: 0, relief }] }))
    expect(textAt(node, 'TaxTotal/TaxSubtotal/TaxCategory/ID')).toBe(category)
    expect(textAt(node, 'InvoiceLine/Item/ClassifiedTaxCategory/ID')).toBe(category)
    expect(brokenRules(node)).toEqual([])
  })

  test('without any tax is outside of it; a line without one beside others is exempt', () => {
    const none = xmlOf(someDocument({ taxes: [] }))
    expect(textAt(none, 'TaxTotal/TaxSubtotal/TaxCategory/ID')).toBe('O')
    const lines = [someLine(1), someLine(2, { taxGroup: 1 })]
    const mixed = xmlOf(someDocument({ lines }))
    const ids = all(mixed, 'TaxTotal/TaxSubtotal/TaxCategory/ID').map(({ text }) => text)
    expect(ids).toEqual(['S', 'E'])
    expect(brokenRules(mixed)).toEqual([])
  })

  test('says a discount as an allowance with its name, and the price before it', () => {
    const line = someLine(1, {
      gross: 35_000_000,
      unitPrice: 35_000_000,
      discount: 5_000_000,
      amount: 30_000_000,
      net: 30_000_000,
    })
    const node = xmlOf(someDocument({ lines: [line], taxes: [] }))
    expect(textAt(node, 'InvoiceLine/AllowanceCharge/Amount')).toBe('50000.00')
    expect(textAt(node, 'InvoiceLine/Price/PriceAmount')).toBe('350000.00')
    expect(brokenRules(node)).toEqual([])
  })

  test('for the network has both profile ids and addresses; without a number of the buyer it is refused', () => {
    const { seller, buyer } = someDocument()
    const berlin = { ...seller.address, country: 'DE' }
    const document = someDocument({
      currency: 'EUR',
      seller: { ...seller, taxId: 'DE123456789', address: berlin },
      buyer: { ...buyer, taxId: 'AT U12345678', address: { ...berlin, country: 'AT' } },
    })
    expect(missingFor(document, 'peppol')).toEqual([])
    const node = xmlOf(document, { profile: 'peppol' })
    expect(textAt(node, 'CustomizationID')).toContain('urn:fdc:peppol.eu:2017:poacc:billing:3.0')
    expect(textAt(node, 'ProfileID')).toBe('urn:fdc:peppol.eu:2017:poacc:billing:01:1.0')
    const [to] = all(node, 'AccountingCustomerParty/Party/EndpointID')
    expect([to?.attributes['schemeID'], to?.text]).toEqual(['9914', 'ATU12345678'])
    expect(missingFor(someDocument(), 'peppol')).toEqual(['buyer-tax-id'])
  })

  test('is refused with all that is missing', () => {
    const { seller, buyer } = someDocument()
    const bare = someDocument({
      seller: { ...seller, name: ' ', taxId: '', address: { ...seller.address, country: '' } },
      buyer: { ...buyer, name: '', address: null },
      taxes: [ppn(1, 1), { ...ppn(1, 1), code: 'LOCAL' }],
      currency: 'KWD',
    })
    expect(missingFor(bare, 'en16931')).toEqual([
      'seller-name',
      'seller-country',
      'seller-tax-id',
      'buyer-name',
      'buyer-country',
      'one-tax',
      'two-decimals',
    ])
  })

  test('puts the letters of the country before a VAT number of the Union, and invents none elsewhere', () => {
    expect(vatIdentifier('123 456 789', 'DE')).toBe('DE123456789')
    expect(vatIdentifier('EL123456789', 'GR')).toBe('EL123456789')
    expect(vatIdentifier('01.234.567.8', 'ID')).toBeNull()
    expect(vatIdentifier('', 'DE')).toBeNull()
  })

  test('takes any text without breaking out of its element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const hostile = `${text}</cbc:Name><x a="1">]]>&amp;\u0000\uFFFF\uD800`
        const { buyer } = someDocument()
        const document = someDocument({
          buyer: { ...buyer, name: hostile },
          note: hostile,
          lines: [someLine(1, { description: hostile })],
        })
        const xml = ublDocument(document as Exported, options)
        const codes = [...xml].map((character) => character.codePointAt(0) ?? 0)
        const isOdd = (code: number): boolean =>
          (code < 0x20 && code !== 0x0a && code !== 0x09) ||
          (code >= 0x7f && code < 0xa0) ||
          code === 0xffff
        expect(codes.filter(isOdd)).toEqual([])
        expect(textAt(readXml(xml), 'InvoiceLine/Item/Name')).toContain('</cbc:Name><x a="1">')
      }),
      { seed: 11, numRuns: 150 },
    )
  })

  test('of whatever was sold adds up by BR-CO-10 to 17', () => {
    const tax = (code: string, ratePpm: number, base: readonly [number, number] = [1, 1]): Tax => ({
      code,
      name: code,
      ratePpm,
      baseNum: base[0],
      baseDen: base[1],
    })
    const rates = [tax('PPN', 120_000, [11, 12]), tax('VAT', 190_000), tax('LOW', 55_000)]
    const line = fc.record({
      amount: fc.integer({ min: 1, max: 99_999_999 }),
      discount: fc.integer({ min: 0, max: 100 }),
      taxIncluded: fc.boolean(),
      rate: fc.constantFrom(null, ...rates),
    })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (typed) => {
        const made = createDocument({
          currency: currencyCode('EUR'),
          lines: typed.map(({ amount, discount, taxIncluded, rate }) => ({
            gross: amount + discount,
            discount,
            amount,
            taxIncluded,
            taxes: rate === null ? [] : [rate],
          })),
        })
        const document = someDocument({
          currency: 'EUR',
          lines: made.lines.map((one, index) =>
            someLine(index + 1, {
              gross: one.gross,
              unitPrice: one.gross,
              discount: one.discount,
              amount: one.amount,
              net: one.net,
              tax: one.tax,
              taxIncluded: one.taxIncluded,
              taxGroup: groupPlace(made, one.group),
            }),
          ),
          taxes: draftTaxes(made).map(({ tax: of, ...row }) => ({ ...row, ...of, relief: null })),
        })
        expect(missingFor(document, 'en16931')).toEqual([])
        expect(brokenRules(xmlOf(document))).toEqual([])
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})
