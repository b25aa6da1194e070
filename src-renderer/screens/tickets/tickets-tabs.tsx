import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import '../billing/billing.css'

/** The parts of tickets: what is worked at each day first, what is set up once last. */
export const TicketsTabs = () => {
  const { t } = useTranslation(['tickets-desk', 'tickets'])
  const [path] = useLocation()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const may = (permission: string): boolean => reachesAll && permissions.includes(permission)
  const tabs = [
    { to: paths.tickets(), word: t('tab.list', { ns: 'tickets' }), shown: true },
    { to: paths.ticketBoard(), word: t('tab.board'), shown: true },
    { to: paths.ticketsDue(), word: t('tab.due'), shown: true },
    { to: paths.ticketsLate(), word: t('tab.late'), shown: true },
    { to: paths.ticketReport(), word: t('tab.report'), shown: may('tickets.report.read') },
    { to: paths.ticketSetup(), word: t('tab.settings'), shown: may('tickets.settings.manage') },
  ]
  return (
    <nav className="nbl-tabs" aria-label={t('tab.label')}>
      {tabs
        .filter(({ shown }) => shown)
        .map(({ to, word }) => (
          <Link key={to} href={to} aria-current={path === to ? 'page' : undefined}>
            {word}
          </Link>
        ))}
    </nav>
  )
}
