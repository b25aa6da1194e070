import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import './billing.css'

/** The lists of billing. */
export const BillingTabs = () => {
  const { t } = useTranslation(['billing', 'billing-finance', 'billing-reconciliation'])
  const { t: dunning } = useTranslation('billing-dunning')
  const [path] = useLocation()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const seesMoney = reachesAll && permissions.includes('billing.report.read')
  const tabs = [
    {
      to: paths.billing(),
      word: t('title', { ns: 'billing-finance' }),
      shown: seesMoney,
    },
    // Where nobody sees the money, billing begins here.
    { to: seesMoney ? paths.plans() : paths.billing(), word: t('plans.title'), shown: true },
    {
      to: paths.bank(),
      word: t('bankTab'),
      shown: reachesAll && permissions.includes('billing.bank.read'),
    },
    {
      to: paths.vouchers(),
      word: t('vouchers.title'),
      shown: reachesAll && permissions.includes('billing.voucher.read'),
    },
    {
      to: paths.reconciliation(),
      word: t('title', { ns: 'billing-reconciliation' }),
      shown: permissions.includes('billing.reconciliation.read'),
    },
    {
      to: paths.reports(),
      word: t('reports.title', { ns: 'billing-finance' }),
      shown: seesMoney,
    },
    {
      to: paths.dunning(),
      word: dunning('title'),
      shown: reachesAll && permissions.includes('billing.dunning.read'),
    },
    { to: paths.taxes(), word: t('taxes.title'), shown: true },
  ]
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
