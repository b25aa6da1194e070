import { reachesOlt, isEverything, type Belongs, type Reach } from '../engine/reach.ts'
import type { PlantIndex } from './plant-index.ts'
import { slotsBelow } from './tree-order.ts'

/** On which OLTs a node lies: those of the ONUs below it and of the PON ports said at or below it. */
export interface PlantReach {
  /** Of a node by its id, a removed one too; null: there is none, or it feeds nothing yet. */
  readonly belongs: (id: string) => Belongs | null
  /**
   * By number of a node: whether any of its OLTs is reached. One that feeds nothing yet is shown to
   * whoever reaches a region: someone has to build it.
   */
  readonly shows: (reach: Reach) => (number: number) => boolean
  /** By number of an OLT in the plant. */
  readonly oltReached: (reach: Reach) => (number: number) => boolean
}

export const createPlantReach = (index: PlantIndex): PlantReach => {
  const { places } = index
  let key = -1
  let olts: ReadonlySet<number>[] = []

  /** By number of a node. Made anew after a change, and only where somebody reaches a part. */
  const current = (): readonly ReadonlySet<number>[] => {
    if (key === index.revision()) return olts
    key = index.revision()
    const order = index.order()
    const sets: Set<number>[] = []
    const at = (number: number): Set<number> => (sets[number] ??= new Set<number>())
    // Parents come first, so that from the end each has gathered what its children have.
    for (const number of order.numbers.toReversed()) {
      const own = at(number)
      const node = index.nodeAt(number)
      for (const slot of slotsBelow(order, number)) own.add(places.olt[slot]!)
      const fed = node?.ponOlt == null ? undefined : index.oltById(node.ponOlt)
      if (fed !== undefined) own.add(fed.number)
      if (node?.parent != null) for (const olt of own) at(node.parent).add(olt)
    }
    olts = sets
    return olts
  }

  const oltReached: PlantReach['oltReached'] = (reach) => {
    if (isEverything(reach)) return () => true
    return (number) => reachesOlt(reach, index.oltAt(number)?.oltId ?? null)
  }

  return {
    belongs(id) {
      const node = index.anyNodeById(id)
      if (node === undefined) return null
      const found = new Set(
        [...(current()[node.number] ?? [])].flatMap((olt) => index.oltAt(olt)?.oltId ?? []),
      )
      if (node.ponOlt !== null) found.add(node.ponOlt)
      return found.size === 0 ? null : { oltIds: [...found] }
    },
    shows(reach) {
      if (isEverything(reach)) return () => true
      if (reach.kind === 'own') return () => false
      const isReached = oltReached(reach)
      const sets = current()
      return (number) => {
        const own = sets[number]
        return own === undefined || own.size === 0 || [...own].some(isReached)
      }
    },
    oltReached,
  }
}
