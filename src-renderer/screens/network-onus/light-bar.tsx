import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReceiveRange } from '../../../src-shared/domain/optics.ts'
import { useFormat } from '../../components/use-format.ts'
import { lightBarOf } from './light-bar-scale.ts'
import './light-bar.css'

export interface LightBarProps {
  readonly valueDbm: number | null
  readonly averageDbm: number | null
  readonly range: ReceiveRange
}

/** A receiver's range as a picture: too weak, warning, good, too strong, and where the light is. */
export const LightBar = ({ valueDbm, averageDbm, range }: LightBarProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const bar = lightBarOf(valueDbm, averageDbm, range)
  const label =
    bar.value === null
      ? t('onus.record.noLight')
      : t('onus.record.barLabel', {
          value: format.number(valueDbm, 1),
          min: format.number(range.minDbm),
          max: format.number(range.maxDbm),
        })
  return (
    <div className="nc-light-bar" role="img" aria-label={label} data-signal={bar.signal}>
      <div className="nc-light-bar__track">
        <span data-zone="weak" style={{ left: 0, width: `${bar.min}%` }} />
        <span
          data-zone="warning"
          style={{ left: `${bar.min}%`, width: `${bar.warningEnd - bar.min}%` }}
        />
        <span
          data-zone="good"
          style={{ left: `${bar.warningEnd}%`, width: `${bar.max - bar.warningEnd}%` }}
        />
        <span data-zone="strong" style={{ left: `${bar.max}%`, right: 0 }} />
      </div>
      {bar.average !== null && (
        <span
          className="nc-light-bar__average"
          style={{ left: `${bar.average}%` }}
          title={`${t('onus.record.siblings')}: ${format.number(averageDbm, 1)} dBm`}
        />
      )}
      {bar.value !== null && (
        <span
          className="nc-light-bar__mark"
          data-signal={bar.signal}
          data-beyond={bar.beyond ?? undefined}
          style={{ left: `${bar.value}%` }}
        />
      )}
      <span className="nc-light-bar__tick" style={{ left: `${bar.min}%` }}>
        {format.number(range.minDbm)}
      </span>
      <span className="nc-light-bar__tick" style={{ left: `${bar.max}%` }}>
        {format.number(range.maxDbm)}
      </span>
    </div>
  )
}
