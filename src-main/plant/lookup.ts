import type { PlantLookup, PlantNodeFacts } from '../engine/capability-ports.ts'
import { slotOf } from './place-table.ts'
import type { PlantIndex } from './plant-index.ts'
import { chainOf, streetOf } from './rules.ts'
import { slotsBelow } from './tree-order.ts'

/** What the other capabilities may ask: from memory, at any rate. */
export const createPlantLookup = (index: PlantIndex): PlantLookup => {
  const { places } = index
  const streets = new Map<string, string | null>()

  const slotAt = (oltId: string, address: number): number => {
    const olt = index.oltById(oltId)
    return olt === undefined ? -1 : slotOf(places, olt.number, address)
  }

  /** The node that the slot's ONU hangs on, if that is there. */
  const nodeNumberAt = (slot: number): number => {
    const number = slot < 0 ? 0 : places.node[slot]!
    return number !== 0 && index.nodeAt(number)?.removedWith === null ? number : 0
  }

  /** Of an address text; the same few texts are asked for again and again in an outage. */
  const streetIn = (text: string): string | null => {
    const known = streets.get(text)
    if (known !== undefined) return known
    const street = streetOf(text)
    if (streets.size >= 200_000) streets.clear()
    streets.set(text, street)
    return street
  }

  return {
    revision: index.revision,
    nodeOf: (oltId, address) => {
      const number = nodeNumberAt(slotAt(oltId, address))
      return number === 0 ? null : (index.nodeAt(number)?.id ?? null)
    },
    node: (id): PlantNodeFacts | null => {
      const node = index.nodeById(id)
      if (node === undefined) return null
      return {
        id,
        kind: node.kind,
        name: node.name,
        path: index.pathOf(node.number),
        parentId: node.parent === null ? null : (index.nodeAt(node.parent)?.id ?? null),
        street: node.street,
      }
    },
    nodeIds: () =>
      Array.from(index.order().numbers, (number) => index.nodeAt(number)?.id ?? '').filter(Boolean),
    ancestors: (id) => {
      const node = index.nodeById(id)
      return node === undefined ? [] : chainOf(node.number, index.nodeAt).map((one) => one.id)
    },
    onusBelow: (id) => {
      const node = index.nodeById(id)
      if (node === undefined) return []
      return Array.from(slotsBelow(index.order(), node.number), (slot) => ({
        oltId: index.oltAt(places.olt[slot]!)?.oltId ?? '',
        address: places.address[slot]!,
      }))
    },
    areaOf: (oltId, address) => {
      const slot = slotAt(oltId, address)
      if (slot < 0) return null
      const own = places.streetAddress[slot]!
      const street = own === '' ? null : streetIn(own)
      if (street !== null) return street
      const number = nodeNumberAt(slot)
      if (number === 0) return null
      return chainOf(number, index.nodeAt).find((node) => node.street !== '')?.street ?? null
    },
    streetAddressOf: (oltId, address) => {
      const slot = slotAt(oltId, address)
      return slot < 0 ? '' : places.streetAddress[slot]!
    },
  }
}
