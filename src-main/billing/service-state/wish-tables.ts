import type { LineCause, ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { AfterEnd, ServiceSubscription } from './rules.ts'

/** What was said of the line of a service, and to which ONU. */
export interface WishRecord {
  readonly serviceId: string
  readonly wanted: ServiceState['desired']
  readonly cause: LineCause
  readonly sinceOn: CalendarDate
  readonly nextOn: CalendarDate | null
  readonly oltId: string | null
  readonly serial: string | null
  readonly pending: boolean
}

const columns = `service_id AS serviceId, wanted, cause, since_on AS sinceOn, next_on AS nextOn,
  olt_id AS oltId, serial, pending`

type Row = Omit<WishRecord, 'pending'> & { readonly pending: number }

const recordOf = (row: Row): WishRecord => ({ ...row, pending: row.pending === 1 })

export const wishOf = (reads: Reads, serviceId: string): WishRecord | null => {
  const [row] = reads.all<Row>(
    `SELECT ${columns} FROM service_wish WHERE service_id = ?`,
    serviceId,
  )
  return row === undefined ? null : recordOf(row)
}

export const putWish = (tx: Transaction, wish: WishRecord, at: number): void => {
  tx.run(
    `INSERT INTO service_wish (service_id, wanted, cause, since_on, next_on, olt_id, serial, pending,
      said_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (service_id) DO UPDATE SET wanted = excluded.wanted, cause = excluded.cause,
      since_on = excluded.since_on, next_on = excluded.next_on, olt_id = excluded.olt_id,
      serial = excluded.serial, pending = excluded.pending, said_at = excluded.said_at`,
    wish.serviceId,
    wish.wanted,
    wish.cause,
    wish.sinceOn,
    wish.nextOn,
    wish.oltId,
    wish.serial,
    wish.pending ? 1 : 0,
    at,
  )
}

export const dropWish = (tx: Transaction, serviceId: string): void => {
  tx.run(`DELETE FROM service_wish WHERE service_id = ?`, serviceId)
}

/** Said to an ONU that the network did not know. */
export const pendingWishes = (reads: Reads, after: string, limit: number): readonly WishRecord[] =>
  reads
    .all<Row>(
      `SELECT ${columns} FROM service_wish WHERE pending = 1 AND service_id > ?
        ORDER BY service_id LIMIT ?`,
      after,
      limit,
    )
    .map(recordOf)

/** Those that become other ones by themselves on a day that has come. */
export const wishesDue = (reads: Reads, today: CalendarDate, limit: number): readonly string[] =>
  reads
    .all<{ id: string }>(
      `SELECT service_id AS id FROM service_wish WHERE next_on <= ? ORDER BY next_on LIMIT ?`,
      today,
      limit,
    )
    .map(({ id }) => id)

/** Of every main plan the service ever had. */
export const subscriptionsOfService = (
  reads: Reads,
  serviceId: string,
): readonly ServiceSubscription[] =>
  reads.all<ServiceSubscription>(
    `SELECT status, status_since_on AS statusSinceOn, starts_on AS startsOn, ends_on AS endsOn
      FROM subscription WHERE service_id = ? AND kind = 'main'`,
    serviceId,
  )

/** The live service of an ONU; null: none. */
export const liveServiceOn = (reads: Reads, oltId: string, serial: string): string | null =>
  reads.all<{ id: string }>(
    `SELECT id FROM subscriber_service WHERE olt_id = ? AND serial = ? AND state = 'live'`,
    oltId,
    serial,
  )[0]?.id ?? null

/** One whose subscriptions are over; asked about where no service lives on the ONU. */
export const endedServiceOn = (reads: Reads, oltId: string, serial: string): string | null =>
  reads.all<{ id: string }>(
    `SELECT id FROM subscriber_service WHERE olt_id = ? AND serial = ? AND state = 'ended' LIMIT 1`,
    oltId,
    serial,
  )[0]?.id ?? null

export interface ServiceRules {
  readonly version: number
  readonly afterEnd: AfterEnd['kind']
  readonly removeAfterDays: number
}

export const serviceRules = (reads: Reads): ServiceRules => {
  const [row] = reads.all<ServiceRules>(
    `SELECT version, after_end AS afterEnd, remove_after_days AS removeAfterDays
      FROM service_rules WHERE id = 1`,
  )
  if (row === undefined) throw new Error('the rules of services are not there')
  return { ...row }
}

export const afterEndOf = ({ afterEnd, removeAfterDays }: ServiceRules): AfterEnd =>
  afterEnd === 'suspend' ? { kind: 'suspend' } : { kind: 'remove', afterDays: removeAfterDays }
