import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import '../billing/billing.css'

/** The parts of the tickets' desk. */
export const TicketsTabs = () => {
  const { t } = useTranslation('tickets')
  const [path] = useLocation()
  const tabs = [{ to: paths.tickets(), word: t('tab.list'), shown: true }]
  return (
    <nav className="nbl-tabs" aria-label={t('tabs')}>
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
