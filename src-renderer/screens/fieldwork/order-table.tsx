import { IconAlertTriangle } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useTicking } from '../../components/clock.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { SortHead } from '../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../network-traps/use-trap-table.ts'
import { sorts, type OrderSort } from './order-query.ts'
import { OrderStateBadge, OrderWindow, useMoment } from './order-words.tsx'
import '../network-olts/olts.css'
import '../tickets/tickets.css'

/** The order a person chose last; before he did: what moved last first. */
export const useOrderSort = () => useTrapSort<OrderSort>('work-orders', sorts, latest)
const latest = { column: 'updatedAt', descending: true } as const

const columns = [
  ['number', 'number'],
  ['kind', null],
  ['subject', null],
  ['state', 'state'],
  ['assignee', null],
  ['window', 'window'],
  ['subscriber', null],
  ['place', null],
  ['updated', 'updatedAt'],
] as const satisfies readonly (readonly [string, OrderSort | null])[]

const quarterMinute = (now: number): number => now - (now % 15_000)

/** One page of work orders; Enter opens, j and k move. */
export const OrderTable = ({
  orders,
  sort,
  onSort,
}: {
  readonly orders: readonly WorkOrderRow[]
  readonly sort: { readonly column: OrderSort; readonly descending: boolean }
  readonly onSort: (column: OrderSort) => void
}) => {
  const { t, i18n } = useTranslation('fieldwork')
  const format = useFormat()
  const moment = useMoment()
  const now = useTicking(quarterMinute)
  const keys = useRowKeys(
    useMemo(() => orders.map(({ id }) => id), [orders]),
    (id) => navigate(paths.workOrder(id)),
  )
  const language = i18n.language === 'id' ? 'id' : 'en'
  return (
    <section className="nc-panel ntk-scroll" aria-label={t('title')} tabIndex={0}>
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            {columns.map(([column, by]) =>
              by === null ? (
                <th key={column} scope="col">
                  {t(`col.${column}`)}
                </th>
              ) : (
                <SortHead
                  key={column}
                  label={t(`col.${column}`)}
                  number={column === 'updated'}
                  direction={
                    sort.column !== by ? 'none' : sort.descending ? 'descending' : 'ascending'
                  }
                  onSort={() => onSort(by)}
                />
              ),
            )}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {orders.map((order) => (
            <tr
              key={order.id}
              data-row={order.id}
              tabIndex={keys.isCurrent(order.id) ? 0 : -1}
              onFocus={() => keys.onFocus(order.id)}
              onDoubleClick={() => navigate(paths.workOrder(order.id))}
            >
              <td className="nc-mono">
                <RouteLink to={paths.workOrder(order.id)}>{order.number}</RouteLink>
              </td>
              <td className="ntk-name">{order.type[language]}</td>
              <td className="ntk-subject" title={order.subject}>
                {order.subject}
                {order.clashes > 0 && (
                  <>
                    {' '}
                    <span className="nfw-clash">
                      <IconAlertTriangle size={14} aria-hidden="true" />
                      {t('clashes', { count: order.clashes })}
                    </span>
                  </>
                )}
              </td>
              <td>
                <OrderStateBadge state={order.state} />
              </td>
              <td className="ntk-name">
                {order.assignee?.name ?? <span className="nc-faint">{t('nobody')}</span>}
              </td>
              <td>
                <OrderWindow order={order} />
              </td>
              <td className="ntk-name">
                {order.subscriber === null ? (
                  <span className="nc-faint">–</span>
                ) : (
                  <RouteLink to={paths.subscriber(order.subscriber.id)}>
                    {order.subscriber.name}
                  </RouteLink>
                )}
              </td>
              <td className="ntk-name" title={order.place}>
                {order.place === '' ? <span className="nc-faint">–</span> : order.place}
              </td>
              <td className="nc-num" title={moment(order.updatedAt)}>
                {format.age(Math.max(0, now - order.updatedAt))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
