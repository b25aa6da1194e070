import { IconChecks, IconCircleCheck } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { Since } from '../../components/data-age.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { alarmSentence, placeWord } from '../alarms/alarm-words.ts'
import { useSpeaker } from '../alarms/use-speaker.ts'
import { useSteadyRows } from '../outages/use-steady-rows.ts'

const keyOf = (alarm: AlarmRow): string => alarm.id
const shown = 40
const nothing: readonly AlarmRow[] = []

/** The worst open alarms, short; the line under the pointer stays where it is. */
export const AlarmsPanel = () => {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const { value, failure, refresh } = useQuery(
    'alarms.list',
    { limit: shown },
    { on: ['alarms.changed'], everyMs: 1500 },
  )
  const { rows, hold } = useSteadyRows(value?.alarms ?? nothing, keyOf)
  const more = (value?.total ?? 0) - rows.length
  return (
    <section className="nc-panel nd-list nd-alarms" aria-label={t('alarms.title')}>
      <header className="nc-panel__head">
        <h2>
          {t('alarms.title')}{' '}
          <span className="nd-head-note">
            {value === undefined ? null : format.number(value.total)}
          </span>
        </h2>
        <LoadMeter />
        <Link className="nc-small" href={paths.alarms()}>
          {t('alarms.all')}
        </Link>
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} brief />
      ) : rows.length === 0 ? (
        <div className="nd-calm">
          <IconCircleCheck size={18} stroke={1.6} aria-hidden="true" />
          <strong>{t('alarms.none')}</strong>
          <span className="nc-faint nc-small">{t('alarms.noneText')}</span>
        </div>
      ) : (
        <ol className="nd-rows" aria-label={t('alarms.list')} {...hold}>
          {rows.map(({ row, gone }) => (
            <AlarmLine key={row.id} alarm={row} gone={gone} />
          ))}
          {more > 0 ? (
            <li className="nd-more">
              <Link href={paths.alarms()}>{t('alarms.more', { number: format.number(more) })}</Link>
            </li>
          ) : null}
        </ol>
      )}
    </section>
  )
}

const AlarmLine = memo(({ alarm, gone }: { readonly alarm: AlarmRow; readonly gone: boolean }) => {
  const { t } = useTranslation('dashboard')
  const speaker = useSpeaker()
  const cleared = gone || alarm.clearedAt !== null
  const where = [alarm.oltName, placeWord(speaker, alarm.resource), alarm.name ?? alarm.serial]
  return (
    <li data-cleared={cleared ? '' : undefined}>
      <Link href={paths.alarm(alarm.id)} className="nd-alarm">
        <SeverityBadge severity={cleared ? 'cleared' : alarm.severity} short />
        <span className="nd-alarm__text">
          <span className="nc-cut" data-seen={alarm.acknowledged === null ? undefined : ''}>
            {alarmSentence(speaker, alarm)}
          </span>
          <span className="nc-cut nc-faint nc-small">{where.filter(Boolean).join(' · ')}</span>
        </span>
        <span className="nd-alarm__end nc-small">
          <span>
            {alarm.acknowledged === null ? null : (
              <IconChecks
                size={13}
                role="img"
                aria-label={alarm.acknowledged.by.name}
                className="nc-icon"
              />
            )}{' '}
            <Since at={alarm.raisedAt} />
          </span>
          {alarm.count < 2 ? null : (
            <span className="nc-faint">{t('alarms.count', { count: alarm.count })}</span>
          )}
        </span>
      </Link>
    </li>
  )
})

/** Quiet while there is little; a flood is said aloud (EEMUA 191). */
const LoadMeter = () => {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const load = useQuery(
    'alarms.load',
    { hours: 1 },
    { on: ['alarms.changed'], everyMs: 15_000 },
  ).value
  if (load === undefined) return null
  const number = format.number(load.lastTenMinutes)
  return (
    <Link
      href={paths.alarmLoad()}
      className="nd-load nc-small"
      data-flood={load.flood ? '' : undefined}
      title={t('alarms.loadHint')}
    >
      {load.flood ? t('alarms.flood', { number }) : t('alarms.load', { number })}
    </Link>
  )
}
