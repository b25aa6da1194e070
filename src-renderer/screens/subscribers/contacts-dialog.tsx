import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type {
  SubscriberContact,
  SubscriberRecord,
} from '../../../src-shared/contract/subscribers-model.ts'
import { phoneOf } from '../../../src-shared/domain/phone.ts'
import { useQuery } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { attempt } from './subscriber-acts.ts'

const roles = ['owner', 'billing', 'technical', 'other'] as const
const channels = ['any', 'call', 'whatsapp', 'sms', 'email', 'none'] as const

type Typed = Omit<SubscriberContact, 'id' | 'verifiedAt'> & {
  /** Null: a new one. */
  readonly id: string | null
  readonly key: string
}

const blank = (): Typed => ({
  id: null,
  key: makeUuidV7(),
  role: 'other',
  name: '',
  phone: '',
  email: '',
  channel: 'any',
  note: '',
})

/** All contacts at once, in their order: the first one is shown in lists. */
export const ContactsDialog = ({
  record,
  onClose,
}: {
  readonly record: SubscriberRecord
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('subscribers')
  const country = useQuery('subscribers.settings', {}).value?.country ?? 'ID'
  const [contacts, setContacts] = useState<readonly Typed[]>(
    record.contacts.length === 0
      ? [{ ...blank(), role: 'owner' }]
      : record.contacts.map((kept) => {
          const { verifiedAt: _, ...one } = kept
          return { ...one, key: one.id }
        }),
  )
  const [failure, setFailure] = useState<Failure | null>(null)
  const set = (key: string, change: Partial<Typed>): void =>
    setContacts(contacts.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const phoneFits = ({ phone }: Typed): boolean =>
    phone.trim() === '' || phoneOf(phone, country) !== null
  return (
    <FormDialog
      title={t('contacts.title')}
      button={t('save')}
      ready={contacts.every(phoneFits)}
      size="xl"
      onClose={onClose}
      onSubmit={async () => {
        const answer = await attempt('subscribers.setContacts', {
          id: record.id,
          baseVersion: record.version,
          contacts: contacts
            .filter(({ name, phone, email }) => `${name}${phone}${email}`.trim() !== '')
            .map((typed) => {
              const { key: _, ...one } = typed
              return one
            }),
        })
        if ('failure' in answer) {
          setFailure(answer.failure)
          return false
        }
        showToast({ kind: 'done', title: t('saved') })
        return true
      }}
      other={
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={contacts.length >= 20}
          onClick={() => setContacts([...contacts, blank()])}
        >
          {t('contacts.add')}
        </Button>
      }
    >
      {contacts.map((one, at) => (
        <fieldset key={one.key} className="nsu-box">
          <legend>{t('contacts.one', { number: at + 1 })}</legend>
          <div className="nsu-grid">
            <Select
              label={t('field.role')}
              value={one.role}
              allowDeselect={false}
              onChange={(next) =>
                set(one.key, { role: roles.find((each) => each === next) ?? one.role })
              }
              data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
            />
            <TextInput
              label={t('field.name')}
              value={one.name}
              maxLength={160}
              onChange={(event) => set(one.key, { name: event.currentTarget.value })}
            />
            <TextInput
              label={t('field.phone')}
              value={one.phone}
              maxLength={40}
              inputMode="tel"
              error={phoneFits(one) ? null : t('import.code.phone')}
              onChange={(event) => set(one.key, { phone: event.currentTarget.value })}
            />
            <TextInput
              label={t('field.email')}
              value={one.email}
              maxLength={254}
              inputMode="email"
              onChange={(event) => set(one.key, { email: event.currentTarget.value })}
            />
            <Select
              label={t('field.channel')}
              value={one.channel}
              allowDeselect={false}
              onChange={(next) =>
                set(one.key, { channel: channels.find((each) => each === next) ?? one.channel })
              }
              data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
            />
            <TextInput
              label={t('field.note')}
              value={one.note}
              maxLength={200}
              onChange={(event) => set(one.key, { note: event.currentTarget.value })}
            />
          </div>
          <ActionIcon
            aria-label={t('contacts.remove')}
            onClick={() => setContacts(contacts.filter(({ key }) => key !== one.key))}
          >
            <IconTrash size={15} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </fieldset>
      ))}
      {failure !== null && <FailureState brief failure={failure} />}
      {failure?.code === 'conflict' && <p role="alert">{t('conflict')}</p>}
    </FormDialog>
  )
}
