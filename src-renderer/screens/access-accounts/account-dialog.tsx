import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../src-shared/contract/access-accounts.ts'
import { isBuiltInRole } from '../../../src-shared/domain/roles.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useRoleName } from '../../components/permission-words.ts'
import { act } from './access-acts.ts'
import { mayGive } from './account-model.ts'
import { useEmployees, useMe, useRoles } from './use-people.ts'
import './people.css'

export interface AccountDialogProps {
  /** Null: a new one. */
  readonly account: Account | null
  readonly onClose: () => void
  readonly onMade?: (accountId: string) => void
}

/** Name, login, role and employee; a new one gets a one-time code outside the page. */
export const AccountDialog = ({ account, onClose, onMade }: AccountDialogProps) => {
  const { t } = useTranslation('access-people')
  const roleName = useRoleName()
  const me = useMe()
  const roles = useRoles().value?.roles ?? []
  const employees = useEmployees().value?.employees ?? []
  const [name, setName] = useState(account?.name ?? '')
  const [login, setLogin] = useState(account?.login ?? '')
  const [roleId, setRoleId] = useState<string | null>(account?.roleId ?? null)
  const [employeeId, setEmployeeId] = useState<string | null>(account?.employeeId ?? null)
  const isOwn = account?.id === me.id
  const isOwner = account?.roleId === 'owner'
  const free = employees.filter(
    ({ id, accountId }) => accountId === null || id === account?.employeeId,
  )
  const chooseEmployee = (id: string | null): void => {
    setEmployeeId(id)
    const employee = employees.find((each) => each.id === id)
    if (employee === undefined || name.trim() !== '') return
    setName(employee.name)
    if (login.trim() === '') setLogin(employee.name.split(/\s+/)[0]?.toLowerCase() ?? '')
  }
  const ready = name.trim() !== '' && login.trim() !== '' && roleId !== null

  const save = async (): Promise<boolean> => {
    if (roleId === null) return false
    const called = name.trim()
    if (account === null) {
      const made = await act(
        'access.createAccount',
        { name: called, login: login.trim(), roleId, employeeId },
        () => ({ title: t('account.created', { name: called }) }),
      )
      if (made !== null) onMade?.(made.accountId)
      return made !== null
    }
    const done = await act(
      'access.changeAccount',
      {
        accountId: account.id,
        baseVersion: account.version,
        ...(called === account.name ? {} : { name: called }),
        ...(login.trim() === account.login ? {} : { login: login.trim() }),
        ...(roleId === account.roleId ? {} : { roleId }),
        ...(employeeId === account.employeeId ? {} : { employeeId }),
      },
      () => ({ title: t('account.changed', { name: called }) }),
    )
    return done !== null
  }

  return (
    <FormDialog
      title={t(account === null ? 'account.new' : 'account.change')}
      button={t(account === null ? 'account.create' : 'account.save')}
      ready={ready}
      onClose={onClose}
      onSubmit={save}
    >
      <Select
        label={t('account.employee')}
        description={t('account.employeeHint')}
        placeholder={t('account.noEmployee')}
        clearable
        searchable
        value={employeeId}
        onChange={chooseEmployee}
        data={free.map(({ id, name: employeeName, position }) => ({
          value: id,
          label: position === '' ? employeeName : `${employeeName}, ${position}`,
        }))}
      />
      <div className="ncp-two">
        <TextInput
          label={t('account.name')}
          withAsterisk
          data-autofocus
          maxLength={80}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('account.login')}
          withAsterisk
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
      </div>
      <Select
        label={t('account.role')}
        withAsterisk
        disabled={isOwn || isOwner}
        description={
          isOwner
            ? t('account.roleOwner')
            : isOwn
              ? t('account.roleOwn')
              : roleId !== null && isBuiltInRole(roleId)
                ? t(`roleFor.${roleId}`)
                : undefined
        }
        value={roleId}
        onChange={setRoleId}
        data={roles
          .filter(({ id }) => id !== 'owner' || isOwner)
          .map((role) => {
            const word = roleName({ roleId: role.id, roleName: role.name })
            const may = mayGive(role, me.permissions) || role.id === account?.roleId
            return {
              value: role.id,
              label: may ? word : t('account.beyond', { role: word }),
              disabled: !may,
            }
          })}
      />
      <p className="nc-small nc-soft">
        {t(account === null ? 'account.codeNote' : 'account.roleNote')}
      </p>
    </FormDialog>
  )
}
