import { useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { changeTablePreferences, useTablePreferences } from '../../state/preferences.ts'
import type { TrapSort } from './trap-list.ts'

/** The order a person chose last; kept with his preferences. */
export const useTrapSort = <Column extends string>(
  table: string,
  columns: readonly Column[],
  first: TrapSort<Column>,
): readonly [TrapSort<Column>, (column: Column) => void] => {
  const kept = useTablePreferences(table)?.sort
  const column = columns.find((known) => known === kept?.column)
  const descending = kept?.descending ?? false
  const sort = useMemo(
    () => (column === undefined ? first : { column, descending }),
    [column, descending, first],
  )
  return [
    sort,
    (chosen) =>
      changeTablePreferences(table, {
        columns: [],
        widths: {},
        sort: {
          column: chosen,
          descending: sort.column === chosen ? !sort.descending : chosen.endsWith('At'),
        },
      }),
  ]
}

export interface RowKeys {
  readonly body: RefObject<HTMLTableSectionElement | null>
  readonly isCurrent: (key: string) => boolean
  readonly onFocus: (key: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Rows under the keyboard: j, k and the arrows move, Enter does what the row is for. */
export const useRowKeys = (keys: readonly string[], onEnter: (key: string) => void): RowKeys => {
  const body = useRef<HTMLTableSectionElement>(null)
  const [current, setCurrent] = useState<string | undefined>()
  const at = Math.max(0, current === undefined ? 0 : keys.indexOf(current))
  const focusRow = (position: number): void => {
    const key = keys[Math.max(0, Math.min(keys.length - 1, position))]
    if (key === undefined) return
    setCurrent(key)
    const rows = [...(body.current?.querySelectorAll<HTMLTableRowElement>('tr[data-row]') ?? [])]
    rows.find((row) => row.dataset['row'] === key)?.focus()
  }
  useShortcut('rowDown', () => focusRow(current === undefined ? 0 : at + 1))
  useShortcut('rowUp', () => focusRow(at - 1))
  return {
    body,
    isCurrent: (key) => keys[at] === key,
    onFocus: setCurrent,
    onKeyDown: (event) => {
      if (!(event.target instanceof HTMLTableRowElement)) return
      const key = event.target.dataset['row']
      if (event.key === 'Enter' && key !== undefined) {
        event.preventDefault()
        onEnter(key)
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        focusRow(at + (event.key === 'ArrowDown' ? 1 : -1))
      }
    },
  }
}
