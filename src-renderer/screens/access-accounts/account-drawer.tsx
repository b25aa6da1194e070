import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { AccountActs } from './account-acts.tsx'
import { CompanyAct } from './company-act.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { FactorMark, StateMark } from './account-mark.tsx'
import type { AccountLine } from './account-model.ts'
import { ReachDialog } from './reach-dialog.tsx'

export interface AccountDrawerProps {
  readonly line: AccountLine
  readonly onClose: () => void
}

/** One account beside the list: what is known of it, and each act with what it does. */
export const AccountDrawer = ({ line, onClose }: AccountDrawerProps) => {
  const { t } = useTranslation('access-people')
  const { t: company } = useTranslation('access-company')
  const format = useFormat()
  const [changing, setChanging] = useState(false)
  const [reaching, setReaching] = useState(false)
  const { account, employee, state, factor, words } = line
  return (
    <RecordDrawer title={account.name} subtitle={words.role} onClose={onClose}>
      <dl className="nc-facts">
        <dt>{t('column.login')}</dt>
        <dd className="nc-mono">{account.login}</dd>
        <dt>{t('column.role')}</dt>
        <dd>
          <RouteLink to={paths.role(account.roleId)}>{words.role}</RouteLink>
        </dd>
        <dt>{t('column.reach')}</dt>
        <dd>{words.reach}</dd>
        <dt>{t('column.employee')}</dt>
        <dd>
          {employee === undefined ? t('account.none') : `${employee.name}, ${employee.position}`}
        </dd>
        <dt>{t('column.state')}</dt>
        <dd>
          <StateMark state={state} word={words.state} />
        </dd>
        {account.codeUntil !== null && state === 'code' && (
          <>
            <dt>{t('account.codeUntil')}</dt>
            <dd>{t('account.until', { time: format.instant(account.codeUntil) })}</dd>
          </>
        )}
        {account.disabledAt !== null && (
          <>
            <dt>{t('account.disabledAt')}</dt>
            <dd>
              <Since at={account.disabledAt} />
            </dd>
          </>
        )}
        <dt>{t('column.factor')}</dt>
        <dd>
          <FactorMark factor={factor} word={words.factor} />
        </dd>
        {account.passwordImportedAt !== null && (
          <>
            <dt>{t('import.mark')}</dt>
            <dd>
              {t('import.markText', { time: format.instant(account.passwordImportedAt, 'day') })}
            </dd>
          </>
        )}
        {account.company !== null && (
          <>
            <dt>{company('account.title')}</dt>
            <dd>
              <span className="nc-mono">{account.company.subject}</span>{' '}
              {company(
                !account.company.isCurrent
                  ? 'account.other'
                  : account.company.companyOnly
                    ? 'account.only'
                    : 'account.linked',
              )}
            </dd>
          </>
        )}
        <dt>{t('column.sessions')}</dt>
        <dd>{format.number(account.sessions)}</dd>
        <dt>{t('column.lastSignInAt')}</dt>
        <dd>
          {account.lastSignInAt === null
            ? t('accounts.never')
            : format.instant(account.lastSignInAt)}
        </dd>
        <dt>{t('column.created')}</dt>
        <dd>{format.instant(account.createdAt, 'day')}</dd>
      </dl>
      <AccountActs
        account={account}
        onChange={() => setChanging(true)}
        onReach={() => setReaching(true)}
      />
      {reaching && <ReachDialog account={account} onClose={() => setReaching(false)} />}
      <CompanyAct account={account} />
      {changing && <AccountDialog account={account} onClose={() => setChanging(false)} />}
    </RecordDrawer>
  )
}
