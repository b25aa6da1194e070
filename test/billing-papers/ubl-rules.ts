import { all, cents, textAt, type Node } from './read-xml.ts'

/**
 * The arithmetic of EN 16931 by its own words, on the XML as anybody would read it: which rules it
 * breaks. BR-CO-17 and BR-S-09 with the tolerance of the standard's own checks: one unit of currency.
 */
export const brokenRules = (node: Node): readonly string[] => {
  const isCredit = node.name === 'CreditNote'
  const lines = all(node, isCredit ? 'CreditNoteLine' : 'InvoiceLine')
  const total = (name: string): number => cents(node, `LegalMonetaryTotal/${name}`)
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
  const subtotals = all(node, 'TaxTotal/TaxSubtotal')
  const broken: string[] = []
  const rule = (name: string, holds: boolean): void => {
    if (!holds) broken.push(name)
  }
  const lineNet = (line: Node): number => cents(line, 'LineExtensionAmount')
  rule('BR-16', lines.length > 0)
  rule('BR-CO-10', sum(lines.map(lineNet)) === total('LineExtensionAmount'))
  rule('BR-CO-11', all(node, 'AllowanceCharge').length === 0 && total('AllowanceTotalAmount') === 0)
  rule('BR-CO-13', total('TaxExclusiveAmount') === total('LineExtensionAmount'))
  rule(
    'BR-CO-14',
    cents(node, 'TaxTotal/TaxAmount') === sum(subtotals.map((one) => cents(one, 'TaxAmount'))),
  )
  rule(
    'BR-CO-15',
    total('TaxInclusiveAmount') === total('TaxExclusiveAmount') + cents(node, 'TaxTotal/TaxAmount'),
  )
  rule(
    'BR-CO-16',
    total('PayableAmount') ===
      total('TaxInclusiveAmount') - total('PrepaidAmount') + total('PayableRoundingAmount'),
  )
  for (const one of subtotals) {
    const percent = Number(textAt(one, 'TaxCategory/Percent') ?? '0')
    const category = textAt(one, 'TaxCategory/ID')
    const wanted = (cents(one, 'TaxableAmount') * percent) / 100
    rule('BR-CO-17', Math.abs(cents(one, 'TaxAmount') - wanted) <= 100)
    const own = lines.filter(
      (line) =>
        textAt(line, 'Item/ClassifiedTaxCategory/ID') === category &&
        Number(textAt(line, 'Item/ClassifiedTaxCategory/Percent') ?? '0') === percent,
    )
    rule('BR-S-08', sum(own.map(lineNet)) === cents(one, 'TaxableAmount'))
    if (category !== 'S') rule('BR-E-09', cents(one, 'TaxAmount') === 0)
    const reason = textAt(one, 'TaxCategory/TaxExemptionReason')
    rule('BR-E-10', (category === 'S' || category === 'Z') === (reason === null))
    if (category === 'O') {
      rule('BR-O-05', textAt(one, 'TaxCategory/Percent') === null)
      rule('BR-O-11', subtotals.length === 1)
      rule('BR-O-02', all(node, 'AccountingSupplierParty/Party/PartyTaxScheme').length === 0)
    }
  }
  for (const line of lines) {
    const quantity = Number(textAt(line, 'InvoicedQuantity') ?? textAt(line, 'CreditedQuantity'))
    const price = Number(textAt(line, 'Price/PriceAmount'))
    const base = Number(textAt(line, 'Price/BaseQuantity') ?? '1')
    const off = cents(line, 'AllowanceCharge/Amount')
    const net = Math.round((quantity * price * 100) / base) - off
    rule('BR-24', Math.abs(net - lineNet(line)) === 0)
    rule('BR-27', price >= 0)
    rule('BR-25', (textAt(line, 'Item/Name') ?? '') !== '')
  }
  rule(
    'BR-09',
    textAt(node, 'AccountingSupplierParty/Party/PostalAddress/Country/IdentificationCode') !== null,
  )
  rule(
    'BR-11',
    textAt(node, 'AccountingCustomerParty/Party/PostalAddress/Country/IdentificationCode') !== null,
  )
  rule(
    'BR-CO-25',
    total('PayableAmount') <= 0 ||
      textAt(node, 'DueDate') !== null ||
      textAt(node, 'PaymentTerms/Note') !== null,
  )
  return broken
}
