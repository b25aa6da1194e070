import { packOnuAddress, type OnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { Transaction } from '../store/write-path.ts'
import type { PlantChange, PlantIndex } from './plant-index.ts'
import { insertNode, putPlaces, putPlantOlt, replaceNode } from './tables.ts'
import type { NodeRow, PlaceRow, PlantOltRow } from './tables.ts'

/**
 * What one command changes: written inside its transaction, and told to the index once that is on
 * the disk. Numbers of new rows are given here.
 */
export interface PlantDraft {
  readonly change: PlantChange
  readonly addNode: (node: Omit<NodeRow, 'number' | 'version' | 'removedWith'>) => NodeRow
  readonly changeNode: (node: NodeRow) => void
  /** The row of an OLT, made where there is none yet. */
  readonly oltOf: (oltId: string) => PlantOltRow
  readonly changeOlt: (olt: PlantOltRow) => void
  readonly putPlaces: (places: readonly PlaceRow[]) => void
}

export const createPlantDraft = (
  tx: Transaction,
  deps: {
    readonly index: PlantIndex
    readonly network: NetworkFacts
    readonly at: number
  },
): PlantDraft => {
  const { index, network, at } = deps
  const nodes: NodeRow[] = []
  const olts = new Map<string, PlantOltRow>()
  const places: PlaceRow[] = []
  let nextNode = index.nextNodeNumber()
  let nextOlt = index.nextOltNumber()

  const changeOlt = (olt: PlantOltRow): void => {
    putPlantOlt(tx, olt, at)
    olts.set(olt.oltId, olt)
  }

  const oltOf = (oltId: string): PlantOltRow => {
    const known = olts.get(oltId) ?? index.oltById(oltId)
    if (known !== undefined) return known
    const olt = { number: nextOlt++, oltId, latitude: null, longitude: null, version: 1 }
    changeOlt(olt)
    return olt
  }

  const serialOf = ({ olt, address }: PlaceRow): string | null => {
    const oltId =
      index.oltAt(olt)?.oltId ?? [...olts.values()].find((one) => one.number === olt)?.oltId
    const row = oltId === undefined ? -1 : network.rowOf(oltId, address)
    return row < 0 ? null : network.onus.serial(row)
  }

  return {
    get change() {
      return { nodes, olts: [...olts.values()], places }
    },
    addNode: (fields) => {
      const node: NodeRow = { ...fields, number: nextNode++, version: 1, removedWith: null }
      insertNode(tx, node, at)
      nodes.push(node)
      return node
    },
    changeNode: (node) => {
      replaceNode(tx, node, at)
      nodes.push(node)
    },
    oltOf,
    changeOlt,
    putPlaces: (rows) => {
      putPlaces(tx, rows, serialOf, at)
      for (const row of rows) places.push(row)
    },
  }
}

/** Errors: `not-found` for an ONU that is on no OLT and has no place either. */
export const refuseUnknownOnu = (
  deps: { readonly index: PlantIndex; readonly network: NetworkFacts },
  oltId: string,
  address: OnuAddress,
): void => {
  const packed = packOnuAddress(address)
  if (deps.network.rowOf(oltId, packed) >= 0) return
  if (deps.index.place(oltId, packed) === null)
    throw new NocturneError('not-found', { what: 'onu' })
}
