import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'

/** What an order is dragged as. */
export const dragType = 'text/x-nocturne-work-order'

/** Drafts that nobody has: dragged onto a row, or planned by the button. */
export const Waiting = ({
  orders,
  mayPlan,
  onPlan,
}: {
  readonly orders: readonly WorkOrderRow[]
  readonly mayPlan: boolean
  readonly onPlan: (order: WorkOrderRow) => void
}) => {
  const { t, i18n } = useTranslation('fieldwork')
  const format = useFormat()
  const language = i18n.language === 'id' ? 'id' : 'en'
  return (
    <section className="nc-panel nfp-waiting" aria-label={t('waiting')} tabIndex={0}>
      <header className="nc-panel__head">
        <h2>{t('waiting')}</h2>
        <span className="nc-soft nc-small">{format.number(orders.length)}</span>
      </header>
      {orders.length === 0 ? (
        <p className="nc-panel__body nc-faint">{t('noWaiting')}</p>
      ) : (
        <ul className="nc-panel__body">
          {orders.map((order) => (
            <li
              key={order.id}
              draggable={mayPlan}
              onDragStart={(event) => event.dataTransfer.setData(dragType, order.id)}
            >
              <RouteLink to={paths.workOrder(order.id)}>
                <span className="nc-mono">{order.number}</span> {order.subject}
              </RouteLink>
              <span className="nc-soft nc-small">
                {order.type[language]} · {t('min', { minutes: format.number(order.minutes) })}
                {order.place === '' ? '' : ` · ${order.place}`}
              </span>
              {mayPlan && (
                <Button size="compact-sm" variant="default" onClick={() => onPlan(order)}>
                  {t('do.schedule')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
