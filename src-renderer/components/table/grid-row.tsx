import { memo, useRef, type ReactNode } from 'react'
import type { GridColumn } from './grid-column.ts'
import styles from './virtual-grid.module.css'

interface GridRowProps<Row, Context> {
  readonly row: Row | undefined
  readonly index: number
  readonly height: number
  readonly columns: readonly GridColumn<Row, Context>[]
  /** px, one per column. */
  readonly widths: readonly number[]
  readonly context: Context
  readonly active: boolean
  readonly selected: boolean
  readonly tone?: string | undefined
}

const rowClass = styles['row']
const checkClass = styles['check']
/** Class by what the column is: made once, looked up for each cell. */
const cellClasses = new Map<string, string>()

const cellClassOf = (alignEnd = false, mono = false, cut = false): string => {
  const key = `${alignEnd} ${mono} ${cut}`
  const known = cellClasses.get(key)
  if (known !== undefined) return known
  const made = ['cell', alignEnd ? 'end' : '', mono ? 'mono' : '', cut ? 'cut' : '']
    .flatMap((name) => styles[name] ?? [])
    .join(' ')
  cellClasses.set(key, made)
  return made
}

/** px: both paddings of a cell, and what a character takes at most on average. */
const cellPadding = 16
const characterWidth = 8

interface CellsProps<Row, Context> {
  readonly row: Row
  readonly columns: readonly GridColumn<Row, Context>[]
  readonly widths: readonly number[]
  readonly context: Context
}

const CellsPlain = <Row, Context>(props: CellsProps<Row, Context>): ReactNode => {
  const { row, columns, widths, context } = props
  return columns.map((column, position) => (
    <div
      key={column.id}
      role="gridcell"
      className={cellClassOf(
        column.alignEnd,
        column.mono,
        column.length !== undefined &&
          column.length(row, context) * characterWidth > (widths[position] ?? 0) - cellPadding,
      )}
      title={column.hover?.(row, context)}
    >
      {column.cell(row, context)}
    </div>
  ))
}

const Cells = memo(CellsPlain) as typeof CellsPlain

/**
 * One row. Handlers sit on the grid, not here, so that a row that comes into the window costs its
 * text and nothing else; it is drawn again only when its own values change. While its row is not
 * there yet, the element keeps the cells it had, hidden: to take them away and make them again
 * would cost more than the wait.
 */
const GridRowPlain = <Row, Context>(props: GridRowProps<Row, Context>): ReactNode => {
  const { row, index, height, columns, widths, context, active, selected, tone } = props
  const kept = useRef(row)
  if (row !== undefined) kept.current = row
  const shown = row ?? kept.current
  return (
    <div
      role="row"
      className={rowClass}
      data-index={index}
      // Row 1 is the head.
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined ? true : undefined}
      data-active={active || undefined}
      data-tone={tone}
      tabIndex={active ? 0 : -1}
      style={{ top: index * height }}
    >
      <div role="gridcell" className={checkClass} data-check="" />
      {shown === undefined ? null : (
        <Cells row={shown} columns={columns} widths={widths} context={context} />
      )}
    </div>
  )
}

export const GridRow = memo(GridRowPlain) as typeof GridRowPlain
