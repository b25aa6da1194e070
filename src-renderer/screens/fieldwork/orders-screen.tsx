import { Button } from '@mantine/core'
import { IconFilterOff, IconPlus, IconTruckDelivery } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../components/saved-views/use-saved-views.ts'
import { ListExport } from '../provisioning/list-export.tsx'
import { Pager, pageSize } from '../provisioning/pager.tsx'
import { NewOrderDialog, useMayOpenOrders } from '../fieldwork-new/new-order-dialog.tsx'
import { OrderFilters } from './order-filters.tsx'
import { filterOf, isNarrowed, plainView, readView, writeView } from './order-query.ts'
import { OrderTable, useOrderSort } from './order-table.tsx'
import { OrdersTabs } from './orders-tabs.tsx'
import '../provisioning/provisioning.css'
import './fieldwork.css'

const open = (query: string): void => navigate(paths.workOrders(query), { replace: true })
const typedMs = 200
const instantText = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

/** All work orders: found, filtered, sorted, counted and paged by the engine. */
export const OrdersScreen = () => {
  const { t } = useTranslation('fieldwork')
  const query = useSearch()
  const view = readView(query)
  useDefaultView('work-orders', query, open)
  const [sort, setSort] = useOrderSort()
  const [typed, setTyped] = useState(view.search)
  const [offset, setOffset] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const shown = writeView(view)
  useEffect(() => setOffset(0), [shown, sort.column, sort.descending])
  // A saved view or the way back brings its own text.
  useEffect(() => setTyped(view.search), [view.search])
  useEffect(() => {
    if (typed === view.search) return undefined
    const timer = setTimeout(() => open(writeView({ ...view, search: typed })), typedMs)
    return () => clearTimeout(timer)
  }, [typed, view])

  const asked = { filter: filterOf(view), sort: sort.column, descending: sort.descending }
  const { value, failure, refresh } = useQuery(
    'fieldwork.orders',
    { ...asked, offset, limit: pageSize },
    { on: ['fieldwork.changed'], everyMs: 1000 },
  )
  const total = value?.total ?? 0
  useShortcut('focusFilter', () => input.current?.focus())
  useShortcut('refresh', refresh)
  const mayOpen = useMayOpenOrders()
  const [isNew, setNew] = useState(false)
  useShortcut('newOrder', () => setNew(true), mayOpen)
  useOfferedActions(
    mayOpen ? [{ id: 'order-new', label: t('new'), icon: IconPlus, run: () => setNew(true) }] : [],
  )
  const add = mayOpen && (
    <Button
      leftSection={<IconPlus size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setNew(true)}
    >
      {t('new')}
    </Button>
  )
  const clear = (
    <Button variant="default" onClick={() => open(writeView({ ...plainView, states: 'all' }))}>
      {t('showAll')}
    </Button>
  )
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        <FilterBox input={input} text={typed} onText={setTyped} label={t('search')} />
        <SavedViews list="work-orders" query={shown} onQuery={open} />
        {total > 0 && (
          <ListExport<WorkOrderRow>
            name="work-orders"
            hint={t('export')}
            ask={async (part) => {
              const page = await callQuery('fieldwork.orders', { ...asked, ...part })
              return { total: page.total, rows: page.orders }
            }}
            heads={[
              t('col.number'),
              t('col.kind'),
              t('col.subject'),
              t('col.state'),
              t('col.assignee'),
              t('col.from'),
              t('col.to'),
              t('col.code'),
              t('col.subscriber'),
              t('col.place'),
              t('col.ticket'),
              t('col.done'),
              t('col.signed'),
              t('col.created'),
              t('col.updated'),
            ]}
            linesOf={(order) => [
              [
                order.number,
                order.kind,
                order.subject,
                order.state,
                order.assignee?.name ?? null,
                instantText(order.windowFrom),
                instantText(order.windowTo),
                order.subscriber?.code ?? null,
                order.subscriber?.name ?? null,
                order.place,
                order.ticket?.number ?? null,
                instantText(order.doneAt),
                instantText(order.signedAt),
                instantText(order.createdAt),
                instantText(order.updatedAt),
              ],
            ]}
          />
        )}
        {add}
      </header>
      <OrdersTabs />
      <OrderFilters
        view={view}
        counts={value?.states ?? []}
        onView={(next) => open(writeView(next))}
      />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={12} />
      ) : total === 0 && isNarrowed(view) ? (
        <EmptyState icon={IconFilterOff} title={t('none')} text={t('noneText')} action={clear} />
      ) : total === 0 && value.states.length > 0 ? (
        <EmptyState
          icon={IconTruckDelivery}
          title={t('calm')}
          text={t('calmText')}
          action={clear}
        />
      ) : total === 0 ? (
        <EmptyState
          icon={IconTruckDelivery}
          title={t('empty')}
          text={t('emptyText')}
          action={add || undefined}
        />
      ) : (
        <OrderTable orders={value.orders} sort={sort} onSort={setSort} />
      )}
      {isNew && (
        <NewOrderDialog
          {...(view.subscriberId === null ? {} : { subscriberId: view.subscriberId })}
          onClose={() => setNew(false)}
        />
      )}
      <Pager offset={offset} total={total} onOffset={setOffset} />
    </div>
  )
}
