import type {
  SubscriberAddress,
  SubscriberContact,
  SubscriberRecord,
  SubscriberService,
} from '../../src-shared/contract/subscribers-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { fromE7, toE7 } from './rules.ts'

/** A subscriber's rows as they stand in the store. */

type Plain = Omit<
  SubscriberRecord,
  | 'contacts'
  | 'addresses'
  | 'services'
  | 'servicesBeyond'
  | 'notes'
  | 'files'
  | 'agentName'
  | 'createdBy'
  | 'neverSuspend'
  | 'restricted'
  | 'marketingConsent'
>

/** As SQLite has it: booleans are 0 and 1. */
export interface SubscriberData extends Plain {
  readonly number: number
  readonly neverSuspend: 0 | 1
  readonly restricted: 0 | 1
  readonly marketingConsent: 0 | 1 | null
  readonly createdBy: string | null
  readonly importId: string | null
}

export interface ServiceData {
  readonly id: string
  readonly subscriberId: string
  readonly version: number
  readonly name: string
  readonly addressId: string | null
  readonly state: SubscriberService['state']
  readonly oltId: string | null
  readonly serial: string | null
  readonly liveSince: number | null
  readonly endedAt: number | null
  readonly note: string
}

const subscriberColumns = `number, id, version, code, kind, name, status, status_since AS statusSince,
  status_reason AS statusReason, language, time_zone AS timeZone, currency, agent_id AS agentId,
  never_suspend AS neverSuspend, never_suspend_reason AS neverSuspendReason, tax_id AS taxId,
  tax_name AS taxName, tax_treatment AS taxTreatment, tax_note AS taxNote, restricted,
  restricted_since AS restrictedSince, marketing_consent AS marketingConsent,
  marketing_consent_at AS marketingConsentAt, anonymised_at AS anonymisedAt, import_id AS importId,
  created_at AS createdAt, created_by AS createdBy, updated_at AS updatedAt`

const contactColumns = `id, role, name, email, phone, channel, note, verified_at AS verifiedAt`

const addressColumns = `id, kind, label, lines, city, region, postcode, country,
  latitude_e7 AS latitudeE7, longitude_e7 AS longitudeE7`

export const serviceColumns = `id, subscriber_id AS subscriberId, version, name,
  address_id AS addressId, state, olt_id AS oltId, serial, live_since AS liveSince,
  ended_at AS endedAt, note`

type AddressRow = Omit<SubscriberAddress, 'coordinates'> & {
  readonly latitudeE7: number | null
  readonly longitudeE7: number | null
}

const addressOf = ({ latitudeE7, longitudeE7, ...row }: AddressRow): SubscriberAddress => ({
  ...row,
  coordinates:
    latitudeE7 === null || longitudeE7 === null
      ? null
      : { latitude: fromE7(latitudeE7), longitude: fromE7(longitudeE7) },
})

const oneSql = `SELECT ${subscriberColumns} FROM subscriber WHERE id = ?`
const contactsSql = `SELECT ${contactColumns} FROM subscriber_contact WHERE subscriber_id = ?
  ORDER BY position`
const addressesSql = `SELECT ${addressColumns} FROM subscriber_address WHERE subscriber_id = ?
  ORDER BY position`
/** Live ones first, then planned, then those that ended. */
const servicesSql = `SELECT ${serviceColumns} FROM subscriber_service WHERE subscriber_id = ?
  ORDER BY state = 'ended', state = 'planned', created_at, id`

/** Reads of one subscriber, in a transaction of his own change or beside it. */
export interface OneSubscriber {
  readonly subscriber: (id: string) => SubscriberData | undefined
  readonly contacts: (id: string) => readonly SubscriberContact[]
  readonly addresses: (id: string) => readonly SubscriberAddress[]
  readonly services: (id: string) => readonly ServiceData[]
}

export const readsIn = (tx: Transaction): OneSubscriber => ({
  subscriber: (id) => tx.get<SubscriberData>(oneSql, id),
  contacts: (id) => tx.all<SubscriberContact>(contactsSql, id),
  addresses: (id) => tx.all<AddressRow>(addressesSql, id).map(addressOf),
  services: (id) => tx.all<ServiceData>(servicesSql, id),
})

export const createOneReads = (reader: StoreReader): OneSubscriber => {
  const one = reader.prepare<[string], SubscriberData>(oneSql)
  const contacts = reader.prepare<[string], SubscriberContact>(contactsSql)
  const addresses = reader.prepare<[string], AddressRow>(addressesSql)
  const services = reader.prepare<[string], ServiceData>(servicesSql)
  return {
    subscriber: (id) => one.get(id),
    contacts: (id) => contacts.all(id),
    addresses: (id) => addresses.all(id).map(addressOf),
    services: (id) => services.all(id),
  }
}

/** Errors: `not-found`. */
export const subscriberIn = (tx: Transaction, id: string): SubscriberData => {
  const found = readsIn(tx).subscriber(id)
  if (found === undefined) throw new NocturneError('not-found', { what: 'subscriber' })
  return found
}

/** Errors: `not-found`; `conflict` when somebody else changed it since. */
export const subscriberAt = (tx: Transaction, id: string, baseVersion: number): SubscriberData => {
  const found = subscriberIn(tx, id)
  if (found.version !== baseVersion) {
    throw new NocturneError('conflict', { what: 'subscriber', version: found.version })
  }
  return found
}

/** Errors: `not-found`, also of another subscriber's; `conflict`. */
export const serviceAt = (
  tx: Transaction,
  { id, serviceId, baseVersion }: { id: string; serviceId: string; baseVersion: number },
): ServiceData => {
  const found = tx.get<ServiceData>(
    `SELECT ${serviceColumns} FROM subscriber_service WHERE id = ? AND subscriber_id = ?`,
    serviceId,
    id,
  )
  if (found === undefined) throw new NocturneError('not-found', { what: 'subscriber-service' })
  if (found.version !== baseVersion) {
    throw new NocturneError('conflict', { what: 'subscriber-service', version: found.version })
  }
  return found
}

export const insertContact = (
  tx: Transaction,
  subscriberId: string,
  position: number,
  contact: SubscriberContact,
): void => {
  tx.run(
    `INSERT INTO subscriber_contact (id, subscriber_id, position, role, name, email, phone, channel,
      note, verified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, role = excluded.role,
      name = excluded.name, email = excluded.email, phone = excluded.phone,
      channel = excluded.channel, note = excluded.note, verified_at = excluded.verified_at`,
    contact.id,
    subscriberId,
    position,
    contact.role,
    contact.name,
    contact.email,
    contact.phone,
    contact.channel,
    contact.note,
    contact.verifiedAt,
  )
}

export const insertAddress = (
  tx: Transaction,
  subscriberId: string,
  position: number,
  address: SubscriberAddress,
): void => {
  const { coordinates } = address
  tx.run(
    `INSERT INTO subscriber_address (id, subscriber_id, position, kind, label, lines, city, region,
      postcode, country, latitude_e7, longitude_e7) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, kind = excluded.kind,
      label = excluded.label, lines = excluded.lines, city = excluded.city,
      region = excluded.region, postcode = excluded.postcode, country = excluded.country,
      latitude_e7 = excluded.latitude_e7, longitude_e7 = excluded.longitude_e7`,
    address.id,
    subscriberId,
    position,
    address.kind,
    address.label,
    address.lines,
    address.city,
    address.region,
    address.postcode,
    address.country,
    coordinates === null ? null : toE7(coordinates.latitude),
    coordinates === null ? null : toE7(coordinates.longitude),
  )
}

export const insertService = (tx: Transaction, service: ServiceData, at: number): void => {
  tx.run(
    `INSERT INTO subscriber_service (id, subscriber_id, version, name, address_id, state, olt_id,
      serial, live_since, ended_at, note, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
      address_id = excluded.address_id, state = excluded.state, olt_id = excluded.olt_id,
      serial = excluded.serial, live_since = excluded.live_since, ended_at = excluded.ended_at,
      note = excluded.note, updated_at = excluded.updated_at`,
    service.id,
    service.subscriberId,
    service.version,
    service.name,
    service.addressId,
    service.state,
    service.oltId,
    service.serial,
    service.liveSince,
    service.endedAt,
    service.note,
    at,
    at,
  )
}

/** Columns of `subscriber` that a person changes. */
export interface SubscriberWrite {
  readonly [column: string]: SqlValue
}

export const updateSubscriber = (
  tx: Transaction,
  before: Pick<SubscriberData, 'id' | 'version'>,
  columns: SubscriberWrite,
  at: number,
): number => {
  const names = Object.keys(columns)
  const version = before.version + 1
  tx.run(
    `UPDATE subscriber SET version = ?, updated_at = ?${names.map((name) => `, ${name} = ?`).join('')}
      WHERE id = ?`,
    version,
    at,
    ...Object.values(columns),
    before.id,
  )
  return version
}

/** Something of his changed, and not what he is himself: his version stays. */
export const touch = (tx: Transaction, id: string, at: number): void => {
  tx.run(`UPDATE subscriber SET updated_at = ? WHERE id = ?`, at, id)
}
