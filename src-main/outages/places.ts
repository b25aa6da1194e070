import type { PlantLookup } from '../engine/capability-ports.ts'
import type { OnuFacts } from '../engine/network-facts.ts'

/** Where ONUs are, by the outside plant and, where that is silent, by what their descriptions say. */
export interface Places {
  /** Street or area; null: not known. */
  readonly areaOf: (oltId: string, address: number, row: number) => string | null
  /** From the node it hangs on to the top, zones (which are no fibre) left out; empty: nowhere. */
  readonly pathOf: (oltId: string, address: number) => readonly string[]
  readonly node: PlantLookup['node']
  readonly onusBelow: PlantLookup['onusBelow']
}

/**
 * The street of a text such as "C100231 Jl. Mawar Merah No.12" or "Toko Sumber, Harbour View 7":
 * what is left without codes and numbers. A help, not a fact: two streets may bear one name.
 */
export const streetOfText = (text: string): string | null => {
  const last = text.split(',').at(-1) ?? ''
  const words = last
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '' && word !== 'no' && word !== 'no.' && !/\d/u.test(word))
  const street = words.join(' ')
  return street.length >= 4 ? street : null
}

const mostTexts = 20_000

export const createPlaces = (plant: PlantLookup, onus: OnuFacts): Places => {
  const streets = new Map<string, string | null>()
  const paths = new Map<string, readonly string[]>()
  let revision = -1

  const streetOf = (text: string | null): string | null => {
    if (text === null || text === '') return null
    const known = streets.get(text)
    if (known !== undefined) return known
    if (streets.size >= mostTexts) streets.clear()
    const street = streetOfText(text)
    streets.set(text, street)
    return street
  }

  return {
    areaOf: (oltId, address, row) =>
      plant.areaOf(oltId, address) ?? (row < 0 ? null : streetOf(onus.description(row))),
    pathOf: (oltId, address) => {
      const node = plant.nodeOf(oltId, address)
      if (node === null) return []
      if (plant.revision() !== revision) {
        revision = plant.revision()
        paths.clear()
      }
      const path =
        paths.get(node) ?? plant.ancestors(node).filter((id) => plant.node(id)?.kind !== 'zone')
      paths.set(node, path)
      return path
    },
    node: plant.node,
    onusBelow: plant.onusBelow,
  }
}

/** What all paths (each from below to the top) share at the lowest; empty when nothing. */
export const commonPath = (
  one: readonly string[] | null,
  other: readonly string[],
): readonly string[] => {
  if (one === null) return other
  let shared = 0
  while (
    shared < one.length &&
    shared < other.length &&
    one[one.length - 1 - shared] === other[other.length - 1 - shared]
  ) {
    shared++
  }
  return one.slice(one.length - shared)
}
