import type { PlantNode } from '../../src-shared/contract/plant.ts'
import { unpackOnuAddress, type PonAddress } from '../../src-shared/domain/onu-address.ts'
import type { PlantCounts } from './plant-counts.ts'
import type { PlantIndex } from './plant-index.ts'
import type { NodeRow } from './tables.ts'
import { slotsAt } from './tree-order.ts'

export const ponAddressOf = (packed: number): PonAddress => {
  const { shelf, slot, port } = unpackOnuAddress(packed)
  return { shelf, slot, port }
}

export const coordinatesOf = ({
  latitude,
  longitude,
}: {
  readonly latitude: number | null
  readonly longitude: number | null
}): { latitude: number; longitude: number } | null =>
  latitude === null || longitude === null ? null : { latitude, longitude }

/** What hangs right on a node against what it has. */
export const usageOf = (
  index: PlantIndex,
  node: NodeRow,
): { readonly children: number; readonly used: number; readonly exceeded: boolean } => {
  const order = index.order()
  const children = order.children[node.number]?.length ?? 0
  const slots = slotsAt(order, node.number)
  const used = children + slots.length
  const { capacity } = node
  const exceeded =
    capacity !== null &&
    (used > capacity || slots.some((slot) => index.places.port[slot]! > capacity))
  return { children, used, exceeded }
}

export const nodeViewOf = (index: PlantIndex, counts: PlantCounts, node: NodeRow): PlantNode => ({
  id: node.id,
  version: node.version,
  kind: node.kind,
  name: node.name,
  path: node.parent === null ? '' : index.pathOf(node.parent),
  parentId: node.parent === null ? null : (index.nodeAt(node.parent)?.id ?? null),
  capacity: node.capacity,
  pon:
    node.ponOlt === null || node.pon === null
      ? null
      : { oltId: node.ponOlt, pon: ponAddressOf(node.pon) },
  coordinates: coordinatesOf(node),
  street: node.street,
  note: node.note,
  ...usageOf(index, node),
  ...counts.below(node.number),
})
