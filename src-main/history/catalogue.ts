import type { HistoryConnection } from './history-file.ts'
import { withHistoryErrors } from './history-errors.ts'
import { seriesKinds, type SeriesKind } from './metrics.ts'

/**
 * Who a series is: the OLT, the packed address and, for an ONU, the serial number. Every OLT has a
 * lane per kind, and every series keeps its slot in its lane for ever: frames and blocks know
 * lanes and slots only, so no name and no serial number is in them.
 */
export interface Catalogue {
  /** Goes up with every start; the upper part of all cycle ids of this one. */
  readonly run: number
  readonly seriesCount: () => number
  /** The lane of an OLT, made if there is none. */
  readonly lane: (oltId: string, kind: SeriesKind) => Lane
  readonly knownLane: (oltId: string, kind: SeriesKind) => Lane | undefined
  /**
   * The slots of the addresses, in that order; new ones where there is none. With `serials`, a
   * series whose serial number was not known takes it, and another serial number at the same
   * address is another series. Without, the ONU that was there last.
   */
  readonly slots: (
    lane: Lane,
    addresses: Int32Array,
    serials: readonly (string | null)[] | null,
    at: number,
  ) => Int32Array
  readonly find: (query: SeriesQuery) => readonly SeriesRow[]
  /** When the first series of the lane (of all: null) came, wall ms; null: there is none. */
  readonly firstAt: (lane: Lane | null) => number | null
  readonly firstAtOf: (lane: Lane, slot: number) => number | null
}

export interface Lane {
  readonly id: number
  readonly oltId: string
  readonly kind: SeriesKind
  slotCount: number
  /** Packed address to the slot that is there now. */
  readonly current: Map<number, number>
  readonly serialOf: (string | null)[]
  /** The last answer: most cycles ask for the same addresses. */
  last: { readonly addresses: Int32Array; readonly slots: Int32Array } | null
}

export interface SeriesQuery {
  readonly kind?: SeriesKind
  readonly oltId?: string
  readonly address?: number
  readonly serial?: string
}

export interface SeriesRow {
  readonly oltId: string
  readonly kind: SeriesKind
  readonly address: number
  readonly serial: string | null
  /** The ONU that is there now. */
  readonly current: boolean
  /** Wall ms. */
  readonly firstAt: number
  readonly lane: number
  readonly slot: number
}

/** Keys of blocks and chunks give lanes and slots so many places. */
export const laneLimit = 16_384
export const slotLimit = 262_144

interface StoredSeries {
  readonly lane: number
  readonly slot: number
  readonly address: number
  readonly serial: string | null
  readonly current: number
  readonly firstAt: number
}

const seriesColumns =
  'series.lane, series.slot, series.address, series.serial, series.current, series.first_at AS firstAt'

export const openCatalogue = (connection: HistoryConnection, now: number): Catalogue => {
  const insertLane = connection.prepare<[string, number]>(
    'INSERT INTO lane (olt_id, kind) VALUES (?, ?)',
  )
  const insertSeries = connection.prepare<[number, number, number, string | null, number]>(
    'INSERT INTO series (lane, slot, address, serial, current, first_at) VALUES (?, ?, ?, ?, 1, ?)',
  )
  const adopt = connection.prepare<[string, number, number]>(
    'UPDATE series SET serial = ? WHERE lane = ? AND slot = ?',
  )
  const setCurrent = connection.prepare<[number, number, number]>(
    'UPDATE series SET current = ? WHERE lane = ? AND slot = ?',
  )
  const known = connection.prepare<[number, number, string], { slot: number }>(
    'SELECT slot FROM series WHERE lane = ? AND address = ? AND serial = ?',
  )
  const firstOfLane = connection.prepare<[number], { firstAt: number | null }>(
    'SELECT min(first_at) AS firstAt FROM series WHERE lane = ?',
  )
  const firstOfSlot = connection.prepare<[number, number], { firstAt: number }>(
    'SELECT first_at AS firstAt FROM series WHERE lane = ? AND slot = ?',
  )
  const firstOfAll = connection.prepare<[], { firstAt: number | null }>(
    'SELECT min(first_at) AS firstAt FROM series',
  )
  const run = Number(
    connection.prepare('INSERT INTO run (started_at) VALUES (?)').run(Math.round(now))
      .lastInsertRowid,
  )
  connection.prepare('DELETE FROM run WHERE id < ?').run(run)

  const lanes = new Map<string, Lane>()
  const byId = new Map<number, Lane>()
  let count = 0
  const keep = (id: number, oltId: string, kind: SeriesKind): Lane => {
    const lane: Lane = {
      id,
      oltId,
      kind,
      slotCount: 0,
      current: new Map(),
      serialOf: [],
      last: null,
    }
    lanes.set(keyOf(oltId, kind), lane)
    byId.set(id, lane)
    return lane
  }
  for (const row of connection
    .prepare<[], { id: number; oltId: string; kind: number }>(
      'SELECT id, olt_id AS oltId, kind FROM lane',
    )
    .all()) {
    const kind = seriesKinds[row.kind]
    if (kind !== undefined) keep(row.id, row.oltId, kind)
  }
  for (const row of connection
    .prepare<[], StoredSeries>(`SELECT ${seriesColumns} FROM series`)
    .iterate()) {
    const lane = byId.get(row.lane)
    if (lane === undefined) continue
    lane.slotCount = Math.max(lane.slotCount, row.slot + 1)
    lane.serialOf[row.slot] = row.serial
    if (row.current === 1) lane.current.set(row.address, row.slot)
    count++
  }

  const lane: Catalogue['lane'] = (oltId, kind) => {
    const found = lanes.get(keyOf(oltId, kind))
    if (found !== undefined) return found
    if (byId.size >= laneLimit - 1) throw new RangeError('too many OLTs in one history')
    const added = withHistoryErrors(() => insertLane.run(oltId, seriesKinds.indexOf(kind)))
    return keep(Number(added.lastInsertRowid), oltId, kind)
  }

  /** What is to be written first and remembered once that has lasted. */
  type Step =
    | { readonly kind: 'new'; readonly address: number; readonly serial: string | null }
    | { readonly kind: 'adopt'; readonly slot: number; readonly serial: string }
    | { readonly kind: 'back'; readonly address: number; readonly slot: number }

  const stepFor = (lane: Lane, address: number, serial: string | null): Step | null => {
    const slot = lane.current.get(address)
    const has = slot === undefined ? null : (lane.serialOf[slot] ?? null)
    if (serial === null) return slot === undefined ? { kind: 'new', address, serial } : null
    if (slot !== undefined && has === serial) return null
    const before = known.get(lane.id, address, serial)
    if (before !== undefined) return { kind: 'back', address, slot: before.slot }
    return slot === undefined || has !== null
      ? { kind: 'new', address, serial }
      : { kind: 'adopt', slot, serial }
  }

  const apply = (lane: Lane, steps: readonly Step[], at: number): void => {
    const fresh = steps.filter((step) => step.kind === 'new').length
    if (lane.slotCount + fresh > slotLimit) throw new RangeError('too many series of one OLT')
    let next = lane.slotCount
    withHistoryErrors(() =>
      connection
        .transaction(() => {
          for (const step of steps) {
            if (step.kind === 'adopt') {
              adopt.run(step.serial, lane.id, step.slot)
              continue
            }
            const gone = lane.current.get(step.address)
            if (gone !== undefined) setCurrent.run(0, lane.id, gone)
            if (step.kind === 'back') setCurrent.run(1, lane.id, step.slot)
            else insertSeries.run(lane.id, next++, step.address, step.serial, Math.round(at))
          }
        })
        .immediate(),
    )
    for (const step of steps) {
      if (step.kind === 'adopt') {
        lane.serialOf[step.slot] = step.serial
      } else if (step.kind === 'back') {
        lane.current.set(step.address, step.slot)
      } else {
        lane.serialOf[lane.slotCount] = step.serial
        lane.current.set(step.address, lane.slotCount++)
        count++
      }
    }
  }

  return {
    run,
    seriesCount: () => count,
    lane,
    knownLane: (oltId, kind) => lanes.get(keyOf(oltId, kind)),
    slots: (lane, addresses, serials, at) => {
      if (serials === null && lane.last !== null && same(lane.last.addresses, addresses)) {
        return lane.last.slots
      }
      const steps: Step[] = []
      for (let index = 0; index < addresses.length; index++) {
        const step = stepFor(lane, addresses[index]!, serials?.[index] ?? null)
        if (step !== null) steps.push(step)
      }
      if (steps.length > 0) apply(lane, steps, at)
      const slots = Int32Array.from(addresses, (address) => lane.current.get(address)!)
      lane.last = { addresses: addresses.slice(), slots }
      return slots
    },
    firstAtOf: (lane, slot) => firstOfSlot.get(lane.id, slot)?.firstAt ?? null,
    firstAt: (lane) =>
      (lane === null ? firstOfAll.get() : firstOfLane.get(lane.id))?.firstAt ?? null,
    find: ({ kind, oltId, address, serial }) => {
      const where: string[] = []
      const values: (string | number)[] = []
      const narrow = (sql: string, value: string | number | undefined): void => {
        if (value === undefined) return
        where.push(sql)
        values.push(value)
      }
      narrow('lane.kind = ?', kind === undefined ? undefined : seriesKinds.indexOf(kind))
      narrow('lane.olt_id = ?', oltId)
      narrow('series.address = ?', address)
      narrow('series.serial = ?', serial)
      const rows = connection
        .prepare<(string | number)[], StoredSeries>(
          `SELECT ${seriesColumns} FROM series JOIN lane ON lane.id = series.lane
          ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
          ORDER BY series.current DESC, series.lane, series.slot DESC`,
        )
        .all(...values)
      return rows.flatMap((row) => {
        const lane = byId.get(row.lane)
        if (lane === undefined) return []
        const { oltId, kind } = lane
        return [{ ...row, oltId, kind, current: row.current === 1 }]
      })
    },
  }
}

const keyOf = (oltId: string, kind: SeriesKind): string => `${kind}\n${oltId}`

const same = (a: Int32Array, b: Int32Array): boolean => {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}
