import { IconCheck } from '@tabler/icons-react'
import { Fragment, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src-shared/contract/access-accounts.ts'
import { usePermissionWords, useRoleName } from '../../components/permission-words.ts'
import { byCapability } from './role-model.ts'

export interface PermissionMatrixProps {
  readonly roles: readonly Role[]
  readonly permissions: readonly string[]
}

/** Every permission against every role, by capability. */
export const PermissionMatrix = ({ roles, permissions }: PermissionMatrixProps) => {
  const { t } = useTranslation('access-people')
  const words = usePermissionWords()
  const roleName = useRoleName()
  const groups = useMemo(() => byCapability(permissions), [permissions])
  const held = useMemo(
    () => new Map(roles.map((role) => [role.id, new Set(role.permissions)])),
    [roles],
  )
  return (
    <section className="nc-panel" aria-label={t('roles.matrix')}>
      <header className="nc-panel__head">
        <h2>{t('roles.matrix')}</h2>
        <span className="nc-small nc-soft">{t('roles.matrixHint')}</span>
      </header>
      {/* Focusable: what is wider than the window is reached with the keyboard too. */}
      <div className="ncr-scroll" tabIndex={0} role="region" aria-label={t('roles.matrix')}>
        <table className="nc-table ncr-matrix">
          <thead>
            <tr>
              <th scope="col">{t('roles.permissions')}</th>
              {roles.map((role) => (
                <th key={role.id} scope="col">
                  {roleName({ roleId: role.id, roleName: role.name })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ capability, permissions: names }) => (
              <Fragment key={capability}>
                <tr className="ncr-group">
                  <th scope="rowgroup" colSpan={roles.length + 1}>
                    {words.ofCapability(capability)}
                  </th>
                </tr>
                {names.map((name) => (
                  <tr key={name}>
                    <th scope="row" title={name}>
                      {words.of(name)}
                    </th>
                    {roles.map((role) => {
                      const may = held.get(role.id)?.has(name) === true
                      return (
                        <td key={role.id} data-may={may || undefined}>
                          {may ? (
                            <IconCheck size={15} stroke={2} aria-hidden="true" />
                          ) : (
                            <span aria-hidden="true">·</span>
                          )}
                          <span className="nc-hidden">{t(may ? 'roles.may' : 'roles.mayNot')}</span>
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
