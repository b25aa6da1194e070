import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, CommandPlan } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { Transaction } from '../store/write-path.ts'
import { enteredNode, refuseNode, refuseTakenPort } from './node-rules.ts'
import { createPlantDraft, refuseUnknownOnu, type PlantDraft } from './plant-draft.ts'
import type { PlantChange, PlantIndex } from './plant-index.ts'
import { setRemovedWith, type NodeRow, type PlaceRow } from './tables.ts'

export type PlantTreeCommand =
  | 'plant.addNode'
  | 'plant.changeNode'
  | 'plant.removeNode'
  | 'plant.restoreNode'
  | 'plant.placeOnus'
  | 'plant.setPlace'
  | 'plant.setOltCoordinates'

export const createPlantTreeCommands = (deps: {
  readonly index: PlantIndex
  readonly network: NetworkFacts
  readonly now: () => number
  readonly newId: () => string
  /** Takes what is on the disk into the index, and tells that the plant has changed. */
  readonly take: (change: PlantChange) => void
}): CommandHandlers<PlantTreeCommand> => {
  const { index, network, now } = deps

  /** Checked against the index inside the transaction: nothing comes between the two. */
  const drafted = <Out>(
    apply: (draft: PlantDraft, tx: Transaction) => Out,
    also?: (change: PlantChange) => PlantChange,
  ): CommandPlan<Out> => {
    let change: PlantChange = {}
    return {
      apply: (tx) => {
        const draft = createPlantDraft(tx, { index, network, at: now() })
        const out = apply(draft, tx)
        change = also === undefined ? draft.change : also(draft.change)
        return out
      },
      after: () => deps.take(change),
    }
  }

  const presentOne = (id: string, baseVersion: number): NodeRow => {
    const node = index.nodeById(id)
    if (node === undefined) throw new NocturneError('not-found', { what: 'plant-node' })
    if (node.version !== baseVersion) {
      throw new NocturneError('conflict', { what: 'plant-node', version: node.version })
    }
    return node
  }

  const noteNode = (
    tx: Transaction,
    node: NodeRow,
    kind: 'created' | 'updated' | 'deleted',
    more: Readonly<Record<string, unknown>> = {},
  ): void => {
    const { number: _, removedWith: __, parent, ...data } = node
    const parentId = parent === null ? null : (index.nodeAt(parent)?.id ?? null)
    tx.change({
      entity: 'plant-node',
      entityId: node.id,
      kind,
      version: node.version,
      data: { ...data, parentId, ...more },
    })
  }

  const notePlaces = (tx: Transaction, data: object): void =>
    tx.change({ entity: 'plant-places', entityId: 'onus', kind: 'updated', version: 1, data })

  /** Removal and its undo: the same nodes, with one statement. */
  const setRemoved = (
    tx: Transaction,
    nodes: readonly NodeRow[],
    removedWith: number | null,
  ): readonly NodeRow[] => {
    setRemovedWith(
      tx,
      nodes.map(({ number }) => number),
      removedWith,
      now(),
    )
    return nodes.map((node) => ({ ...node, removedWith, version: node.version + 1 }))
  }

  return {
    'plant.addNode': (input) => {
      const id = deps.newId()
      return drafted((draft, tx) => {
        const node = draft.addNode({ id, ...enteredNode(deps, input, null) })
        noteNode(tx, node, 'created')
        return { id }
      })
    },

    'plant.changeNode': ({ id, baseVersion, ...input }) =>
      drafted((draft, tx) => {
        const before = presentOne(id, baseVersion)
        const node: NodeRow = {
          ...before,
          ...enteredNode(deps, input, before),
          version: before.version + 1,
        }
        draft.changeNode(node)
        noteNode(tx, node, 'updated')
        return { version: node.version }
      }),

    'plant.removeNode': ({ id, baseVersion }) => {
      let removed: readonly NodeRow[] = []
      return drafted(
        (_, tx) => {
          const root = presentOne(id, baseVersion)
          const { numbers, enter, leave } = index.order()
          const below = numbers.subarray(enter[root.number], leave[root.number])
          const nodes = Array.from(below, (number) => index.nodeAt(number)).filter(
            (node) => node !== undefined,
          )
          removed = setRemoved(tx, nodes, root.number)
          noteNode(tx, removed[0]!, 'deleted', { withBelow: removed.length - 1 })
          return { removed: removed.length }
        },
        (change) => ({ ...change, nodes: removed }),
      )
    },

    'plant.restoreNode': ({ id }) => {
      let restored: readonly NodeRow[] = []
      return drafted(
        (_, tx) => {
          const root = index.anyNodeById(id)
          if (root === undefined || root.removedWith !== root.number) {
            throw new NocturneError('not-found', { what: 'plant-node' })
          }
          if (root.parent !== null && index.nodeAt(root.parent)?.removedWith !== null) {
            throw new NocturneError('conflict', { what: 'plant-parent' })
          }
          refuseNode(index, root, null)
          restored = setRemoved(tx, index.removedWith(root.number), null)
          noteNode(tx, restored[0]!, 'updated', { withBelow: restored.length - 1 })
          return { restored: restored.length }
        },
        (change) => ({ ...change, nodes: restored }),
      )
    },

    'plant.placeOnus': ({ onus, nodeId }) =>
      drafted((draft, tx) => {
        const node = nodeId === null ? null : index.nodeById(nodeId)
        if (node === undefined) throw new NocturneError('not-found', { what: 'plant-node' })
        const places: PlaceRow[] = []
        for (const { oltId, address } of onus) {
          refuseUnknownOnu(deps, oltId, address)
          const packed = packOnuAddress(address)
          const before = index.place(oltId, packed)
          const number = node?.number ?? null
          if (before !== null && before.node === number) continue
          places.push({
            ...(before ?? nowhere),
            olt: draft.oltOf(oltId).number,
            address: packed,
            node: number,
            port: null,
          })
        }
        draft.putPlaces(places)
        if (places.length > 0) notePlaces(tx, { nodeId, onus })
        return { placed: places.length }
      }),

    'plant.setPlace': (input) =>
      drafted((draft, tx) => {
        const { oltId, nodeId, nodePort, streetAddress, coordinates } = input
        refuseUnknownOnu(deps, oltId, input.address)
        const node = nodeId === null ? null : index.nodeById(nodeId)
        if (node === undefined) throw new NocturneError('not-found', { what: 'plant-node' })
        if (node === null && nodePort !== null) {
          throw new NocturneError('invalid-input', { field: 'nodePort', rule: 'no_node' })
        }
        const address = packOnuAddress(input.address)
        if (node !== null && nodePort !== null) {
          refuseTakenPort(deps, { oltId, address, node: node.number, port: nodePort })
        }
        const place: PlaceRow = {
          olt: draft.oltOf(oltId).number,
          address,
          node: node?.number ?? null,
          port: nodePort,
          streetAddress,
          latitude: coordinates?.latitude ?? null,
          longitude: coordinates?.longitude ?? null,
        }
        draft.putPlaces([place])
        notePlaces(tx, input)
        return {}
      }),

    'plant.setOltCoordinates': ({ oltId, coordinates }) =>
      drafted((draft, tx) => {
        if (network.olt(oltId) === undefined) throw new NocturneError('not-found', { what: 'olt' })
        const before = draft.oltOf(oltId)
        const olt = {
          ...before,
          latitude: coordinates?.latitude ?? null,
          longitude: coordinates?.longitude ?? null,
          version: before.version + 1,
        }
        draft.changeOlt(olt)
        tx.change({
          entity: 'plant-olt',
          entityId: oltId,
          kind: 'updated',
          version: olt.version,
          data: { coordinates },
        })
        return {}
      }),
  }
}

const nowhere = {
  node: null,
  port: null,
  streetAddress: '',
  latitude: null,
  longitude: null,
} as const
