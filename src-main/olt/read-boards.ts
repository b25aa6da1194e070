import type { ReadingContext } from './reading-context.ts'
import { boardCodecs, type BoardAddress } from './family/index-codecs.ts'
import { boardStates } from './family/schema.ts'
import type { OltProblem } from './onu-readings.ts'
import { createProblemLog } from './problem-log.ts'
import { numberCell, readTable, textCell, type TableCost } from './read-table.ts'
import { readNumber } from './snmp/ber-values.ts'
import { encodeOid, parseOid } from './snmp/oid.ts'
import { walk } from './snmp/walker.ts'

export type BoardState = (typeof boardStates)[number]

export interface OltBoard extends BoardAddress {
  readonly name: string | null
  readonly state: BoardState
  readonly cpuPercent: number | null
  readonly memoryPercent: number | null
  readonly temperatureC: number | null
  readonly serial: string | null
  readonly software: string | null
  readonly hardware: string | null
}

export interface BoardReadings extends TableCost {
  /** By shelf and slot. Empty: the family or the firmware does not offer them. */
  readonly boards: readonly OltBoard[]
  /** Fields of which the OLT had at least one readable value. */
  readonly offered: readonly string[]
  /** Those of them that were read through a column whose meaning is not proven. */
  readonly unproven: readonly string[]
  readonly problems: readonly OltProblem[]
}

export const readBoards = async (reading: ReadingContext): Promise<BoardReadings> => {
  const { boards: rules } = reading.family
  if (rules === undefined) {
    return { boards: [], offered: [], unproven: [], problems: [], varbinds: 0, pdus: 0 }
  }
  const { index: numbering } = rules
  const problems = createProblemLog()
  const places = new Map<string, BoardAddress>()
  const wanted = await wantedRows(reading)
  const { rows, offered, unproven, varbinds, pdus } = await readTable({
    ...reading,
    problems,
    table: 'boards',
    fields: rules.fields,
    words: boardStates,
    keyOf: (_column, arcs) => {
      if (wanted !== null && !wanted.has(arcs.join('.'))) return undefined
      if (numbering === undefined) return arcs.join('.')
      const place = boardCodecs[numbering](arcs)
      if (place === null) return null
      const key = `${place.shelf}/${place.slot}`
      places.set(key, place)
      return key
    },
  })
  const taken = new Set<number>()
  const boards = [...rows].flatMap(([key, row]): OltBoard[] => {
    const place = places.get(key) ?? freePlace(numberCell(row, 'slot'), taken)
    if (place === null) return []
    return [
      {
        ...place,
        name: textCell(row, 'name'),
        state: boardStates.find((state) => state === row.get('state')) ?? 'unknown',
        cpuPercent: numberCell(row, 'cpuPercent'),
        memoryPercent: numberCell(row, 'memoryPercent'),
        temperatureC: numberCell(row, 'temperatureC'),
        serial: textCell(row, 'serial'),
        software: textCell(row, 'software'),
        hardware: textCell(row, 'hardware'),
      },
    ]
  })
  return {
    boards: boards.toSorted((left, right) => left.shelf - right.shelf || left.slot - right.slot),
    problems: problems.entries(),
    offered,
    unproven,
    varbinds,
    pdus,
  }
}

/** The slot that a column says, or the next free one: places within parts of a chassis repeat. */
const freePlace = (slot: number | null, taken: Set<number>): BoardAddress | null => {
  if (slot === null || slot < 0) return null
  let free = slot
  while (taken.has(free)) free++
  taken.add(free)
  return free > 63 ? null : { shelf: 0, slot: free }
}

/** Rows that are boards, in a table that lists more than those; null: all. */
const wantedRows = async (reading: ReadingContext): Promise<ReadonlySet<string> | null> => {
  const rule = reading.family.boards?.where
  if (rule === undefined) return null
  const wanted = new Set<string>()
  await walk({
    session: reading.session,
    pace: reading.pace,
    signal: reading.signal,
    columns: [{ oid: encodeOid(parseOid(rule.oid)) }],
    onVarbind: (_column, arcs, arcCount, tag, buffer, start, end) => {
      if (rule.equals.includes(readNumber(tag, buffer, start, end))) {
        wanted.add(arcs.subarray(0, arcCount).join('.'))
      }
    },
  })
  return wanted
}
