import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuRow, OnuSort } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { LoadingState } from '../../components/loading-state.tsx'
import { rangeBetween } from '../../components/table/grid-keys.ts'
import type { GridHandle } from '../../components/table/virtual-grid.tsx'
import { useOnuCellContext } from './onu-cell-context.ts'
import { useOnuColumns } from './onu-columns.tsx'
import { OnuDrawer } from './onu-drawer.tsx'
import { OnuFilterBar } from './onu-filter-bar.tsx'
import { rememberPlace, rememberedPlace } from './onu-place.ts'
import { emptyFilter, serialiseOnuQuery } from './onu-query.ts'
import {
  addSelected,
  nothingSelected,
  serialsOf,
  toggleSelected,
  type OnuSelection,
} from './onu-selection.ts'
import { OnuTable } from './onu-table.tsx'
import { OnuTableFoot } from './onu-table-foot.tsx'
import { OnuToolbar } from './onu-toolbar.tsx'
import { useOnuQuery } from './use-onu-query.ts'
import { useOnuView } from './use-onu-view.ts'
import { useTableLayout } from './use-table-layout.ts'
import './onus.css'

export const OnusScreen = (): ReactNode => {
  const { t } = useTranslation('network')
  const view = useOnuView()
  const { query, change, flush } = useOnuQuery()
  const { value: known } = useQuery(
    'network.olts',
    {},
    { on: ['network.changed'], everyMs: 30_000 },
  )
  const olts = useMemo(() => known?.olts ?? [], [known])
  const columns = useOnuColumns()
  const layout = useTableLayout(columns)
  const context = useOnuCellContext(olts)
  const shownColumns = useMemo(
    () => layout.layout.columns.flatMap((id) => columns.find((each) => each.id === id) ?? []),
    [columns, layout.layout.columns],
  )
  const grid = useRef<GridHandle>(null)

  const { column, descending } = query.sort ??
    layout.sort ?? { column: 'address' as const, descending: false }
  const sort = useMemo<OnuSort>(() => ({ column, descending }), [column, descending])
  const { filter } = query

  const [place] = useState(() => rememberedPlace(serialiseOnuQuery(query)))
  const [active, setActive] = useState(place.active)
  const [selection, setSelection] = useState<OnuSelection>(nothingSelected)
  const [peeked, setPeeked] = useState<OnuRow | null>(null)

  const begun = useRef(false)
  useEffect(() => {
    if (view === null) {
      begun.current = false
      return
    }
    const returns = !begun.current && place.scrollTop > 0
    if (returns) view.show(place.firstRow, place.firstRow + 60)
    if (begun.current) setActive(0)
    begun.current = true
    view.open(filter, sort, returns)
  }, [view, filter, sort, place])

  const latest = useRef({ active, query })
  useEffect(() => {
    latest.current = { active, query }
  })
  // In the layout phase: later the grid has left the document and with it its place.
  useLayoutEffect(() => {
    const handle = grid
    return () => {
      const scrollTop = handle.current?.scrollTop() ?? 0
      rememberPlace(serialiseOnuQuery(latest.current.query), latest.current.active, scrollTop)
    }
  }, [])

  const openRow = useCallback(
    (index: number): void => {
      const row = view?.row(index)
      if (row === undefined) return
      flush()
      navigate(paths.onu(row.oltId, row.address))
    },
    [view, flush],
  )

  const peek = useCallback(
    (index: number): void => {
      const row = view?.row(index)
      if (row !== undefined) setPeeked(row)
    },
    [view],
  )

  const activate = useCallback(
    (index: number): void => {
      setActive(index)
      // The record beside the list follows the row.
      setPeeked((before) => (before === null ? null : (view?.row(index) ?? before)))
    },
    [view],
  )

  const select = useCallback(
    (index: number, to?: number): void => {
      if (view === null) return
      const rows = (to === undefined ? [index] : rangeBetween(index, to)).flatMap(
        (position) => view.row(position) ?? [],
      )
      setSelection((before) =>
        to === undefined && rows[0] !== undefined
          ? toggleSelected(before, rows[0])
          : addSelected(before, rows),
      )
    },
    [view],
  )

  const copyText = useCallback((): string | null => {
    const row = view?.row(active)
    const rows = selection.size > 0 ? selection.values() : row === undefined ? [] : [row]
    const serials = serialsOf(rows)
    return serials.length === 0 ? null : serials.join('\n')
  }, [view, active, selection])

  const toGrid = useCallback(() => grid.current?.focus(), [])
  useShortcut('rowDown', () => grid.current?.moveBy(1))
  useShortcut('rowUp', () => grid.current?.moveBy(-1))
  useShortcut('openRow', () => openRow(active))
  useShortcut('peekRow', () => peek(active))
  useShortcut('selectRow', () => select(active))
  useShortcut('refresh', () => view?.refresh())
  useShortcut('nextRecord', () => grid.current?.moveBy(1), peeked !== null)
  useShortcut('previousRecord', () => grid.current?.moveBy(-1), peeked !== null)

  const changeFilter = useCallback<Parameters<typeof OnuFilterBar>[0]['onFilter']>(
    (turn) => change((before) => ({ ...before, filter: turn(before.filter) })),
    [change],
  )
  const changeSort = useCallback(
    (next: OnuSort): void => {
      change((before) => ({ ...before, sort: next }))
      layout.setSort(next)
    },
    [change, layout],
  )

  return (
    <div className="nc-page nc-page--full nc-onus">
      {view === null ? (
        <LoadingState rows={16} />
      ) : (
        <>
          <OnuToolbar
            view={view}
            filter={filter}
            sort={sort}
            columns={columns}
            shown={shownColumns}
            context={context}
            layout={layout}
          />
          <OnuFilterBar filter={filter} olts={olts} onFilter={changeFilter} onDown={toGrid} />
          <section className="nc-panel nc-onus__table" aria-label={t('onus.title')}>
            <OnuTable
              handle={grid}
              view={view}
              olts={olts}
              columns={columns}
              shown={shownColumns}
              context={context}
              layout={layout}
              sort={sort}
              selection={selection}
              active={active}
              initialScrollTop={place.scrollTop}
              onSort={changeSort}
              onActive={activate}
              onOpen={openRow}
              onPeek={peek}
              onSelect={select}
              onClearFilter={() => changeFilter(() => emptyFilter)}
              copyText={copyText}
            />
            <OnuTableFoot
              view={view}
              columns={shownColumns}
              context={context}
              selection={selection}
              onSelection={setSelection}
            />
          </section>
          {peeked !== null && <OnuDrawer row={peeked} onClose={() => setPeeked(null)} />}
        </>
      )}
    </div>
  )
}
