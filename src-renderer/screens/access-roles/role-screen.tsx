import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconCopy, IconShieldLock, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import type { Role } from '../../../src-shared/contract/access-accounts.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { GonePage } from '../../components/gone-page.tsx'
import { usePermissionWords, useRoleName } from '../../components/permission-words.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { showFailure } from '../../components/toast.tsx'
import { act } from '../access-accounts/access-acts.ts'
import { useMe, useRoles } from '../access-accounts/use-people.ts'
import { CopyRoleDialog } from './copy-role-dialog.tsx'
import { RoleRules } from './role-rules.tsx'
import {
  byCapability,
  changesIn,
  draftOf,
  roleInput,
  toggled,
  type RoleDraft,
} from './role-model.ts'
import { WhoHasIt } from './who-has-it.tsx'
import './roles.css'

/** One role: its rules of sign-in, what it may do, who has it. */
export const RoleScreen = () => {
  const { t } = useTranslation('access-people')
  const { roleId } = useParams<{ roleId: string }>()
  const { value, failure, refresh } = useRoles()
  if (value === undefined) {
    return (
      <div className="nc-page">
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      </div>
    )
  }
  const role = value.roles.find(({ id }) => id === roleId)
  if (role === undefined) {
    return (
      <GonePage
        icon={IconShieldLock}
        title={t('rolePage.gone')}
        to={paths.roles()}
        back={t('rolePage.back')}
      />
    )
  }
  // Another version is another form: what was typed is not laid over somebody else's change.
  return <RoleForm key={`${role.id} ${role.version}`} role={role} permissions={value.permissions} />
}

interface RoleFormProps {
  readonly role: Role
  readonly permissions: readonly string[]
}

const RoleForm = ({ role, permissions }: RoleFormProps) => {
  const { t } = useTranslation('access-people')
  const words = usePermissionWords()
  const roleName = useRoleName()
  const me = useMe()
  const [draft, setDraft] = useState<RoleDraft>(() => draftOf(role))
  const [copying, setCopying] = useState(false)
  const [saving, setSaving] = useState(false)
  const manages = me.permissions.includes('access.role.manage')
  const word = roleName({ roleId: role.id, roleName: role.name })
  const changes = changesIn(role, draft)
  const change = (part: Partial<RoleDraft>): void => setDraft((before) => ({ ...before, ...part }))

  const keep = async (kept: RoleDraft, of: Role, undo?: () => void): Promise<void> => {
    setSaving(true)
    await act('access.saveRole', roleInput(of, kept), () => ({
      title: t('rolePage.saved', { role: word }),
      text: t('rolePage.savedText'),
      ...(undo === undefined ? {} : { undo }),
    }))
    setSaving(false)
  }
  const undo = async (): Promise<void> => {
    try {
      const { roles } = await callQuery('access.roles', {})
      const now = roles.find(({ id }) => id === role.id)
      if (now !== undefined) await keep(draftOf(role), now)
    } catch (error) {
      showFailure(failureOf(error))
    }
  }
  const remove = async (): Promise<void> => {
    const again = (): void => {
      void act('access.saveRole', {
        ...roleInput(role, draftOf(role)),
        roleId: null,
        baseVersion: 0,
      })
    }
    const done = await act(
      'access.removeRole',
      { roleId: role.id, baseVersion: role.version },
      () => ({ title: t('rolePage.removed', { role: word }), undo: again }),
    )
    if (done !== null) navigate(paths.roles())
  }

  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>
          <nav className="nc-small nc-soft" aria-label={t('rolePage.back')}>
            <RouteLink to={paths.roles()}>{t('rolePage.back')}</RouteLink>
          </nav>
          {word}
        </h1>
        {manages && (
          <Button
            variant="default"
            leftSection={<IconCopy size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => setCopying(true)}
          >
            {t('roles.copy')}
          </Button>
        )}
        {manages && !role.isBuiltIn && (
          <Button
            variant="default"
            disabled={role.accounts > 0}
            title={role.accounts > 0 ? t('rolePage.removeUsed') : undefined}
            leftSection={<IconTrash size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => void remove()}
          >
            {t('rolePage.remove')}
          </Button>
        )}
      </header>
      <p className="nc-soft">
        {!manages
          ? t('rolePage.readOnly', { permission: words.of('access.role.manage') })
          : role.isBuiltIn
            ? t('rolePage.fixed')
            : t('rolePage.copyOf', {
                role: roleName({ roleId: role.copyOf, roleName: role.copyOf }),
              })}
      </p>
      <div className="ncr-columns">
        <section className="nc-panel" aria-label={t('rolePage.permissions')}>
          <header className="nc-panel__head">
            <h2>{t('rolePage.permissions')}</h2>
            <span className="nc-small nc-soft">
              {t('roles.own', { count: draft.permissions.size, total: permissions.length })}
            </span>
          </header>
          {!role.isBuiltIn && manages && (
            <div className="nc-panel__body">
              <TextInput
                label={t('rolePage.name')}
                maxLength={60}
                autoComplete="off"
                value={draft.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
            </div>
          )}
          {byCapability(permissions).map((group) => (
            <fieldset key={group.capability} className="ncr-fieldset">
              <legend>{words.ofCapability(group.capability)}</legend>
              <div className="ncr-boxes">
                {group.permissions.map((name) => {
                  const own = me.permissions.includes(name)
                  const has = draft.permissions.has(name)
                  return (
                    <Checkbox
                      key={name}
                      label={words.of(name)}
                      description={
                        own || role.isBuiltIn || !manages ? (
                          <span className="nc-mono ncr-name">{name}</span>
                        ) : (
                          t('rolePage.beyond')
                        )
                      }
                      checked={has}
                      disabled={role.isBuiltIn || !manages || (!own && !has)}
                      onChange={() => change({ permissions: toggled(draft.permissions, name) })}
                    />
                  )
                })}
              </div>
            </fieldset>
          ))}
        </section>
        <div className="ncr-side">
          <RoleRules draft={draft} disabled={!manages} onChange={change} />
          <WhoHasIt roleId={role.id} />
        </div>
      </div>
      {changes > 0 && (
        <div className="ncr-foot" role="status">
          <span>{t('rolePage.changes', { count: changes })}</span>
          <Button variant="default" onClick={() => setDraft(draftOf(role))}>
            {t('rolePage.revert')}
          </Button>
          <Button
            loading={saving}
            disabled={draft.name.trim() === ''}
            onClick={() => void keep(draft, role, () => void undo())}
          >
            {t('rolePage.save')}
          </Button>
        </div>
      )}
      {copying && <CopyRoleDialog role={role} onClose={() => setCopying(false)} />}
    </div>
  )
}
