import type { ReadingContext } from './reading-context.ts'
import { boardCodecs, type BoardAddress } from './family/index-codecs.ts'
import { boardStates } from './family/schema.ts'
import type { OltProblem } from './onu-readings.ts'
import { createProblemLog } from './problem-log.ts'
import { numberCell, readTable, textCell } from './read-table.ts'

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

export interface BoardReadings {
  /** By shelf and slot. Empty: the family or the firmware does not offer them. */
  readonly boards: readonly OltBoard[]
  readonly problems: readonly OltProblem[]
}

export const readBoards = async (reading: ReadingContext): Promise<BoardReadings> => {
  const { boards: rules } = reading.family
  if (rules === undefined) return { boards: [], problems: [] }
  const problems = createProblemLog()
  const places = new Map<string, BoardAddress>()
  const rows = await readTable({
    ...reading,
    problems,
    table: 'boards',
    fields: rules.fields,
    words: boardStates,
    keyOf: (_column, arcs) => {
      const place = boardCodecs[rules.index](arcs)
      if (place === null) return null
      const key = `${place.shelf}/${place.slot}`
      places.set(key, place)
      return key
    },
  })
  const boards = [...rows].flatMap(([key, row]): OltBoard[] => {
    const place = places.get(key)
    if (place === undefined) return []
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
  }
}
