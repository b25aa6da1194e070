import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../src-shared/contract/access-accounts.ts'
import { useQuery } from '../../client/hooks.ts'
import { act } from './access-acts.ts'
import { abilitiesOn } from './account-model.ts'
import { useMe } from './use-people.ts'

/** Which person at the company's provider an account is. */
export const CompanyAct = ({ account }: { readonly account: Account }) => {
  const { t } = useTranslation('access-company')
  const me = useMe()
  const [open, setOpen] = useState(false)
  const { value } = useQuery('access.company', {}, { on: ['access.changed'], everyMs: 500 })
  const isOffered = (value?.label ?? null) !== null || account.company !== null
  if (!isOffered || !abilitiesOn(account, me).others) return null
  if (!me.permissions.includes('access.account.manage')) return null
  return (
    <div className="ncp-acts">
      <div className="ncp-act">
        <span className="nc-small nc-soft">{t('account.actText')}</span>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('account.act')}
        </Button>
      </div>
      {open && <CompanyDialog account={account} onClose={() => setOpen(false)} />}
    </div>
  )
}

interface CompanyDialogProps {
  readonly account: Account
  readonly onClose: () => void
}

const CompanyDialog = ({ account, onClose }: CompanyDialogProps) => {
  const { t } = useTranslation('access-company')
  const { t: common } = useTranslation()
  const [subject, setSubject] = useState(account.company?.subject ?? '')
  const [companyOnly, setOnly] = useState(account.company?.companyOnly ?? false)
  const isOwner = account.roleId === 'owner'
  const { id: accountId, version: baseVersion, name } = account
  const save = async (kept: string | null): Promise<void> => {
    const done = await act(
      'access.companyAccount',
      { accountId, baseVersion, subject: kept, companyOnly: kept !== null && companyOnly },
      () => ({ title: t(kept === null ? 'account.removed' : 'account.saved', { name }) }),
    )
    if (done !== null) onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('account.dialog', { name })}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (subject.trim() !== '') void save(subject.trim())
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('account.subject')}
            description={t('account.subjectHint')}
            value={subject}
            maxLength={255}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
          <Checkbox
            label={t('account.onlyLabel')}
            description={t(isOwner ? 'account.onlyOwner' : 'account.onlyHint')}
            checked={companyOnly}
            disabled={isOwner}
            onChange={(event) => setOnly(event.currentTarget.checked)}
          />
          <p className="nc-small nc-soft">{t('account.ends')}</p>
          <Group justify="flex-end" gap="sm">
            {account.company !== null && (
              <Button variant="default" onClick={() => void save(null)}>
                {t('account.remove')}
              </Button>
            )}
            <Button type="submit" disabled={subject.trim() === ''}>
              {t('account.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
