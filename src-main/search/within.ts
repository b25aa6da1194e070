import type { NetworkFacts } from '../engine/network-facts.ts'
import { isEverything, reaches, reachesOlt, type Belongs, type Reach } from '../engine/reach.ts'

/** What is found for whose account reaches a part of the workspace. */
export interface SearchWithin {
  /** By row. Undefined: all of them. */
  readonly onus: (reach: Reach) => ((row: number) => boolean) | undefined
  readonly olts: (reach: Reach) => ((oltId: string) => boolean) | undefined
  readonly nodes: (reach: Reach) => ((nodeId: string) => boolean) | undefined
}

/** Whose ONUs and nodes are; asked late, so that wiring may come in any order. */
export interface Belongings {
  /** ONUs that are somebody's own, packed addresses. */
  readonly onusOf: (
    accountId: string,
  ) => readonly { readonly oltId: string; readonly address: number }[]
  /** Null: there is none, or it feeds nothing yet. */
  readonly node: (id: string) => Belongs | null
}

export const createSearchWithin = (
  network: Pick<NetworkFacts, 'olts' | 'rowOf' | 'onus'>,
  belongings: Belongings,
): SearchWithin => {
  const ownRows = (reach: Reach): ReadonlySet<number> =>
    new Set(
      (reach.accountId === null ? [] : belongings.onusOf(reach.accountId)).map(
        ({ oltId, address }) => network.rowOf(oltId, address),
      ),
    )
  const oltsWithin = (reach: Reach): ReadonlySet<number> =>
    new Set(network.olts().flatMap(({ id, index }) => (reachesOlt(reach, id) ? [index] : [])))

  return {
    onus: (reach) => {
      if (isEverything(reach)) return undefined
      if (reach.kind === 'own') {
        const rows = ownRows(reach)
        return (row) => rows.has(row)
      }
      const olts = oltsWithin(reach)
      return (row) => olts.has(network.onus.oltIndex(row))
    },
    olts: (reach) => (isEverything(reach) ? undefined : (oltId) => reachesOlt(reach, oltId)),
    nodes: (reach) => {
      if (isEverything(reach)) return undefined
      return (nodeId) => {
        const belongs = belongings.node(nodeId)
        // One that feeds nothing yet is shown to whoever reaches a region, as in the plant's lists.
        return belongs === null ? reach.kind !== 'own' : reaches(reach, belongs, true)
      }
    },
  }
}
