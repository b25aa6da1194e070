import type { SearchHit, SearchScope } from '../../src-shared/contract/search.ts'
import type { PermissionName } from '../../src-shared/contract/define.ts'
import type { CallContext } from '../engine/handlers.ts'
import type { SearchQuery } from './query-terms.ts'

/** One kind of record that is found: a new one (subscribers, tickets) is one more of these. */
export interface SearchSource {
  readonly scope: SearchScope
  /** Who lacks it finds none of them. */
  readonly permission: PermissionName
  /** Has numbers that stand for one record, and finds by them alone where that is asked. */
  readonly ids: boolean
  readonly find: (asked: Asked) => SourceFound | Promise<SourceFound>
}

export interface Asked {
  readonly text: string
  readonly query: SearchQuery
  readonly limit: number
  readonly onlyIds: boolean
  readonly context: CallContext
}

export interface SourceFound {
  /** The best first. `cost`: as of find-records.ts, to compare scopes by. */
  readonly hits: readonly { readonly hit: SearchHit; readonly cost: number }[]
  /** Without typos. */
  readonly total: number
}

/** So few records found as typed, and those with a typo are looked for too. */
export const typosBelow = 4
