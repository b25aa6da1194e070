import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../src-shared/domain/alarm-rules.ts'
import { severities } from '../../src-shared/domain/severity.ts'
import type { ErrorParams } from '../../src-shared/errors.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Alarm } from './book/alarm.ts'
import { placeOf, placeText, oltIdOf, resourceAt, type PlaceKind } from './book/place.ts'
import type { TimelineEntry, TimelineKind } from './book/timeline.ts'

/** Rows of the book and their time lines, as they lie in the store (migration 80). */

export interface StoredAlarm {
  readonly id: string
  readonly version: number
  readonly identity: string
  readonly kind: PlaceKind
  readonly olt_id: string | null
  readonly place: number | null
  readonly type: AlarmType
  readonly qualifier: string
  readonly severity: number
  readonly trend: AlarmRow['trend']
  readonly params: string
  readonly olt_name: string | null
  readonly serial: string | null
  readonly name: string | null
  readonly raised_at: number
  readonly changed_at: number
  readonly alert_at: number
  readonly cleared_at: number | null
  readonly closed_at: number | null
  readonly count: number
  readonly affected_onus: number
  readonly important: number
  readonly outage_id: string | null
  readonly suppressed: string | null
  readonly acknowledged: string | null
  readonly shelved: string | null
  readonly assignee_id: string | null
  readonly assignee_name: string | null
  readonly ticket: string | null
  readonly notes: number
  readonly note_words: string
  readonly escalation: number
}

const names = [
  'id',
  'version',
  'identity',
  'kind',
  'olt_id',
  'place',
  'type',
  'qualifier',
  'severity',
  'trend',
  'params',
  'olt_name',
  'serial',
  'name',
  'search',
  'raised_at',
  'changed_at',
  'alert_at',
  'cleared_at',
  'closed_at',
  'count',
  'affected_onus',
  'important',
  'outage_id',
  'suppressed',
  'acknowledged',
  'acknowledged_at',
  'shelved',
  'assignee_id',
  'assignee_name',
  'ticket',
  'notes',
  'note_words',
  'escalation',
] as const

export const alarmColumns = names
  .filter((name) => name !== 'search' && name !== 'acknowledged_at')
  .join(', ')

const putAlarmSql = `INSERT INTO alarm (${names.join(', ')})
  VALUES (${names.map(() => '?').join(', ')})
  ON CONFLICT (id) DO UPDATE SET ${names
    .slice(1)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`

const json = (value: object | null): string | null =>
  value === null ? null : JSON.stringify(value)
const time = (at: number | null): number | null => (at === null ? null : Math.round(at))

/** What a search of a list looks through. */
export const searchTextOf = (alarm: Alarm): string =>
  [
    alarm.oltName,
    placeText(alarm.resource),
    // "pon down": the type's own words, whatever the language of the screen.
    alarm.type.replaceAll('-', ' '),
    alarm.serial,
    alarm.name,
    alarm.ticket,
    alarm.qualifier,
    alarm.noteWords,
  ]
    .filter((word) => word !== null && word !== '')
    .join(' ')
    .toLowerCase()

export const putAlarm = (tx: Transaction, alarm: Alarm): void => {
  const { resource } = alarm
  const hasPlace = resource.kind !== 'console' && resource.kind !== 'olt'
  const values: Record<(typeof names)[number], SqlValue> = {
    id: alarm.id,
    version: alarm.version,
    identity: alarm.identity,
    kind: resource.kind,
    olt_id: oltIdOf(resource),
    place: hasPlace ? placeOf(resource) : null,
    type: alarm.type,
    qualifier: alarm.qualifier,
    severity: severities.indexOf(alarm.severity),
    trend: alarm.trend,
    params: JSON.stringify(alarm.params),
    olt_name: alarm.oltName,
    serial: alarm.serial,
    name: alarm.name,
    search: searchTextOf(alarm),
    raised_at: Math.round(alarm.raisedAt),
    changed_at: Math.round(alarm.changedAt),
    alert_at: Math.round(alarm.alertAt),
    cleared_at: time(alarm.clearedAt),
    closed_at: time(alarm.closedAt),
    count: alarm.count,
    affected_onus: alarm.affectedOnus,
    important: alarm.important ? 1 : 0,
    outage_id: alarm.outageId,
    suppressed: json(alarm.suppressed),
    acknowledged: json(alarm.acknowledged),
    acknowledged_at: time(alarm.acknowledged?.at ?? null),
    shelved: json(alarm.shelved),
    assignee_id: alarm.assignee?.accountId ?? null,
    assignee_name: alarm.assignee?.name ?? null,
    ticket: alarm.ticket,
    notes: alarm.notes,
    note_words: alarm.noteWords,
    escalation: alarm.escalation,
  }
  tx.run(putAlarmSql, ...names.map((name) => values[name]))
}

const parsed = <Value>(text: string | null): Value | null =>
  text === null ? null : (JSON.parse(text) as Value)

export const alarmOf = (row: StoredAlarm): Alarm => ({
  id: row.id,
  version: row.version,
  identity: row.identity,
  resource: resourceAt(row.kind, row.olt_id, row.place),
  type: row.type,
  qualifier: row.qualifier,
  severity: severities[row.severity] ?? 'indeterminate',
  trend: row.trend,
  params: JSON.parse(row.params) as ErrorParams,
  raisedAt: row.raised_at,
  changedAt: row.changed_at,
  clearedAt: row.cleared_at,
  count: row.count,
  affectedOnus: row.affected_onus,
  important: row.important === 1,
  suppressed: parsed(row.suppressed),
  changes: [],
  acknowledged: parsed(row.acknowledged),
  shelved: parsed(row.shelved),
  assignee:
    row.assignee_name === null ? null : { accountId: row.assignee_id, name: row.assignee_name },
  ticket: row.ticket,
  notes: row.notes,
  noteWords: row.note_words,
  alertAt: row.alert_at,
  escalation: row.escalation,
  outageId: row.outage_id,
  closedAt: row.closed_at,
  oltName: row.olt_name,
  serial: row.serial,
  name: row.name,
})

export const putEntry = (tx: Transaction, entry: TimelineEntry): void => {
  tx.run(
    `INSERT INTO alarm_event
       (seq, alarm_id, at, kind, account_id, by_name, text, severity, params, told, times)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (seq) DO UPDATE SET times = excluded.times`,
    entry.seq,
    entry.alarmId,
    Math.round(entry.at),
    entry.kind,
    entry.accountId,
    entry.by,
    entry.text,
    entry.severity === null ? null : severities.indexOf(entry.severity),
    JSON.stringify(entry.params),
    entry.told ? 1 : 0,
    entry.times,
  )
}

interface StoredEntry {
  readonly seq: number
  readonly alarm_id: string
  readonly at: number
  readonly kind: TimelineKind
  readonly account_id: string | null
  readonly by_name: string | null
  readonly text: string | null
  readonly severity: number | null
  readonly params: string
  readonly told: number
  readonly times: number
}

const entryOfRow = (row: StoredEntry): TimelineEntry => ({
  seq: row.seq,
  alarmId: row.alarm_id,
  at: row.at,
  kind: row.kind,
  accountId: row.account_id,
  by: row.by_name,
  text: row.text,
  severity: row.severity === null ? null : (severities[row.severity] ?? null),
  params: JSON.parse(row.params) as ErrorParams,
  told: row.told === 1,
  times: row.times,
})

/** Closed alarms that are older are taken away, so many at once. Returns how many it took. */
export const purgeClosed = (tx: Transaction, before: number, most: number): number =>
  tx.run(
    `DELETE FROM alarm WHERE id IN
       (SELECT id FROM alarm WHERE closed_at IS NOT NULL AND closed_at < ? LIMIT ?)`,
    before,
    most,
  )

/** A time line longer than this shows its latest entries. */
const longestTimeline = 500

export const createAlarmReads = (reader: StoreReader) => {
  const open = reader.prepare<[], StoredAlarm>(
    `SELECT ${alarmColumns} FROM alarm WHERE closed_at IS NULL`,
  )
  const byId = reader.prepare<[string], StoredAlarm>(
    `SELECT ${alarmColumns} FROM alarm WHERE id = ?`,
  )
  const lastSeq = reader.prepare<[], { seq: number | null }>(
    `SELECT max(seq) AS seq FROM alarm_event`,
  )
  const entries = reader.prepare<[string, number], StoredEntry>(
    `SELECT * FROM alarm_event WHERE alarm_id = ? ORDER BY seq DESC LIMIT ?`,
  )
  const told = reader.prepare<[number], { bucket: number; count: number }>(
    `SELECT at / 600000 AS bucket, count(*) AS count FROM alarm_event
     WHERE told = 1 AND at >= ? GROUP BY bucket`,
  )
  const toldSince = reader.prepare<[number], { count: number }>(
    `SELECT count(*) AS count FROM alarm_event WHERE told = 1 AND at >= ?`,
  )
  const loudest = reader.prepare<[number], StoredAlarm & { times: number }>(
    `WITH loud AS (
       SELECT alarm_id, sum(times) AS times FROM alarm_event
       WHERE kind IN ('raised', 'repeated') AND at >= ? GROUP BY alarm_id
     )
     SELECT ${alarmColumns
       .split(', ')
       .map((name) => `alarm.${name}`)
       .join(', ')}, sum(loud.times) AS times, max(alarm.raised_at)
     FROM loud JOIN alarm ON alarm.id = loud.alarm_id
     GROUP BY alarm.identity HAVING sum(loud.times) > 1
     ORDER BY times DESC, alarm.identity LIMIT 10`,
  )
  const closedBefore = reader.prepare<[number], { count: number }>(
    `SELECT count(*) AS count FROM alarm WHERE closed_at IS NOT NULL AND closed_at < ?`,
  )
  return {
    open: (): Alarm[] => open.all().map(alarmOf),
    byId: (id: string): Alarm | undefined => {
      const row = byId.get(id)
      return row === undefined ? undefined : alarmOf(row)
    },
    lastSeq: (): number => lastSeq.get()?.seq ?? 0,
    /** The latest first. */
    timeline: (alarmId: string): TimelineEntry[] =>
      entries.all(alarmId, longestTimeline).map(entryOfRow),
    /** By ten minutes since 1970. */
    toldByTenMinutes: (from: number) => told.all(Math.floor(from)),
    toldSince: (from: number): number => toldSince.get(Math.floor(from))?.count ?? 0,
    /** Alarms that came the most often, each once. */
    loudest: (from: number) =>
      loudest.all(Math.floor(from)).map((row) => ({ alarm: alarmOf(row), times: row.times })),
    closedBefore: (at: number): number => closedBefore.get(Math.floor(at))?.count ?? 0,
  }
}

export type AlarmReads = ReturnType<typeof createAlarmReads>
