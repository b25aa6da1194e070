import { formatOnu, formatPon, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { nextTurn } from '../next-turn.ts'
import { placesOfOlt } from '../place-table.ts'
import type { PlantIndex } from '../plant-index.ts'
import { chainOf } from '../rules.ts'
import type { ImportKind } from './headers.ts'
import { writePath } from './read-values.ts'
import { byteOrderMark, csvLine } from '../../../src-shared/domain/csv-write.ts'

type Cells = readonly (string | number | null)[]

const heads: Readonly<Record<ImportKind, Cells>> = {
  nodes: [
    'parent',
    'name',
    'kind',
    'capacity',
    'olt',
    'pon',
    'latitude',
    'longitude',
    'street',
    'note',
  ],
  onus: [
    'olt',
    'address',
    'serial',
    'name',
    'node',
    'port',
    'street address',
    'latitude',
    'longitude',
  ],
  olts: ['olt', 'host', 'latitude', 'longitude'],
}

/** The columns that an import takes: what is written out reads back as it was. */
export const exportPlant = async (
  kind: ImportKind,
  deps: { readonly index: PlantIndex; readonly network: NetworkFacts },
): Promise<{ readonly csv: string; readonly rows: number }> => {
  const parts = [byteOrderMark + csvLine(heads[kind])]
  let rows = 0
  const lines = { nodes: nodeLines, onus: onuLines, olts: oltLines }[kind](deps)
  for (const cells of lines) {
    parts.push(csvLine(cells))
    rows++
    if (rows % rowsPerSlice === 0) await nextTurn()
  }
  return { csv: parts.join(''), rows }
}

const rowsPerSlice = 5_000

interface Deps {
  readonly index: PlantIndex
  readonly network: NetworkFacts
}

function* nodeLines({ index, network }: Deps): Generator<Cells> {
  for (const number of index.order().numbers) {
    const node = index.nodeAt(number)
    if (node === undefined) continue
    yield [
      pathNames(index, node.parent),
      node.name,
      node.kind,
      node.capacity,
      node.ponOlt === null ? null : (network.olt(node.ponOlt)?.name ?? null),
      // Without its OLT a port says nothing.
      node.ponOlt === null || node.pon === null || network.olt(node.ponOlt) === undefined
        ? null
        : formatPon(unpackOnuAddress(node.pon)),
      node.latitude,
      node.longitude,
      node.street,
      node.note,
    ]
  }
}

const pathNames = (index: PlantIndex, number: number | null): string =>
  number === null
    ? ''
    : writePath(
        chainOf(number, index.nodeAt)
          .toReversed()
          .map(({ name }) => name),
      )

/** Every ONU of the network, so that those without a place can be filled in, and kept places. */
function* onuLines({ index, network }: Deps): Generator<Cells> {
  const { places } = index
  for (const olt of network.olts()) {
    const number = index.oltById(olt.id)?.number
    const kept = number === undefined ? null : placesOfOlt(places, number)
    const addresses = new Set([...olt.addresses, ...(kept?.addresses ?? [])])
    for (const address of [...addresses].toSorted((one, other) => one - other)) {
      const row = network.rowOf(olt.id, address)
      const place = index.place(olt.id, address)
      const node = place?.node ?? null
      const isThere = node !== null && index.nodeAt(node)?.removedWith === null
      yield [
        olt.name,
        formatOnu(unpackOnuAddress(address)),
        row < 0 ? null : network.onus.serial(row),
        row < 0 ? null : network.onus.name(row),
        isThere ? pathNames(index, node) : null,
        isThere ? (place?.port ?? null) : null,
        place?.streetAddress ?? null,
        place?.latitude ?? null,
        place?.longitude ?? null,
      ]
    }
  }
}

function* oltLines({ index, network }: Deps): Generator<Cells> {
  for (const { id, name, host } of network.olts()) {
    const olt = index.oltById(id)
    yield [name, host, olt?.latitude ?? null, olt?.longitude ?? null]
  }
}
