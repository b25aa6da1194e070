import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useTicking } from '../../components/clock.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { SortHead } from '../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../network-traps/use-trap-table.ts'
import { sorts, type TicketSort } from './ticket-query.ts'
import { TicketDue, TicketPriorityMark, TicketStateBadge } from './ticket-words.tsx'
import '../network-olts/olts.css'

/** The order a person chose last; before he did: what moved last first. */
export const useTicketSort = () => useTrapSort<TicketSort>('tickets', sorts, latest)
const latest = { column: 'updatedAt', descending: true } as const

const columns = [
  ['number', 'number'],
  ['priority', 'priority'],
  ['subject', null],
  ['state', 'state'],
  ['subscriber', null],
  ['queue', null],
  ['owner', null],
  ['due', 'dueAt'],
  ['created', 'createdAt'],
  ['updated', 'updatedAt'],
] as const satisfies readonly (readonly [string, TicketSort | null])[]

const numbers: readonly string[] = ['created', 'updated']
const quarterMinute = (now: number): number => now - (now % 15_000)

export interface TicketTableProps {
  readonly tickets: readonly TicketRow[]
  readonly sort: { readonly column: TicketSort; readonly descending: boolean }
  readonly onSort: (column: TicketSort) => void
}

/** One page of tickets; Enter opens, j and k move. */
export const TicketTable = ({ tickets, sort, onSort }: TicketTableProps) => {
  const { t } = useTranslation('tickets')
  const format = useFormat()
  const now = useTicking(quarterMinute)
  const keys = useRowKeys(
    useMemo(() => tickets.map(({ id }) => id), [tickets]),
    (id) => navigate(paths.ticket(id)),
  )
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
                  number={numbers.includes(column)}
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
          {tickets.map((ticket) => (
            <tr
              key={ticket.id}
              data-row={ticket.id}
              tabIndex={keys.isCurrent(ticket.id) ? 0 : -1}
              onFocus={() => keys.onFocus(ticket.id)}
              onDoubleClick={() => navigate(paths.ticket(ticket.id))}
            >
              <td className="nc-mono">
                <RouteLink to={paths.ticket(ticket.id)}>{ticket.number}</RouteLink>
              </td>
              <td>
                <TicketPriorityMark priority={ticket.priority} />
              </td>
              <td className="ntk-subject" title={ticket.subject}>
                {ticket.subject}
              </td>
              <td>
                <TicketStateBadge state={ticket.state} />
              </td>
              <td className="ntk-name">
                {ticket.subscriber === null ? (
                  <span className="nc-faint">–</span>
                ) : (
                  <RouteLink to={paths.subscriber(ticket.subscriber.id)}>
                    {ticket.subscriber.name}
                  </RouteLink>
                )}
              </td>
              <td className="ntk-name">
                {ticket.queue?.name ?? <span className="nc-faint">–</span>}
              </td>
              <td className="ntk-name">
                {ticket.owner?.name ?? <span className="nc-faint">{t('nobody')}</span>}
              </td>
              <td>
                <TicketDue ticket={ticket} now={now} />
              </td>
              <td className="nc-num" title={format.instant(ticket.createdAt, 'minute')}>
                {format.age(now - ticket.createdAt)}
              </td>
              <td className="nc-num" title={format.instant(ticket.updatedAt, 'minute')}>
                {format.age(Math.max(0, now - ticket.updatedAt))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
