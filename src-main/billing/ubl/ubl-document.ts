import type {
  BuyerSnapshot,
  DocumentLineRow,
  SellerSnapshot,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { UblProfile } from '../../../src-shared/contract/billing-papers.ts'
import { addDays, calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../src-shared/domain/money.ts'
import { lineAmount } from '../unit-price.ts'
import type { IssuedDocument } from '../pdf/document-paper.ts'
import {
  categoriesOf,
  endpointOf,
  groupsOf,
  vatIdentifier,
  type CategoryRate,
  type TaxCategory,
} from './ubl-facts.ts'
import { branch, leaf, type Xml } from './xml-write.ts'

/**
 * An issued document as UBL 2.1 after EN 16931. Every figure is one that is stored; nothing is
 * computed anew but sums of them. Rules: docs/billing.md, "UBL".
 */

export interface UblOptions {
  readonly profile: UblProfile
  /** Where it is paid to; '': not said. */
  readonly transfer: { readonly iban: string; readonly bic: string; readonly name: string }
}

const customization: Readonly<Record<UblProfile, readonly [string, string]>> = {
  en16931: ['urn:cen.eu:en16931:2017', ''],
  peppol: [
    'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  ],
}

/** UNTDID 1001. */
const typeCodes = { invoice: '380', 'debit-note': '383', 'credit-note': '381' } as const

const reasons: Readonly<Record<TaxCategory, readonly [code: string, text: string]>> = {
  S: ['', ''],
  Z: ['', ''],
  E: ['', 'Exempt from tax'],
  AE: ['VATEX-EU-AE', 'Reverse charge'],
  O: ['VATEX-EU-O', 'Not subject to VAT'],
}

export const ublDocument = (
  document: IssuedDocument & { readonly kind: keyof typeof typeCodes },
  options: UblOptions,
): string => {
  const isCredit = document.kind === 'credit-note'
  const root = isCredit ? 'CreditNote' : 'Invoice'
  const { currency, number, seller } = document
  const categories = categoriesOf(document)
  // Outside the scope: VAT numbers must not stand on it (BR-O-02).
  const isOutside = [...categories.values()].some(({ category }) => category === 'O')
  const [customizationId, profileId] = customization[options.profile]
  const amount = (name: string, minor: number): Xml =>
    leaf(name, formatMinor(minor, currencyCode(currency)), { currencyID: currency })
  const typeCode = leaf(`cbc:${root}TypeCode`, typeCodes[document.kind])
  const taxPoint =
    document.taxPointOn === null || document.taxPointOn === document.issuedOn
      ? ''
      : leaf('cbc:TaxPointDate', document.taxPointOn)
  const note = leaf('cbc:Note', [document.reason, document.note].filter(Boolean).join(' '))
  const dueOn = document.dueOn ?? document.issuedOn
  const inside = [
    leaf('cbc:CustomizationID', customizationId),
    leaf('cbc:ProfileID', profileId),
    leaf('cbc:ID', number),
    leaf('cbc:IssueDate', document.issuedOn),
    ...(isCredit
      ? [taxPoint, typeCode, note]
      : [leaf('cbc:DueDate', dueOn), typeCode, note, taxPoint]),
    leaf('cbc:DocumentCurrencyCode', currency),
    leaf('cbc:BuyerReference', document.buyer.code),
    document.corrects === null
      ? ''
      : branch(
          'cac:BillingReference',
          branch(
            'cac:InvoiceDocumentReference',
            leaf('cbc:ID', document.corrects.number ?? ''),
            leaf('cbc:IssueDate', document.correctsOn ?? ''),
          ),
        ),
    branch('cac:AccountingSupplierParty', sellerParty(seller, isOutside, options.profile)),
    branch('cac:AccountingCustomerParty', buyerParty(document.buyer, isOutside, options.profile)),
    paymentMeans(document, options),
    branch('cac:PaymentTerms', leaf('cbc:Note', seller.paymentNote || document.reason || number)),
    taxTotal(document, categories, amount),
    branch(
      'cac:LegalMonetaryTotal',
      amount('cbc:LineExtensionAmount', sum(document.lines.map(({ net }) => net))),
      amount('cbc:TaxExclusiveAmount', document.net),
      amount('cbc:TaxInclusiveAmount', document.net + document.tax),
      document.rounding === 0 ? '' : amount('cbc:PayableRoundingAmount', document.rounding),
      amount('cbc:PayableAmount', document.total),
    ),
    ...document.lines.map((line) =>
      lineOf(line, isCredit, currency, categories.get(line.taxGroup), amount),
    ),
  ]
  const names = [
    `xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2"`,
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"',
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${names.join(' ')}>${inside.join('')}</${root}>\n`
}

type Amount = (name: string, minor: number) => Xml

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

const addressOf = (address: SellerSnapshot['address']): Xml => {
  const [street = '', ...more] = address.lines.split(/\r\n|[\r\n]/u).filter((one) => one.trim())
  return branch(
    'cac:PostalAddress',
    leaf('cbc:StreetName', street),
    leaf('cbc:AdditionalStreetName', more.join(', ')),
    leaf('cbc:CityName', address.city),
    leaf('cbc:PostalZone', address.postcode),
    leaf('cbc:CountrySubentity', address.region),
    branch('cac:Country', leaf('cbc:IdentificationCode', address.country)),
  )
}

const scheme = (name: 'VAT' | 'TAX'): Xml => branch('cac:TaxScheme', leaf('cbc:ID', name))

const endpoint = (profile: UblProfile, taxId: string, country: string, email: string): Xml => {
  const found = profile === 'peppol' ? endpointOf(taxId, country, email) : null
  return found === null ? '' : leaf('cbc:EndpointID', found.id, { schemeID: found.scheme })
}

const sellerParty = (seller: SellerSnapshot, isOutside: boolean, profile: UblProfile): Xml => {
  const { address, email, name, phone, taxId } = seller
  const vat = vatIdentifier(taxId, address.country)
  const taxScheme = branch(
    'cac:PartyTaxScheme',
    leaf('cbc:CompanyID', vat ?? taxId),
    scheme(vat === null ? 'TAX' : 'VAT'),
  )
  return branch(
    'cac:Party',
    endpoint(profile, taxId, address.country, email),
    branch('cac:PartyName', leaf('cbc:Name', name)),
    addressOf(address),
    isOutside ? '' : taxScheme,
    branch(
      'cac:PartyLegalEntity',
      leaf('cbc:RegistrationName', name),
      // One way or another the seller is identified (BR-CO-26).
      vat !== null && !isOutside ? '' : leaf('cbc:CompanyID', taxId),
    ),
    branch('cac:Contact', leaf('cbc:Telephone', phone), leaf('cbc:ElectronicMail', email)),
  )
}

const buyerParty = (buyer: BuyerSnapshot, isOutside: boolean, profile: UblProfile): Xml => {
  const { address, name, taxId } = buyer
  const country = address?.country ?? ''
  const vat = vatIdentifier(taxId, country)
  return branch(
    'cac:Party',
    endpoint(profile, taxId, country, ''),
    branch('cac:PartyIdentification', leaf('cbc:ID', buyer.code)),
    branch('cac:PartyName', leaf('cbc:Name', name)),
    address === null ? '' : addressOf(address),
    vat === null || isOutside
      ? ''
      : branch('cac:PartyTaxScheme', leaf('cbc:CompanyID', vat), scheme('VAT')),
    branch(
      'cac:PartyLegalEntity',
      leaf('cbc:RegistrationName', name),
      vat !== null && !isOutside ? '' : leaf('cbc:CompanyID', taxId),
    ),
  )
}

/** UNCL 4461: 58 a SEPA credit transfer, 30 a credit transfer. */
const paymentMeans = (
  { currency, number }: IssuedDocument,
  { transfer }: Pick<UblOptions, 'transfer'>,
): Xml => {
  const iban = transfer.iban.replaceAll(/\s/gu, '').toUpperCase()
  if (iban === '') return ''
  return branch(
    'cac:PaymentMeans',
    leaf('cbc:PaymentMeansCode', currency === 'EUR' ? '58' : '30'),
    leaf('cbc:PaymentID', number),
    branch(
      'cac:PayeeFinancialAccount',
      leaf('cbc:ID', iban),
      leaf('cbc:Name', transfer.name),
      branch(
        'cac:FinancialInstitutionBranch',
        leaf('cbc:ID', transfer.bic.replaceAll(/\s/gu, '').toUpperCase()),
      ),
    ),
  )
}

const percentText = (percent: number): string => {
  const text = String(percent).padStart(7, '0')
  return `${text.slice(0, -6)}.${text.slice(-6).replace(/0{1,4}$/u, '')}`
}

const categoryXml = (
  name: 'cac:TaxCategory' | 'cac:ClassifiedTaxCategory',
  { category, percent }: CategoryRate,
): Xml => {
  const [code, text] = reasons[category]
  return branch(
    name,
    leaf('cbc:ID', category),
    category === 'O' ? '' : leaf('cbc:Percent', percentText(percent)),
    ...(name === 'cac:TaxCategory'
      ? [leaf('cbc:TaxExemptionReasonCode', code), leaf('cbc:TaxExemptionReason', text)]
      : []),
    scheme('VAT'),
  )
}

/** One subtotal for each category and rate (BR-S-08), of the sums that are stored. */
const taxTotal = (
  document: IssuedDocument,
  categories: ReadonlyMap<number, CategoryRate>,
  amount: Amount,
): Xml => {
  const subtotals = new Map<string, { rate: CategoryRate; taxable: number; tax: number }>()
  for (const [place, taxes] of groupsOf(document)) {
    const rate = categories.get(place)
    if (rate === undefined) continue
    const key = `${rate.category} ${rate.percent}`
    const one = subtotals.get(key) ?? { rate, taxable: 0, tax: 0 }
    one.taxable += sum(
      document.lines.filter(({ taxGroup }) => taxGroup === place).map(({ net }) => net),
    )
    one.tax += sum(taxes.map((tax) => tax.amount))
    subtotals.set(key, one)
  }
  return branch(
    'cac:TaxTotal',
    amount('cbc:TaxAmount', document.tax),
    ...[...subtotals.values()].map(({ rate, taxable, tax }) =>
      branch(
        'cac:TaxSubtotal',
        amount('cbc:TaxableAmount', taxable),
        amount('cbc:TaxAmount', tax),
        categoryXml('cac:TaxCategory', rate),
      ),
    ),
  )
}

const decimalText = (value: number, scale: number): string => {
  if (scale === 0) return String(value)
  const text = String(Math.abs(value)).padStart(scale + 1, '0')
  return `${value < 0 ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

const lineOf = (
  line: DocumentLineRow,
  isCredit: boolean,
  currency: string,
  rate: CategoryRate = { category: 'O', percent: 0 },
  amount: Amount,
): Xml => {
  const { quantity, quantityScale, startOn, endOn } = line
  // A price is never negative: what is taken off is a negative quantity (BR-27).
  const sign = line.net < 0 ? -1 : 1
  const counted = decimalText(sign * quantity, quantityScale)
  return branch(
    isCredit ? 'cac:CreditNoteLine' : 'cac:InvoiceLine',
    leaf('cbc:ID', String(line.seq)),
    leaf(isCredit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity', counted, { unitCode: 'C62' }),
    amount('cbc:LineExtensionAmount', line.net),
    startOn === null || endOn === null
      ? ''
      : branch(
          'cac:InvoicePeriod',
          leaf('cbc:StartDate', startOn),
          // Half-open here, with its last day there.
          leaf('cbc:EndDate', addDays(calendarDate(endOn), -1)),
        ),
    ...priceOf(
      line,
      currency,
      amount,
      (price) =>
        branch(
          'cac:Item',
          leaf('cbc:Name', line.description),
          categoryXml('cac:ClassifiedTaxCategory', rate),
        ) + price,
    ),
  )
}

/**
 * As it was priced where that gives the net amount; else (a price with tax in it, a credit) the net
 * amount for the whole quantity: quantity × price ÷ base quantity − allowance is the net either way.
 */
const priceOf = (
  line: DocumentLineRow,
  currency: string,
  amount: Amount,
  item: (price: Xml) => Xml,
): readonly Xml[] => {
  const { discount, gross, net, quantity, quantityScale, unitPrice, unitScale } = line
  const priced = lineAmount(
    { value: quantity, scale: quantityScale },
    { value: unitPrice, scale: unitScale },
    currencyCode(currency),
  )
  const asPriced =
    net >= 0 && !line.taxIncluded && unitPrice >= 0 && priced === gross && gross - discount === net
  if (!asPriced) {
    return [
      item(
        branch(
          'cac:Price',
          amount('cbc:PriceAmount', Math.abs(net)),
          leaf('cbc:BaseQuantity', decimalText(quantity, quantityScale), { unitCode: 'C62' }),
        ),
      ),
    ]
  }
  const allowance =
    discount === 0
      ? ''
      : branch(
          'cac:AllowanceCharge',
          leaf('cbc:ChargeIndicator', discount > 0 ? 'false' : 'true'),
          leaf('cbc:AllowanceChargeReason', discountName(line)),
          amount('cbc:Amount', Math.abs(discount)),
        )
  const price = leaf('cbc:PriceAmount', decimalText(unitPrice, unitScale), { currencyID: currency })
  return [allowance, item(branch('cac:Price', price))]
}

const discountName = ({ explanation }: DocumentLineRow): string =>
  explanation.flatMap(({ discounts }) => discounts.map(({ name }) => name)).join(', ') || 'Discount'
