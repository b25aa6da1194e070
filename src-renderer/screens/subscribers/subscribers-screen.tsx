import { Button, Menu } from '@mantine/core'
import {
  IconDots,
  IconFileImport,
  IconFilterOff,
  IconHash,
  IconTableExport,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { downloadBytes } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../components/saved-views/use-saved-views.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Pager, pageSize } from '../provisioning/pager.tsx'
import '../provisioning/provisioning.css'
import { AgentDialog, type Chosen } from './agent-dialog.tsx'
import { CodesDialog } from './codes-dialog.tsx'
import { FilterSelects } from './filter-selects.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { QuickDialog } from './quick-dialog.tsx'
import { useSubscriberRights } from './subscriber-acts.ts'
import {
  filterOf,
  isNarrowed,
  plainView,
  readView,
  sortedBy,
  writeView,
} from './subscriber-query.ts'
import { SubscriberTable } from './subscriber-table.tsx'
import './subscribers.css'

const open = (query: string): void => navigate(paths.subscribers(query), { replace: true })
const typedMs = 200

type Dialog = 'new' | 'import' | 'codes' | { readonly agent: Chosen }

/** All subscribers: found, filtered, sorted and paged by the engine. */
export const SubscribersScreen = () => {
  const { t } = useTranslation('subscribers')
  const format = useFormat()
  const rights = useSubscriberRights()
  const query = useSearch()
  const view = readView(query)
  useDefaultView('subscribers', query, open)
  const [typed, setTyped] = useState(view.search)
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const shown = writeView(view)
  useEffect(() => setOffset(0), [shown])
  useEffect(() => setChosen(new Set()), [shown])
  // A saved view or the way back brings its own text.
  useEffect(() => setTyped(view.search), [view.search])
  useEffect(() => {
    if (typed === view.search) return undefined
    const timer = setTimeout(() => open(writeView({ ...view, search: typed })), typedMs)
    return () => clearTimeout(timer)
  }, [typed, view])

  const filter = filterOf(view)
  const { value, failure, refresh } = useQuery(
    'subscribers.list',
    { filter, sort: view.sort, descending: view.descending, offset, limit: pageSize },
    { on: ['subscribers.changed'], everyMs: 500 },
  )
  const { total = 0, all = 0 } = value ?? {}

  const exportShown = async (): Promise<void> => {
    try {
      const { sort, descending } = view
      const { csv, rows } = await callQuery('subscribers.export', { filter, sort, descending })
      const name = `subscribers-${new Date().toISOString().slice(0, 10)}.csv`
      downloadBytes(name, new TextEncoder().encode(csv), 'text/csv;charset=utf-8')
      showToast({ kind: 'done', title: t('export.done', { count: rows }) })
    } catch (error) {
      showFailure(failureOf(error))
    }
  }
  useShortcut('focusFilter', () => input.current?.focus())
  useShortcut('refresh', refresh)
  useShortcut('exportList', () => void exportShown(), rights.export && total > 0)
  useOfferedActions([
    ...(rights.manage
      ? [
          {
            id: 'subscriber-new',
            label: t('new'),
            icon: IconUserPlus,
            run: () => setDialog('new'),
          },
        ]
      : []),
    ...(rights.importing
      ? [
          {
            id: 'subscriber-import',
            label: t('import.title'),
            icon: IconFileImport,
            run: () => setDialog('import'),
          },
        ]
      : []),
  ])

  const add = rights.manage && (
    <Button
      leftSection={<IconUserPlus size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setDialog('new')}
    >
      {t('new')}
    </Button>
  )
  const bringIn = rights.importing && (
    <Button
      variant="default"
      leftSection={<IconFileImport size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setDialog('import')}
    >
      {t('import.button')}
    </Button>
  )
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>
          {t('title')}{' '}
          {value !== undefined && (
            <span className="npv-note" role="status">
              {total === all
                ? format.number(all)
                : t('count', { number: format.number(total), all: format.number(all) })}
            </span>
          )}
        </h1>
        <FilterBox input={input} text={typed} onText={setTyped} label={t('search')} />
        <SavedViews list="subscribers" query={shown} onQuery={open} />
        {rights.export && (
          <Button
            variant="default"
            disabled={total === 0}
            leftSection={<IconTableExport size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => void exportShown()}
          >
            {t('export.button')}
          </Button>
        )}
        {bringIn}
        {add}
        {rights.settings && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" aria-label={t('more')} px={8}>
                <IconDots size={15} aria-hidden="true" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconHash size={15} stroke={1.7} aria-hidden="true" />}
                onClick={() => setDialog('codes')}
              >
                {t('settings.open')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      {(all > 0 || isNarrowed(view)) && (
        <FilterSelects view={view} onView={(next) => open(writeView(next))} />
      )}
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={12} />
      ) : all === 0 ? (
        <EmptyState
          icon={IconUsers}
          title={t('empty')}
          text={t('emptyText')}
          action={
            <span className="nsu-row">
              {add}
              {bringIn}
            </span>
          }
        />
      ) : total === 0 ? (
        <EmptyState
          icon={IconFilterOff}
          title={t('none')}
          text={t('noneText')}
          action={
            <Button variant="default" onClick={() => open(writeView(plainView))}>
              {t('clear')}
            </Button>
          }
        />
      ) : (
        <>
          {chosen.size > 0 && (
            <div className="nsu-bar" role="status">
              <strong>{t('chosen', { count: chosen.size })}</strong>
              <Button size="compact-sm" onClick={() => setDialog({ agent: { ids: [...chosen] } })}>
                {t('agent.set')}
              </Button>
              {total > chosen.size && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setDialog({ agent: { filter } })}
                >
                  {t('chooseFiltered', { number: format.number(total) })}
                </Button>
              )}
              <Button size="compact-sm" variant="subtle" onClick={() => setChosen(new Set())}>
                {t('unchoose')}
              </Button>
            </div>
          )}
          <SubscriberTable
            rows={value.subscribers}
            view={view}
            onSort={(sort) => open(writeView(sortedBy(view, sort)))}
            chosen={chosen}
            onChosen={rights.agent ? setChosen : undefined}
          />
        </>
      )}
      <Pager offset={offset} total={total} onOffset={setOffset} />
      {dialog === 'new' && <QuickDialog onClose={() => setDialog(null)} />}
      {dialog === 'import' && <ImportDialog onClose={() => setDialog(null)} />}
      {dialog === 'codes' && <CodesDialog onClose={() => setDialog(null)} />}
      {typeof dialog === 'object' && dialog !== null && (
        <AgentDialog
          which={dialog.agent}
          onClose={() => setDialog(null)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </div>
  )
}
