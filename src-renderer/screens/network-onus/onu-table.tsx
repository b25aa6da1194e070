import { Button } from '@mantine/core'
import { IconFilterOff, IconRouterOff } from '@tabler/icons-react'
import { useCallback, useMemo, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow, OnuRow, OnuSort } from '../../../src-shared/contract/network-model.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { resizeColumn, trackOf, widthOf } from '../../components/table/column-layout.ts'
import { VirtualGrid, type GridHandle } from '../../components/table/virtual-grid.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePreferences } from '../../state/preferences.ts'
import type { OnuCellContext } from './onu-cell-context.ts'
import type { OnuColumn } from './onu-columns.tsx'
import { isFiltered, isSortColumn } from './onu-query.ts'
import type { OnuSelection } from './onu-selection.ts'
import type { OnuView } from './onu-view.ts'
import type { TableLayout } from './use-table-layout.ts'
import { useOnuViewSnapshot } from './use-onu-view.ts'

export interface OnuTableProps {
  readonly handle: Ref<GridHandle>
  readonly view: OnuView
  readonly olts: readonly OltRow[]
  readonly columns: readonly OnuColumn[]
  /** Those that are shown, in their order. */
  readonly shown: readonly OnuColumn[]
  readonly context: OnuCellContext
  readonly layout: TableLayout
  readonly sort: OnuSort
  readonly selection: OnuSelection
  readonly active: number
  readonly initialScrollTop: number
  readonly onSort: (sort: OnuSort) => void
  readonly onActive: (index: number) => void
  readonly onOpen: (index: number) => void
  readonly onPeek: (index: number) => void
  readonly onSelect: (index: number, to?: number) => void
  readonly onClearFilter: () => void
  readonly copyText: () => string | null
}

/** px; the same as `--nc-row-height` in tokens.css. */
const rowHeights = { compact: 28, comfortable: 36 } as const

export const OnuTable = (props: OnuTableProps): ReactNode => {
  const { view, olts, columns, shown, context, layout, sort, selection, active } = props
  const { t } = useTranslation('network')
  const state = useOnuViewSnapshot(view)
  const density = usePreferences((store) => store.preferences.density)
  const widths = useMemo(
    () => shown.map((column) => widthOf(column, layout.layout)),
    [shown, layout.layout],
  )
  const tracks = useMemo(
    () => shown.map((column) => trackOf(column, layout.layout)),
    [shown, layout.layout],
  )
  const isSelected = useCallback((row: OnuRow) => selection.has(row.row), [selection])

  if (state.order === 0) {
    return (
      <div className="nc-onus__nothing">
        {state.failure === null ? (
          <LoadingState rows={16} />
        ) : (
          <FailureState failure={state.failure} onRetry={view.refresh} />
        )}
      </div>
    )
  }
  return (
    <>
      {state.failure !== null && (
        <FailureState brief failure={state.failure} onRetry={view.refresh} />
      )}
      {state.total === 0 ? (
        <div className="nc-onus__nothing">
          <NoRows view={view} olts={olts} onClearFilter={props.onClearFilter} />
        </div>
      ) : (
        <VirtualGrid
          handle={props.handle}
          label={t('onus.table')}
          columns={shown}
          widths={widths}
          tracks={tracks}
          context={context}
          rowCount={state.total}
          rowHeight={rowHeights[density]}
          rowAt={view.row}
          isSelected={isSelected}
          active={Math.min(active, state.total - 1)}
          sort={{ key: sort.column, descending: sort.descending }}
          busy={state.status === 'changing'}
          topKey={state.fromTop}
          initialScrollTop={state.order === 1 ? props.initialScrollTop : 0}
          onSort={({ key, descending }) => {
            if (isSortColumn(key)) props.onSort({ column: key, descending })
          }}
          onResize={(id, width) =>
            layout.setLayout(resizeColumn(columns, layout.layout, id, width))
          }
          onActive={props.onActive}
          onWindow={view.show}
          onOpen={props.onOpen}
          onPeek={props.onPeek}
          onSelect={props.onSelect}
          resizeLabel={(name) => t('onus.column.resize', { name })}
          copyText={props.copyText}
        />
      )}
    </>
  )
}

interface NoRowsProps {
  readonly view: OnuView
  readonly olts: readonly OltRow[]
  readonly onClearFilter: () => void
}

const NoRows = ({ view, olts, onClearFilter }: NoRowsProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { ofTotal, filter } = view.snapshot()
  if (filter !== null && isFiltered(filter) && ofTotal > 0) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('onus.empty.filteredTitle')}
        text={t('onus.empty.filteredText', { total: format.number(ofTotal) })}
        action={
          <Button variant="default" onClick={onClearFilter}>
            {t('onus.empty.filteredAction')}
          </Button>
        }
      />
    )
  }
  if (olts.length > 0) {
    return (
      <EmptyState
        icon={IconRouterOff}
        title={t('onus.empty.readingTitle')}
        text={t('onus.empty.readingText')}
      />
    )
  }
  return (
    <EmptyState
      icon={IconRouterOff}
      title={t('onus.empty.title')}
      text={t('onus.empty.text')}
      action={<Button onClick={() => navigate(paths.addOlt())}>{t('onus.empty.action')}</Button>}
    />
  )
}
