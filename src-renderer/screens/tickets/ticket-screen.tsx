import { IconTicketOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { usePermissions } from '../../state/workspace.ts'
import { OrdersOf } from '../fieldwork-new/orders-of.tsx'
import { TicketClocks } from '../ticket-record/clocks.tsx'
import { Composer } from '../ticket-record/composer.tsx'
import { Satisfaction, TicketFiles } from '../ticket-record/files-and-satisfaction.tsx'
import { RecordHead } from '../ticket-record/record-head.tsx'
import { TicketFacts, TicketLinks, Told } from '../ticket-record/side.tsx'
import { SnapshotPanel } from '../ticket-record/snapshot.tsx'
import { TicketTimeLine } from '../ticket-record/time-line.tsx'
import '../ticket-record/record.css'

/** One ticket, whole: what it is about, what was said and done, and what is promised. */
export const TicketScreen = ({ ticketId }: { readonly ticketId: string }) => {
  const { t } = useTranslation('tickets')
  const mayWork = usePermissions().includes('tickets.ticket.work')
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
  const isShut = value.ticket.state === 'closed' || value.ticket.state === 'merged'
  const part = { record: value, mayWork: mayWork && !isShut }
  return (
    <div className="nc-page">
      <RecordHead record={value} mayWork={mayWork} />
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <div className="ntr-body">
        <div>
          <Told record={value} />
          {/* A word of the customer on one that is closed begins another one. */}
          {mayWork && value.ticket.state !== 'merged' && <Composer record={value} />}
          <TicketTimeLine record={value} />
        </div>
        <div>
          <TicketClocks record={value} />
          {value.snapshot !== null && <SnapshotPanel snapshot={value.snapshot} />}
          <TicketFacts {...part} />
          <OrdersOf
            ticket={{
              id: value.ticket.id,
              subject: value.ticket.subject,
              number: value.ticket.number,
              isOver: isShut,
            }}
          />
          <TicketLinks {...part} />
          <TicketFiles {...part} />
          <Satisfaction record={value} mayWork={mayWork} />
        </div>
      </div>
    </div>
  )
}
