import type { NodeRow } from '../tables.ts'
import type { ImportKind } from './headers.ts'
import type { Preview } from './import-rows.ts'

/** What an import would write. Built by the preview, carried out as it is by `applyImport`. */
export interface ImportPlan {
  readonly kind: ImportKind
  /** Of the plant that it was compared with. */
  readonly revision: number
  readonly adds: number
  readonly changes: number
  readonly same: number
  readonly sample: Preview['sample']
  readonly nodes: readonly PlannedNode[]
  readonly places: readonly PlannedPlace[]
  readonly olts: readonly PlannedOlt[]
}

type NodeFields = Omit<NodeRow, 'number' | 'id' | 'parent' | 'version' | 'removedWith'>

/** In an order in which what they hang on comes before them. */
export interface PlannedNode {
  /** Number of the node that is there; null: a new one. */
  readonly number: number | null
  /** Number of what it hangs on; or position of it in this list, as -1 - position; null: the top. */
  readonly parent: number | null
  readonly fields: NodeFields
}

export interface PlannedPlace {
  readonly oltId: string
  readonly address: number
  readonly node: number | null
  readonly port: number | null
  readonly streetAddress: string
  readonly latitude: number | null
  readonly longitude: number | null
}

export interface PlannedOlt {
  readonly oltId: string
  readonly latitude: number
  readonly longitude: number
}

export const mostSamples = 20
