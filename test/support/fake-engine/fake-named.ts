import type { SubscriberRow } from '../../../src-shared/contract/subscribers-model.ts'

/** Subscribers as billing asks for them. */
export const namedOf = (rows: readonly SubscriberRow[], limit: number) => ({
  total: rows.length,
  found: rows.slice(0, limit).map(({ id, code, name, phone, address, serial }) => ({
    id,
    code,
    name,
    phone: phone ?? '',
    address: address ?? '',
    serial,
  })),
})
