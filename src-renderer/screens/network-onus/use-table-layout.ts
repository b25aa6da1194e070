import { useCallback, useMemo } from 'react'
import type { OnuSort } from '../../../src-shared/contract/network-model.ts'
import {
  resolveLayout,
  type ColumnLayout,
  type ColumnSpec,
} from '../../components/table/column-layout.ts'
import { changeTablePreferences, useTablePreferences } from '../../state/preferences.ts'
import { isSortColumn } from './onu-query.ts'

const tableName = 'onus'

export interface TableLayout {
  readonly layout: ColumnLayout
  /** What the person sorted by last; null: never. */
  readonly sort: OnuSort | null
  readonly setLayout: (layout: ColumnLayout) => void
  readonly setSort: (sort: OnuSort) => void
}

/** How this person has arranged the ONU table. */
export const useTableLayout = (specs: readonly ColumnSpec[]): TableLayout => {
  const saved = useTablePreferences(tableName)
  const layout = useMemo(
    () => resolveLayout(specs, saved === undefined || saved.columns.length === 0 ? null : saved),
    [specs, saved],
  )
  const sort = useMemo<OnuSort | null>(() => {
    const column = saved?.sort?.column
    return column !== undefined && isSortColumn(column)
      ? { column, descending: saved?.sort?.descending === true }
      : null
  }, [saved])

  const write = useCallback((next: ColumnLayout, nextSort: OnuSort | null): void => {
    changeTablePreferences(tableName, {
      columns: [...next.columns],
      widths: { ...next.widths },
      sort: nextSort,
    })
  }, [])

  return {
    layout,
    sort,
    setLayout: useCallback((next) => write(next, sort), [write, sort]),
    setSort: useCallback((next) => write(layout, next), [write, layout]),
  }
}
