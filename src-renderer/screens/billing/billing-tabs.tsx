import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import './billing.css'

/** The lists of billing. */
export const BillingTabs = () => {
  const { t } = useTranslation('billing')
  const { t: documents } = useTranslation('billing-documents')
  const { t: runs } = useTranslation('billing-runs')
  const [path] = useLocation()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const tabs = [
    { to: paths.billing(), word: t('plans.title'), shown: true },
    {
      to: paths.documents(),
      word: documents('title'),
      shown: permissions.includes('billing.document.read'),
    },
    {
      to: paths.billingRuns(),
      word: runs('title'),
      shown: reachesAll && permissions.includes('billing.run.start'),
    },
    {
      to: paths.vouchers(),
      word: t('vouchers.title'),
      shown: reachesAll && permissions.includes('billing.voucher.read'),
    },
    { to: paths.taxes(), word: t('taxes.title'), shown: true },
    {
      to: paths.seller(),
      word: documents('seller.title'),
      shown: permissions.includes('billing.document.read'),
    },
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
