import { IconTicketOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { TicketPriorityMark, TicketStateBadge } from './ticket-words.tsx'
import './tickets.css'

/** One ticket, whole: what it is about, what was said and done, and what is promised. */
export const TicketScreen = ({ ticketId }: { readonly ticketId: string }) => {
  const { t } = useTranslation('tickets')
  const { value, failure, refresh } = useQuery(
    'tickets.ticket',
    { id: ticketId },
    { on: ['tickets.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  if (value === undefined || failure?.code === 'not-found') {
    return (
      <div className="nc-page">
        {failure?.code === 'not-found' || failure?.code === 'invalid-input' ? (
          <EmptyState
            icon={IconTicketOff}
            title={t('gone')}
            text={t('goneText')}
            action={<RouteLink to={paths.tickets()}>{t('toList')}</RouteLink>}
          />
        ) : (
          <Awaiting failure={failure} onRetry={refresh} rows={12} />
        )}
      </div>
    )
  }
  const { ticket } = value
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>
          <span className="nc-mono">{ticket.number}</span> {ticket.subject}
        </h1>
        <TicketPriorityMark priority={ticket.priority} />
        <TicketStateBadge state={ticket.state} />
      </header>
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
    </div>
  )
}
