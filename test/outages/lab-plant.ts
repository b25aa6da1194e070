import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { PlantLookup, PlantNodeFacts } from '../../src-main/engine/capability-ports.ts'
import { streetOf } from '../../src-main/plant/rules.ts'
import type { Plant } from '../../src-main/simulator/plant.ts'

/** Nobody has entered anything. */
export const noPlant: PlantLookup = {
  revision: () => 0,
  nodeOf: () => null,
  node: () => null,
  ancestors: () => [],
  onusBelow: () => [],
  areaOf: () => null,
  streetAddressOf: () => '',
}

/** What the simulated plant says of itself, as a person would have entered it. */
export const simulatedTree = (
  plant: Plant,
  olts: readonly (readonly [name: string, id: string])[],
): PlantLookup => {
  const nodes = new Map<string, PlantNodeFacts>()
  const nodeOf = new Map<string, string>()
  const streetAt = new Map<string, string>()
  const below = new Map<string, { oltId: string; address: number }[]>()
  const ancestors = (id: string): string[] => {
    const chain: string[] = []
    for (let at: string | null = id; at !== null; at = nodes.get(at)?.parentId ?? null) {
      chain.push(at)
    }
    return chain
  }
  for (const [number, [name, oltId]] of olts.entries()) {
    const outside = plant.outside(name)
    const idOf = (node: number): string =>
      `0190000${number.toString(16)}-0000-7000-9000-${node.toString(16).padStart(12, '0')}`
    for (const [index, node] of outside.nodes.entries()) {
      const parent = nodes.get(node.parent < 0 ? '' : idOf(node.parent))
      nodes.set(idOf(index), {
        id: idOf(index),
        kind: node.kind,
        name: node.name,
        path: parent === undefined ? node.name : `${parent.path} › ${node.name}`,
        parentId: parent?.id ?? null,
        street: node.street,
      })
    }
    outside.addresses.forEach((address, index) => {
      const key = `${oltId} ${address}`
      const node = idOf(outside.nodeOf[index]!)
      nodeOf.set(key, node)
      streetAt.set(key, outside.streetAddresses[index] ?? '')
      for (const id of ancestors(node)) {
        const list = below.get(id) ?? []
        below.set(id, list)
        list.push({ oltId, address })
      }
    })
  }
  return {
    revision: () => 1,
    nodeOf: (oltId, address) => nodeOf.get(`${oltId} ${address}`) ?? null,
    node: (id) => nodes.get(id) ?? null,
    ancestors,
    onusBelow: (id) => below.get(id) ?? [],
    areaOf: (oltId, address) => streetOf(streetAt.get(`${oltId} ${address}`) ?? ''),
    streetAddressOf: (oltId, address) => streetAt.get(`${oltId} ${address}`) ?? '',
  }
}

/** Names of the ONUs (`0/1/2:5`) in each box of a PON, box by box along the streets. */
export const boxesOf = (plant: Plant, olt: string, pon: string): string[][] => {
  const outside = plant.outside(olt)
  const boxes = new Map<number, string[]>()
  const truth = plant.truth(olt).onus
  const byAddress = new Map(truth.map(({ onu }) => [packedOf(onu), onu]))
  outside.addresses.forEach((address, index) => {
    const onu = byAddress.get(address)
    if (onu === undefined || !onu.startsWith(`${pon}:`)) return
    const box = outside.nodeOf[index]!
    boxes.set(box, [...(boxes.get(box) ?? []), onu])
  })
  return [...boxes].sort(([one], [other]) => one - other).map(([, onus]) => onus)
}

export const packedOf = (onu: string): number => {
  const [pon = '', id = ''] = onu.split(':')
  const [shelf = 0, slot = 0, port = 0] = pon.split('/').map(Number)
  return packOnuAddress({ shelf, slot, port, onuId: Number(id) })
}
