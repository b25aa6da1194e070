import {
  IconAlarm,
  IconAlertTriangle,
  IconCheck,
  IconPlayerPause,
  IconPlayerPlay,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useTicking } from '../../components/clock.ts'
import { useFormat } from '../../components/use-format.ts'
import type { TicketRecord } from './ticket-acts.ts'

type Clock = TicketRecord['clocks'][number]
type Stand = 'met' | 'missed-met' | 'held' | 'late' | 'warned' | 'running'

const icons: Readonly<Record<Stand, Icon>> = {
  met: IconCheck,
  'missed-met': IconAlertTriangle,
  held: IconPlayerPause,
  late: IconAlertTriangle,
  warned: IconAlarm,
  running: IconPlayerPlay,
}

const reached = (clock: Clock, level: number, at: number): boolean =>
  clock.levels.some((one) => one.level === level && one.at <= at)

export const clockStand = (clock: Clock, now: number): Stand => {
  if (clock.state === 'met') {
    return reached(clock, 1, clock.metAt ?? now) ? 'missed-met' : 'met'
  }
  if (reached(clock, 1, now)) return 'late'
  if (clock.state === 'held') return 'held'
  return reached(clock, 0, now) ? 'warned' : 'running'
}

const minuteOf = (now: number): number => now - (now % 15_000)

/** What is promised, how much of it is used up, and when it is due. */
export const TicketClocks = ({ record }: { readonly record: TicketRecord }) => {
  const { t } = useTranslation(['ticket-record', 'tickets', 'tickets-desk'])
  const format = useFormat()
  const now = useTicking(minuteOf)
  const clocks = record.clocks.filter(({ state, targetMs }) => state !== 'off' && targetMs !== null)
  return (
    <section className="nc-panel" aria-label={t('promised')}>
      <header className="nc-panel__head">
        <h2>{t('promised')}</h2>
        {record.promise !== null && (
          <span className="nc-soft nc-small" title={record.promise.timeZone}>
            {t('promiseOf', { name: record.promise.name, calendar: record.promise.calendar })}
          </span>
        )}
      </header>
      {clocks.length === 0 ? (
        <p className="nc-panel__body nc-soft">{t('nothingPromised')}</p>
      ) : (
        <ul className="ntr-clocks nc-panel__body">
          {clocks.map((clock) => {
            const stand = clockStand(clock, now)
            const StandIcon = icons[stand]
            const share = Math.min(1, clock.usedMs / (clock.targetMs ?? 1))
            return (
              <li key={`${clock.metric}-${clock.round}`} data-stand={stand}>
                <span>{t(`metric.${clock.metric}`, { ns: 'tickets-desk' })}</span>
                <span className="ntr-clocks__stand">
                  <StandIcon size={14} stroke={1.8} aria-hidden="true" />
                  {t(`clock.${stand}`)}
                </span>
                <span
                  className="ntr-bar"
                  role="img"
                  aria-label={t('used', { share: format.percent(share) })}
                >
                  <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
                </span>
                <span className="nc-soft nc-small">
                  {t('usedOf', {
                    used: format.duration(clock.usedMs / 1000),
                    target: format.duration((clock.targetMs ?? 0) / 1000),
                  })}
                  {clock.state === 'running' &&
                    clock.dueAt !== null &&
                    ` · ${t('dueAt', { at: format.instant(clock.dueAt, 'minute') })}`}
                  {clock.metAt !== null &&
                    ` · ${t('metAt', { at: format.instant(clock.metAt, 'minute') })}`}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
