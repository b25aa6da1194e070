import { byteOrderMark, csvLine } from '../../src-shared/domain/csv-write.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { isEverything, oltListOf } from '../engine/reach.ts'
import type { SqlValue } from '../store/read-handle.ts'
import { orderBy, whereOf } from './list.ts'
import type { SubscribersDependencies } from './ports.ts'
import { fromE7 } from './rules.ts'
import type { SubscriberSettings } from './settings.ts'

/** The list as a table: the columns that the import knows, so that what went out comes in again. */
const head = [
  'code',
  'kind',
  'name',
  'status',
  'language',
  'phone',
  'email',
  'street',
  'city',
  'region',
  'postcode',
  'country',
  'latitude',
  'longitude',
  'tax id',
  'agent',
  'olt',
  'serial',
  'service',
  'live services',
  'never suspend',
  'created (UTC)',
] as const

interface Row {
  readonly code: string
  readonly kind: string
  readonly name: string
  readonly status: string
  readonly language: string
  readonly phone: string | null
  readonly email: string | null
  readonly lines: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postcode: string | null
  readonly country: string | null
  readonly latitudeE7: number | null
  readonly longitudeE7: number | null
  readonly taxId: string
  readonly agentId: string | null
  readonly oltId: string | null
  readonly serial: string | null
  readonly service: string | null
  readonly liveServices: number
  readonly neverSuspend: number
  readonly createdAt: number
}

/** Some twenty milliseconds. */
const rowsPerTurn = 250

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const createExport = (
  deps: Pick<SubscribersDependencies, 'reader' | 'facts' | 'nameOfAccount'> & {
    readonly settings: () => SubscriberSettings
  },
): QueryHandlers<'subscribers.export'> => {
  const { reader } = deps
  /** By number of the subscriber. SECURITY: a service on an OLT that is not reached is left out. */
  const rows = reader.prepare<[string, string | null, string | null, string | null], Row>(
    `SELECT s.code, s.kind, s.name, s.status, s.language, s.shown_phone AS phone,
      s.shown_email AS email, a.lines, a.city, a.region, a.postcode, a.country,
      a.latitude_e7 AS latitudeE7, a.longitude_e7 AS longitudeE7, s.tax_id AS taxId,
      s.agent_id AS agentId, v.olt_id AS oltId, v.serial, v.name AS service,
      s.live_services AS liveServices, s.never_suspend AS neverSuspend, s.created_at AS createdAt
      FROM json_each(?) j JOIN subscriber s ON s.number = j.value
      LEFT JOIN subscriber_address a ON a.subscriber_id = s.id AND a.position = 0
      LEFT JOIN subscriber_service v ON v.id = (SELECT id FROM subscriber_service
        WHERE subscriber_id = s.id AND state = 'live'
          AND (? IS NULL OR s.agent_id = ? OR olt_id IN (SELECT value FROM json_each(?)))
        ORDER BY created_at, id LIMIT 1)
      ORDER BY j.key`,
  )

  return {
    'subscribers.export': async ({ filter, sort, descending }, { reach, signal }) => {
      const where = whereOf(filter, reach, deps.settings().country)
      const numbers = reader
        .prepare<SqlValue[], { number: number }>(
          `SELECT s.number FROM subscriber s ${where.sql} ${orderBy(sort, descending)}`,
        )
        .all(...where.values)
        .map(({ number }) => number)
      const olts = new Map(deps.facts.olts().map(({ id, name }) => [id, name]))
      const agents = new Map<string, string | null>()
      const agentOf = (id: string | null): string | null => {
        if (id === null) return null
        if (!agents.has(id)) agents.set(id, deps.nameOfAccount(id))
        return agents.get(id) ?? null
      }
      const within = isEverything(reach) ? null : oltListOf(reach)
      const parts = [byteOrderMark, csvLine(head)]
      for (let from = 0; from < numbers.length; from += rowsPerTurn) {
        const slice = JSON.stringify(numbers.slice(from, from + rowsPerTurn))
        for (const row of rows.all(slice, within, reach.accountId, within)) {
          parts.push(csvLine(cellsOf(row, olts, agentOf)))
        }
        await nextTurn()
        if (signal.aborted) throw new NocturneError('cancelled')
      }
      return { csv: parts.join(''), rows: parts.length - 2 }
    },
  }
}

const cellsOf = (
  row: Row,
  olts: ReadonlyMap<string, string>,
  agentOf: (id: string | null) => string | null,
): (string | number | null)[] => [
  row.code,
  row.kind,
  row.name,
  row.status,
  row.language,
  row.phone,
  row.email,
  row.lines,
  row.city,
  row.region,
  row.postcode,
  row.country,
  row.latitudeE7 === null ? null : fromE7(row.latitudeE7),
  row.longitudeE7 === null ? null : fromE7(row.longitudeE7),
  row.taxId,
  agentOf(row.agentId),
  row.oltId === null ? null : (olts.get(row.oltId) ?? null),
  row.serial,
  row.service,
  row.liveServices,
  row.neverSuspend === 1 ? 'yes' : 'no',
  new Date(row.createdAt).toISOString(),
]
