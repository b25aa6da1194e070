import type { HistoryConnection } from './history-file.ts'
import type { CycleStamp, HistoryEvent, LaneMetric, SpanHead } from './readings-file.ts'

/**
 * So many of a series: the last state that was read, and the time that it went down, are among them.
 * Part of the text: a bound LIMIT has SQLite prepare the statement anew each time, twenty times the
 * cost of what it reads.
 */
export const lastEventsLimit = 6

const stampColumns = 'cycle, at, tick, carry'

export interface FrameRow extends CycleStamp {
  readonly id: number
  readonly carry: number
  readonly bytes: Buffer
}

interface SpanRow extends Pick<SpanHead, 'id' | 'from' | 'to' | 'columns' | 'directory'> {
  readonly carry: number
  readonly times: Buffer
}

/** The statements of a file of readings, prepared once. */
export const prepareReadings = (connection: HistoryConnection) => ({
  status: connection.prepare<[], { sealed: number; generation: number }>(
    'SELECT sealed, generation FROM status WHERE id = 1',
  ),
  setStatus: connection.prepare<[number, number]>(
    'UPDATE status SET sealed = ?, generation = ? WHERE id = 1',
  ),
  hotCounts: connection.prepare<[], LaneMetric & { count: number }>(
    'SELECT lane, metric, count(*) AS count FROM frame WHERE carry & 1 = 0 GROUP BY lane, metric',
  ),
  addFrame: connection.prepare<[number, number, number, number, number, number, Buffer]>(
    `INSERT INTO frame (lane, metric, cycle, at, tick, carry, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  frameHeads: connection.prepare<[number, number], CycleStamp & { id: number; carry: number }>(
    `SELECT id, ${stampColumns} FROM frame WHERE lane = ? AND metric = ? ORDER BY cycle`,
  ),
  frameBytes: connection.prepare<[number], { bytes: Buffer }>(
    'SELECT bytes FROM frame WHERE id = ?',
  ),
  hotFrames: connection.prepare<[number, number, number], FrameRow>(
    `SELECT ${stampColumns}, bytes FROM frame
    WHERE lane = ? AND metric = ? AND at <= ? ORDER BY cycle`,
  ),
  lastFrame: connection.prepare<[number, number], FrameRow>(
    `SELECT ${stampColumns}, bytes FROM frame
    WHERE lane = ? AND metric = ? ORDER BY cycle DESC LIMIT 1`,
  ),
  carryFrame: connection.prepare<[number]>('UPDATE frame SET carry = carry | 1 WHERE id = ?'),
  dropFrame: connection.prepare<[number]>('DELETE FROM frame WHERE id = ?'),
  dropCarried: connection.prepare<[number, number]>(
    'DELETE FROM frame WHERE lane = ? AND metric = ? AND carry & 1 = 1',
  ),
  addSpan: connection.prepare<
    [number, number, number, number, number, number, number, Uint8Array, Uint8Array]
  >(
    `INSERT INTO span (id, lane, metric, from_at, to_at, cycles, carry, times, directory)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  lastSpan: connection.prepare<[], { id: number }>('SELECT max(id) AS id FROM span'),
  dropStrips: connection.prepare<[number]>('DELETE FROM strip WHERE id >= ?'),
  spans: connection.prepare<[number, number], SpanRow>(
    `SELECT id, from_at AS "from", to_at AS "to", cycles AS columns, carry, times, directory
    FROM span WHERE lane = ? AND metric = ? ORDER BY id`,
  ),
  reach: connection.prepare<[], { from: number | null; to: number | null }>(
    'SELECT min(from_at) AS "from", max(to_at) AS "to" FROM span',
  ),
  addStrip: connection.prepare<[number, Uint8Array]>('INSERT INTO strip (id, bytes) VALUES (?, ?)'),
  strip: connection.prepare<[number], { bytes: Buffer }>('SELECT bytes FROM strip WHERE id = ?'),
  addHours: connection.prepare<[number, Uint8Array]>('INSERT INTO hours (id, bytes) VALUES (?, ?)'),
  hoursBlock: connection.prepare<[number], { bytes: Buffer }>(
    'SELECT bytes FROM hours WHERE id = ?',
  ),
  hoursGroups: connection.prepare<[number, number], { id: number }>(
    'SELECT id FROM hours WHERE id >= ? AND id < ? ORDER BY id',
  ),
  framed: connection.prepare<[], LaneMetric>('SELECT DISTINCT lane, metric FROM frame'),
  spanned: connection.prepare<[], LaneMetric>('SELECT DISTINCT lane, metric FROM span'),
  addEvent: connection.prepare<[number, number, number, number, number, number]>(
    'INSERT INTO event (lane, slot, at, kind, code, detail) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  events: connection.prepare<[number, number, number, number], HistoryEvent>(
    `SELECT lane, slot, at, kind, code, detail FROM event
    WHERE lane = ? AND slot = ? AND at >= ? AND at <= ? ORDER BY at, id`,
  ),
  lastEvents: connection.prepare<[number, number, number, number], HistoryEvent>(
    `SELECT lane, slot, at, kind, code, detail FROM event
    WHERE lane = ? AND slot = ? AND at <= ? AND kind = ? ORDER BY at DESC, id DESC LIMIT ${lastEventsLimit}`,
  ),
  allEvents: connection.prepare<[], HistoryEvent>(
    'SELECT lane, slot, at, kind, code, detail FROM event ORDER BY id',
  ),
})
