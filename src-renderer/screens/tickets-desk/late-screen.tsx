import { Button, SegmentedControl } from '@mantine/core'
import { IconMoodHappy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { CallInput } from '../../../src-shared/contract/index.ts'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { TicketsTabs } from '../tickets/tickets-tabs.tsx'
import { TicketDue, TicketPriorityMark } from '../tickets/ticket-words.tsx'
import '../billing/billing.css'
import './desk.css'

const page = 100
/** What one answer holds at most. */
const most = 500

/** What is missed and what is near it, by how much and whose. */
export const LateScreen = () => {
  const { t } = useTranslation('tickets-desk')
  const { t: list } = useTranslation('tickets')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const sla = asked.get('sla') === 'warned' ? 'warned' : 'breached'
  const whose = asked.get('whose') === 'me' ? 'me' : asked.get('whose') === 'none' ? 'none' : 'all'
  const [limit, setLimit] = useState(page)
  const put = (name: string, value: string | null): void => {
    const next = new URLSearchParams(asked)
    if (value === null) next.delete(name)
    else next.set(name, value)
    setLimit(page)
    go(paths.ticketsLate(next.toString()), { replace: true })
  }
  const asks = {
    filter: { sla, owner: whose === 'all' ? null : whose },
    sort: 'dueAt',
    descending: false,
  } satisfies CallInput<'tickets.list'>
  const { value, failure, refresh } = useQuery(
    'tickets.list',
    { ...asks, limit },
    { on: ['tickets.changed'], everyMs: 1_500 },
  )
  useShortcut('refresh', refresh)
  const read = async (
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<readonly TicketRow[] | null> => {
    const rows = new Map<string, TicketRow>()
    for (let offset = 0; ; offset += most) {
      if (signal.aborted) return null
      const { tickets, total } = await callQuery('tickets.list', { ...asks, limit: most, offset })
      for (const ticket of tickets) rows.set(ticket.id, ticket)
      onProgress(rows.size, total)
      if (tickets.length < most) return [...rows.values()]
    }
  }
  const head = [
    'number',
    'subject',
    'priority',
    'state',
    'owner',
    'queue',
    'subscriber',
    'due',
    'metric',
  ] as const
  const write = (rows: readonly TicketRow[]): void =>
    exportCsv(
      `tickets-${sla}.csv`,
      head.map((key) => t(`column.${key}`)),
      rows.map((row) => [
        row.number,
        row.subject,
        row.priority,
        list(`state.${row.state}`),
        row.owner?.name ?? '',
        row.queue?.name ?? '',
        row.subscriber?.name ?? '',
        row.dueAt === null ? '' : new Date(row.dueAt).toISOString(),
        row.dueMetric === null ? '' : t(`metric.${row.dueMetric}`),
      ]),
    )
  const tickets = value?.tickets ?? []
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('tickets')}</h1>
        {value !== undefined && (
          <span className="nc-soft" role="status">
            {t('breach.count', { count: value.total, number: format.number(value.total) })}
          </span>
        )}
        <SegmentedControl
          size="xs"
          aria-label={t('breach.what')}
          value={sla}
          onChange={(next) => put('sla', next === 'warned' ? 'warned' : null)}
          data={[
            { value: 'breached', label: t('breach.missed') },
            { value: 'warned', label: t('breach.warned') },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('board.whose')}
          value={whose}
          onChange={(next) => put('whose', next === 'all' ? null : next)}
          data={[
            { value: 'all', label: t('board.all') },
            { value: 'me', label: t('board.mine') },
            { value: 'none', label: t('board.nobodys') },
          ]}
        />
        <ExportButton
          label={common('button.export')}
          hint={t('breach.export')}
          cancelLabel={t('breach.exportCancel')}
          cancelled={t('breach.exportCancelled')}
          progressText={(done, total) => t('breach.exporting', { done, total })}
          doneText={(rows) => t('breach.exported', { rows: format.number(rows) })}
          read={read}
          write={write}
        />
      </header>
      <TicketsTabs />
      {value !== undefined && failure !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : tickets.length === 0 ? (
        <EmptyState
          icon={IconMoodHappy}
          title={t(sla === 'warned' ? 'breach.emptyWarned' : 'breach.empty')}
          text={t('breach.emptyText')}
        />
      ) : (
        <div className="nbl-scroll">
          <table className="nc-table" aria-label={t('tab.late')}>
            <thead>
              <tr>
                <th scope="col">{t('column.number')}</th>
                <th scope="col" className="nc-num">
                  {t('column.by')}
                </th>
                <th scope="col">{t('column.metric')}</th>
                <th scope="col">{t('column.priority')}</th>
                <th scope="col">{t('column.subject')}</th>
                <th scope="col">{t('column.subscriber')}</th>
                <th scope="col">{t('column.state')}</th>
                <th scope="col">{t('column.owner')}</th>
                <th scope="col">{t('column.queue')}</th>
                <th scope="col" className="nc-num">
                  {t('column.due')}
                </th>
              </tr>
            </thead>
            <tbody>
              {tickets.map((ticket) => (
                <tr key={ticket.id}>
                  <td>
                    <RouteLink to={paths.ticket(ticket.id)}>{ticket.number}</RouteLink>
                  </td>
                  <td className="nc-num">
                    <TicketDue ticket={ticket} now={value.at} />
                  </td>
                  <td>{ticket.dueMetric === null ? '–' : t(`metric.${ticket.dueMetric}`)}</td>
                  <td>
                    <TicketPriorityMark priority={ticket.priority} />
                  </td>
                  <td>{ticket.subject}</td>
                  <td>{ticket.subscriber?.name ?? '–'}</td>
                  <td>{list(`state.${ticket.state}`)}</td>
                  <td>{ticket.owner?.name ?? <em>{t('nobody')}</em>}</td>
                  <td>{ticket.queue?.name ?? '–'}</td>
                  <td className="nc-num">{format.instant(ticket.dueAt, 'minute')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {tickets.length < value.total && limit < most && (
            <Button variant="subtle" onClick={() => setLimit(Math.min(most, limit + page))}>
              {t('breach.more')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
