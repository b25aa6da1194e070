import { Button } from '@mantine/core'
import { IconPlus, IconTruckDelivery } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { usePermissions } from '../../state/workspace.ts'
import { OrderStateBadge, OrderWindow } from '../fieldwork/order-words.tsx'
import { filterOf, plainView } from '../fieldwork/order-query.ts'
import { NewOrderDialog, useMayOpenOrders } from './new-order-dialog.tsx'

/** Work orders of a ticket or of a subscriber, the newest first, and the way to another one. */
export const OrdersOf = ({
  ticket,
  subscriberId,
}: {
  readonly ticket?: {
    readonly id: string
    readonly subject: string
    readonly number: string
    readonly isOver: boolean
  }
  readonly subscriberId?: string
}) => {
  const { t } = useTranslation('fieldwork')
  const maySee = usePermissions().includes('fieldwork.order.read')
  const mayOpen = useMayOpenOrders()
  const [isNew, setNew] = useState(false)
  const view = {
    ...plainView,
    states: 'all',
    ticketId: ticket?.id ?? null,
    subscriberId: subscriberId ?? null,
  } as const
  const { value } = useQuery(
    'fieldwork.orders',
    { filter: filterOf(view), sort: 'createdAt', limit: 20 },
    { on: ['fieldwork.changed'], everyMs: 1000, skip: !maySee },
  )
  if (!maySee) return null
  const orders = value?.orders ?? []
  return (
    <section className="nc-panel" aria-label={t('title')}>
      <header className="nc-panel__head">
        <h2>{t('title')}</h2>
        {mayOpen && ticket?.isOver !== true && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setNew(true)}
          >
            {t('new')}
          </Button>
        )}
      </header>
      {orders.length === 0 ? (
        <p className="nc-panel__body nc-faint">
          <IconTruckDelivery size={14} aria-hidden="true" /> {t('noneOfThis')}
        </p>
      ) : (
        <ul className="nfw-of nc-panel__body">
          {orders.map((order) => (
            <li key={order.id}>
              <RouteLink to={paths.workOrder(order.id)}>
                <span className="nc-mono">{order.number}</span>
              </RouteLink>
              <OrderStateBadge state={order.state} />
              <span className="nc-soft nc-small">
                {order.assignee?.name ?? t('nobody')} · <OrderWindow order={order} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {isNew && (
        <NewOrderDialog
          {...(ticket === undefined ? {} : { ticket })}
          {...(subscriberId === undefined ? {} : { subscriberId })}
          onClose={() => setNew(false)}
        />
      )}
    </section>
  )
}
