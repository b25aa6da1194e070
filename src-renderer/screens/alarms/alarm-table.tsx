import { Button } from '@mantine/core'
import { IconCircleCheck, IconFilterOff } from '@tabler/icons-react'
import { useCallback, useMemo, type ReactNode, type Ref } from 'react'
import type { AlarmFilter, AlarmRow, AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { resizeColumn, trackOf, widthOf } from '../../components/table/column-layout.ts'
import { VirtualGrid, type GridHandle } from '../../components/table/virtual-grid.tsx'
import { usePreferences } from '../../state/preferences.ts'
import type { AlarmCellContext, AlarmColumn } from './alarm-columns.tsx'
import { isAlarmFiltered, isAlarmSortColumn } from './alarm-query.ts'
import type { AlarmSelection } from './alarm-selection.ts'
import type { AlarmView } from './alarm-view.ts'
import { toneOf } from './alarm-words.ts'
import type { AlarmLayout } from './use-alarm-layout.ts'
import { useAlarmViewState } from './use-alarm-view.ts'
import { useSpeaker } from './use-speaker.ts'

export interface AlarmTableProps {
  readonly handle: Ref<GridHandle>
  readonly view: AlarmView
  readonly filter: AlarmFilter
  readonly columns: readonly AlarmColumn[]
  readonly shown: readonly AlarmColumn[]
  readonly context: AlarmCellContext
  readonly layout: AlarmLayout
  readonly sort: AlarmSort
  readonly selection: AlarmSelection
  readonly active: number
  readonly onSort: (sort: AlarmSort) => void
  readonly onActive: (index: number) => void
  readonly onOpen: (index: number) => void
  readonly onPeek: (index: number) => void
  readonly onSelect: (index: number, to?: number) => void
  readonly onClearFilter: () => void
  readonly copyText: () => string | null
}

/** px; the same as `--nc-row-height` in tokens.css. */
const rowHeights = { compact: 28, comfortable: 36 } as const

export const AlarmTable = (props: AlarmTableProps): ReactNode => {
  const { view, columns, shown, context, layout, sort, selection, active } = props
  const { t } = useSpeaker()
  const state = useAlarmViewState(view)
  const density = usePreferences((store) => store.preferences.density)
  const widths = useMemo(
    () => shown.map((column) => widthOf(column, layout.layout)),
    [shown, layout.layout],
  )
  const tracks = useMemo(
    () => shown.map((column) => trackOf(column, layout.layout)),
    [shown, layout.layout],
  )
  const isSelected = useCallback(
    (row: AlarmRow) => selection.all || selection.rows.has(row.id),
    [selection],
  )
  const { list } = props.filter
  const rowTone = useCallback(
    (row: AlarmRow) => (list === 'history' ? undefined : toneOf(row, view.isGone(row.id))),
    [view, list],
  )

  if (state.order === 0) {
    return (
      <div className="na-nothing">
        {state.failure === null ? (
          <LoadingState rows={16} />
        ) : (
          <FailureState failure={state.failure} onRetry={view.renew} />
        )}
      </div>
    )
  }
  return (
    <>
      {state.failure !== null && (
        <FailureState brief failure={state.failure} onRetry={view.renew} />
      )}
      {state.total === 0 ? (
        <div className="na-nothing">
          <NoAlarms filter={props.filter} onClearFilter={props.onClearFilter} />
        </div>
      ) : (
        <VirtualGrid
          handle={props.handle}
          label={t('title')}
          columns={shown}
          widths={widths}
          tracks={tracks}
          context={context}
          rowCount={state.total}
          rowHeight={rowHeights[density]}
          rowAt={view.row}
          isSelected={isSelected}
          toneOf={rowTone}
          active={Math.min(active, state.total - 1)}
          sort={{ key: sort.column, descending: sort.descending }}
          busy={state.status === 'changing'}
          topKey={state.top}
          initialScrollTop={0}
          onSort={({ key, descending }) => {
            if (isAlarmSortColumn(key)) props.onSort({ column: key, descending })
          }}
          onResize={(id, width) =>
            layout.setLayout(resizeColumn(columns, layout.layout, id, width))
          }
          onActive={props.onActive}
          onWindow={view.show}
          onOpen={props.onOpen}
          onPeek={props.onPeek}
          onSelect={props.onSelect}
          resizeLabel={(name) => t('column.resize', { name })}
          copyText={props.copyText}
        />
      )}
    </>
  )
}

interface NoAlarmsProps {
  readonly filter: AlarmFilter
  readonly onClearFilter: () => void
}

const NoAlarms = ({ filter, onClearFilter }: NoAlarmsProps): ReactNode => {
  const { t } = useSpeaker()
  if (isAlarmFiltered(filter)) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('empty.filtered')}
        text={t('empty.filteredText')}
        action={
          <Button variant="default" onClick={onClearFilter}>
            {t('filter.clear')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      icon={IconCircleCheck}
      title={t(`empty.${filter.list}`)}
      text={t(`empty.${filter.list}Text`)}
    />
  )
}
