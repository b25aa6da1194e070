import { Button, Rating, Select, Textarea } from '@mantine/core'
import { IconDownload, IconPaperclip } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ticketChannel } from '../../../src-shared/contract/tickets-model.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { downloadBytes } from '../../components/export-csv.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { SideProps } from './side.tsx'
import { act } from './ticket-acts.ts'

type Channel = (typeof ticketChannel.options)[number]

/** What was attached: the engine says what it is, whatever it is called. */
export const TicketFiles = ({ record, mayWork }: SideProps) => {
  const { t } = useTranslation('ticket-record')
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const { id } = record.ticket
  const add = async (file: File): Promise<void> => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const name = file.name.slice(0, 200)
    if ((await act('tickets.addFile', { id, name, bytes })) !== null) {
      showToast({ kind: 'done', title: t('fileAdded', { name }) })
    }
  }
  const save = async (fileId: string): Promise<void> => {
    try {
      const { name, mediaType, content } = await callQuery('tickets.file', { id, fileId })
      downloadBytes(name, new Uint8Array(content), mediaType)
    } catch (error) {
      showFailure(failureOf(error))
    }
  }
  return (
    <section className="nc-panel" aria-label={t('files')}>
      <header className="nc-panel__head">
        <h2>{t('files')}</h2>
        {mayWork && (
          <>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPaperclip size={14} aria-hidden="true" />}
              onClick={() => input.current?.click()}
            >
              {t('attach')}
            </Button>
            <input
              ref={input}
              type="file"
              hidden
              aria-label={t('attach')}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0]
                event.currentTarget.value = ''
                if (file !== undefined) void add(file)
              }}
            />
          </>
        )}
      </header>
      {record.files.length === 0 ? (
        <p className="nc-panel__body nc-faint">{t('noFiles')}</p>
      ) : (
        <ul className="ntr-files nc-panel__body">
          {record.files.map((file) => (
            <li key={file.id}>
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconDownload size={14} aria-hidden="true" />}
                onClick={() => void save(file.id)}
              >
                {file.name}
              </Button>
              <span className="nc-soft nc-small">
                {format.bytes(file.bytes)} · {file.by ?? t('somebody')} ·{' '}
                {format.instant(file.addedAt, 'minute')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Asked once, after it was solved; what he answered is written down. */
export const Satisfaction = ({ record, mayWork }: SideProps) => {
  const { t } = useTranslation(['ticket-record', 'ticket-new'])
  const format = useFormat()
  const [dialog, setDialog] = useState<'ask' | 'answer' | null>(null)
  const { satisfaction, ticket } = record
  const isSolved = ticket.state === 'solved' || ticket.state === 'closed'
  if (ticket.subscriber === null || (satisfaction === null && !(isSolved && mayWork))) return null
  return (
    <section className="nc-panel" aria-label={t('satisfaction')}>
      <header className="nc-panel__head">
        <h2>{t('satisfaction')}</h2>
        {mayWork && satisfaction === null && (
          <Button size="compact-sm" variant="subtle" onClick={() => setDialog('ask')}>
            {t('ask')}
          </Button>
        )}
        {mayWork && satisfaction !== null && satisfaction.answeredAt === null && (
          <Button size="compact-sm" variant="subtle" onClick={() => setDialog('answer')}>
            {t('answer')}
          </Button>
        )}
      </header>
      <div className="nc-panel__body">
        {satisfaction === null ? (
          <p className="nc-faint">{t('notAsked')}</p>
        ) : satisfaction.score === null ? (
          <p className="nc-soft">
            {t('asked', { at: format.instant(satisfaction.askedAt, 'minute') })}
          </p>
        ) : (
          <>
            <p>{t('score', { score: format.number(satisfaction.score) })}</p>
            {satisfaction.words !== '' && <p className="ntr-said">{satisfaction.words}</p>}
          </>
        )}
      </div>
      {dialog === 'ask' && <AskDialog id={ticket.id} onClose={() => setDialog(null)} />}
      {dialog === 'answer' && <AnswerDialog id={ticket.id} onClose={() => setDialog(null)} />}
    </section>
  )
}

interface DialogProps {
  readonly id: string
  readonly onClose: () => void
}

const AskDialog = ({ id, onClose }: DialogProps) => {
  const { t } = useTranslation(['ticket-record', 'ticket-new'])
  const [channel, setChannel] = useState<Channel>('call')
  return (
    <FormDialog
      title={t('askTitle')}
      button={t('askDo')}
      ready
      onClose={onClose}
      onSubmit={async () => (await act('tickets.askSatisfaction', { id, channel })) !== null}
    >
      <p className="nc-soft">{t('askText')}</p>
      <Select
        label={t('channel', { ns: 'ticket-new' })}
        allowDeselect={false}
        value={channel}
        onChange={(value) =>
          setChannel(ticketChannel.options.find((one) => one === value) ?? 'call')
        }
        data={ticketChannel.options.map((value) => ({
          value,
          label: t(`channelOf.${value}`, { ns: 'ticket-new' }),
        }))}
        data-autofocus
      />
    </FormDialog>
  )
}

const AnswerDialog = ({ id, onClose }: DialogProps) => {
  const { t } = useTranslation('ticket-record')
  const [score, setScore] = useState(0)
  const [words, setWords] = useState('')
  return (
    <FormDialog
      title={t('answerTitle')}
      button={t('answerDo')}
      ready={score > 0}
      onClose={onClose}
      onSubmit={async () =>
        (await act('tickets.answerSatisfaction', { id, score, words: words.trim() })) !== null
      }
    >
      <Rating aria-label={t('scoreLabel')} value={score} onChange={setScore} size="lg" />
      <Textarea
        label={t('hisWords')}
        autosize
        minRows={2}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
