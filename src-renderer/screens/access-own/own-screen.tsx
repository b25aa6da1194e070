import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useRoleName } from '../../components/permission-words.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useEntrance, usePermissions } from '../../state/workspace.ts'
import { CompanyPanel } from './company-panel.tsx'
import { FactorPanel } from './factor-panel.tsx'
import { KitPanel } from './kit-panel.tsx'
import { NoticePanel } from './notice-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { SignInsPanel } from './sign-ins-panel.tsx'
import './own.css'

/** A person's own: what guards his account, and what happened at its door. */
export const OwnScreen = () => {
  const { t } = useTranslation('access-own')
  const format = useFormat()
  const roleName = useRoleName()
  const session = useEntrance((state) => state.session)
  const permissions = usePermissions()
  const { value, failure, refresh } = useQuery(
    'access.mine',
    {},
    { on: ['access.notice', 'access.sessionChanged', 'access.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  if (session == null) return null
  const { account } = session
  const role = roleName(account)
  return (
    <div className="nc-page nco-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
      </header>
      <p className="nc-soft">
        {t('signedInAs', { name: account.name, login: account.login })} · {t('role')}:{' '}
        {permissions.includes('access.account.read') ? (
          <RouteLink to={paths.role(account.roleId)}>{role}</RouteLink>
        ) : (
          role
        )}{' '}
        · {t('ends')} {format.instant(session.endsAt, 'minute')}
      </p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : (
        <>
          <NoticePanel notices={value.notices} ownId={account.id} onAnswered={refresh} />
          <div className="nco-columns">
            <PasswordPanel changedAt={value.passwordChangedAt} name={account.name} />
            <FactorPanel mine={value} onChanged={refresh} />
          </div>
          <CompanyPanel mine={value} onChanged={refresh} />
          {account.isOwner && <KitPanel since={value.recoveryKitSince} onRenewed={refresh} />}
          <SessionsPanel sessions={value.sessions} />
          <SignInsPanel signIns={value.signIns} />
        </>
      )}
    </div>
  )
}
