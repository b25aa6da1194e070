import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useFormat } from '../../components/use-format.ts'
import { hourText } from '../fieldwork/order-words.tsx'
import type { RowsProps } from './day-rows.tsx'
import { daysLater } from './plan-model.ts'
import { dragType } from './waiting.tsx'

/** Seven days, a cell for each technician and day. */
export const WeekRows = ({ plan, view, mayPlan, onDrop }: RowsProps) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const days = Array.from({ length: 7 }, (_, index) => daysLater(view.from, index))
  return (
    <section className="nc-panel nfp-rows" aria-label={t('planTitle')} tabIndex={0}>
      <table className="nfp-week">
        <thead>
          <tr>
            <th scope="col">{t('col.assignee')}</th>
            {days.map((day) => (
              <th key={day} scope="col">
                {format.instant(day, 'day')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.technicians.map((who) => (
            <tr key={who.accountId}>
              <th scope="row">{who.name}</th>
              {days.map((day) => {
                const ends = daysLater(day, 1)
                const orders = who.orders.filter(
                  ({ windowFrom }) => windowFrom !== null && windowFrom >= day && windowFrom < ends,
                )
                const works = who.hours.some(({ from }) => from >= day && from < ends)
                return (
                  <td
                    key={day}
                    data-free={works || undefined}
                    onDragOver={(event) => {
                      if (mayPlan && event.dataTransfer.types.includes(dragType))
                        event.preventDefault()
                    }}
                    onDrop={(event) => {
                      event.preventDefault()
                      const id = event.dataTransfer.getData(dragType)
                      const last = Math.max(
                        day + 8 * 3_600_000,
                        ...orders.map((one) => one.windowTo ?? 0),
                      )
                      if (id !== '') onDrop(id, who.accountId, last)
                    }}
                  >
                    {orders.map((order) => (
                      <button
                        key={order.id}
                        type="button"
                        className="nfp-card nfp-card--cell"
                        data-state={order.state}
                        draggable={mayPlan}
                        title={`${order.number} ${order.subject}\n${order.place}`}
                        onDragStart={(event) => event.dataTransfer.setData(dragType, order.id)}
                        onClick={() => navigate(paths.workOrder(order.id))}
                      >
                        <span className="nfp-card__head">
                          {who.conflicts.some(({ orderId }) => orderId === order.id) && (
                            <IconAlertTriangle size={13} aria-label={t('conflict')} />
                          )}
                          {hourText(order.windowFrom ?? 0)} {t(`state.${order.state}`)}
                        </span>
                        <span className="nfp-card__text">{order.subject}</span>
                      </button>
                    ))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
