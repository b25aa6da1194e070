import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import type { CliAsking } from './ask-cli.ts'
import type { CatalogueEntry, CatalogueKind, OltCatalogue } from './config-port.ts'
import { RefusedByOlt } from './cli-refusals.ts'
import type { FamilyCli } from './family-cli.ts'
import type { Cell, CliRecord } from './parser-schema.ts'
import { numberIn, textIn } from './record-cells.ts'

type Cells = Readonly<Record<string, Cell>>

/** The list is not to be had; the others may be. Anything else ends the reading. */
const concernsOneList = (error: unknown): error is NocturneError =>
  isNocturneError(error) &&
  error.code !== 'cli-busy' &&
  (error.code === 'cli-unexpected-answer' || error instanceof RefusedByOlt)

/**
 * All lists that the family knows. One that the OLT refuses or tells in a way of its own is left out:
 * not known, and not empty. Errors: those of a session; what was said no to, when no list came.
 */
export const readOltCatalogue = async (
  cli: FamilyCli,
  asking: CliAsking,
  onProgress: (done: number, total: number | null) => void = () => undefined,
): Promise<OltCatalogue> => {
  const lists = Object.entries(cli.profile.catalogues)
  let first: NocturneError | null = null
  const catalogue: Partial<Record<CatalogueKind, readonly CatalogueEntry[]>> = {}
  for (const [done, [kind, commands]] of lists.entries()) {
    onProgress(done, lists.length)
    try {
      const records: CliRecord[] = []
      for (const command of commands) {
        records.push(...((await asking.records(command, {})) ?? []))
      }
      catalogue[kind as CatalogueKind] = entriesOf(records)
    } catch (error) {
      if (!concernsOneList(error)) throw error
      first ??= error
    }
  }
  onProgress(lists.length, lists.length)
  if (first !== null && Object.keys(catalogue).length === 0) throw first
  return catalogue
}

/** `1-5,100,200-210`: VLANs told as ranges. */
const spread = (cells: Cells): readonly Cells[] => {
  const ranges = textIn(cells, 'ranges')
  if (ranges === null) return [cells]
  return ranges.split(',').flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number)
    if (!(from >= 1 && to <= 4094 && from <= to)) {
      throw new NocturneError('cli-unexpected-answer', { line: ranges.slice(0, 200) })
    }
    return Array.from({ length: to - from + 1 }, (_, index) => ({ id: String(from + index) }))
  })
}

/** Lines that tell of the same entry are one; a line without id goes on with the one before. */
const entriesOf = (records: readonly CliRecord[]): readonly CatalogueEntry[] => {
  const entries = new Map<string, Record<string, Cell>>()
  let last: string | null = null
  for (const cells of records.flatMap((record) => spread(record.cells))) {
    const id: string | null = textIn(cells, 'id') ?? last
    if (id === null) throw new NocturneError('cli-unexpected-answer', { line: 'no id' })
    entries.set(id, { ...entries.get(id), ...cells, id })
    last = id
  }
  return [...entries.values()].map((cells) => ({
    id: String(cells['id']),
    name: textIn(cells, 'name') ?? String(cells['id']),
    downKbps: numberIn(cells, 'downKbps'),
    upKbps: numberIn(cells, 'upKbps'),
    ethPorts: numberIn(cells, 'ethPorts'),
    voicePorts: numberIn(cells, 'voicePorts'),
    wifi: typeof cells['wifi'] === 'boolean' ? cells['wifi'] : null,
    inUse: numberIn(cells, 'inUse'),
  }))
}
