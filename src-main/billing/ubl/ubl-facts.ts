import type { DocumentTaxRow } from '../../../src-shared/contract/billing-documents-model.ts'
import type { UblProfile } from '../../../src-shared/contract/billing-papers.ts'
import { currencyCode, minorDigits } from '../../../src-shared/domain/currencies.ts'
import type { IssuedDocument } from '../pdf/document-paper.ts'

/** What EN 16931 asks of a document beyond what every document has. Pure. */

/** UNCL 5305: standard, zero, exempt, reverse charge, outside the scope. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'O'

export interface CategoryRate {
  readonly category: TaxCategory
  /** Millionths of a percent: 11 % is 11,000,000. Of what is taxed, a base factor in it. */
  readonly percent: number
}

export type Missing =
  | 'seller-name'
  | 'seller-country'
  | 'seller-tax-id'
  | 'buyer-name'
  | 'buyer-country'
  | 'buyer-tax-id'
  | 'one-tax'
  | 'two-decimals'
  | 'corrected'

/** Countries that put their own letters before a VAT number; Greece has others. */
const union =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' ')

const vatPrefix = (country: string): string => (country === 'GR' ? 'EL' : country)

/** A VAT identifier with the letters of its country (BR-CO-09); null: it is none. */
export const vatIdentifier = (taxId: string, country: string): string | null => {
  const plain = taxId.replaceAll(/[^A-Za-z0-9]/gu, '').toUpperCase()
  if (plain === '' || country === '') return null
  if (plain.startsWith(vatPrefix(country)) && plain.length > 4) return plain
  return union.includes(country) ? `${vatPrefix(country)}${plain}` : null
}

/** Electronic address schemes of the Peppol network for VAT numbers, by country. */
const vatSchemes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'HU 9910,AT 9914,ES 9920,AD 9922,AL 9923,BA 9924,BE 9925,BG 9926,CH 9927,CY 9928,CZ 9929,' +
    'DE 9930,EE 9931,GB 9932,GR 9933,HR 9934,IE 9935,LI 9936,LT 9937,LU 9938,LV 9939,MC 9940,' +
    'ME 9941,MK 9942,MT 9943,NL 9944,PL 9945,PT 9946,RO 9947,RS 9948,SI 9949,SK 9950,SM 9951,' +
    'TR 9952,VA 9953,FR 9957'
  )
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)

/** Where the network delivers to; null: not known. */
export const endpointOf = (
  taxId: string,
  country: string,
  email: string,
): { readonly scheme: string; readonly id: string } | null => {
  const vat = vatIdentifier(taxId, country)
  const scheme = vatSchemes[country]
  if (vat !== null && scheme !== undefined) return { scheme, id: vat }
  return email === '' ? null : { scheme: 'EM', id: email }
}

const reliefs = { exempt: 'E', 'reverse-charge': 'AE', outside: 'O', zero: 'Z' } as const

/**
 * The category of a tax group. What nobody put a tax on is outside of it where the whole document is,
 * and exempt beside lines that are taxed (BR-O-11: outside stands alone).
 */
export const categoryOf = (
  taxes: readonly DocumentTaxRow[],
  isAloneUntaxed: boolean,
): CategoryRate => {
  const [tax] = taxes
  if (tax === undefined) return { category: isAloneUntaxed ? 'O' : 'E', percent: 0 }
  if (tax.relief !== null) {
    const category = reliefs[tax.relief]
    return { category: category === 'O' && !isAloneUntaxed ? 'E' : category, percent: 0 }
  }
  if (tax.ratePpm === 0) return { category: 'Z', percent: 0 }
  const percent = Math.round((tax.ratePpm * 100 * tax.baseNum) / tax.baseDen)
  return { category: 'S', percent }
}

/** Taxes by the place of their group; groups of lines without one are there too. */
export const groupsOf = ({
  lines,
  taxes,
}: Pick<IssuedDocument, 'lines' | 'taxes'>): ReadonlyMap<number, readonly DocumentTaxRow[]> => {
  const groups = new Map<number, DocumentTaxRow[]>()
  for (const { taxGroup } of lines) groups.set(taxGroup, [])
  for (const tax of taxes) {
    const known = groups.get(tax.taxGroup)
    if (known === undefined) groups.set(tax.taxGroup, [tax])
    else known.push(tax)
  }
  return groups
}

export const categoriesOf = (
  document: Pick<IssuedDocument, 'lines' | 'taxes'>,
): ReadonlyMap<number, CategoryRate> => {
  const groups = groupsOf(document)
  const alone = [...groups.values()].every((taxes) =>
    taxes.every(({ relief }) => relief === 'outside'),
  )
  return new Map([...groups].map(([place, taxes]) => [place, categoryOf(taxes, alone)]))
}

/** What keeps a document from being an electronic invoice; none: it can be one. */
export const missingFor = (document: IssuedDocument, profile: UblProfile): readonly Missing[] => {
  const { seller, buyer, taxes } = document
  const categories = new Set([...categoriesOf(document).values()].map(({ category }) => category))
  const buyerCountry = buyer.address?.country ?? ''
  const isReverse = categories.has('AE')
  const sellerVat = vatIdentifier(seller.taxId, seller.address.country)
  const buyerVat = vatIdentifier(buyer.taxId, buyerCountry)
  const lacksSellerId = seller.taxId.trim() === '' || (isReverse && sellerVat === null)
  const lacksBuyerId = isReverse && buyerVat === null
  const lacksSellerPlace =
    profile === 'peppol' && endpointOf(seller.taxId, seller.address.country, seller.email) === null
  const lacksBuyerPlace = profile === 'peppol' && endpointOf(buyer.taxId, buyerCountry, '') === null
  const all: readonly (readonly [Missing, boolean])[] = [
    ['seller-name', seller.name.trim() === ''],
    ['seller-country', seller.address.country === ''],
    ['seller-tax-id', lacksSellerId || lacksSellerPlace],
    ['buyer-name', buyer.name.trim() === ''],
    ['buyer-country', buyerCountry === ''],
    ['buyer-tax-id', lacksBuyerId || lacksBuyerPlace],
    ['one-tax', hasTwoTaxes(taxes)],
    ['two-decimals', minorDigits(currencyCode(document.currency)) > 2],
    [
      'corrected',
      document.kind === 'credit-note' &&
        (document.corrects?.number === null || document.corrects === null),
    ],
  ]
  return all.filter(([, isMissing]) => isMissing).map(([name]) => name)
}

const hasTwoTaxes = (taxes: readonly DocumentTaxRow[]): boolean =>
  new Set(taxes.map(({ taxGroup }) => taxGroup)).size < taxes.length
