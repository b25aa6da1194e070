import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src-shared/contract/access-accounts.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useRoleName } from '../../components/permission-words.ts'
import { act } from '../access-accounts/access-acts.ts'
import { useMe } from '../access-accounts/use-people.ts'
import { draftOf, roleInput } from './role-model.ts'

export interface CopyRoleDialogProps {
  readonly role: Role
  readonly onClose: () => void
}

/** A role of the workspace's own begins as a copy, without what the person does not have himself. */
export const CopyRoleDialog = ({ role, onClose }: CopyRoleDialogProps) => {
  const { t } = useTranslation('access-people')
  const roleName = useRoleName()
  const { permissions: own } = useMe()
  const [name, setName] = useState('')
  const word = roleName({ roleId: role.id, roleName: role.name })
  const make = async (): Promise<boolean> => {
    const draft = draftOf(role)
    const made = await act(
      'access.saveRole',
      {
        ...roleInput(role, draft),
        roleId: null,
        baseVersion: 0,
        name: name.trim(),
        copyOf: role.isBuiltIn ? role.id : role.copyOf,
        permissions: role.permissions.filter((permission) => own.includes(permission)),
      },
      () => ({ title: t('roles.copied', { name: name.trim() }) }),
    )
    if (made !== null) navigate(paths.role(made.roleId))
    return made !== null
  }
  return (
    <FormDialog
      title={t('roles.copyTitle')}
      button={t('roles.copyButton')}
      ready={name.trim() !== ''}
      size="sm"
      onClose={onClose}
      onSubmit={make}
    >
      <p>{t('roles.copyText', { role: word })}</p>
      <TextInput
        label={t('roles.copyName')}
        data-autofocus
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
