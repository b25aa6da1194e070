import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import '../billing/billing.css'

/** The parts of field work: the list, the days, and what is set up once. */
export const OrdersTabs = () => {
  const { t } = useTranslation('fieldwork')
  const [path] = useLocation()
  const maySetUp = usePermissions().includes('fieldwork.settings.manage')
  const reachesAll = useReachesAll()
  const tabs = [
    { to: paths.workOrders(), word: t('tab.list'), shown: true },
    { to: paths.workPlan(), word: t('tab.plan'), shown: true },
    { to: paths.workSetup(), word: t('tab.settings'), shown: maySetUp && reachesAll },
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
