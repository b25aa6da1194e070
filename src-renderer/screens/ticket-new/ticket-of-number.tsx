import { IconTicketOff } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useTicketOfNumber } from './use-ticket-of-number.ts'

/** The way to a ticket of which only the number is known: of an alarm, an outage, a letter. */
export const TicketOfNumber = ({ number }: { readonly number: string }) => {
  const { t } = useTranslation('ticket-new')
  const { id } = useTicketOfNumber(number)
  useEffect(() => {
    if (id != null) navigate(paths.ticket(id), { replace: true })
  }, [id])
  if (id !== null) {
    return (
      <div className="nc-page">
        <LoadingState rows={12} />
      </div>
    )
  }
  return (
    <div className="nc-page">
      <EmptyState
        icon={IconTicketOff}
        title={t('noNumber', { number })}
        text={t('noNumberText')}
        action={<RouteLink to={paths.tickets()}>{t('toList', { ns: 'tickets' })}</RouteLink>}
      />
    </div>
  )
}
