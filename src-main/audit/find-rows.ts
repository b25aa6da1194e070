import { setImmediate } from 'node:timers/promises'
import type { AuditFilter } from '../../src-shared/contract/audit.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import { chainColumns, type ChainRow } from './chain-rows.ts'
import { kindOf } from './row-views.ts'

/** Rows of the trail that a filter lets through. */

/** Looked at in one go, about 10 ms. */
const sliceRows = 10_000
/** One answer looks no further back than this; `next` says where to go on. */
const mostSlices = 100

/** A filter of a short list, or of nothing: NULL lets everything through. */
const listed = (column: string): string =>
  `(? IS NULL OR ${column} IN (SELECT value FROM json_each(?)))`

const selectSlice = `SELECT ${chainColumns} FROM audit
  WHERE audit.seq < ? AND audit.seq >= ?
    AND (? IS NULL OR audit.account_id = ? OR audit.subject_id = ?)
    AND (? IS NULL OR audit.object_kind = ?) AND (? IS NULL OR audit.object_id = ?)
    AND ${listed('audit.outcome')} AND (? IS NULL OR audit.name = ?)
    AND (? IS NULL OR audit.at >= ?) AND (? IS NULL OR audit.at < ?)
    AND (? = 0 OR audit.account_id IS NOT NULL)
    AND (audit.format = 1 OR (${listed('audit.category')} AND ${listed('audit.severity')}))
  ORDER BY audit.seq DESC LIMIT ?`

const selectLast = 'SELECT max(seq) AS last FROM audit'

const listOf = (values: readonly string[]): string | null =>
  values.length === 0 ? null : JSON.stringify(values)

const twice = (value: SqlValue): SqlValue[] => [value, value]

export interface FoundRows {
  readonly rows: readonly ChainRow[]
  /** Where to go on; null: that was all. */
  readonly next: number | null
}

/** Throws 'cancelled' when the signal is aborted. */
export const createFindRows = (reader: StoreReader) => {
  const slice = reader.prepare<SqlValue[], ChainRow>(selectSlice)
  const last = reader.prepare<[], { last: number | null }>(selectLast)

  return async (
    filter: AuditFilter,
    { before, limit }: { readonly before: number | null; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<FoundRows> => {
    const fixed: SqlValue[] = [
      filter.personId,
      ...twice(filter.personId),
      ...twice(filter.objectKind),
      ...twice(filter.objectId),
      ...twice(listOf(filter.outcomes)),
      ...twice(filter.command),
      ...twice(filter.from),
      ...twice(filter.to),
      filter.people ? 1 : 0,
      ...twice(listOf(filter.categories)),
      ...twice(listOf(filter.severities)),
    ]
    const fits = (row: ChainRow): boolean => {
      if (row.format === 2) return true
      const { category, severity } = kindOf(row)
      return (
        (filter.categories.length === 0 || filter.categories.includes(category)) &&
        (filter.severities.length === 0 || filter.severities.includes(severity))
      )
    }
    const found: ChainRow[] = []
    let end = before ?? (last.get()?.last ?? 0) + 1
    for (let slices = 0; slices < mostSlices && end > 1 && found.length < limit; slices += 1) {
      if (slices > 0) await setImmediate()
      if (signal?.aborted === true) throw new NocturneError('cancelled')
      const start = Math.max(1, end - sliceRows)
      const wanted = limit - found.length
      const some = slice.all(end, start, ...fixed, wanted)
      found.push(...some.filter(fits))
      end = some.length === wanted ? (some.at(-1)?.seq ?? start) : start
    }
    return { rows: found, next: end > 1 ? end : null }
  }
}

const selectTimeline = `SELECT ${chainColumns} FROM audit
  WHERE audit.seq IN (
    SELECT seq FROM audit WHERE object_kind = ? AND object_id = ?
    UNION SELECT seq FROM audit WHERE subject_id = ?
    UNION SELECT audit.seq FROM change_feed JOIN audit ON audit.command_id = change_feed.command_id
      WHERE change_feed.entity = ? AND change_feed.entity_id = ?)
    AND audit.seq < ?
  ORDER BY audit.seq DESC LIMIT ?`

/** What happened to one record, also by commands that changed several. All of it by index. */
export const createTimeline = (reader: StoreReader) => {
  const select = reader.prepare<SqlValue[], ChainRow>(selectTimeline)
  return (question: {
    readonly objectKind: string
    readonly objectId: string
    readonly before: number | null
    readonly limit: number
  }): FoundRows => {
    const { objectKind, objectId, before, limit } = question
    const rows = select.all(
      objectKind,
      objectId,
      objectId,
      objectKind,
      objectId,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    return { rows, next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) }
  }
}
