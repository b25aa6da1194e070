import {
  isValidOnuAddress,
  packOnuAddress,
  type PonAddress,
} from '../../src-shared/domain/onu-address.ts'
import { ponAddressOf, type ReadingContext } from './reading-context.ts'
import type { OltProblem } from './onu-readings.ts'
import { ponIndexArc, ponNumberingOf } from './pon-rows.ts'
import { createProblemLog } from './problem-log.ts'
import { numberCell, readTable, textCell, type Row, type TableCost } from './read-table.ts'

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

export interface UnconfiguredReadings extends TableCost {
  readonly onus: readonly UnconfiguredOnu[]
  /** Fields that were read through a column whose meaning is not proven. */
  readonly unproven: readonly string[]
  readonly problems: readonly OltProblem[]
}

export const readUnconfigured = async (reading: ReadingContext): Promise<UnconfiguredReadings> => {
  const { family, names } = reading
  const rules = family.unconfigured
  if (rules === undefined) return { onus: [], unproven: [], problems: [], varbinds: 0, pdus: 0 }
  const { index: numbering } = rules
  const problems = createProblemLog()
  const { rows, unproven, varbinds, pdus } = await readTable({
    ...reading,
    problems,
    table: 'unconfigured',
    fields: rules.fields,
    words: [],
    keyOf: (column, arcs) => {
      if (numbering === undefined) return arcs.join('.')
      const index = ponIndexArc(column, arcs, 1)
      if (index === null) return null
      const pon = names.resolve(ponNumberingOf(column, numbering), index, problems)
      return pon < 0 ? null : `${pon} ${arcs[(column.head ?? 0) + 1]}`
    },
  })
  const onus = [...rows].flatMap(([key, row]): UnconfiguredOnu[] => {
    const pon = numbering === undefined ? ponOfColumns(row) : Number.parseInt(key, 10)
    const serial = textCell(row, 'serial')
    if (serial === null || pon < 0) return []
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
    unproven,
    varbinds,
    pdus,
  }
}

/** Packed PON address of a row whose columns say where it is; -1 when they do not. */
const ponOfColumns = (row: Row): number => {
  const address = {
    shelf: 0,
    slot: numberCell(row, 'slot') ?? 0,
    port: numberCell(row, 'port') ?? -1,
    onuId: 0,
  }
  return isValidOnuAddress(address) ? packOnuAddress(address) : -1
}
