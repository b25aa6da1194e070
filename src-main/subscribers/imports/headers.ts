import type { SubscriberImportField } from '../../../src-shared/contract/subscribers.ts'

/** Which column of a file is which field, by its name in English or Indonesian. */
const names: Readonly<Record<SubscriberImportField, readonly string[]>> = {
  code: [
    'code',
    'kode',
    'id',
    'customer id',
    'subscriber id',
    'id pelanggan',
    'no pelanggan',
    'nomor pelanggan',
    'account number',
  ],
  kind: ['kind', 'jenis', 'type', 'tipe', 'customer type', 'jenis pelanggan'],
  name: ['name', 'nama', 'full name', 'nama lengkap', 'customer', 'pelanggan', 'nama pelanggan'],
  status: ['status', 'state', 'keadaan'],
  language: ['language', 'bahasa', 'locale'],
  phone: [
    'phone',
    'telephone',
    'telepon',
    'telp',
    'mobile',
    'hp',
    'no hp',
    'nomor hp',
    'handphone',
    'whatsapp',
    'wa',
    'no wa',
    'phone number',
    'nomor telepon',
  ],
  email: ['email', 'e-mail', 'mail', 'surel', 'alamat email'],
  street: ['street', 'address', 'alamat', 'jalan', 'street address', 'alamat lengkap'],
  city: ['city', 'kota', 'town', 'kabupaten', 'kota kabupaten'],
  region: ['region', 'provinsi', 'province', 'state province'],
  postcode: ['postcode', 'postal code', 'zip', 'zip code', 'kode pos', 'kodepos'],
  country: ['country', 'negara'],
  latitude: ['latitude', 'lat', 'lintang'],
  longitude: ['longitude', 'long', 'lon', 'lng', 'bujur'],
  taxId: ['tax id', 'taxid', 'npwp', 'vat', 'vat id', 'vat number', 'nomor pajak'],
  agent: ['agent', 'agen', 'sales', 'reseller'],
  olt: ['olt', 'olt name', 'nama olt'],
  serial: ['serial', 'serial number', 'sn', 'onu', 'onu serial', 'sn onu', 'nomor seri'],
  service: ['service', 'layanan', 'plan', 'package', 'paket', 'produk'],
  note: ['note', 'notes', 'catatan', 'keterangan', 'remark', 'remarks', 'comment'],
}

/** Letters and digits alone count: `Serial_Number`, `serial number` and `SERIAL-NUMBER` are one. */
const keyOf = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

const fields = new Map(
  Object.entries(names).flatMap(([field, list]) =>
    list.map((name) => [keyOf(name), field as SubscriberImportField] as const),
  ),
)

/** Of which a file may have several columns. */
export const repeatable: ReadonlySet<SubscriberImportField> = new Set(['phone', 'email', 'note'])

/** A field that two columns name is the first one's. */
export const fieldsOf = (headers: readonly string[]): (SubscriberImportField | null)[] => {
  const taken = new Set<SubscriberImportField>()
  return headers.map((header) => {
    const field = fields.get(keyOf(header)) ?? null
    if (field === null || (taken.has(field) && !repeatable.has(field))) return null
    taken.add(field)
    return field
  })
}
