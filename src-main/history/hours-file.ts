import { NocturneError } from '../../src-shared/errors.ts'
import type { Period } from './file-names.ts'
import { openHistoryFile, sealHistoryFile, type HistoryFileOptions } from './history-file.ts'
import type { HistoryEvent, LastEvents } from './readings-file.ts'
import { lastEventsLimit } from './readings-statements.ts'
import {
  cutIntoStrips,
  encodeDirectory,
  findInDirectory,
  readStrips,
  stripLimit,
} from './strips.ts'

/**
 * The roll-ups of one quarter, apart from the readings so that years can be read and kept when the
 * readings are gone. Each sealed file of readings is one source; it counts once it is done.
 */
export interface HoursFile {
  readonly period: Period
  readonly path: string
  readonly sources: () => readonly Source[]
  readonly isDone: (name: string, generation: number) => boolean
  /** A source that was begun and not ended is taken back first. Returns its id. */
  readonly begin: (source: Omit<Source, 'id'>) => number
  /** All roll-ups of one metric of one lane, in chunks of so many series as the source says. */
  readonly addPart: (part: NewPart) => void
  readonly addEvents: (source: number, events: readonly HistoryEvent[]) => void
  readonly done: (source: number) => void
  /** The chunk that holds the slot, and the slot's row in it. */
  readonly chunkOf: (
    source: Source,
    lane: number,
    metric: number,
    slot: number,
  ) => { readonly bytes: Buffer; readonly row: number } | null
  readonly events: (lane: number, slot: number, from: number, to: number) => readonly HistoryEvent[]
  readonly lastEvents: LastEvents
  /** As ReadingsFile's. */
  readonly atOnce: (read: () => void) => void
  readonly close: () => void
}

export interface Source {
  readonly id: number
  /** The file of readings. */
  readonly name: string
  readonly generation: number
  readonly from: number
  readonly to: number
  /** Series per chunk. */
  readonly perChunk: number
}

interface NewPart {
  readonly source: number
  readonly lane: number
  readonly metric: number
  /** Index ascending: the first slot by the series per chunk. */
  readonly chunks: readonly { readonly index: number; readonly bytes: Buffer }[]
}

export const openHoursFile = (
  period: Period,
  options: Omit<HistoryFileOptions, 'kind'>,
): HoursFile => {
  const connection = openHistoryFile({ ...options, kind: 'hours' })
  const sql = prepareAll(connection)

  const begin = connection.transaction((source: Omit<Source, 'id'>): number => {
    const before = sql.one.get(source.name, source.generation)
    if (before !== undefined) {
      for (const { id } of sql.partsOf.all(before.id)) {
        sql.dropStrips.run(id * stripLimit, (id + 1) * stripLimit)
      }
      sql.dropParts.run(before.id)
      sql.dropEvents.run(before.id)
      sql.dropSource.run(before.id)
    }
    const { name, generation, from, to, perChunk } = source
    return Number(sql.addSource.run(name, generation, from, to, perChunk).lastInsertRowid)
  })
  const addPart = connection.transaction(({ source, lane, metric, chunks }: NewPart): void => {
    const stream = cutIntoStrips(chunks.map(({ bytes }) => bytes))
    const directory = encodeDirectory(
      chunks.map(({ index }) => index),
      stream.ends,
    )
    const id = Number(sql.addPart.run(source, lane, metric, directory).lastInsertRowid)
    stream.strips.forEach((bytes, index) => sql.addStrip.run(id * stripLimit + index, bytes))
  })
  const addEvents = connection.transaction(
    (source: number, events: readonly HistoryEvent[]): void => {
      for (const { lane, slot, at, kind, code, detail } of events) {
        sql.addEvent.run(source, lane, slot, at, kind, code, detail)
      }
    },
  )
  let done: readonly Source[] = sql.sources.all()

  return {
    period,
    path: options.path,
    sources: () => done,
    isDone: (name, generation) => sql.one.get(name, generation)?.done === 1,
    begin: (source) => begin.immediate(source),
    addPart: (part) => addPart.immediate(part),
    addEvents: (source, events) => addEvents.immediate(source, events),
    done: (source) => {
      sql.setDone.run(source)
      done = sql.sources.all()
    },
    chunkOf: (source, lane, metric, slot) => {
      const index = Math.floor(slot / source.perChunk)
      const part = sql.part.get(source.id, lane, metric)
      const place = part === undefined ? null : findInDirectory(part.directory, index)
      if (part === undefined || place === null) return null
      const first = part.id * stripLimit
      const bytes = readStrips(place.start, place.end, (at) => sql.strip.get(first + at)?.bytes)
      if (bytes === undefined) throw new NocturneError('store-damaged', { what: 'history-hours' })
      return { bytes, row: slot - index * source.perChunk }
    },
    events: (lane, slot, from, to) => sql.events.all(lane, slot, from, to),
    atOnce: (read) => {
      connection.transaction(read).deferred()
    },
    lastEvents: (...wanted) => sql.lastEvents.all(...wanted),
    close: () => {
      // One file without a log between two starts.
      sealHistoryFile(connection)
      connection.close()
    },
  }
}

const prepareAll = (connection: ReturnType<typeof openHistoryFile>) => ({
  sources: connection.prepare<[], Source>(
    `SELECT id, name, generation, from_at AS "from", to_at AS "to", per_chunk AS perChunk
    FROM source WHERE done = 1 ORDER BY id`,
  ),
  one: connection.prepare<[string, number], { id: number; done: number }>(
    'SELECT id, done FROM source WHERE name = ? AND generation = ?',
  ),
  addSource: connection.prepare<[string, number, number, number, number]>(
    `INSERT INTO source (name, generation, from_at, to_at, per_chunk, done)
    VALUES (?, ?, ?, ?, ?, 0)`,
  ),
  setDone: connection.prepare<[number]>('UPDATE source SET done = 1 WHERE id = ?'),
  dropSource: connection.prepare<[number]>('DELETE FROM source WHERE id = ?'),
  partsOf: connection.prepare<[number], { id: number }>('SELECT id FROM part WHERE source = ?'),
  dropParts: connection.prepare<[number]>('DELETE FROM part WHERE source = ?'),
  dropStrips: connection.prepare<[number, number]>('DELETE FROM strip WHERE id >= ? AND id < ?'),
  dropEvents: connection.prepare<[number]>('DELETE FROM event WHERE source = ?'),
  addPart: connection.prepare<[number, number, number, Buffer]>(
    'INSERT INTO part (source, lane, metric, directory) VALUES (?, ?, ?, ?)',
  ),
  part: connection.prepare<[number, number, number], { id: number; directory: Buffer }>(
    'SELECT id, directory FROM part WHERE source = ? AND lane = ? AND metric = ?',
  ),
  addStrip: connection.prepare<[number, Buffer]>('INSERT INTO strip (id, bytes) VALUES (?, ?)'),
  strip: connection.prepare<[number], { bytes: Buffer }>('SELECT bytes FROM strip WHERE id = ?'),
  addEvent: connection.prepare<[number, number, number, number, number, number, number]>(
    'INSERT INTO event (source, lane, slot, at, kind, code, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ),
  lastEvents: connection.prepare<[number, number, number, number], HistoryEvent>(
    `SELECT lane, slot, at, kind, code, detail FROM event
    WHERE lane = ? AND slot = ? AND at <= ? AND kind = ?
      AND source IN (SELECT id FROM source WHERE done = 1) ORDER BY at DESC, id DESC LIMIT ${lastEventsLimit}`,
  ),
  events: connection.prepare<[number, number, number, number], HistoryEvent>(
    `SELECT lane, slot, at, kind, code, detail FROM event
    WHERE lane = ? AND slot = ? AND at >= ? AND at <= ?
      AND source IN (SELECT id FROM source WHERE done = 1) ORDER BY at, id`,
  ),
})
