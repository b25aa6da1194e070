import type { Input } from '../../src-shared/contract/index.ts'
import { formatOnu, packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { PlantIndex } from './plant-index.ts'
import { chainOf, deepest, nameKey, wouldLoop } from './rules.ts'
import type { NodeRow } from './tables.ts'
import { slotsAt } from './tree-order.ts'

/** What a person entered of a node, as it is stored. Errors: see `refuseNode`. */
export const enteredNode = (
  { index, network }: { readonly index: PlantIndex; readonly network: NetworkFacts },
  input: Input<'plant.addNode'>,
  before: NodeRow | null,
): Omit<NodeRow, 'number' | 'id' | 'version' | 'removedWith'> => {
  const parent = parentOf(index, input.parentId)
  const { pon } = input
  const packed = pon === null ? null : packOnuAddress({ ...pon.pon, onuId: 0 })
  if (pon !== null && pon.oltId !== before?.ponOlt && network.olt(pon.oltId) === undefined) {
    throw new NocturneError('not-found', { what: 'olt' })
  }
  const entered = {
    kind: input.kind,
    name: input.name,
    parent,
    capacity: input.capacity,
    ponOlt: pon?.oltId ?? null,
    pon: packed,
    latitude: input.coordinates?.latitude ?? null,
    longitude: input.coordinates?.longitude ?? null,
    street: input.street,
    note: input.note,
  }
  refuseNode(index, entered, before)
  return entered
}

const parentOf = (index: PlantIndex, parentId: string | null): number | null => {
  if (parentId === null) return null
  const parent = index.nodeById(parentId)
  if (parent === undefined) throw new NocturneError('not-found', { what: 'plant-node' })
  return parent.number
}

/**
 * Errors: `plant-loop` below itself; `invalid-input` too deep; `conflict` (`what: plant-name`) when
 * its neighbour has the name, which paths in files would not tell apart.
 */
export const refuseNode = (
  index: PlantIndex,
  { parent, name }: Pick<NodeRow, 'parent' | 'name'>,
  before: Pick<NodeRow, 'number'> | null,
): void => {
  if (before !== null && wouldLoop(before.number, parent, index.nodeAt)) {
    throw new NocturneError('plant-loop')
  }
  const depth = parent === null ? 0 : chainOf(parent, index.nodeAt).length
  if (depth + (before === null ? 1 : heightOf(index, before.number)) > deepest) {
    throw new NocturneError('invalid-input', { field: 'parentId', rule: 'too_deep' })
  }
  const key = nameKey(name)
  for (const number of index.order().children[parent ?? 0] ?? []) {
    const neighbour = index.nodeAt(number)
    if (neighbour === undefined || number === before?.number) continue
    if (nameKey(neighbour.name) === key) {
      throw new NocturneError('conflict', { what: 'plant-name', name: neighbour.name })
    }
  }
}

/** Levels of a node's subtree, itself included. */
const heightOf = (index: PlantIndex, number: number): number => {
  const order = index.order()
  const from = order.enter[number] ?? -1
  if (from < 0) return 1
  const heights = new Map<number, number>()
  let highest = 1
  for (const below of order.numbers.subarray(from, order.leave[number]!)) {
    const above = heights.get(index.nodeAt(below)?.parent ?? 0) ?? 0
    heights.set(below, above + 1)
    highest = Math.max(highest, above + 1)
  }
  return highest
}

/** Errors: `conflict` (`what: plant-port`) with the ONU that has the port. */
export const refuseTakenPort = (
  { index, network }: { readonly index: PlantIndex; readonly network: NetworkFacts },
  place: {
    readonly oltId: string
    readonly address: number
    readonly node: number
    readonly port: number
  },
): void => {
  const { places } = index
  for (const slot of slotsAt(index.order(), place.node)) {
    if (places.port[slot] !== place.port) continue
    const oltId = index.oltAt(places.olt[slot]!)?.oltId ?? ''
    const address = places.address[slot]!
    if (oltId === place.oltId && address === place.address) continue
    const row = network.rowOf(oltId, address)
    throw new NocturneError('conflict', {
      what: 'plant-port',
      port: place.port,
      olt: network.olt(oltId)?.name ?? '',
      onu: formatOnu(unpackOnuAddress(address)),
      name: row < 0 ? null : (network.onus.name(row) ?? network.onus.serial(row)),
    })
  }
}
