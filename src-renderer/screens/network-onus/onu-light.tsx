import { useContext, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import {
  classifySignal,
  marginDb as marginOf,
  type ReceiveRange,
} from '../../../src-shared/domain/optics.ts'
import { DataAge } from '../../components/data-age.tsx'
import { SignalBadge } from '../../components/signal-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { LightBar } from './light-bar.tsx'
import { FieldTrustContext, Unproven } from './record-fact.tsx'

type Details = Output<'network.onu'>

export interface OnuLightProps {
  readonly details: Details
  readonly intervalS: number
}

/** Both directions of light: value, class, margin to the limit, picture of the range, PON average. */
export const OnuLight = ({ details, intervalS }: OnuLightProps): ReactNode => {
  const { t } = useTranslation('network')
  const { onu, limits, pon } = details
  return (
    <div className="nc-light">
      <Direction
        field="onuRxDbm"
        title={t('onus.record.down')}
        hint={t('onus.record.downHint')}
        value={onu.onuRxDbm}
        average={pon.averageOnuRxDbm}
        range={{ minDbm: limits.onuRxMinDbm, maxDbm: limits.onuRxMaxDbm }}
        details={details}
        intervalS={intervalS}
      />
      <Direction
        field="oltRxDbm"
        title={t('onus.record.up')}
        hint={t('onus.record.upHint')}
        value={onu.oltRxDbm}
        average={null}
        range={{ minDbm: limits.oltRxMinDbm, maxDbm: limits.oltRxMaxDbm }}
        details={details}
        intervalS={intervalS}
      />
      {!details.opticsPolled && (
        <p className="nc-small nc-soft">{t('onus.record.lightOnDemand')}</p>
      )}
      {onu.state !== 'online' && (onu.onuRxDbm !== null || onu.oltRxDbm !== null) && (
        <p className="nc-small nc-soft">{t('onus.record.offlineLight')}</p>
      )}
    </div>
  )
}

interface DirectionProps {
  readonly field: 'onuRxDbm' | 'oltRxDbm'
  readonly title: string
  readonly hint: string
  readonly value: number | null
  readonly average: number | null
  readonly range: ReceiveRange
  readonly details: Details
  readonly intervalS: number
}

const Direction = (props: DirectionProps): ReactNode => {
  const { field, title, hint, value, average, range, details, intervalS } = props
  const { t } = useTranslation('network')
  const format = useFormat()
  const { notOffered } = useContext(FieldTrustContext)
  const { limits, onu } = details
  const signal = classifySignal(value ?? Number.NaN, range)
  const usable = value !== null && signal !== 'invalid'
  const class_ = t('onus.record.limits', {
    name: limits.opticClass,
    min: format.number(range.minDbm),
    max: format.number(range.maxDbm),
  })
  return (
    <section className="nc-light__direction" aria-label={title}>
      <div className="nc-light__head">
        <h3 title={hint}>{title}</h3>
        <Unproven field={field} />
        <span className="nc-light__age">
          {!notOffered.has(field) && <DataAge at={onu.opticsAt} intervalS={intervalS} exact />}
        </span>
      </div>
      <div className="nc-light__value">
        {usable ? (
          <>
            <strong>{format.number(value, 2)}</strong> <span className="nc-soft">dBm</span>
            <span className="nc-light__margin" data-signal={signal}>
              {marginText(value, range)}
            </span>
            <SignalBadge signal={signal} />
          </>
        ) : (
          <span className="nc-faint">
            {notOffered.has(field)
              ? t('onus.record.notOffered')
              : value === null
                ? t('onus.record.noLight')
                : t('onus.record.invalidLight', { value: format.number(value, 1) })}
          </span>
        )}
      </div>
      <LightBar valueDbm={value} averageDbm={average} range={range} />
      <div className="nc-light__foot">
        <span>
          {class_}
          {limits.certainty === 'unproven' && (
            <abbr
              className="nc-unproven"
              title={t('onus.record.classUnproven', { name: limits.opticClass })}
            >
              {t('onus.record.unproven')}
            </abbr>
          )}
        </span>
        {usable && average !== null && <span>{siblingText(value, average)}</span>}
      </div>
    </section>
  )

  function marginText(dbm: number, of: ReceiveRange): string {
    if (dbm > of.maxDbm) {
      return t('onus.record.aboveLimit', { margin: format.number(dbm - of.maxDbm, 1) })
    }
    const margin = marginOf(dbm, of)
    return t(margin < 0 ? 'onus.record.belowLimit' : 'onus.record.margin', {
      margin: format.number(Math.abs(margin), 1),
    })
  }

  function siblingText(dbm: number, mean: number): string {
    const difference = dbm - mean
    const words = { average: format.number(mean, 1) }
    if (Math.abs(difference) < 0.05) return t('onus.record.same', words)
    return t('onus.record.siblingsText', {
      ...words,
      difference: format.number(Math.abs(difference), 1),
      direction: t(difference < 0 ? 'onus.record.weaker' : 'onus.record.stronger'),
    })
  }
}
