import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from 'react'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import type { GridColumn, GridSort } from './grid-column.ts'
import { GridHeader } from './grid-header.tsx'
import { gridActionOf } from './grid-keys.ts'
import { GridRow } from './grid-row.tsx'
import { useDrawBudget } from './use-draw-budget.ts'
import styles from './virtual-grid.module.css'

/** px; the same number stands in virtual-grid.module.css. */
const headHeight = 28
const checkWidth = 28
const overscan = 6

/** For keys that are pressed while the focus is elsewhere on the screen. */
export interface GridHandle {
  readonly moveBy: (rows: number) => void
  readonly focus: () => void
  readonly scrollTop: () => number
}

export interface VirtualGridProps<Row, Context> {
  readonly handle: Ref<GridHandle>
  readonly label: string
  readonly columns: readonly GridColumn<Row, Context>[]
  /** px. */
  readonly widths: readonly number[]
  /** CSS grid tracks, one per column. */
  readonly tracks: readonly string[]
  readonly context: Context
  readonly rowCount: number
  /** px. */
  readonly rowHeight: number
  readonly rowAt: (index: number) => Row | undefined
  readonly isSelected: (row: Row) => boolean
  /** What a row is, for its look (`data-tone`); left out: all look the same. */
  readonly toneOf?: (row: Row) => string | undefined
  readonly active: number
  readonly sort: GridSort | null
  readonly busy: boolean
  /** Another value scrolls to the top. */
  readonly topKey: unknown
  readonly onSort: (sort: GridSort) => void
  readonly onResize: (id: string, width: number) => void
  readonly onActive: (index: number) => void
  readonly onWindow: (start: number, end: number) => void
  readonly onOpen: (index: number) => void
  readonly onPeek: (index: number) => void
  /** Positions whose selection is turned; with `to`, all between are selected. */
  readonly onSelect: (index: number, to?: number) => void
  readonly resizeLabel: (column: string) => string
  /** The text for the clipboard when nothing else is marked; null: nothing to copy. */
  readonly copyText: () => string | null
  /** px to begin at. */
  readonly initialScrollTop: number
}

/** A table of any length as an ARIA grid: fixed row height, sticky head, one row in the tab order. */
export const VirtualGrid = <Row, Context>(props: VirtualGridProps<Row, Context>): ReactNode => {
  const { columns, widths, rowCount, rowHeight, active, onWindow, context, topKey } = props
  const scroller = useRef<HTMLDivElement>(null)
  const takesFocus = useRef(false)
  const hadFocus = useRef(false)

  const rangeExtractor = useCallback(
    (range: Range): number[] => {
      const indexes = defaultRangeExtractor(range)
      const first = indexes[0]
      const last = indexes.at(-1)
      if (first === undefined || last === undefined || active >= range.count) return indexes
      // The row that holds the focus stays in the document, or the keyboard would lose its place.
      if (active < first) return [active, ...indexes]
      return active > last ? [...indexes, active] : indexes
    },
    [active],
  )

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    rangeExtractor,
    scrollPaddingEnd: headHeight,
    initialOffset: props.initialScrollTop,
  })

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  const looksAt = useRef(topKey)
  useLayoutEffect(() => {
    if (scroller.current === null || looksAt.current === topKey) return
    looksAt.current = topKey
    // Asked of the virtualizer: the element itself would lay out everything to answer.
    if (virtualizer.scrollOffset !== 0) scroller.current.scrollTop = 0
  }, [topKey, virtualizer])

  const items = virtualizer.getVirtualItems()
  // Rows that leave hand their elements to rows that come: only texts change while one scrolls.
  const slots = useRef(0)
  slots.current = Math.max(slots.current, items.length + 1)
  const start = virtualizer.range?.startIndex ?? 0
  const end = (virtualizer.range?.endIndex ?? -1) + 1
  const first = start - overscan
  const last = end - 1 + overscan
  const keyOf = (index: number): number | string =>
    index < first || index > last ? 'apart' : index % slots.current
  useEffect(() => {
    if (end > start) onWindow(start, end)
  }, [start, end, onWindow, topKey])

  const drawn = useDrawBudget({
    indexes: items.map((item) => item.index),
    start,
    end,
    isLoaded: (index) => props.rowAt(index) !== undefined,
  })

  const focusActive = (): void => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    ;(row ?? scroller.current)?.focus({ preventScroll: true })
  }

  useLayoutEffect(() => {
    if (!takesFocus.current) return
    takesFocus.current = false
    focusActive()
  })

  useLayoutEffect(() => {
    if (!hadFocus.current) return
    const focused = document.activeElement
    // Its element was taken away, or serves another row now: the focus stays with the active row.
    const elsewhere =
      focused instanceof HTMLElement &&
      focused.dataset['index'] !== undefined &&
      Number(focused.dataset['index']) !== active &&
      scroller.current?.contains(focused) === true
    if (focused === document.body || elsewhere) focusActive()
  })

  const moveTo = (index: number): void => {
    takesFocus.current = true
    props.onActive(index)
    virtualizer.scrollToIndex(index, { align: 'auto' })
  }

  useImperativeHandle(props.handle, () => ({
    moveBy: (rows) => moveTo(Math.max(0, Math.min(rowCount - 1, active + rows))),
    focus: focusActive,
    scrollTop: () => scroller.current?.scrollTop ?? 0,
  }))

  const onCopy = (event: ClipboardEvent): void => {
    if (document.getSelection()?.isCollapsed === false) return
    const text = props.copyText()
    if (text === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (!(event.target as HTMLElement).matches('[data-index], [role="grid"]')) return
    const visible = Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight)
    const action = gridActionOf(event, active, rowCount, visible)
    if (action === null) return
    event.preventDefault()
    event.stopPropagation()
    switch (action.kind) {
      case 'move':
        if (action.extend) props.onSelect(active, action.to)
        return moveTo(action.to)
      case 'open':
        return props.onOpen(active)
      case 'peek':
        return props.onPeek(active)
      case 'select':
        return props.onSelect(active)
    }
  }

  const indexOf = (event: MouseEvent): number | null => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')
    return row === null ? null : Number(row.dataset['index'])
  }

  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const index = indexOf(event)
    if (index === null) return
    const onCheck = (event.target as HTMLElement).closest('[data-check]') !== null
    takesFocus.current = true
    props.onActive(index)
    if (event.shiftKey) props.onSelect(active, index)
    else if (onCheck || event.ctrlKey || event.metaKey) props.onSelect(index)
    else if (document.getSelection()?.isCollapsed !== false) props.onPeek(index)
  }

  const template = (tracks: readonly string[]): string => `${checkWidth}px ${tracks.join(' ')}`

  const onResize = (id: string, width: number, done: boolean): void => {
    const position = columns.findIndex((column) => column.id === id)
    const column = columns[position]
    if (column === undefined) return
    const clamped = Math.max(column.minWidth ?? 40, Math.min(1200, Math.round(width)))
    if (done) return props.onResize(id, clamped)
    // While dragging only the browser lays out anew; React hears of it at the end.
    scroller.current?.style.setProperty(
      '--grid-columns',
      template(props.tracks.with(position, `${clamped}px`)),
    )
  }

  const total = widths.reduce((sum, width) => sum + width, checkWidth)
  const style = {
    '--grid-columns': template(props.tracks),
    '--grid-row-height': `${rowHeight}px`,
    '--grid-width': `${total}px`,
  } as CSSProperties

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={props.busy}
      className={styles['scroller']}
      style={style}
      tabIndex={rowCount === 0 ? 0 : -1}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onClick={onClick}
      onDoubleClick={(event) => {
        const index = indexOf(event)
        if (index !== null) props.onOpen(index)
      }}
      onFocus={() => {
        hadFocus.current = true
      }}
      onBlur={(event) => {
        // A row that is taken away blurs to nowhere; a person who leaves goes somewhere.
        if (event.relatedTarget !== null) hadFocus.current = false
      }}
    >
      <GridHeader
        columns={columns}
        widths={widths}
        sort={props.sort}
        onSort={props.onSort}
        onResize={onResize}
        resizeLabel={props.resizeLabel}
      />
      <div role="rowgroup" className={styles['body']} style={{ height: rowCount * rowHeight }}>
        {items.map((item) => {
          const row = drawn.has(item.index) ? props.rowAt(item.index) : undefined
          return (
            <GridRow
              key={keyOf(item.index)}
              row={row}
              index={item.index}
              height={rowHeight}
              columns={columns}
              widths={widths}
              context={context}
              active={item.index === active}
              selected={row !== undefined && props.isSelected(row)}
              tone={row === undefined ? undefined : props.toneOf?.(row)}
            />
          )
        })}
      </div>
    </div>
  )
}
