import type { ReactNode } from 'react'
import type { AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { TicketNumber } from '../ticket-new/ticket-number.tsx'
import { alarmsOf } from './alarm-query.ts'
import { placeOf, placeWord } from './alarm-words.ts'
import { useSpeaker } from './use-speaker.ts'

/** Where, since when, how often, whom it touches, and what people did. */
export const AlarmFacts = ({ alarm }: { readonly alarm: AlarmRow }): ReactNode => {
  const speaker = useSpeaker()
  const { t, format } = speaker
  const { resource, acknowledged, shelved, suppressed } = alarm
  const { route, oltId } = placeOf(resource)
  const place = placeWord(speaker, resource)
  return (
    <dl className="nc-facts">
      <Fact name={t('fact.where')}>
        {route === null ? place : <RouteLink to={route}>{place}</RouteLink>}
        {alarm.name === null ? null : ` · ${alarm.name}`}
      </Fact>
      {alarm.serial !== null && (
        <Fact name={t('fact.serial')}>
          <span className="nc-mono">{alarm.serial}</span>{' '}
          <CopyButton text={alarm.serial} label={t('fact.serial')} />
        </Fact>
      )}
      {oltId !== null && resource.kind !== 'olt' && (
        <Fact name={t('fact.olt')}>
          <RouteLink to={paths.olt(oltId)}>{alarm.oltName ?? t('place.olt')}</RouteLink>
          {resource.kind === 'onu' && (
            <>
              {' · '}
              <RouteLink to={paths.pon(oltId, resource.address)}>
                {placeWord(speaker, { kind: 'pon', oltId, pon: resource.address })}
              </RouteLink>
            </>
          )}
        </Fact>
      )}
      <Fact name={t('fact.raised')}>
        <Since at={alarm.raisedAt} />{' '}
        <span className="nc-soft">{format.instant(alarm.raisedAt)}</span>
      </Fact>
      {alarm.clearedAt !== null && (
        <Fact name={t('fact.cleared')}>
          <Since at={alarm.clearedAt} />{' '}
          <span className="nc-soft">
            {format.instant(alarm.clearedAt)} ·{' '}
            {t('fact.lasted', {
              time: format.duration((alarm.clearedAt - alarm.raisedAt) / 1000),
            })}
          </span>
        </Fact>
      )}
      <Fact name={t('fact.count')}>
        {t('fact.times', { count: alarm.count })}
        {alarm.trend === 'same' ? null : (
          <span className="nc-soft"> · {t(`trend.${alarm.trend}`)}</span>
        )}
      </Fact>
      <Fact name={t('fact.affected')}>
        {t('fact.onus', { count: alarm.affectedOnus })}
        {alarm.affectedSubscribers === null
          ? null
          : ` · ${t('fact.subscribers', { count: alarm.affectedSubscribers })}`}
      </Fact>
      {alarm.outageId !== null && (
        <Fact name={t('fact.outage')}>
          <RouteLink to={paths.outage(alarm.outageId)}>{t('fact.toOutage')}</RouteLink>
        </Fact>
      )}
      {suppressed !== null && (
        <Fact name={t('fact.suppressed')}>
          {t(`suppressedBy.${suppressed.reason}`, { by: suppressed.by })}{' '}
          <span className="nc-soft">{format.instant(suppressed.since)}</span>
        </Fact>
      )}
      <Fact name={t('fact.acknowledged')}>
        {acknowledged === null ? (
          <span className="nc-soft">{t('fact.notYet')}</span>
        ) : (
          <>
            {acknowledged.by.name}{' '}
            <span className="nc-soft">{format.instant(acknowledged.at)}</span>
            {acknowledged.until !== null && (
              <div className="nc-soft">
                {t('fact.until', { time: format.instant(acknowledged.until) })}
              </div>
            )}
            {acknowledged.untilWorse && <div className="nc-soft">{t('fact.untilWorse')}</div>}
          </>
        )}
      </Fact>
      {shelved !== null && (
        <Fact name={t('fact.shelved')}>
          {t('fact.until', { time: format.instant(shelved.until) })}
          <div className="nc-soft">
            {shelved.by.name}: {shelved.reason}
          </div>
        </Fact>
      )}
      <Fact name={t('fact.assignee')}>
        {alarm.assignee?.name ?? <span className="nc-soft">{t('fact.nobody')}</span>}
      </Fact>
      {alarm.ticket !== null && (
        <Fact name={t('fact.ticket')}>
          <TicketNumber number={alarm.ticket} />{' '}
          <CopyButton text={alarm.ticket} label={t('fact.ticket')} />
        </Fact>
      )}
      {alarm.escalation > 0 && (
        <Fact name={t('fact.escalation')}>{t('mark.escalation', { count: alarm.escalation })}</Fact>
      )}
      <Fact name={t('fact.more')}>
        <span className="na-links">
          {route !== null && <RouteLink to={route}>{t('fact.history')}</RouteLink>}
          <RouteLink to={alarmsOf(resource)}>{t('fact.sameplace')}</RouteLink>
        </span>
      </Fact>
    </dl>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
