import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBell,
  IconFlag,
  IconChevronLeft,
  IconChevronRight,
  IconMessage,
  IconRefresh,
} from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useTicking } from '../../components/clock.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { TicketsTabs } from '../tickets/tickets-tabs.tsx'
import { TicketPriorityMark } from '../tickets/ticket-words.tsx'
import { byDay, daysOf, midnight, stepped, type DueItem, type DueSpan } from './due-model.ts'
import './desk.css'

const icons = {
  'first-response': IconMessage,
  update: IconRefresh,
  solution: IconFlag,
  reminder: IconBell,
}
const mostOfDay = 4
const mostOverdue = 9
/** As far back as the engine looks for what is overdue. */
const longAgo = 0

const minuteOf = (now: number): number => now - (now % 60_000)

const useDays = () => {
  const { locale } = useFormat()
  return useMemo(() => {
    const make = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', options)
    return {
      weekday: make({ weekday: 'short' }),
      month: make({ month: 'long', year: 'numeric' }),
      day: make({ weekday: 'long', day: 'numeric', month: 'long' }),
      short: make({ day: 'numeric', month: 'short' }),
      time: make({ hour: '2-digit', minute: '2-digit' }),
    }
  }, [locale])
}

const Item = ({ item, now }: { readonly item: DueItem; readonly now: number }) => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const days = useDays()
  const { at, what, ticket } = item
  const isLate = at <= now
  const Icon = icons[what]
  const title = `${format.instant(at, 'minute')} · ${t(`metric.${what}`)} · ${ticket.subject}`
  return (
    <RouteLink to={paths.ticket(ticket.id)} className="ntd-item" title={title}>
      {isLate ? (
        <IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" className="ntd-late" />
      ) : (
        <Icon size={13} stroke={1.8} aria-hidden="true" />
      )}
      <span className="ntd-item__time">{days.time.format(at)}</span>
      <TicketPriorityMark priority={ticket.priority} />
      <span className="ntd-item__number">{ticket.number}</span>
      <span className="ntd-item__subject nc-cut">{ticket.subject}</span>
      <span className="nc-hidden">
        {t(`metric.${what}`)}
        {isLate && ` · ${t('late', { for: format.age(now - at) })}`}
      </span>
    </RouteLink>
  )
}

/** Promises and reminders on the days they fall due; what is over stands in front. */
export const DueScreen = () => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const words = useDays()
  const [span, setSpan] = useState<DueSpan>('week')
  const [at, setAt] = useState(() => Date.now())
  const now = useTicking(minuteOf)
  const today = midnight(now)
  const days = daysOf(span, at)
  const [from, to] = [days[0]!, midnight(days.at(-1)!, 1)]
  const on = { on: ['tickets.changed'] as const, everyMs: 1_500 }
  const { value, failure, refresh } = useQuery('tickets.due', { from, to }, on)
  // Asked by the hour: by the moment it would be another question each time.
  const late = useQuery(
    'tickets.due',
    { from: longAgo, to: Math.ceil(now / 3_600_000) * 3_600_000 },
    on,
  )
  useShortcut('refresh', () => {
    refresh()
    late.refresh()
  })
  const overdue = (late.value?.due ?? []).filter((item) => item.at <= now)
  const items = byDay(value?.due ?? [])
  const shownMonth = new Date(at).getMonth()
  const title =
    span === 'month'
      ? words.month.format(at)
      : `${words.short.format(days[0])} – ${words.short.format(days[6])} ${new Date(days[6]!).getFullYear()}`
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('tickets')}</h1>
        <ActionIcon
          variant="default"
          aria-label={t('due.before')}
          onClick={() => setAt(stepped(span, at, -1))}
        >
          <IconChevronLeft size={15} aria-hidden="true" />
        </ActionIcon>
        <strong className="ntd-span" role="status">
          {title}
        </strong>
        <ActionIcon
          variant="default"
          aria-label={t('due.after')}
          onClick={() => setAt(stepped(span, at, 1))}
        >
          <IconChevronRight size={15} aria-hidden="true" />
        </ActionIcon>
        <Button variant="default" onClick={() => setAt(Date.now())}>
          {t('due.today')}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={t('due.view')}
          value={span}
          onChange={(next) => setSpan(next === 'month' ? 'month' : 'week')}
          data={[
            { value: 'week', label: t('due.week') },
            { value: 'month', label: t('due.month') },
          ]}
        />
      </header>
      <TicketsTabs />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      <section className="ntd-overdue" aria-label={t('due.overdue')} data-some={overdue.length > 0}>
        <h2>
          {t('due.overdue')} · {format.number(overdue.length)}
          {late.value?.more === true && '+'}
        </h2>
        {overdue.length === 0 ? (
          <p className="nc-soft">{t('due.overdueNone')}</p>
        ) : (
          <>
            <ul>
              {overdue.slice(0, mostOverdue).map((item) => (
                <li key={`${item.ticket.id} ${item.what}`}>
                  <Item item={item} now={now} />
                  <span className="ntd-late nc-small">
                    {t(`metric.${item.what}`)}, {t('late', { for: format.age(now - item.at) })}
                  </span>
                </li>
              ))}
            </ul>
            <RouteLink to={paths.ticketsLate()}>{t('due.overdueAll')}</RouteLink>
          </>
        )}
      </section>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : (
        <>
          {value.more && <p role="status">{t('due.cut')}</p>}
          {value.due.length === 0 && <p className="nc-soft">{t('due.none')}</p>}
          <ol className="ntd-calendar" data-span={span} aria-label={title}>
            {days.map((day) => {
              const of = items.get(day) ?? []
              const shown = span === 'week' ? of : of.slice(0, mostOfDay)
              return (
                <li
                  key={day}
                  aria-label={`${words.day.format(day)}, ${t('due.count', { count: of.length })}`}
                  data-today={day === today || undefined}
                  data-other={
                    (span === 'month' && new Date(day).getMonth() !== shownMonth) || undefined
                  }
                >
                  <div className="ntd-calendar__head" aria-hidden="true">
                    <span>
                      {words.weekday.format(day)} <strong>{new Date(day).getDate()}</strong>
                    </span>
                    {of.length > 0 && <span className="nc-soft nc-num">{of.length}</span>}
                  </div>
                  {shown.map((item) => (
                    <Item key={`${item.ticket.id} ${item.what} ${item.at}`} item={item} now={now} />
                  ))}
                  {shown.length < of.length && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={t('due.moreOfDay', { day: words.day.format(day) })}
                      onClick={() => {
                        setAt(day)
                        setSpan('week')
                      }}
                    >
                      {t('due.more', { count: of.length - shown.length })}
                    </Button>
                  )}
                </li>
              )
            })}
          </ol>
        </>
      )}
    </div>
  )
}
