import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { act } from './subscriber-acts.ts'

/** The few things one asks on the telephone; everything else is on his page. */
export const QuickDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('subscribers')
  const settings = useQuery('subscribers.settings', {}).value
  const [kind, setKind] = useState<'person' | 'company'>('person')
  const [status, setStatus] = useState<'lead' | 'active'>('lead')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [email, setEmail] = useState('')
  const [street, setStreet] = useState('')
  const [city, setCity] = useState('')
  const [code, setCode] = useState('')
  const { value } = useQuery(
    'subscribers.alike',
    { name, phone, email },
    { skip: name.trim().length < 3 && phone.trim().length < 6 && !email.includes('@') },
  )
  const alike = value?.alike ?? []

  const submit = async (): Promise<boolean> => {
    const made = await act('subscribers.create', {
      kind,
      status,
      name,
      code: code.trim() === '' ? null : code,
      language: settings?.language ?? 'id',
      contacts: phone.trim() === '' && email.trim() === '' ? [] : [{ role: 'owner', phone, email }],
      addresses:
        street.trim() === '' && city.trim() === ''
          ? []
          : [{ kind: 'service', lines: street, city, country: settings?.country ?? '' }],
    })
    if (made === null) return false
    showToast({ kind: 'done', title: t('quick.done', { name: name.trim(), code: made.code }) })
    navigate(paths.subscriber(made.id))
    return true
  }
  return (
    <FormDialog
      title={t('quick.title')}
      button={t('quick.add')}
      ready={name.trim() !== ''}
      size="lg"
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="nsu-row">
        <SegmentedControl
          size="xs"
          aria-label={t('field.kind')}
          value={kind}
          onChange={(next) => setKind(next === 'company' ? 'company' : 'person')}
          data={(['person', 'company'] as const).map((value_) => ({
            value: value_,
            label: t(`kind.${value_}`),
          }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('quick.status')}
          value={status}
          onChange={(next) => setStatus(next === 'active' ? 'active' : 'lead')}
          data={(['lead', 'active'] as const).map((value_) => ({
            value: value_,
            label: t(`status.${value_}`),
          }))}
        />
      </div>
      <div className="nsu-grid">
        <TextInput
          className="nsu-span"
          label={t('field.name')}
          value={name}
          maxLength={160}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <TextInput
          label={t('field.phone')}
          value={phone}
          maxLength={40}
          inputMode="tel"
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <TextInput
          label={t('field.email')}
          value={email}
          maxLength={254}
          inputMode="email"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label={t('field.street')}
          value={street}
          maxLength={300}
          onChange={(event) => setStreet(event.currentTarget.value)}
        />
        <TextInput
          label={t('field.city')}
          value={city}
          maxLength={80}
          onChange={(event) => setCity(event.currentTarget.value)}
        />
        <TextInput
          label={t('quick.code')}
          description={
            settings === undefined ? undefined : t('quick.codeHint', { next: settings.nextCode })
          }
          value={code}
          maxLength={40}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </div>
      {alike.length > 0 && (
        <div className="nsu-box" role="status">
          <strong>{t('quick.alike')}</strong>
          <ul>
            {alike.map(({ subscriber, by }) => (
              <li key={subscriber.id}>
                <RouteLink to={paths.subscriber(subscriber.id)}>
                  {subscriber.code} {subscriber.name}
                </RouteLink>{' '}
                <span className="nc-soft">{by.map((one) => t(`quick.by.${one}`)).join(', ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </FormDialog>
  )
}
