import { Button, SegmentedControl } from '@mantine/core'
import { IconLock, IconMessageReply, IconMessageUser, IconPoint } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useEventWords } from './event-words.ts'
import type { TicketEvent, TicketRecord } from './ticket-acts.ts'

const ways = ['all', 'customer', 'staff'] as const
type Way = (typeof ways)[number]
const step = 100
const most = 500

const icons = { reply: IconMessageReply, note: IconLock, customer: IconMessageUser } as const

const isShown = ({ message }: TicketEvent, way: Way): boolean =>
  way === 'all' ||
  (way === 'customer'
    ? message !== null && message.kind !== 'note'
    : message === null || message.kind === 'note')

/** All that was said and done, the newest first, with what came by merging. */
export const TicketTimeLine = ({ record }: { readonly record: TicketRecord }) => {
  const { t } = useTranslation('ticket-record')
  const [way, setWay] = useState<Way>('all')
  const [limit, setLimit] = useState(step)
  const { value, failure, refresh } = useQuery(
    'tickets.timeline',
    { id: record.ticket.id, limit },
    { on: ['tickets.changed'], everyMs: 500 },
  )
  const shown = (value?.events ?? []).filter((event) => isShown(event, way))
  return (
    <section className="nc-panel" aria-label={t('timeLine')}>
      <header className="nc-panel__head">
        <h2>{t('timeLine')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('timeLineWhich')}
          value={way}
          onChange={(next) => setWay(ways.find((one) => one === next) ?? 'all')}
          data={ways.map((one) => ({ value: one, label: t(`way.${one}`) }))}
        />
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : shown.length === 0 ? (
        <p className="nc-panel__body nc-soft">{t('nothingSaid')}</p>
      ) : (
        <ol className="ntr-line nc-panel__body">
          {shown.map((event) => (
            <TimeLineEvent
              key={event.seq}
              event={event}
              isOther={event.number !== record.ticket.number}
            />
          ))}
        </ol>
      )}
      {value?.more === true && limit < most && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => setLimit(Math.min(most, limit + step))}
        >
          {t('earlier')}
        </Button>
      )}
    </section>
  )
}

const TimeLineEvent = ({
  event,
  isOther,
}: {
  readonly event: TicketEvent
  readonly isOther: boolean
}) => {
  const { t } = useTranslation(['ticket-record', 'ticket-new'])
  const format = useFormat()
  const words = useEventWords()
  const { message } = event
  const EventIcon = message === null ? IconPoint : icons[message.kind]
  return (
    <li data-kind={message?.kind ?? 'event'}>
      <span className="ntr-line__icon">
        <EventIcon size={16} stroke={1.7} aria-hidden="true" />
      </span>
      <div>
        <p className="nc-small nc-soft">
          <strong>{event.by ?? t('console')}</strong>{' '}
          {message === null ? (
            words(event)
          ) : (
            <>
              {t(`said.${message.kind}`)}
              {message.channel !== null &&
                `, ${t(`channelOf.${message.channel}`, { ns: 'ticket-new' })}`}
            </>
          )}
          {isOther && <span className="nc-mono"> · {event.number}</span>}
          {' · '}
          <time dateTime={new Date(event.at).toISOString()}>
            {format.instant(event.at, 'minute')}
          </time>
        </p>
        {message !== null && <p className="ntr-said">{message.body}</p>}
      </div>
    </li>
  )
}
