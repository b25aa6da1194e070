import {
  IconArrowDownRight,
  IconArrowRight,
  IconArrowUpRight,
  IconMinus,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import {
  classifySignal,
  marginDb,
  type ReceiveRange,
  type SignalClass,
} from '../../../src-shared/domain/optics.ts'
import { SignalBadge } from '../../components/signal-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { bestOf, trendOf, type LiveTrend, type LiveView } from './live-view-model.ts'
import { Unproven } from './record-fact.tsx'

export type LightField = 'onuRxDbm' | 'oltRxDbm'

export const rangeOf = (limits: Output<'network.onu'>['limits'], field: LightField): ReceiveRange =>
  field === 'onuRxDbm'
    ? { minDbm: limits.onuRxMinDbm, maxDbm: limits.onuRxMaxDbm }
    : { minDbm: limits.oltRxMinDbm, maxDbm: limits.oltRxMaxDbm }

export interface LiveLevel {
  /** null: the ONU is dark, or it was not read. */
  readonly value: number | null
  readonly signal: SignalClass
  readonly marginDb: number | null
  readonly trend: LiveTrend
  readonly best: number | null
}

export const levelOf = (view: LiveView, field: LightField, range: ReceiveRange): LiveLevel => {
  const value = view.onu?.[field] ?? null
  const signal = classifySignal(value ?? Number.NaN, range)
  return {
    value,
    signal,
    marginDb: value === null || signal === 'invalid' ? null : marginDb(value, range),
    trend: value === null ? 'unknown' : trendOf(view.points[field]),
    best: bestOf(view.points[field]),
  }
}

const trendIcons: Readonly<Record<LiveTrend, Icon>> = {
  stronger: IconArrowUpRight,
  weaker: IconArrowDownRight,
  steady: IconArrowRight,
  unknown: IconMinus,
}

export const TrendMark = ({
  trend,
  size,
}: {
  readonly trend: LiveTrend
  readonly size: number
}): ReactNode => {
  const { t } = useTranslation('care')
  const TrendIcon = trendIcons[trend]
  return (
    <span className="nc-live__trend" data-trend={trend}>
      <TrendIcon size={size} stroke={2} aria-hidden="true" className="nc-icon" />
      {t(`live.trend.${trend}`)}
    </span>
  )
}

/** "3.2 dB to the limit", as the record says it. */
export const useMarginText = (): ((level: LiveLevel, range: ReceiveRange) => string) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  return ({ value, marginDb: margin }, range) => {
    if (value === null || margin === null) return ''
    if (value > range.maxDbm) {
      return t('onus.record.aboveLimit', { margin: format.number(value - range.maxDbm, 1) })
    }
    return t(margin < 0 ? 'onus.record.belowLimit' : 'onus.record.margin', {
      margin: format.number(Math.abs(margin), 1),
    })
  }
}

export interface LiveLightProps {
  readonly view: LiveView
  readonly field: LightField
  readonly limits: Output<'network.onu'>['limits']
}

/** One direction of light as it is now. */
export const LiveLight = ({ view, field, limits }: LiveLightProps): ReactNode => {
  const { t } = useTranslation('care')
  const format = useFormat()
  const marginText = useMarginText()
  const range = rangeOf(limits, field)
  const level = levelOf(view, field, range)
  return (
    <div className="nc-live__light">
      <h3>
        {t(field === 'onuRxDbm' ? 'live.towardsOnu' : 'live.towardsOlt')}
        <Unproven field={field} />
      </h3>
      <p className="nc-live__level">
        {level.value === null ? (
          <span className="nc-faint">{t('live.noLight')}</span>
        ) : (
          <>
            <strong>{format.number(level.value, 2)}</strong> <span className="nc-soft">dBm</span>
          </>
        )}
        {level.best === null ? null : (
          <span className="nc-live__best nc-small nc-faint">
            {t('live.best', { value: format.number(level.best, 1) })}
          </span>
        )}
      </p>
      {level.value === null ? null : (
        <p className="nc-live__judged">
          <SignalBadge signal={level.signal} />
          <span>{marginText(level, range)}</span>
          <TrendMark trend={level.trend} size={15} />
        </p>
      )}
    </div>
  )
}
