import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react'
import { TreeRowView } from './tree-row.tsx'
import { treeActOf, typedTo, type TreeRow } from './tree-model.ts'

export interface TreeHandle {
  readonly focus: () => void
  readonly moveBy: (rows: number) => void
  readonly openActive: () => void
}

export interface PlantTreeViewProps {
  readonly handle: Ref<TreeHandle>
  readonly label: string
  readonly rows: readonly TreeRow[]
  /** The node whose details are shown. */
  readonly selected: string | null
  /** Found by text: rows tell where they hang. */
  readonly withPath: boolean
  readonly onExpand: (ids: readonly string[]) => void
  readonly onCollapse: (id: string) => void
  readonly onOpen: (id: string) => void
}

/** Letters belong to one word while they come this fast, ms. */
const typingMs = 700

/** A tree of any size: only the rows in sight are drawn. Keys as WAI-ARIA has them for trees. */
export const PlantTreeView = (props: PlantTreeViewProps) => {
  const { rows, selected, onOpen } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const typed = useRef({ text: '', at: 0 })
  const rowHeight = useRowHeight()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  useEffect(() => virtual.measure(), [virtual, rowHeight])
  const at = Math.min(active, Math.max(0, rows.length - 1))

  const seenSelected = useRef<string | null>(null)
  useEffect(() => {
    const seen = `${selected} ${props.withPath}`
    if (seenSelected.current === seen) return
    const place = rows.findIndex(({ node }) => node.id === selected)
    if (place < 0) return
    seenSelected.current = seen
    setActive(place)
    virtual.scrollToIndex(place, { align: 'auto' })
  }, [rows, selected, props.withPath, virtual])

  const move = (to: number): void => {
    setActive(to)
    virtual.scrollToIndex(to, { align: 'auto' })
  }
  const open = (id: string): void => {
    seenSelected.current = `${id} ${props.withPath}`
    onOpen(id)
  }
  useImperativeHandle(props.handle, () => ({
    focus: () => scroller.current?.focus(),
    moveBy: (by) => move(Math.max(0, Math.min(rows.length - 1, at + by))),
    openActive: () => {
      const row = rows[at]
      if (row !== undefined) open(row.node.id)
    },
  }))

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const act = treeActOf(rows, at, event.key, page)
    if (act === null) {
      if (!/^[\p{L}\p{N}]$/u.test(event.key)) return
      event.preventDefault()
      const before = typed.current
      const goesOn = event.timeStamp - before.at < typingMs
      const text = goesOn && before.text !== event.key ? before.text + event.key : event.key
      typed.current = { text, at: event.timeStamp }
      move(typedTo(rows, at, text))
      return
    }
    event.preventDefault()
    if (act.kind === 'move') move(act.to)
    else if (act.kind === 'expandAll') props.onExpand(act.ids)
    else if (act.kind === 'expand') props.onExpand([act.id])
    else if (act.kind === 'collapse') props.onCollapse(act.id)
    else open(act.id)
  }

  const drawn = virtual.getVirtualItems()
  // Scrolled out of sight it is not drawn, and nothing may point at it.
  const activeId = drawn.some(({ index }) => index === at) ? rows[at]?.node.id : undefined
  return (
    <div
      ref={scroller}
      className="np-tree"
      role="tree"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={activeId === undefined ? undefined : `np-${activeId}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize() }} className="np-tree__all">
        {drawn.map(({ index, start }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <TreeRowView
              key={row.node.id}
              row={row}
              top={start}
              isActive={index === at}
              isSelected={row.node.id === selected}
              withPath={props.withPath}
              onToggle={() => {
                setActive(index)
                if (row.expanded) props.onCollapse(row.node.id)
                else props.onExpand([row.node.id])
              }}
              onOpen={() => {
                setActive(index)
                open(row.node.id)
              }}
            />
          )
        })}
      </div>
    </div>
  )
}

/** As the density says, px. */
const useRowHeight = (): number => {
  const [height, setHeight] = useState(28)
  useEffect(() => {
    const read = (): void => {
      const text = getComputedStyle(document.documentElement).getPropertyValue('--nc-row-height')
      setHeight(Number.parseInt(text, 10) || 28)
    }
    read()
    const watcher = new MutationObserver(read)
    watcher.observe(document.documentElement, { attributeFilter: ['data-density'] })
    return () => watcher.disconnect()
  }, [])
  return height
}
