import {
  createPlaceTable,
  loadPlaces,
  placeAt,
  putInTable,
  slotOf,
  type PlaceTable,
} from './place-table.ts'
import type { NodeRow, PlaceRow, PlantOltRow, PlantReads } from './tables.ts'
import { orderTree, type TreeOrder } from './tree-order.ts'

/** The whole plant in memory, as it is stored: loaded once, then told of every change. */
export interface PlantIndex {
  readonly places: PlaceTable
  /** Goes up with every change. */
  readonly revision: () => number
  readonly order: () => TreeOrder
  /** By number; removed ones too. */
  readonly nodeAt: (number: number) => NodeRow | undefined
  /** Only one that is there. */
  readonly nodeById: (id: string) => NodeRow | undefined
  /** Also a removed one. */
  readonly anyNodeById: (id: string) => NodeRow | undefined
  /** What one removal took, the removed node first. */
  readonly removedWith: (number: number) => readonly NodeRow[]
  /** Those that are there. */
  readonly nodeCount: () => number
  readonly nextNodeNumber: () => number
  readonly oltById: (oltId: string) => PlantOltRow | undefined
  readonly oltAt: (number: number) => PlantOltRow | undefined
  readonly olts: () => readonly PlantOltRow[]
  readonly nextOltNumber: () => number
  readonly place: (oltId: string, address: number) => PlaceRow | null
  /** Names from the top, itself included. */
  readonly pathOf: (number: number) => string
  readonly take: (change: PlantChange) => void
}

export interface PlantChange {
  readonly nodes?: readonly NodeRow[]
  readonly olts?: readonly PlantOltRow[]
  readonly places?: readonly PlaceRow[]
}

export const pathSeparator = ' › '

export const loadPlantIndex = (reads: PlantReads): PlantIndex => {
  const nodes: (NodeRow | undefined)[] = [undefined]
  const numberById = new Map<string, number>()
  const olts: (PlantOltRow | undefined)[] = [undefined]
  const oltNumberById = new Map<string, number>()
  const places = createPlaceTable()
  let revision = 1
  let order: TreeOrder | null = null
  let paths = new Map<number, string>()

  const takeNode = (node: NodeRow): void => {
    nodes[node.number] = node
    numberById.set(node.id, node.number)
  }
  const takeOlt = (olt: PlantOltRow): void => {
    olts[olt.number] = olt
    oltNumberById.set(olt.oltId, olt.number)
  }

  for (const node of reads.nodes()) takeNode(node)
  for (const olt of reads.olts()) {
    takeOlt(olt)
    loadPlaces(places, reads.placesOf(olt.number))
  }

  const anyNodeById = (id: string): NodeRow | undefined => nodes[numberById.get(id) ?? 0]
  const present = (node: NodeRow | undefined): NodeRow | undefined =>
    node === undefined || node.removedWith !== null ? undefined : node
  const currentOrder = (): TreeOrder => (order ??= orderTree(nodes, places))

  const pathOf = (number: number): string => {
    const known = paths.get(number)
    if (known !== undefined) return known
    const node = nodes[number]
    if (node === undefined) return ''
    const path =
      node.parent === null ? node.name : `${pathOf(node.parent)}${pathSeparator}${node.name}`
    paths.set(number, path)
    return path
  }

  return {
    places,
    revision: () => revision,
    order: currentOrder,
    nodeAt: (number) => nodes[number],
    nodeById: (id) => present(anyNodeById(id)),
    anyNodeById,
    removedWith: (number) =>
      nodes
        .filter((node) => node !== undefined)
        .filter((node) => node.removedWith === number)
        .toSorted((one, other) => Number(other.number === number) - Number(one.number === number)),
    nodeCount: () => currentOrder().numbers.length,
    nextNodeNumber: () => nodes.length,
    oltById: (oltId) => olts[oltNumberById.get(oltId) ?? 0],
    oltAt: (number) => olts[number],
    olts: () => olts.filter((olt) => olt !== undefined),
    nextOltNumber: () => olts.length,
    place: (oltId, address) => {
      const olt = oltNumberById.get(oltId)
      const slot = olt === undefined ? -1 : slotOf(places, olt, address)
      return slot < 0 ? null : placeAt(places, slot)
    },
    pathOf,
    take: (change) => {
      if (change.nodes !== undefined && change.nodes.length > 0) {
        for (const node of change.nodes) takeNode(node)
        paths = new Map()
      }
      for (const olt of change.olts ?? []) takeOlt(olt)
      if (change.places !== undefined) putInTable(places, change.places)
      order = null
      revision++
    },
  }
}
