import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import '../billing/billing.css'

/** A cashier has one page; who looks after tills has three. */
export const CounterTabs = () => {
  const { t } = useTranslation('billing-counter')
  const [path] = useLocation()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const tabs = [
    { to: paths.counter(), word: t('tabs.counter'), shown: true },
    {
      to: paths.cashSessions(),
      word: t('tabs.sessions'),
      shown: reachesAll && permissions.includes('billing.cash.read'),
    },
    {
      to: paths.tills(),
      word: t('tabs.tills'),
      shown: reachesAll && permissions.includes('billing.cash.manage'),
    },
  ].filter(({ shown }) => shown)
  if (tabs.length < 2) return null
  return (
    <nav className="nbl-tabs" aria-label={t('title')}>
      {tabs.map(({ to, word }) => (
        <Link key={to} href={to} aria-current={path === to ? 'page' : undefined}>
          {word}
        </Link>
      ))}
    </nav>
  )
}
