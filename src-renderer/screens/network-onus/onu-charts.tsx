import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'
import {
  lightScale,
  lightSeries,
  stateSegments,
  trafficSeries,
  type OnuHistory,
  type TimeRange,
} from './history-series.ts'
import { LineChart } from './line-chart.tsx'

export interface OnuChartsProps {
  readonly history: OnuHistory
  readonly limits: Output<'network.onu'>['limits']
  readonly range: TimeRange
  readonly syncKey: string
}

/** Light, traffic and state of one ONU over the same time. In a file of its own: loaded when seen. */
export const OnuCharts = ({ history, limits, range, syncKey }: OnuChartsProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const light = useMemo(() => lightSeries(history), [history])
  const traffic = useMemo(() => trafficSeries(history), [history])
  const segments = useMemo(() => stateSegments(history, range), [history, range])
  const scale = useMemo(
    () => lightScale([...light[1], ...light[2]], [limits.onuRxMinDbm, limits.oltRxMinDbm]),
    [light, limits],
  )
  const percent = (at: number): number => ((at - range.from) / (range.to - range.from)) * 100
  return (
    <div className="nc-history">
      {light[0].length > 0 && (
        <div>
          <h3>{t('onus.record.chartLight')}</h3>
          <LineChart
            label={t('onus.record.chartLight')}
            timeLabel={t('onus.record.chartTime')}
            data={light}
            lines={[
              { label: t('field.onuRxDbm'), colour: '--nc-chart-line' },
              { label: t('field.oltRxDbm'), colour: '--nc-chart-line-2', dashed: true },
            ]}
            limits={[limits.onuRxMinDbm, limits.oltRxMinDbm]}
            scale={scale}
            range={range}
            digits={2}
            format={format}
            syncKey={syncKey}
            height={150}
          />
        </div>
      )}
      {traffic[0].length > 0 && (
        <div>
          <h3>{t('onus.record.chartTraffic')}</h3>
          <LineChart
            label={t('onus.record.chartTraffic')}
            timeLabel={t('onus.record.chartTime')}
            data={traffic}
            lines={[
              { label: t('field.upKbps'), colour: '--nc-chart-line-2', dashed: true },
              { label: t('field.downKbps'), colour: '--nc-chart-line' },
            ]}
            range={range}
            digits={2}
            format={format}
            syncKey={syncKey}
            height={130}
          />
        </div>
      )}
      {segments.length > 0 && (
        <div>
          <h3>
            {t('onus.record.chartStates')} ·{' '}
            {t('onus.record.changes', { count: Math.max(0, segments.length - 1) })}
          </h3>
          <div className="nc-state-band" role="img" aria-label={t('onus.record.chartStates')}>
            {segments.map((segment) => (
              <span
                key={segment.from}
                data-state={segment.state}
                style={{
                  left: `${percent(segment.from)}%`,
                  width: `${percent(segment.to) - percent(segment.from)}%`,
                }}
                title={[
                  t(`state.${segment.state}`),
                  ...(segment.cause === 'none' ? [] : [t(`cause.${segment.cause}`)]),
                  `${format.instant(segment.from)} – ${format.instant(segment.to)}`,
                ].join('\n')}
              />
            ))}
          </div>
        </div>
      )}
    </div>
  )
}
