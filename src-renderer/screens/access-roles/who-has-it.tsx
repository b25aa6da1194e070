import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { Portrait } from '../access-accounts/portrait.tsx'
import { useAccounts, useEmployees } from '../access-accounts/use-people.ts'

/** The accounts with this role. */
export const WhoHasIt = ({ roleId }: { readonly roleId: string }) => {
  const { t } = useTranslation('access-people')
  const { value, failure, refresh } = useAccounts()
  const employees = useEmployees().value?.employees ?? []
  const having = value?.accounts.filter((account) => account.roleId === roleId)
  return (
    <section className="nc-panel" aria-label={t('rolePage.who')}>
      <header className="nc-panel__head">
        <h2>{t('rolePage.who')}</h2>
      </header>
      <div className="nc-panel__body">
        {having === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={2} brief />
        ) : having.length === 0 ? (
          <p className="nc-soft">{t('rolePage.nobody')}</p>
        ) : (
          <ul className="ncr-list">
            {having.map(({ id, name, disabledAt, employeeId }) => (
              <li key={id} className="ncp-person">
                <Portrait
                  name={name}
                  photo={employees.find((each) => each.id === employeeId)?.photo ?? null}
                />
                <RouteLink to={paths.people(`account=${id}`)}>{name}</RouteLink>
                {disabledAt !== null && <span className="ncp-chip">{t('state.disabled')}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
