import { SegmentedControl } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanRow, PlanTargetRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { resolveLayout, trackOf, widthOf } from '../../components/table/column-layout.ts'
import { VirtualGrid, type GridHandle } from '../../components/table/virtual-grid.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePreferences } from '../../state/preferences.ts'
import { PlanTarget } from './plan-target.tsx'
import { useTargetColumns } from './target-columns.tsx'
import { createTargetRows, type TargetRows } from './target-rows.ts'

export interface PlanBatchProps {
  readonly plan: PlanRow
  readonly moved: PlanTargetRow | null
  readonly narrow: boolean
}

const filters = ['all', 'waiting', 'done', 'failed', 'unknown', 'skipped'] as const
type Filter = (typeof filters)[number]

const statesOf = (filter: Filter): PlanTargetRow['state'][] => {
  if (filter === 'all') return []
  if (filter === 'waiting') return ['waiting', 'running']
  return filter === 'done' ? ['done', 'unchanged'] : [filter]
}

const countOf = ({ counts }: PlanRow, filter: Filter): number => {
  if (filter === 'all') return counts.total
  return filter === 'done' ? counts.done + counts.unchanged : counts[filter]
}

/** px, as the ONU table. */
const rowHeights = { compact: 28, comfortable: 36 } as const

/** All ONUs of a plan, whichever number, and beside them the one that is looked at. */
export const PlanBatch = (props: PlanBatchProps) => {
  const planId = props.plan.id
  const [filter, setFilter] = useState<Filter>('all')
  const [rows, setRows] = useState<TargetRows | null>(null)
  useEffect(() => {
    const made = createTargetRows({
      planId,
      states: statesOf(filter),
      ask: (input) => callQuery('provisioning.planTargets', input),
      failureOf,
    })
    setRows(made)
    return () => made.stop()
  }, [planId, filter])
  return rows === null ? (
    <LoadingState rows={10} />
  ) : (
    <TargetList {...props} rows={rows} filter={filter} onFilter={setFilter} />
  )
}

interface TargetListProps extends PlanBatchProps {
  readonly rows: TargetRows
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}

const TargetList = ({ plan, moved, narrow, rows, filter, onFilter }: TargetListProps) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const density = usePreferences((store) => store.preferences.density)
  const [active, setActive] = useState(0)
  const [chosen, setChosen] = useState<number | null>(null)
  const grid = useRef<GridHandle>(null)
  const columns = useTargetColumns(narrow)
  const layout = useMemo(() => resolveLayout(columns, null), [columns])
  const state = useSyncExternalStore(rows.subscribe, rows.snapshot)
  useEffect(() => {
    if (moved !== null) rows.put(moved)
  }, [moved, rows])
  // A filter is a question about states, which move: ask again, but not at every move.
  const version = Math.floor(plan.version / 5)
  const ended = plan.state
  useEffect(() => rows.refresh(), [version, ended, rows])

  const open = useCallback(
    (index: number): void => {
      setActive(index)
      setChosen(rows.row(index)?.seq ?? null)
    },
    [rows],
  )
  useShortcut('rowDown', () => grid.current?.moveBy(1))
  useShortcut('rowUp', () => grid.current?.moveBy(-1))
  useShortcut('openRow', () => open(active))

  const firstSeq = rows.row(0)?.seq ?? null
  const looked = chosen ?? (narrow ? null : firstSeq)
  return (
    <div className="npv-batch" data-narrow={narrow || undefined}>
      <section className="nc-panel npv-batch__list" aria-label={t('plan.targets')}>
        <header className="nc-panel__head npv-batch__head">
          <SegmentedControl
            size="xs"
            aria-label={t('plan.filter')}
            value={filter}
            onChange={(next) => {
              onFilter(filters.find((each) => each === next) ?? 'all')
              setActive(0)
              setChosen(null)
            }}
            data={filters
              .filter((each) => each === 'all' || each === filter || countOf(plan, each) > 0)
              .map((each) => ({
                value: each,
                label: `${t(`targetFilter.${each}`)} ${format.number(countOf(plan, each))}`,
              }))}
          />
          <TargetExport plan={plan} filter={filter} columns={columns} />
        </header>
        {state.total === null ? (
          state.failure === null ? (
            <LoadingState rows={10} />
          ) : (
            <FailureState failure={state.failure} onRetry={rows.refresh} />
          )
        ) : state.total === 0 ? (
          <EmptyState icon={IconFilterOff} title={t('plan.noneInFilter')} />
        ) : (
          <VirtualGrid
            handle={grid}
            label={t('plan.targets')}
            columns={columns}
            widths={columns.map((column) => widthOf(column, layout))}
            tracks={columns.map((column) => trackOf(column, layout))}
            context={null}
            rowCount={state.total}
            rowHeight={rowHeights[density]}
            rowAt={rows.row}
            isSelected={() => false}
            active={Math.min(active, state.total - 1)}
            sort={null}
            busy={false}
            topKey={filter}
            initialScrollTop={0}
            onSort={() => undefined}
            onResize={() => undefined}
            onActive={(index) => {
              setActive(index)
              // The one beside the list follows the row.
              if (chosen !== null || !narrow) setChosen(rows.row(index)?.seq ?? chosen)
            }}
            onWindow={rows.show}
            onOpen={open}
            onPeek={open}
            onSelect={open}
            resizeLabel={(name) => name}
            copyText={() => {
              const row = rows.row(active)
              return row === undefined ? null : `${row.serial}\t${formatOnu(row.address)}`
            }}
          />
        )}
      </section>
      {looked !== null && (
        <section className="nc-panel npv-batch__one" aria-label={t('plan.one')}>
          <PlanTarget
            key={looked}
            plan={plan}
            seq={looked}
            revision={Math.floor(plan.version / 3)}
            narrow
          />
        </section>
      )}
    </div>
  )
}

const exportSlice = 500

interface TargetExportProps {
  readonly plan: PlanRow
  readonly filter: Filter
  readonly columns: ReturnType<typeof useTargetColumns>
}

const TargetExport = ({ plan, filter, columns }: TargetExportProps) => {
  const { t } = useTranslation('provisioning')
  const { t: common } = useTranslation()
  const format = useFormat()
  return (
    <ExportButton<PlanTargetRow>
      label={common('button.export')}
      hint={t('plan.exportHint')}
      cancelLabel={t('export.cancel')}
      cancelled={t('export.cancelled')}
      progressText={(done, total) =>
        t('export.progress', { done: format.number(done), total: format.number(total) })
      }
      doneText={(count) => t('export.done', { count })}
      read={async (onProgress, signal) => {
        const found: PlanTargetRow[] = []
        for (;;) {
          if (signal.aborted) return null
          const { targets, total } = await callQuery('provisioning.planTargets', {
            planId: plan.id,
            states: statesOf(filter),
            offset: found.length,
            limit: exportSlice,
          })
          found.push(...targets)
          onProgress(found.length, total)
          if (targets.length === 0 || found.length >= total) return found
        }
      }}
      write={(rows) =>
        exportCsv(
          `change-${new Date(plan.createdAt).toISOString().slice(0, 16).replace(':', '')}.csv`,
          columns.map(({ label }) => label),
          rows.map((row) => columns.map((column) => column.plain(row, null))),
        )
      }
    />
  )
}
