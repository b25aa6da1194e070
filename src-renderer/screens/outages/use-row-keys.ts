import { useState, type KeyboardEvent } from 'react'
import { useShortcut } from '../../app/keyboard-hooks.ts'

export interface RowKeys {
  readonly isCurrent: (key: string) => boolean
  readonly onFocus: (key: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** All lines of outages on the page, from the top: the keys go from one list into the next. */
const allRows = (): readonly HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('.nu-table tr[data-row]'),
]

const moveBy = (step: number): void => {
  const rows = allRows()
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))
  rows[next]?.focus()
}

/** j, k and the arrows move, Enter does what the row is for; one row of a list is in the tab order. */
export const useRowKeys = (keys: readonly string[], onEnter: (key: string) => void): RowKeys => {
  const [current, setCurrent] = useState<string | undefined>()
  const standing = current !== undefined && keys.includes(current) ? current : keys[0]
  useShortcut('rowDown', () => moveBy(1))
  useShortcut('rowUp', () => moveBy(-1))
  return {
    isCurrent: (key) => key === standing,
    onFocus: setCurrent,
    onKeyDown: (event) => {
      if (!(event.target instanceof HTMLTableRowElement)) return
      const key = event.target.dataset['row']
      if (event.key === 'Enter' && key !== undefined) {
        event.preventDefault()
        onEnter(key)
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        moveBy(event.key === 'ArrowDown' ? 1 : -1)
      }
    },
  }
}
