import type { ReactNode } from 'react'
import type { ColumnSpec } from './column-layout.ts'

/** A column as the grid draws it. `Context` is what all cells share: clock, formats, words. */
export interface GridColumn<Row, Context> extends ColumnSpec {
  /** In the person's language. */
  readonly label: string
  /** Stands in the head, so that the cells are bare numbers. */
  readonly unit?: string
  /** Says more than the label has room for. */
  readonly hint?: string
  readonly alignEnd?: boolean
  readonly mono?: boolean
  /**
   * How many characters the cell has, where they can be too many for it. Left out: they always fit.
   * A cell is clipped only where it must be: a clip per cell is what scrolling would pay for.
   */
  readonly length?: (row: Row, context: Context) => number
  /** What to sort by; left out: cannot be sorted. */
  readonly sortKey?: string
  /** Cheap and pure: it runs for each row that comes into the window. */
  readonly cell: (row: Row, context: Context) => ReactNode
  /** Shown by the browser on hover. */
  readonly hover?: (row: Row, context: Context) => string | undefined
  /** The cell's value for a file: numbers bare, times ISO 8601, nothing as empty. */
  readonly plain: (row: Row, context: Context) => string | number | null
}

export interface GridSort {
  readonly key: string
  readonly descending: boolean
}
