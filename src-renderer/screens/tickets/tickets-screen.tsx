import { Button } from '@mantine/core'
import { IconFilterOff, IconPlus, IconTicket } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
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
import { NewTicketDialog, useMayOpenTickets } from '../ticket-new/new-ticket-dialog.tsx'
import { TicketFilters } from './ticket-filters.tsx'
import { filterOf, isNarrowed, plainView, readView, writeView } from './ticket-query.ts'
import { TicketTable, useTicketSort } from './ticket-table.tsx'
import { SharedViewsMenu } from '../tickets-desk/shared-views-menu.tsx'
import { TicketsTabs } from './tickets-tabs.tsx'
import '../provisioning/provisioning.css'
import './tickets.css'

const open = (query: string): void => navigate(paths.tickets(query), { replace: true })
const typedMs = 200
const instantText = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

/** All tickets: found, filtered, sorted, counted and paged by the engine. */
export const TicketsScreen = () => {
  const { t } = useTranslation('tickets')
  const query = useSearch()
  const view = readView(query)
  useDefaultView('tickets', query, open)
  const [sort, setSort] = useTicketSort()
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
    'tickets.list',
    { ...asked, offset, limit: pageSize },
    { on: ['tickets.changed'], everyMs: 1000 },
  )
  const total = value?.total ?? 0
  useShortcut('focusFilter', () => input.current?.focus())
  useShortcut('refresh', refresh)
  const mayOpen = useMayOpenTickets()
  const [isNew, setNew] = useState(false)
  useShortcut('newTicket', () => setNew(true), mayOpen)
  useOfferedActions(
    mayOpen ? [{ id: 'ticket-new', label: t('new'), icon: IconPlus, run: () => setNew(true) }] : [],
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
        <SavedViews list="tickets" query={shown} onQuery={open} />
        <SharedViewsMenu onQuery={open} />
        {total > 0 && (
          <ListExport<TicketRow>
            name="tickets"
            hint={t('export')}
            ask={async (part) => {
              const page = await callQuery('tickets.list', { ...asked, ...part })
              return { total: page.total, rows: page.tickets }
            }}
            heads={[
              t('col.number'),
              t('col.priority'),
              t('col.subject'),
              t('col.state'),
              t('col.code'),
              t('col.subscriber'),
              t('col.queue'),
              t('col.owner'),
              t('col.affected'),
              t('col.due'),
              t('col.created'),
              t('col.updated'),
              t('col.answered'),
              t('col.solved'),
              t('col.reopened'),
            ]}
            linesOf={(ticket) => [
              [
                ticket.number,
                ticket.priority,
                ticket.subject,
                ticket.state,
                ticket.subscriber?.code ?? null,
                ticket.subscriber?.name ?? null,
                ticket.queue?.name ?? null,
                ticket.owner?.name ?? null,
                ticket.affected,
                instantText(ticket.dueAt),
                instantText(ticket.createdAt),
                instantText(ticket.updatedAt),
                instantText(ticket.answeredAt),
                instantText(ticket.solvedAt),
                ticket.reopened,
              ],
            ]}
          />
        )}
        {add}
      </header>
      <TicketsTabs />
      <TicketFilters
        view={view}
        counts={value?.states ?? []}
        subscriberName={value?.tickets[0]?.subscriber?.name}
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
        <EmptyState icon={IconTicket} title={t('calm')} text={t('calmText')} action={clear} />
      ) : total === 0 ? (
        <EmptyState
          icon={IconTicket}
          title={t('empty')}
          text={t('emptyText')}
          action={add || undefined}
        />
      ) : (
        <TicketTable tickets={value.tickets} sort={sort} onSort={setSort} />
      )}
      {isNew && (
        <NewTicketDialog
          {...(view.subscriberId === null ? {} : { subscriberId: view.subscriberId })}
          onClose={() => setNew(false)}
        />
      )}
      <Pager offset={offset} total={total} onOffset={setOffset} />
    </div>
  )
}
