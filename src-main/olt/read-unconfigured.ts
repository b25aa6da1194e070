import type { PonAddress } from '../../src-shared/domain/onu-address.ts'
import { ponAddressOf, type ReadingContext } from './reading-context.ts'
import type { OltProblem } from './onu-readings.ts'
import { createProblemLog } from './problem-log.ts'
import { numberCell, readTable, textCell } from './read-table.ts'

/** An ONU that the OLT sees on a PON and that nobody has configured yet. */
export interface UnconfiguredOnu extends PonAddress {
  /** Packed address of the PON. */
  readonly pon: number
  readonly serial: string
  readonly model: string | null
  readonly firmware: string | null
  /** Epoch milliseconds. */
  readonly foundAt: number | null
}

export interface UnconfiguredReadings {
  readonly onus: readonly UnconfiguredOnu[]
  readonly problems: readonly OltProblem[]
}

export const readUnconfigured = async (reading: ReadingContext): Promise<UnconfiguredReadings> => {
  const { family, names } = reading
  const rules = family.unconfigured
  if (rules === undefined) return { onus: [], problems: [] }
  const problems = createProblemLog()
  const rows = await readTable({
    ...reading,
    problems,
    table: 'unconfigured',
    fields: rules.fields,
    words: [],
    keyOf: (column, arcs) => {
      const [index, entry] = arcs
      if (arcs.length !== 2 || index === undefined || entry === undefined) return null
      const pon = names.resolve(column.index ?? rules.index, index, problems)
      return pon < 0 ? null : `${pon} ${entry}`
    },
  })
  const onus = [...rows].flatMap(([key, row]): UnconfiguredOnu[] => {
    const pon = Number.parseInt(key, 10)
    const serial = textCell(row, 'serial')
    if (serial === null) return []
    return [
      {
        ...ponAddressOf(pon),
        pon,
        serial,
        model: textCell(row, 'model'),
        firmware: textCell(row, 'firmware'),
        foundAt: numberCell(row, 'foundAt'),
      },
    ]
  })
  return {
    onus: onus.toSorted((left, right) => left.pon - right.pon),
    problems: problems.entries(),
  }
}
