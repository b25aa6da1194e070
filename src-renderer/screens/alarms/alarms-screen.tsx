import { Button } from '@mantine/core'
import { IconArrowBarToDown } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmFilter, AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../components/saved-views/use-saved-views.ts'
import { ColumnMenu } from '../../components/table/column-menu.tsx'
import { rangeBetween } from '../../components/table/grid-keys.ts'
import type { GridHandle } from '../../components/table/virtual-grid.tsx'
import { ActDialog, type AskedAct } from './act-dialog.tsx'
import { actOnAlarms } from './alarm-acts.ts'
import { useAlarmCellContext, useAlarmColumns } from './alarm-columns.tsx'
import { AlarmDrawer } from './alarm-drawer.tsx'
import { AlarmExportButton } from './alarm-export-button.tsx'
import { AlarmFilterBar } from './alarm-filter-bar.tsx'
import { AlarmFoot } from './alarm-foot.tsx'
import { AlarmNav } from './alarm-nav.tsx'
import { emptyAlarmFilter, isAlarmFiltered, usualAlarmSort } from './alarm-query.ts'
import { addAlarms, noAlarms, targetOf, toggleAlarm } from './alarm-selection.ts'
import { AlarmTable } from './alarm-table.tsx'
import { AlarmTabs } from './alarm-tabs.tsx'
import type { AlarmTarget } from './alarm-target.ts'
import type { AlarmView } from './alarm-view.ts'
import { alarmSentence, placeWord } from './alarm-words.ts'
import { useMayAct } from './use-permissions.ts'
import { useAlarmLayout } from './use-alarm-layout.ts'
import { useAlarmQuery } from './use-alarm-query.ts'
import { useAlarmSummary } from './use-alarm-summary.ts'
import { useAlarmView, useAlarmViewState } from './use-alarm-view.ts'
import { useQuietRenewal } from './use-quiet-renewal.ts'
import './alarms.css'

const alarmViewsName = 'alarms'

/** The alarm list. */
export const AlarmsScreen = (): ReactNode => {
  const view = useAlarmView()
  return (
    <div className="nc-page nc-page--full na-page">
      {view === null ? <LoadingState rows={16} /> : <AlarmList view={view} />}
    </div>
  )
}

const AlarmList = ({ view }: { readonly view: AlarmView }): ReactNode => {
  const { t } = useTranslation('alarms')
  const { query, text, change, flush } = useAlarmQuery()
  const { filter } = query
  const summary = useAlarmSummary()
  const state = useAlarmViewState(view)
  const columns = useAlarmColumns(filter.list)
  const layout = useAlarmLayout(filter.list, columns)
  const context = useAlarmCellContext()
  const shown = useMemo(
    () => layout.layout.columns.flatMap((id) => columns.find((each) => each.id === id) ?? []),
    [columns, layout.layout.columns],
  )
  const { column, descending } = query.sort ?? layout.sort ?? usualAlarmSort(filter.list)
  const sort = useMemo<AlarmSort>(() => ({ column, descending }), [column, descending])
  const openView = useCallback((next: string) => navigate(paths.alarms(next)), [])
  useDefaultView(alarmViewsName, text, openView)

  const grid = useRef<GridHandle>(null)
  const area = useRef<HTMLElement>(null)
  const [active, setActive] = useState(0)
  const [selection, setSelection] = useState(noAlarms)
  const [peeked, setPeeked] = useState<string | null>(null)
  const [asked, setAsked] = useState<{ act: AskedAct; target: AlarmTarget } | null>(null)
  const [choosing, setChoosing] = useState(false)

  useEffect(() => {
    view.open(filter, sort)
    setActive(0)
    setSelection(noAlarms)
  }, [view, filter, sort])

  // A new order: the cursor stays with its alarm.
  const cursor = useRef<string | undefined>(undefined)
  const { order } = state
  useEffect(() => {
    const at = cursor.current === undefined ? -1 : view.indexOf(cursor.current)
    setActive(Math.max(0, at))
  }, [view, order])

  const activate = useCallback(
    (index: number): void => {
      setActive(index)
      cursor.current = view.row(index)?.id
      setPeeked((before) => (before === null ? null : (cursor.current ?? before)))
    },
    [view],
  )
  const peek = useCallback((index: number) => setPeeked(view.row(index)?.id ?? null), [view])
  const open = useCallback(
    (index: number): void => {
      const row = view.row(index)
      if (row === undefined) return
      flush()
      navigate(paths.alarm(row.id))
    },
    [view, flush],
  )
  const select = useCallback(
    (index: number, to?: number): void => {
      const rows = (to === undefined ? [index] : rangeBetween(index, to)).flatMap(
        (position) => view.row(position) ?? [],
      )
      setSelection((before) =>
        to === undefined && rows[0] !== undefined
          ? toggleAlarm(before, rows[0])
          : addAlarms(before, rows),
      )
    },
    [view],
  )

  const target = targetOf(selection, { filter, total: state.total }, view.row(active))
  const ask = (act: AskedAct): void => {
    if (target !== null) setAsked({ act, target })
  }
  const done = (): void => setSelection(noAlarms)
  const doNow = async (kind: 'unacknowledge' | 'unshelve'): Promise<void> => {
    if (target !== null && (await actOnAlarms({ kind }, target))) done()
  }

  const mayAct = useMayAct() && state.total > 0

  useShortcut('rowDown', () => grid.current?.moveBy(1))
  useShortcut('rowUp', () => grid.current?.moveBy(-1))
  useShortcut('openRow', () => open(active))
  useShortcut('peekRow', () => peek(active))
  useShortcut('selectRow', () => select(active))
  useShortcut('refresh', view.renew)
  useShortcut('columns', () => setChoosing(true))
  useShortcut('acknowledge', () => ask('acknowledge'), mayAct)
  useShortcut('comment', () => ask('note'), mayAct)
  useShortcut('shelve', () => ask('shelve'), mayAct)
  useShortcut('ticket', () => ask('ticket'), mayAct)
  useShortcut('assign', () => ask('assign'), mayAct)
  useShortcut('nextRecord', () => grid.current?.moveBy(1), peeked !== null)
  useShortcut('previousRecord', () => grid.current?.moveBy(-1), peeked !== null)
  const chosen = selection.all || selection.rows.size > 0
  useShortcut('back', done, chosen)
  useQuietRenewal({
    view,
    area,
    atTop: () => (grid.current?.scrollTop() ?? 0) < 4,
    held: chosen || peeked !== null || asked !== null,
  })

  const changeFilter = useCallback(
    (turn: (filter: AlarmFilter) => AlarmFilter): void =>
      change((before) => ({ ...before, filter: turn(before.filter) })),
    [change],
  )
  const copyText = (): string | null => {
    const rows = selection.rows.size > 0 ? [...selection.rows.values()] : [view.row(active)]
    const lines = rows.flatMap((row) =>
      row === undefined
        ? []
        : `${row.oltName ?? ''} ${placeWord(context, row.resource)} ${alarmSentence(context, row)}`,
    )
    return lines.length === 0 ? null : lines.join('\n')
  }

  return (
    <>
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        <AlarmNav />
        <span className="na-space" />
        <SavedViews list={alarmViewsName} query={text} onQuery={openView} />
        <AlarmExportButton filter={filter} sort={sort} columns={shown} context={context} />
        <ColumnMenu
          columns={columns}
          layout={layout.layout}
          onLayout={layout.setLayout}
          opened={choosing}
          onOpened={setChoosing}
          texts={{
            choose: t('columns.choose'),
            shown: t('columns.shown'),
            hidden: t('columns.hidden'),
            reset: t('columns.reset'),
            fixed: t('columns.fixed'),
            drag: t('columns.drag'),
            up: (name) => t('columns.up', { name }),
            down: (name) => t('columns.down', { name }),
          }}
        />
      </header>
      <div className="na-bar">
        <AlarmTabs
          list={filter.list}
          summary={summary}
          onList={(list) =>
            change((before) => ({
              sort: null,
              filter: { ...before.filter, list, acknowledged: null, cleared: null },
            }))
          }
        />
        <NewAlarms view={view} counted={filter.list === 'history' || isAlarmFiltered(filter)} />
      </div>
      <AlarmFilterBar
        filter={filter}
        summary={summary}
        onFilter={changeFilter}
        onDown={() => grid.current?.focus()}
      />
      <section ref={area} className="nc-panel na-list" aria-label={t('title')}>
        <AlarmTable
          handle={grid}
          view={view}
          filter={filter}
          columns={columns}
          shown={shown}
          context={context}
          layout={layout}
          sort={sort}
          selection={selection}
          active={active}
          onSort={(next) => {
            change((before) => ({ ...before, sort: next }))
            layout.setSort(next)
          }}
          onActive={activate}
          onOpen={open}
          onPeek={peek}
          onSelect={select}
          onClearFilter={() => changeFilter(({ list }) => ({ ...emptyAlarmFilter, list }))}
          copyText={copyText}
        />
        <AlarmFoot
          target={target}
          selection={selection}
          total={state.total}
          onAll={() => setSelection({ rows: new Map(), all: true })}
          onClear={done}
          onAsk={ask}
          onDo={(kind) => void doNow(kind)}
        />
      </section>
      {peeked === null ? null : <AlarmDrawer id={peeked} onClose={() => setPeeked(null)} />}
      {asked === null ? null : (
        <ActDialog
          ask={asked.act}
          target={asked.target}
          onClose={() => setAsked(null)}
          onDone={done}
        />
      )}
    </>
  )
}

/** New alarms wait here: the list does not move under the hand of who works in it. */
const NewAlarms = ({
  view,
  counted,
}: {
  readonly view: AlarmView
  /** No tab says how many there are. */
  readonly counted: boolean
}): ReactNode => {
  const { t } = useTranslation('alarms')
  const { news, total, order } = useAlarmViewState(view)
  return (
    <div className="na-new" role="status">
      {counted && order > 0 && <span className="nc-soft">{t('found', { count: total })}</span>}
      {news > 0 && (
        <Button
          variant="light"
          size="compact-sm"
          leftSection={<IconArrowBarToDown size={14} stroke={1.8} aria-hidden="true" />}
          rightSection={<Kbd keys={shortcuts.refresh.keys} />}
          onClick={view.renew}
        >
          {t('news', { count: news })}
        </Button>
      )}
    </div>
  )
}
