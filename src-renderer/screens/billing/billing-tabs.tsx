import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import { useIsAgent } from './use-may.ts'
import './billing.css'

const namespaces = [
  'billing',
  'billing-agents',
  'billing-documents',
  'billing-dunning',
  'billing-finance',
  'billing-prepaid',
  'billing-reconciliation',
  'billing-runs',
] as const

/** The lists of billing: what comes up each day first, what is set up once last. */
export const BillingTabs = () => {
  const { t } = useTranslation(namespaces)
  const [path] = useLocation()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const seesMoney = reachesAll && permissions.includes('billing.report.read')
  const may = (permission: (typeof permissions)[number]): boolean =>
    reachesAll && permissions.includes(permission)
  const isAgent = useIsAgent()
  const tabs = [
    { to: paths.mine(), word: t('mine.title', { ns: 'billing-agents' }), shown: isAgent },
    { to: paths.billing(), word: t('title', { ns: 'billing-finance' }), shown: seesMoney },
    {
      to: paths.documents(),
      word: t('title', { ns: 'billing-documents' }),
      shown: permissions.includes('billing.document.read'),
    },
    {
      to: paths.billingRuns(),
      word: t('title', { ns: 'billing-runs' }),
      shown: may('billing.run.start'),
    },
    {
      to: paths.prepaid(),
      word: t('title', { ns: 'billing-prepaid' }),
      shown: may('billing.payment.read'),
    },
    { to: paths.bank(), word: t('bankTab'), shown: may('billing.bank.read') },
    // A name: the same in every language.
    { to: paths.payPal(), word: 'PayPal', shown: may('billing.payment.read') },
    {
      to: paths.dunning(),
      word: t('title', { ns: 'billing-dunning' }),
      shown: may('billing.dunning.read'),
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
    // Where nobody sees the money, billing begins here, or with his own customers.
    {
      to: seesMoney || isAgent ? paths.plans() : paths.billing(),
      word: t('plans.title'),
      shown: true,
    },
    {
      to: paths.agents(),
      word: t('title', { ns: 'billing-agents' }),
      shown: may('billing.agent.read'),
    },
    { to: paths.vouchers(), word: t('vouchers.title'), shown: may('billing.voucher.read') },
    { to: paths.taxes(), word: t('taxes.title'), shown: true },
    {
      to: paths.seller(),
      word: t('seller.title', { ns: 'billing-documents' }),
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
