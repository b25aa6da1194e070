import type {
  SellerSettings,
  SellerSnapshot,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Who sells, and how his documents are made. */

export interface SellerRecord extends SellerSettings {
  readonly version: number
}

interface SellerRow extends Omit<SellerRecord, 'address' | 'prefixes' | 'terms' | 'yearly'> {
  readonly lines: string
  readonly city: string
  readonly region: string
  readonly postcode: string
  readonly country: string
  readonly prefixes: string
  readonly terms: string
  readonly yearly: number
}

export const sellerOf = (reads: Reads): SellerRecord => {
  const [row] = reads.all<SellerRow>(
    `SELECT version, name, lines, city, region, postcode, country, tax_id AS taxId, phone, email,
      payment_note AS paymentNote, installation, prefixes, yearly, terms, lead_days AS leadDays,
      end_day AS endDay, catch_up AS catchUp, relief_price AS reliefPrice
      FROM billing_seller WHERE id = 1`,
  )
  if (row === undefined) throw new Error('the seller is missing')
  const { lines, city, region, postcode, country, prefixes, terms, yearly, ...rest } = row
  return {
    ...rest,
    address: { lines, city, region, postcode, country },
    prefixes: JSON.parse(prefixes) as SellerSettings['prefixes'],
    terms: JSON.parse(terms) as SellerSettings['terms'],
    yearly: yearly === 1,
  }
}

export const putSeller = (tx: Transaction, seller: SellerRecord): void => {
  const { address } = seller
  tx.run(
    `UPDATE billing_seller SET version = ?, name = ?, lines = ?, city = ?, region = ?, postcode = ?,
      country = ?, tax_id = ?, phone = ?, email = ?, payment_note = ?, installation = ?,
      prefixes = ?, yearly = ?, terms = ?, lead_days = ?, end_day = ?, catch_up = ?,
      relief_price = ? WHERE id = 1`,
    seller.version,
    seller.name,
    address.lines,
    address.city,
    address.region,
    address.postcode,
    address.country,
    seller.taxId,
    seller.phone,
    seller.email,
    seller.paymentNote,
    seller.installation,
    JSON.stringify(seller.prefixes),
    seller.yearly ? 1 : 0,
    JSON.stringify(seller.terms),
    seller.leadDays,
    seller.endDay,
    seller.catchUp,
    seller.reliefPrice,
  )
}

/** As documents show him. */
export const snapshotOfSeller = (seller: SellerSettings): SellerSnapshot => ({
  name: seller.name,
  address: seller.address,
  taxId: seller.taxId,
  phone: seller.phone,
  email: seller.email,
  paymentNote: seller.paymentNote,
})
