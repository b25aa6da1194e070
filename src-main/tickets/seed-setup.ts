import type { Transaction } from '../store/write-path.ts'
import { seedTemplates } from './seed-templates.ts'
import type { Reads } from '../store/reads.ts'
import { isZone } from '../engine/zone-offset.ts'
import { nameKeyOf } from './words.ts'

/**
 * What a fresh workspace begins with, so that a desk can be worked at on the first day: one queue, two
 * calendars, a promise for each priority, four answers. All of it is as if a person had written it; what
 * is changed or removed is never put in again.
 */

const hour = 60
const night = { fromMinute: 0, toMinute: 24 * hour }
const office = { fromMinute: 8 * hour, toMinute: 17 * hour }
/** Working minutes of a day at the office. */
const day = office.toMinute - office.fromMinute

const promises = [
  {
    priority: 'P1',
    always: true,
    first: 15,
    update: 30,
    solution: 4 * hour,
    after: [30, 2 * hour],
  },
  {
    priority: 'P2',
    always: true,
    first: 30,
    update: 2 * hour,
    solution: 8 * hour,
    after: [hour, 4 * hour],
  },
  {
    priority: 'P3',
    always: false,
    first: 2 * hour,
    update: day,
    solution: 2 * day,
    after: [4 * hour],
  },
  {
    priority: 'P4',
    always: false,
    first: 4 * hour,
    update: 2 * day,
    solution: 5 * day,
    after: [day],
  },
] as const

const indonesianZones: ReadonlySet<string> = new Set([
  'Asia/Jakarta',
  'Asia/Pontianak',
  'Asia/Makassar',
  'Asia/Jayapura',
])
/** Each year on the same day. */
const everywhere = [{ on: '01-01', name: 'New Year' }]
const indonesian = [
  { on: '05-01', name: 'Hari Buruh' },
  { on: '06-01', name: 'Hari Lahir Pancasila' },
  { on: '08-17', name: 'Hari Kemerdekaan' },
  { on: '12-25', name: 'Natal' },
]

const calendarsOf = (zone: string) => [
  { name: '24 × 7', week: Array.from({ length: 7 }, () => [night]), holidays: [] },
  {
    name: 'Business hours',
    week: Array.from({ length: 7 }, (_, at) => (at < 5 ? [office] : [])),
    holidays: [...everywhere, ...(indonesianZones.has(zone) ? indonesian : [])],
  },
]

/** False: it was done, or looked at, before. */
export const needsSeed = (reads: Reads): boolean =>
  reads.get(`SELECT 1 FROM ticket_settings WHERE id = 1 AND seeded_at IS NULL`) !== undefined

/** Puts in what is to begin with, unless somebody made something of his own before. */
export const putSeed = (
  tx: Transaction,
  deps: { readonly newId: () => string; readonly now: number; readonly zone: string },
): void => {
  if (!needsSeed(tx)) return
  tx.run(`UPDATE ticket_settings SET seeded_at = ? WHERE id = 1`, deps.now)
  const own = ['ticket_queue', 'ticket_calendar', 'ticket_sla', 'ticket_template'] as const
  if (own.some((table) => tx.get(`SELECT 1 FROM ${table} LIMIT 1`) !== undefined)) return
  const told = (entity: string, id: string, name: string): void =>
    tx.change({ entity, entityId: id, kind: 'created', version: 1, data: { name } })

  const queueId = deps.newId()
  tx.run(
    `INSERT INTO ticket_queue (id, version, name, name_key, active, position)
      VALUES (?, 1, 'Service desk', ?, 1, 0)`,
    queueId,
    nameKeyOf('Service desk'),
  )
  told('ticket-queue', queueId, 'Service desk')

  const zone = isZone(deps.zone) ? deps.zone : 'UTC'
  const calendarIds = calendarsOf(zone).map(({ name, week, holidays }) => {
    const id = deps.newId()
    tx.run(
      `INSERT INTO ticket_calendar (id, version, name, name_key, time_zone, week)
        VALUES (?, 1, ?, ?, ?, ?)`,
      id,
      name,
      nameKeyOf(name),
      zone,
      JSON.stringify(week),
    )
    for (const { on, name: what } of holidays) {
      tx.run(
        `INSERT INTO ticket_holiday (calendar_id, on_day, name) VALUES (?, ?, ?)`,
        id,
        on,
        what,
      )
    }
    told('ticket-calendar', id, name)
    return id
  })

  for (const [
    position,
    { priority, always, first, update, solution, after },
  ] of promises.entries()) {
    const id = deps.newId()
    tx.run(
      `INSERT INTO ticket_sla (id, version, name, name_key, active, position, calendar_id,
        first_response_min, update_min, solution_min, escalate_after_min, priorities, queues)
        VALUES (?, 1, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, '[]')`,
      id,
      priority,
      nameKeyOf(priority),
      position,
      calendarIds[always ? 0 : 1] ?? '',
      first,
      update,
      solution,
      JSON.stringify(after),
      JSON.stringify([priority]),
    )
    told('ticket-sla', id, priority)
  }

  for (const { name, bodyEn, bodyId } of seedTemplates) {
    const id = deps.newId()
    tx.run(
      `INSERT INTO ticket_template (id, version, name, name_key, body_en, body_id)
        VALUES (?, 1, ?, ?, ?, ?)`,
      id,
      name,
      nameKeyOf(name),
      bodyEn,
      bodyId,
    )
    told('ticket-template', id, name)
  }
}
