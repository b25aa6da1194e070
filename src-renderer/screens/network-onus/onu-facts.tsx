import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { PollIntervals } from '../../../src-shared/contract/network-model.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { emptyFilter, onusRoute } from './onu-query.ts'
import { Fact } from './record-fact.tsx'

/** The lists of facts of an ONU's record. */

type Details = Output<'network.onu'>

export interface FactsProps {
  readonly details: Details
}

export interface TimedFactsProps extends FactsProps {
  readonly intervals: PollIntervals
}

const orNone = (text: string | null): ReactNode =>
  text === null || text === '' ? <NoValue /> : text

const NoValue = (): ReactNode => {
  const { t } = useTranslation('network')
  return <span className="nc-faint">{t('onus.record.noValue')}</span>
}

interface AmountProps {
  readonly value: number | null
  readonly text: string
}

const Amount = ({ value, text }: AmountProps): ReactNode => (value === null ? <NoValue /> : text)

/** A state in words: the state, its cause, since when, and what it means for the one who looks. */
export const StateFacts = ({ details, intervals }: TimedFactsProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { onu, pon } = details
  const down = onu.state === 'offline'
  return (
    <>
      <div className="nc-onu__state">
        <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} withCause />
        <span className="nc-soft">
          {onu.stateSince === null ? (
            t('onus.record.sinceUnknown')
          ) : (
            <>
              <Since at={onu.stateSince} /> ·{' '}
              {t('onus.record.since', { time: format.instant(onu.stateSince) })}
            </>
          )}
        </span>
      </div>
      <p className="nc-onu__meaning">
        {t(down ? `onus.meaning.cause.${onu.cause}` : `onus.meaning.state.${onu.state}`)}
      </p>
      <dl className="nc-facts">
        <Fact label={t('field.lastDownAt')} field="lastDownAt">
          {onu.lastDownAt === null ? (
            <NoValue />
          ) : (
            <>
              {format.instant(onu.lastDownAt)}
              {!down && onu.cause !== 'none' && (
                <span className="nc-soft"> · {t(`cause.${onu.cause}`)}</span>
              )}
            </>
          )}
        </Fact>
        <Fact label={t('field.pon')}>
          {t('onus.record.ponCount', {
            online: format.number(pon.online),
            total: format.number(pon.total),
          })}
        </Fact>
        <Fact label={t('field.statusAt')} at={onu.statusAt} intervalS={intervals.statusS}>
          {format.instant(onu.statusAt, 'time')}
        </Fact>
      </dl>
    </>
  )
}

/** A day: identity is read rarely. */
const identityS = 86_400

export const IdentityFacts = ({ details }: FactsProps): ReactNode => {
  const { t } = useTranslation('network')
  const { onu, pon, identityAt } = details
  const ponRoute = onusRoute({
    filter: { ...emptyFilter, oltIds: [onu.oltId], pon: onu.address },
    sort: null,
  })
  return (
    <dl className="nc-facts">
      <Fact label={t('field.serial')} field="serial">
        <span className="nc-mono">{orNone(onu.serial)}</span>
        {onu.serial !== null && <CopyButton text={onu.serial} label={t('field.serial')} />}
      </Fact>
      <Fact label={t('field.name')} field="name">
        {orNone(onu.name)}
      </Fact>
      <Fact label={t('field.description')} field="description">
        {orNone(onu.description)}
      </Fact>
      <Fact label={t('field.olt')}>
        <RouteLink to={paths.olt(onu.oltId)}>{onu.oltName}</RouteLink>
      </Fact>
      <Fact label={t('field.pon')}>
        <RouteLink to={ponRoute} title={t('onus.record.showPon')}>
          <span className="nc-mono">{pon.name ?? formatPon(onu.address)}</span>
        </RouteLink>
      </Fact>
      <Fact label={t('field.address')}>
        <span className="nc-mono">{formatOnu(onu.address)}</span>
        <CopyButton text={formatOnu(onu.address)} label={t('field.address')} />
      </Fact>
      <Fact label={t('field.model')} field="model">
        {orNone(onu.model)}
      </Fact>
      <Fact label={t('field.firmware')} field="firmware" at={identityAt} intervalS={identityS}>
        {orNone(onu.firmware)}
      </Fact>
    </dl>
  )
}

export const DeviceFacts = ({ details, intervals }: TimedFactsProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { onu } = details
  const read = { at: onu.opticsAt, intervalS: intervals.opticsS }
  return (
    <dl className="nc-facts">
      <Fact label={t('field.distanceM')} field="distanceM" {...read}>
        <Amount value={onu.distanceM} text={format.distance(onu.distanceM)} />
      </Fact>
      <Fact label={t('field.onuTxDbm')} field="onuTxDbm" {...read}>
        <Amount value={onu.onuTxDbm} text={`${format.number(onu.onuTxDbm, 2)} dBm`} />
      </Fact>
      <Fact label={t('field.temperatureC')} field="temperatureC" {...read}>
        <Amount value={onu.temperatureC} text={`${format.number(onu.temperatureC)} °C`} />
      </Fact>
      <Fact label={t('field.voltageV')} field="voltageV" {...read}>
        <Amount value={onu.voltageV} text={`${format.number(onu.voltageV, 2)} V`} />
      </Fact>
      <Fact label={t('field.biasMa')} field="biasMa" {...read}>
        <Amount value={onu.biasMa} text={`${format.number(onu.biasMa, 1)} mA`} />
      </Fact>
    </dl>
  )
}

export const TrafficFacts = ({ details, intervals }: TimedFactsProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { onu, upBytes, downBytes } = details
  const read = { at: onu.countersAt, intervalS: intervals.countersS }
  return (
    <dl className="nc-facts">
      <Fact label={t('field.downKbps')} field="downKbps" {...read}>
        <Amount value={onu.downKbps} text={format.rate(onu.downKbps)} />
      </Fact>
      <Fact label={t('field.upKbps')} field="upKbps" {...read}>
        <Amount value={onu.upKbps} text={format.rate(onu.upKbps)} />
      </Fact>
      <Fact label={t('field.downBytes')} field="downBytes" {...read}>
        <Amount value={downBytes} text={format.bytes(downBytes)} />
      </Fact>
      <Fact label={t('field.upBytes')} field="upBytes" {...read}>
        <Amount value={upBytes} text={format.bytes(upBytes)} />
      </Fact>
    </dl>
  )
}
