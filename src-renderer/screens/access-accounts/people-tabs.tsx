import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { useMe } from './use-people.ts'
import './people.css'

/** Accounts, employees, roles and regions: the lists of one page. */
export const PeopleTabs = () => {
  const { t } = useTranslation('access-people')
  const { t: company } = useTranslation('access-company')
  const [path] = useLocation()
  const manages = useMe().permissions.includes('access.company.manage')
  const tabs = [
    [paths.people(), t('accounts.title')],
    [paths.employees(), t('employees.title')],
    [paths.roles(), t('roles.title')],
    [paths.regions(), t('regions.title')],
    ...(manages ? [[paths.company(), company('title')] as const] : []),
  ] as const
  return (
    <nav className="ncp-tabs" aria-label={t('tabs')}>
      {tabs.map(([to, word]) => (
        <Link key={to} href={to} aria-current={path === to ? 'page' : undefined}>
          {word}
        </Link>
      ))}
    </nav>
  )
}
