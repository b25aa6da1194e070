import { Button, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoment } from '../fieldwork/order-words.tsx'
import { act, type WorkOrderRecord } from './order-acts.ts'
import { useFactWords } from './fact-words.ts'

/** Everything that was said about it, the newest first; what does not count says why. */
export const OrderTimeLine = ({ record }: { readonly record: WorkOrderRecord }) => {
  const { t } = useTranslation('fieldwork')
  const moment = useMoment()
  const words = useFactWords(record)
  const [text, setText] = useState('')
  const { order, events, may } = record
  const isSigned = order.state === 'signed-off' || order.state === 'closed'
  const mayWrite = isSigned
    ? may.work
    : order.state !== 'cancelled' && order.state !== 'not-completed'
  const send = async (): Promise<void> => {
    const note = { kind: isSigned ? 'amended' : 'noted', text: text.trim() } as const
    if ((await act('fieldwork.note', { id: order.id, note })) !== null) setText('')
  }
  return (
    <section className="nc-panel" aria-label={t('timeLine')}>
      <header className="nc-panel__head">
        <h2>{t('timeLine')}</h2>
      </header>
      <div className="nc-panel__body">
        {mayWrite && (
          <form
            className="nfo-note"
            onSubmit={(event) => {
              event.preventDefault()
              if (text.trim() !== '') void send()
            }}
          >
            <Textarea
              aria-label={t(isSigned ? 'amend' : 'note')}
              placeholder={t(isSigned ? 'amend' : 'note')}
              autosize
              minRows={1}
              maxRows={8}
              maxLength={4000}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                  event.preventDefault()
                  event.currentTarget.form?.requestSubmit()
                }
              }}
            />
            <Button type="submit" size="xs" variant="default" disabled={text.trim() === ''}>
              {t('write')}
            </Button>
          </form>
        )}
        {events.length === 0 ? (
          <p className="nc-faint">{t('nothingYet')}</p>
        ) : (
          <ol className="nfo-line">
            {events.map((event) => (
              <li key={event.id} data-clash={event.clash ?? undefined}>
                <span className="nc-soft nc-small nfo-line__at">{moment(event.at)}</span>
                <span>
                  {words(event.fact)}
                  {event.clash !== null && (
                    <span className="nfw-clash nc-small">
                      <IconAlertTriangle size={14} aria-hidden="true" />
                      {t(`clash.${event.clash}`)}
                    </span>
                  )}
                </span>
                <span className="nc-soft nc-small">{event.by ?? t('somebody')}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  )
}
