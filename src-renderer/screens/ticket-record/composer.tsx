import { Button, SegmentedControl, Select, Textarea } from '@mantine/core'
import { IconLock, IconMessageReply, IconMessageUser, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ticketChannel } from '../../../src-shared/contract/tickets-model.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { act, draftOf, keepDraft, type TicketRecord } from './ticket-acts.ts'

const kinds = ['reply', 'note', 'customer'] as const
type Kind = (typeof kinds)[number]
const icons = { reply: IconMessageReply, note: IconLock, customer: IconMessageUser } as const
type Channel = (typeof ticketChannel.options)[number]

/** A word to the customer, for staff alone, or from the customer: told apart by shape and word. */
export const Composer = ({ record }: { readonly record: TicketRecord }) => {
  const { t } = useTranslation(['ticket-record', 'ticket-new'])
  const { ticket } = record
  const { value: setup } = useQuery('tickets.setup', {}, { on: ['tickets.changed'] })
  const [kind, setKind] = useState<Kind>(ticket.subscriber === null ? 'note' : 'reply')
  const [channel, setChannel] = useState<Channel>(record.told?.channel ?? 'call')
  const [body, setBody] = useState(() => draftOf(ticket.id))
  const [isBusy, setBusy] = useState(false)
  const write = (text: string): void => {
    setBody(text)
    keepDraft(ticket.id, text)
  }
  const fill = async (templateId: string): Promise<void> => {
    try {
      const filled = await callQuery('tickets.fillTemplate', { templateId, ticketId: ticket.id })
      write(body.trim() === '' ? filled.body : `${body.trimEnd()}\n\n${filled.body}`)
    } catch (error) {
      showFailure(failureOf(error))
    }
  }
  const send = async (): Promise<void> => {
    const text = body.trim()
    if (text === '' || isBusy) return
    setBusy(true)
    const said = await act('tickets.say', {
      id: ticket.id,
      said: kind === 'note' ? { kind, body: text } : { kind, channel, body: text },
    })
    setBusy(false)
    if (said === null) return
    write('')
    if (said.isNew || said.id !== ticket.id) {
      showToast({ kind: 'info', title: t('saidElsewhere', { number: said.number }) })
      navigate(paths.ticket(said.id))
    }
  }
  const KindIcon = icons[kind]
  return (
    <form
      className="ntr-composer"
      data-kind={kind}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="ntr-composer__row">
        <SegmentedControl
          size="xs"
          aria-label={t('saidHow')}
          value={kind}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'note')}
          data={kinds.map((value) => ({ value, label: t(`say.${value}`) }))}
        />
        {kind !== 'note' && (
          <Select
            size="xs"
            w={150}
            aria-label={t('channel', { ns: 'ticket-new' })}
            allowDeselect={false}
            value={channel}
            onChange={(value) =>
              setChannel(ticketChannel.options.find((one) => one === value) ?? 'call')
            }
            data={ticketChannel.options.map((value) => ({
              value,
              label: t(`channelOf.${value}`, { ns: 'ticket-new' }),
            }))}
          />
        )}
        {(setup?.templates.length ?? 0) > 0 && kind !== 'customer' && (
          <Select
            size="xs"
            w={170}
            aria-label={t('template')}
            placeholder={t('template')}
            searchable
            value={null}
            onChange={(id) => {
              if (id !== null) void fill(id)
            }}
            data={(setup?.templates ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </div>
      <p className="ntr-composer__what nc-small">
        <KindIcon size={14} stroke={1.8} aria-hidden="true" /> {t(`sayHint.${kind}`)}
      </p>
      <Textarea
        aria-label={t(`say.${kind}`)}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={20_000}
        value={body}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }
        }}
      />
      <div className="ntr-composer__row">
        <Button
          type="submit"
          size="xs"
          loading={isBusy}
          disabled={body.trim() === ''}
          leftSection={<IconSend size={14} stroke={1.7} aria-hidden="true" />}
        >
          {t(`sayDo.${kind}`)}
        </Button>
        <span className="nc-faint nc-small">{t('sendKey')}</span>
      </div>
    </form>
  )
}
