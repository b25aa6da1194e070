import { Button } from '@mantine/core'
import { IconPlus, IconTicket } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { filterOf, plainView, writeView } from '../tickets/ticket-query.ts'
import { TicketTable, useTicketSort } from '../tickets/ticket-table.tsx'
import { OrdersOf } from '../fieldwork-new/orders-of.tsx'
import { NewTicketDialog, useMayOpenTickets } from './new-ticket-dialog.tsx'

const shownAtOnce = 50

/** What one subscriber reported, and how it stands. */
export const SubscriberTickets = ({ subscriberId }: { readonly subscriberId: string }) => {
  const { t } = useTranslation('ticket-new')
  const [sort, setSort] = useTicketSort()
  const [isNew, setNew] = useState(false)
  const mayOpen = useMayOpenTickets()
  const view = { ...plainView, states: 'all', subscriberId } as const
  const { value, failure, refresh } = useQuery(
    'tickets.list',
    {
      filter: filterOf(view),
      sort: sort.column,
      descending: sort.descending,
      limit: shownAtOnce,
    },
    { on: ['tickets.changed'], everyMs: 1000 },
  )
  const add = mayOpen && (
    <Button
      leftSection={<IconPlus size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setNew(true)}
    >
      {t('new')}
    </Button>
  )
  return (
    <div className="ntk-of">
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : value.total === 0 ? (
        <EmptyState
          icon={IconTicket}
          title={t('none')}
          text={t('noneText')}
          action={add || undefined}
        />
      ) : (
        <>
          <div className="ntk-bar">
            {add}
            {value.total > shownAtOnce && (
              <RouteLink to={paths.tickets(writeView(view))}>{t('all')}</RouteLink>
            )}
          </div>
          <TicketTable tickets={value.tickets} sort={sort} onSort={setSort} />
        </>
      )}
      <OrdersOf subscriberId={subscriberId} />
      {isNew && <NewTicketDialog subscriberId={subscriberId} onClose={() => setNew(false)} />}
    </div>
  )
}
