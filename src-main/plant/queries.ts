import type { Output } from '../../src-shared/contract/index.ts'
import { packOnuAddress, ponOf, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { isEverything, reachesOlt, type Reach } from '../engine/reach.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import { coordinatesOf, nodeViewOf, ponAddressOf, usageOf } from './node-views.ts'
import type { PlantCounts } from './plant-counts.ts'
import type { PlantIndex } from './plant-index.ts'
import type { PlantReach } from './plant-reach.ts'
import { chainOf } from './rules.ts'
import type { NodeRow, PlantReads } from './tables.ts'
import { slotsAt, slotsBelow } from './tree-order.ts'
import { findUnplaced } from './unplaced.ts'

export type PlantTreeQuery =
  | 'plant.nodes'
  | 'plant.node'
  | 'plant.unplaced'
  | 'plant.place'
  | 'plant.oltPlaces'

type NodeRecord = Output<'plant.node'>

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const mostOnus = 1000

export const createPlantTreeQueries = (deps: {
  readonly index: PlantIndex
  readonly counts: PlantCounts
  readonly network: NetworkFacts
  readonly reads: PlantReads
  readonly within: PlantReach
}): QueryHandlers<PlantTreeQuery> => {
  const { index, counts, network, within } = deps
  const { places } = index

  const presentOne = (id: string): NodeRow => {
    const node = index.nodeById(id)
    if (node === undefined) throw new NocturneError('not-found', { what: 'plant-node' })
    return node
  }

  const present = (numbers: Iterable<number>): NodeRow[] =>
    Array.from(numbers, (number) => index.nodeAt(number)).filter((node) => node !== undefined)

  const matches = (words: readonly string[]) => (node: NodeRow) => {
    const text = `${index.pathOf(node.number)}\n${node.street}\n${node.note}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }

  const chosen = (
    parentId: string | null,
    search: string,
    onlyExceeded: boolean,
  ): readonly NodeRow[] => {
    const words = search.toLowerCase().split(/\s+/u).filter(Boolean)
    const order = index.order()
    if (words.length > 0 || onlyExceeded) {
      return present(order.numbers)
        .filter((node) => !onlyExceeded || usageOf(index, node).exceeded)
        .filter(matches(words))
    }
    return present(order.children[parentId === null ? 0 : presentOne(parentId).number] ?? [])
  }

  const onusOf = (node: NodeRow, reach: Reach): Pick<NodeRecord, 'onus' | 'gone'> => {
    const isReached = within.oltReached(reach)
    const rows = counts.rows()
    const slots = [...slotsAt(index.order(), node.number)].sort(
      (one, other) => (places.port[one]! || 9999) - (places.port[other]! || 9999),
    )
    const names = new Map(network.olts().map((olt) => [olt.id, olt.name]))
    const onus: NodeRecord['onus'] = []
    const gone: NodeRecord['gone'] = []
    for (const slot of slots.filter((one) => isReached(places.olt[one]!)).slice(0, mostOnus)) {
      const row = rows[slot]!
      const nodePort = places.port[slot]! || null
      const streetAddress = places.streetAddress[slot]!
      if (row >= 0) {
        onus.push({ nodePort, streetAddress, onu: network.onuRow(row) })
        continue
      }
      const oltId = index.oltAt(places.olt[slot]!)?.oltId ?? ''
      const address = unpackOnuAddress(places.address[slot]!)
      gone.push({ oltId, oltName: names.get(oltId) ?? '', address, nodePort, streetAddress })
    }
    return { onus, gone }
  }

  const ponsOf = (node: NodeRow, reach: Reach): NodeRecord['pons'] => {
    const isReached = within.oltReached(reach)
    const perPon = new Map<number, number>()
    for (const slot of slotsBelow(index.order(), node.number)) {
      if (!isReached(places.olt[slot]!)) continue
      // An OLT's number and a packed PON in one exact integer.
      const key = places.olt[slot]! * 2 ** 31 + ponOf(places.address[slot]!)
      perPon.set(key, (perPon.get(key) ?? 0) + 1)
    }
    const names = new Map(network.olts().map((olt) => [olt.id, olt.name]))
    return [...perPon]
      .toSorted(([one], [other]) => one - other)
      .map(([key, onus]) => {
        const oltId = index.oltAt(Math.floor(key / 2 ** 31))?.oltId ?? ''
        return { oltId, oltName: names.get(oltId) ?? '', pon: ponAddressOf(key % 2 ** 31), onus }
      })
  }

  const fedBy = (node: NodeRow, reach: Reach): NodeRecord['fedBy'] => {
    const feeding = chainOf(node.number, index.nodeAt).find(({ pon }) => pon !== null)
    if (feeding === undefined || feeding.ponOlt === null || feeding.pon === null) return null
    if (!reachesOlt(reach, feeding.ponOlt)) return null
    return {
      oltId: feeding.ponOlt,
      oltName: network.olt(feeding.ponOlt)?.name ?? '',
      pon: ponAddressOf(feeding.pon),
      nodeId: feeding.id,
    }
  }

  /** A PON port of an OLT that is not reached is not named. */
  const shown = (node: NodeRow, reach: Reach): NodeRecord['node'] => {
    const view = nodeViewOf(index, counts, node)
    return view.pon !== null && !reachesOlt(reach, view.pon.oltId) ? { ...view, pon: null } : view
  }

  const unplacedWithin = (reach: Reach): number => {
    let unplaced = 0
    for (const { id, rows } of network.olts()) {
      if (!reachesOlt(reach, id)) continue
      for (const row of rows) if (!counts.isPlaced(row)) unplaced++
    }
    return unplaced
  }

  return {
    'plant.nodes': ({ parentId, search, onlyExceeded, offset, limit }, { reach }) => {
      const shows = within.shows(reach)
      const found = chosen(parentId, search, onlyExceeded)
        .filter(({ number }) => shows(number))
        .toSorted((one, other) => byName.compare(one.name, other.name))
      return {
        nodes: found.slice(offset, offset + limit).map((node) => shown(node, reach)),
        total: found.length,
        all: isEverything(reach)
          ? index.nodeCount()
          : Array.from(index.order().numbers).filter(shows).length,
        unplaced: isEverything(reach) ? counts.unplaced() : unplacedWithin(reach),
        revision: index.revision(),
      }
    },

    'plant.node': ({ id }, { reach }) => {
      const node = presentOne(id)
      return {
        node: shown(node, reach),
        path: chainOf(node.number, index.nodeAt)
          .slice(1)
          .toReversed()
          .map((above) => ({ id: above.id, name: above.name, kind: above.kind })),
        ...onusOf(node, reach),
        fedBy: fedBy(node, reach),
        pons: ponsOf(node, reach),
      }
    },

    'plant.unplaced': (input, { signal, reach }) =>
      findUnplaced(network, counts, input, signal, reach),

    'plant.place': ({ oltId, address }) => {
      const packed = packOnuAddress(address)
      const place = index.place(oltId, packed)
      const node = place?.node == null ? undefined : index.nodeAt(place.node)
      const isThere = node !== undefined && node.removedWith === null
      const kept = place === null ? undefined : deps.reads.placedAs(place.olt, packed)
      return {
        oltId,
        address,
        node: isThere ? { id: node.id, name: node.name, path: index.pathOf(node.number) } : null,
        nodePort: isThere ? (place?.port ?? null) : null,
        streetAddress: place?.streetAddress ?? '',
        coordinates: place === null ? null : coordinatesOf(place),
        serial: kept?.serial ?? null,
        changedAt: kept?.changedAt ?? null,
      }
    },

    'plant.oltPlaces': (_input, { reach }) => ({
      olts: network
        .olts()
        .filter(({ id }) => reachesOlt(reach, id))
        .map(({ id }) => {
          const olt = index.oltById(id)
          return {
            oltId: id,
            coordinates: olt === undefined ? null : coordinatesOf(olt),
            version: olt?.version ?? 0,
          }
        }),
    }),
  }
}
