import type { PonAddress } from '../../src-shared/domain/onu-address.ts'
import { ponAddressOf, type ReadingContext } from './reading-context.ts'
import { readInterfaces, type InterfaceState } from './interfaces.ts'
import type { OltProblem } from './onu-readings.ts'
import { ponIndexArc, ponNumberingOf } from './pon-rows.ts'
import { createProblemLog } from './problem-log.ts'
import { numberCell, readTable, textCell, type Row, type TableCost } from './read-table.ts'

export interface PonPort extends PonAddress {
  /** packOnuAddress with onuId 0. */
  readonly packed: number
  /** As the OLT names it: `GPON 0/1/15`, `gpon_1/1/1`. */
  readonly ifName: string | null
  /** As the operator named it. */
  readonly name: string | null
  readonly admin: InterfaceState
  readonly oper: InterfaceState
  readonly txDbm: number | null
  readonly rxDbm: number | null
  readonly temperatureC: number | null
  readonly voltageV: number | null
  readonly biasMa: number | null
  readonly onuCapacity: number | null
  /** ONUs configured on it: as the OLT counts them, or active and inactive together. */
  readonly onuCount: number | null
  readonly onuActive: number | null
  readonly onuInactive: number | null
}

export interface PonPortReadings extends TableCost {
  /** By shelf, slot and port. */
  readonly ports: readonly PonPort[]
  /** Fields of which the OLT had at least one readable value; `ifName` is one of them. */
  readonly offered: readonly string[]
  /** Those of them that were read through a column whose meaning is not proven. */
  readonly unproven: readonly string[]
  readonly problems: readonly OltProblem[]
}

/** PON ports by their names in IF-MIB, with what the family's own tables add. */
export const readPonPorts = async (reading: ReadingContext): Promise<PonPortReadings> => {
  const { family, names } = reading
  const problems = createProblemLog()
  const interfaces = new Map(
    (await readInterfaces(reading.session, reading.pace, reading.signal)).map((entry) => [
      names.byIfIndex.get(entry.ifIndex),
      entry,
    ]),
  )
  const table = await readTable({
    ...reading,
    problems,
    table: 'ponPorts',
    fields: family.ponPorts.fields,
    words: [],
    keyOf: (column, arcs) => {
      const index = ponIndexArc(column, arcs, 0)
      if (index === null) return null
      const numbering = ponNumberingOf(column, family.ponPorts.index)
      const packed = names.resolve(numbering, index, problems)
      // A table of all ports by ifIndex also lists the uplinks: those are no PON.
      if (packed < 0) return numbering === 'interface' ? undefined : null
      return String(packed)
    },
  })
  const { rows } = table
  const empty: Row = new Map()
  const known = new Set([...names.ifNameOf.keys(), ...[...rows.keys()].map(Number)])
  const ports = [...known]
    .toSorted((left, right) => left - right)
    .map((packed): PonPort => {
      const row = rows.get(String(packed)) ?? empty
      const seen = interfaces.get(packed)
      const up = numberCell(row, 'up')
      return {
        ...ponAddressOf(packed),
        packed,
        ifName: names.ifNameOf.get(packed) ?? null,
        name: textCell(row, 'name'),
        admin: seen?.admin ?? 'other',
        oper: up === null ? (seen?.oper ?? 'other') : up === 1 ? 'up' : 'down',
        txDbm: numberCell(row, 'txDbm'),
        rxDbm: numberCell(row, 'rxDbm'),
        temperatureC: numberCell(row, 'temperatureC'),
        voltageV: numberCell(row, 'voltageV'),
        biasMa: numberCell(row, 'biasMa'),
        onuCapacity: numberCell(row, 'onuCapacity'),
        onuCount: numberCell(row, 'onuCount') ?? sumOf(row, 'onuActive', 'onuInactive'),
        onuActive: numberCell(row, 'onuActive'),
        onuInactive: numberCell(row, 'onuInactive'),
      }
    })
  const { varbinds, pdus, unproven } = table
  const offered = names.ifNameOf.size > 0 ? ['ifName', ...table.offered] : table.offered
  return { ports, offered, problems: problems.entries(), unproven, varbinds, pdus }
}

const sumOf = (row: Row, ...fields: readonly string[]): number | null => {
  const cells = fields.map((field) => numberCell(row, field))
  return cells.includes(null) ? null : cells.reduce<number>((sum, cell) => sum + (cell ?? 0), 0)
}
