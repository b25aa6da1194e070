import { Button, Group, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../src-shared/contract/index.ts'
import { ticketChannel } from '../../../src-shared/contract/tickets-model.ts'
import { ticketPriorities } from '../../../src-shared/domain/ticket-state.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { usePermissions } from '../../state/workspace.ts'
import { SubscriberField } from '../billing/documents/subscriber-field.tsx'

type Opened = CallInput<'tickets.open'>
type Channel = (typeof ticketChannel.options)[number]

const saidKinds = ['customer', 'reply', 'note'] as const
type SaidKind = (typeof saidKinds)[number]

const longest = { subject: 200, body: 20_000 } as const

/** An alarm or an outage that a ticket is about, in words. */
export interface TicketOrigin {
  readonly source: { readonly kind: 'alarm' | 'outage'; readonly id: string }
  readonly subject: string
}

export interface NewTicketDialogProps {
  readonly origin?: TicketOrigin
  readonly subscriberId?: string
  readonly onClose: () => void
  /** Another way, beside the two buttons. */
  readonly other?: ReactNode
}

export const useMayOpenTickets = (): boolean => usePermissions().includes('tickets.ticket.work')

/** Asks what a ticket begins with; it opens when it is there. */
export const NewTicketDialog = ({ origin, subscriberId, onClose, other }: NewTicketDialogProps) => {
  const { t } = useTranslation('ticket-new')
  const { value: setup } = useQuery('tickets.setup', {})
  const [subject, setSubject] = useState((origin?.subject ?? '').slice(0, longest.subject))
  const [subscriber, setSubscriber] = useState<string | null>(subscriberId ?? null)
  const [serviceId, setServiceId] = useState<string | null>(null)
  const [priority, setPriority] = useState<string>('')
  const [affected, setAffected] = useState<number | null>(null)
  const [queueId, setQueueId] = useState<string | null>(null)
  const [tags, setTags] = useState<string[]>([])
  const [saidKind, setSaidKind] = useState<SaidKind>(origin === undefined ? 'customer' : 'note')
  const [channel, setChannel] = useState<Channel>('call')
  const [body, setBody] = useState('')
  const record = useQuery(
    'subscribers.record',
    { id: subscriber ?? '' },
    { skip: subscriber === null },
  ).value
  const services = (record?.id === subscriber ? record.services : []).filter(
    ({ state }) => state !== 'ended',
  )

  const said = (): Opened['said'] => {
    const text = body.trim()
    if (text === '') return null
    return saidKind === 'note'
      ? { kind: 'note', body: text }
      : { kind: saidKind, channel, body: text }
  }

  const submit = async (): Promise<boolean> => {
    try {
      const { id, number } = await runCommand('tickets.open', {
        subject: subject.trim(),
        subscriberId: subscriber,
        serviceId,
        priority: ticketPriorities.find((one) => one === priority) ?? null,
        affected,
        queueId,
        tags,
        said: said(),
        ...(origin === undefined ? {} : { source: origin.source }),
      })
      showToast({ kind: 'done', title: t('done', { number }) })
      navigate(paths.ticket(id))
      return true
    } catch (error) {
      showFailure(failureOf(error))
      return false
    }
  }

  return (
    <FormDialog
      title={t(origin === undefined ? 'title' : `titleOf.${origin.source.kind}`)}
      button={t('open')}
      size="lg"
      ready={subject.trim() !== ''}
      onClose={onClose}
      onSubmit={submit}
      other={other}
    >
      {origin !== undefined && <p className="nc-soft nc-small">{t('factsCome')}</p>}
      <TextInput
        label={t('subject')}
        description={t('subjectHint')}
        withAsterisk
        value={subject}
        maxLength={longest.subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
        data-autofocus
      />
      {/* An ONU's alarm brings its subscriber along by itself. */}
      {origin === undefined && (
        <Group grow align="flex-start">
          <SubscriberField
            optional
            value={subscriber}
            onChange={(id) => {
              setSubscriber(id)
              setServiceId(null)
            }}
          />
          {services.length > 0 && (
            <Select
              label={t('service')}
              clearable
              placeholder={t('serviceAny')}
              value={serviceId}
              onChange={setServiceId}
              data={services.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Group>
      )}
      <Group grow align="flex-start">
        <Select
          label={t('priority')}
          allowDeselect={false}
          value={priority}
          onChange={(value) => setPriority(value ?? '')}
          data={[
            { value: '', label: t('priorityAuto') },
            ...ticketPriorities.map((value) => ({
              value,
              label: t(`priorityLong.${value}`, { ns: 'tickets' }),
            })),
          ]}
        />
        <NumberInput
          label={t('affected')}
          placeholder={t('affectedAuto')}
          min={0}
          max={10_000_000}
          allowDecimal={false}
          value={affected ?? ''}
          onChange={(value) => setAffected(typeof value === 'number' ? value : null)}
        />
        <Select
          label={t('queue')}
          clearable
          placeholder={t('queueNone')}
          value={queueId}
          onChange={setQueueId}
          data={(setup?.queues ?? [])
            .filter(({ active }) => active)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label={t('said')}
          allowDeselect={false}
          value={saidKind}
          onChange={(value) => setSaidKind(saidKinds.find((one) => one === value) ?? 'customer')}
          data={saidKinds.map((value) => ({ value, label: t(`saidKind.${value}`) }))}
        />
        {saidKind !== 'note' && (
          <Select
            label={t('channel')}
            allowDeselect={false}
            value={channel}
            onChange={(value) =>
              setChannel(ticketChannel.options.find((one) => one === value) ?? 'call')
            }
            data={ticketChannel.options.map((value) => ({
              value,
              label: t(`channelOf.${value}`),
            }))}
          />
        )}
      </Group>
      <Textarea
        label={t('body')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={longest.body}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }
        }}
      />
      <TagsInput
        label={t('tags')}
        placeholder={t('tagsHint')}
        value={tags}
        onChange={(next) => setTags(next.map((tag) => tag.trim().slice(0, 40)))}
        maxTags={20}
      />
    </FormDialog>
  )
}

export interface TicketOriginDialogProps {
  readonly origin: TicketOrigin
  readonly onClose: () => void
  /** To the window in which the number of another desk is typed. */
  readonly onTyped: () => void
}

/** From an alarm or an outage: Enter opens it; who has a desk of his own types its number. */
export const TicketOriginDialog = ({ origin, onClose, onTyped }: TicketOriginDialogProps) => {
  const { t } = useTranslation('ticket-new')
  return (
    <NewTicketDialog
      origin={origin}
      onClose={onClose}
      other={
        <Button variant="subtle" onClick={onTyped}>
          {t('typeNumber')}
        </Button>
      }
    />
  )
}
