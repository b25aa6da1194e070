import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import type { GridColumn, GridSort } from './grid-column.ts'
import styles from './virtual-grid.module.css'

interface GridHeaderProps<Row, Context> {
  readonly columns: readonly GridColumn<Row, Context>[]
  readonly widths: readonly number[]
  readonly sort: GridSort | null
  readonly onSort: (sort: GridSort) => void
  /** While the edge is dragged; `done`: let go. */
  readonly onResize: (id: string, width: number, done: boolean) => void
  readonly resizeLabel: (column: string) => string
}

const keyStepPx = 16

export const GridHeader = <Row, Context>(props: GridHeaderProps<Row, Context>): ReactNode => {
  const { columns, widths, sort, onSort, onResize, resizeLabel } = props
  return (
    <div role="row" aria-rowindex={1} className={styles['head']}>
      <div role="columnheader" className={styles['check']} />
      {columns.map((column, position) => {
        const sorted = sort !== null && sort.key === column.sortKey ? sort : null
        const text = (
          <span className={styles['headText']}>
            {column.label}
            {column.unit === undefined ? null : (
              <span className={styles['unit']}> {column.unit}</span>
            )}
          </span>
        )
        return (
          <div
            key={column.id}
            role="columnheader"
            className={`${styles['headCell']} ${column.alignEnd === true ? styles['end'] : ''}`}
            aria-sort={sorted === null ? undefined : sorted.descending ? 'descending' : 'ascending'}
            title={column.hint}
          >
            {column.sortKey === undefined ? (
              text
            ) : (
              <button
                type="button"
                className={styles['sort']}
                onClick={() =>
                  onSort({
                    key: column.sortKey ?? '',
                    descending: sorted !== null && !sorted.descending,
                  })
                }
              >
                {text}
                <span aria-hidden="true" className={styles['arrow']}>
                  {sorted === null ? '' : sorted.descending ? '↓' : '↑'}
                </span>
              </button>
            )}
            <ResizeHandle
              label={resizeLabel(column.label)}
              width={widths[position] ?? column.width}
              onResize={(width, done) => onResize(column.id, width, done)}
            />
          </div>
        )
      })}
    </div>
  )
}

interface ResizeHandleProps {
  readonly label: string
  readonly width: number
  readonly onResize: (width: number, done: boolean) => void
}

const ResizeHandle = ({ label, width, onResize }: ResizeHandleProps): ReactNode => {
  const start = useRef<{ x: number; width: number } | null>(null)
  const at = (event: PointerEvent): number =>
    (start.current?.width ?? width) + event.clientX - (start.current?.x ?? event.clientX)
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      tabIndex={0}
      className={styles['resize']}
      onPointerDown={(event) => {
        event.preventDefault()
        // A column that has grown begins at the width it has on the screen.
        const shown = event.currentTarget.parentElement?.offsetWidth ?? width
        start.current = { x: event.clientX, width: shown }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onResize(at(event), false)
      }}
      onPointerUp={(event) => {
        if (start.current === null) return
        onResize(at(event), true)
        start.current = null
      }}
      onKeyDown={(event: KeyboardEvent) => {
        const step =
          event.key === 'ArrowLeft' ? -keyStepPx : event.key === 'ArrowRight' ? keyStepPx : 0
        if (step === 0) return
        event.preventDefault()
        event.stopPropagation()
        onResize(width + step, true)
      }}
    />
  )
}
