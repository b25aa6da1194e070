import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src-shared/contract/access-accounts.ts'
import { isBuiltInRole } from '../../../src-shared/domain/roles.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useRoleName } from '../../components/permission-words.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { PeopleTabs } from '../access-accounts/people-tabs.tsx'
import { useMe, useRoles } from '../access-accounts/use-people.ts'
import { useRowKeys } from '../network-traps/use-trap-table.ts'
import { CopyRoleDialog } from './copy-role-dialog.tsx'
import { PermissionMatrix } from './permission-matrix.tsx'
import { sortRoles } from './role-model.ts'
import './roles.css'

/** Roles and what each may do. */
export const RolesScreen = () => {
  const { t } = useTranslation('access-people')
  const { value, failure, refresh } = useRoles()
  const [copied, setCopied] = useState<Role | null>(null)
  const roles = useMemo(() => sortRoles(value?.roles ?? []), [value])
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
      </header>
      <PeopleTabs />
      <p className="nc-soft">{t('roles.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : (
        <>
          <RoleTable roles={roles} total={value.permissions.length} onCopy={setCopied} />
          <PermissionMatrix roles={roles} permissions={value.permissions} />
        </>
      )}
      {copied !== null && <CopyRoleDialog role={copied} onClose={() => setCopied(null)} />}
    </div>
  )
}

interface RoleTableProps {
  readonly roles: readonly Role[]
  readonly total: number
  readonly onCopy: (role: Role) => void
}

const RoleTable = ({ roles, total, onCopy }: RoleTableProps) => {
  const { t } = useTranslation('access-people')
  const format = useFormat()
  const roleName = useRoleName()
  const manages = useMe().permissions.includes('access.role.manage')
  const keys = useRowKeys(
    useMemo(() => roles.map(({ id }) => id), [roles]),
    (id) => navigate(paths.role(id)),
  )
  const word = (roleId: string, name = roleId): string => roleName({ roleId, roleName: name })
  return (
    <section className="nc-panel ncp-scroll" tabIndex={-1} aria-label={t('roles.all')}>
      <table className="nc-table" aria-label={t('roles.all')}>
        <thead>
          <tr>
            <th scope="col">{t('roles.name')}</th>
            <th scope="col">{t('roles.kind')}</th>
            <th scope="col" className="nc-num">
              {t('roles.accounts')}
            </th>
            <th scope="col" className="nc-num">
              {t('roles.permissions')}
            </th>
            <th scope="col">{t('roles.factor')}</th>
            <th scope="col" className="nc-num">
              {t('roles.lock')}
            </th>
            <th scope="col" className="nc-num">
              {t('roles.session')}
            </th>
            <th scope="col">
              <span className="nc-hidden">{t('act.title')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {roles.map((role) => (
            <tr
              key={role.id}
              data-row={role.id}
              tabIndex={keys.isCurrent(role.id) ? 0 : -1}
              onFocus={() => keys.onFocus(role.id)}
            >
              <td>
                <RouteLink to={paths.role(role.id)}>{word(role.id, role.name)}</RouteLink>
                {isBuiltInRole(role.id) && (
                  <span className="nc-soft nc-small ncr-for">{t(`roleFor.${role.id}`)}</span>
                )}
              </td>
              <td className="nc-soft">
                {role.isBuiltIn
                  ? t('roles.builtIn')
                  : t('roles.copyOf', { role: word(role.copyOf) })}
              </td>
              <td className="nc-num">{format.number(role.accounts)}</td>
              <td className="nc-num">
                {t('roles.own', { count: role.permissions.length, total: format.number(total) })}
              </td>
              <td>{t(role.secondFactorRequired ? 'roles.required' : 'roles.optional')}</td>
              <td className="nc-num">{t('roles.minutes', { count: role.lockAfterMinutes })}</td>
              <td className="nc-num">{t('roles.hours', { count: role.sessionHours })}</td>
              <td className="nc-num">
                {manages && (
                  <Tooltip label={t('roles.copyOne', { role: word(role.id, role.name) })}>
                    <ActionIcon
                      aria-label={t('roles.copyOne', { role: word(role.id, role.name) })}
                      onClick={() => onCopy(role)}
                    >
                      <IconCopy size={15} stroke={1.7} aria-hidden="true" />
                    </ActionIcon>
                  </Tooltip>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
