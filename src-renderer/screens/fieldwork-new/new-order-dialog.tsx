import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { usePermissions } from '../../state/workspace.ts'
import { SubscriberField } from '../billing/documents/subscriber-field.tsx'

export const useMayOpenOrders = (): boolean => usePermissions().includes('fieldwork.order.work')

/** Asks what is to be done and where; it opens when it is there. */
export const NewOrderDialog = ({
  subscriberId,
  ticket,
  onClose,
}: {
  readonly subscriberId?: string
  /** From which it takes over whose and where. */
  readonly ticket?: { readonly id: string; readonly subject: string; readonly number: string }
  readonly onClose: () => void
}) => {
  const { t, i18n } = useTranslation('fieldwork')
  const { value: setup } = useQuery('fieldwork.setup', {})
  const language = i18n.language === 'id' ? 'id' : 'en'
  const types = (setup?.types ?? []).filter(({ active }) => active)
  const [chosen, setChosen] = useState<string | null>(null)
  // From a ticket it is a repair as a rule.
  const type =
    types.find(({ id }) => id === chosen) ??
    types.find(({ kind }) => kind === (ticket === undefined ? 'install' : 'repair')) ??
    types[0]
  const [subject, setSubject] = useState((ticket?.subject ?? '').slice(0, 200))
  const [subscriber, setSubscriber] = useState<string | null>(subscriberId ?? null)
  const [place, setPlace] = useState('')
  const [minutes, setMinutes] = useState<number | null>(null)
  const [details, setDetails] = useState('')

  const submit = async (): Promise<boolean> => {
    if (type === undefined) return false
    try {
      const { id, number } = await runCommand('fieldwork.open', {
        typeId: type.id,
        subject: subject.trim(),
        details: details.trim(),
        subscriberId: ticket === undefined ? subscriber : null,
        ticketId: ticket?.id ?? null,
        place: place.trim() === '' ? null : place.trim(),
        minutes,
      })
      showToast({ kind: 'done', title: t('opened', { number }) })
      navigate(paths.workOrder(id))
      return true
    } catch (error) {
      showFailure(failureOf(error))
      return false
    }
  }

  return (
    <FormDialog
      title={ticket === undefined ? t('newTitle') : t('newOf', { number: ticket.number })}
      button={t('open')}
      size="lg"
      ready={subject.trim() !== '' && type !== undefined}
      onClose={onClose}
      onSubmit={submit}
    >
      {setup !== undefined && types.length === 0 && (
        <EmptyState title={t('noTypes')} text={t('noTypesText')} />
      )}
      {ticket !== undefined && <p className="nc-soft nc-small">{t('takesOver')}</p>}
      <Group grow align="flex-start">
        <Select
          label={t('col.kind')}
          allowDeselect={false}
          value={type?.id ?? null}
          onChange={setChosen}
          data={types.map(({ id, name }) => ({ value: id, label: name[language] }))}
        />
        <NumberInput
          label={t('minutes')}
          placeholder={type === undefined ? '' : String(type.minutes)}
          min={5}
          max={1440}
          allowDecimal={false}
          value={minutes ?? ''}
          onChange={(value) => setMinutes(typeof value === 'number' ? value : null)}
        />
      </Group>
      <TextInput
        label={t('col.subject')}
        description={t('subjectHint')}
        withAsterisk
        value={subject}
        maxLength={200}
        onChange={(event) => setSubject(event.currentTarget.value)}
        data-autofocus
      />
      {ticket === undefined && (
        <SubscriberField optional value={subscriber} onChange={setSubscriber} />
      )}
      <TextInput
        label={t('col.place')}
        description={t('placeHint')}
        value={place}
        maxLength={400}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
      <Textarea
        label={t('details')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={8000}
        value={details}
        onChange={(event) => setDetails(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }
        }}
      />
    </FormDialog>
  )
}
