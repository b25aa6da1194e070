import { useCallback, useMemo } from 'react'
import type { AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import {
  resolveLayout,
  type ColumnLayout,
  type ColumnSpec,
} from '../../components/table/column-layout.ts'
import { changeTablePreferences, useTablePreferences } from '../../state/preferences.ts'
import { isAlarmSortColumn, type AlarmListName } from './alarm-query.ts'

export interface AlarmLayout {
  readonly layout: ColumnLayout
  /** What the person sorted this list by last; null: never. */
  readonly sort: AlarmSort | null
  readonly setLayout: (layout: ColumnLayout) => void
  readonly setSort: (sort: AlarmSort) => void
}

/** How this person has arranged one of the four lists. */
export const useAlarmLayout = (list: AlarmListName, specs: readonly ColumnSpec[]): AlarmLayout => {
  const table = `alarms-${list}`
  const saved = useTablePreferences(table)
  const layout = useMemo(
    () => resolveLayout(specs, saved === undefined || saved.columns.length === 0 ? null : saved),
    [specs, saved],
  )
  const sort = useMemo<AlarmSort | null>(() => {
    const column = saved?.sort?.column
    return column !== undefined && isAlarmSortColumn(column)
      ? { column, descending: saved?.sort?.descending === true }
      : null
  }, [saved])
  const write = useCallback(
    (next: ColumnLayout, nextSort: AlarmSort | null): void =>
      changeTablePreferences(table, {
        columns: [...next.columns],
        widths: { ...next.widths },
        sort: nextSort,
      }),
    [table],
  )
  return {
    layout,
    sort,
    setLayout: useCallback((next) => write(next, sort), [write, sort]),
    setSort: useCallback((next) => write(layout, next), [write, layout]),
  }
}
