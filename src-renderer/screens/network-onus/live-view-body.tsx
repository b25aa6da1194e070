import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useTicking } from '../../components/clock.ts'
import { StateBadge } from '../../components/state-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { LiveChart } from './live-view-chart.tsx'
import { LiveLight } from './live-view-light.tsx'
import { isWatching, type LiveView } from './live-view-model.ts'
import { LiveMoment } from './live-view-moment.tsx'

export interface LiveBodyProps {
  readonly view: LiveView
  readonly details: Output<'network.onu'>
  readonly narrow: boolean
}

const everySecond = (now: number): number => Math.floor(now / 1000) * 1000

/** Light, traffic and changes of state, as they were read while watching. */
export const LiveBody = ({ view, details, narrow }: LiveBodyProps): ReactNode => {
  const { t } = useTranslation('care')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const clock = useTicking(everySecond)
  // A view that is over stands still where it ended.
  const now = isWatching(view) ? clock + 1000 : (view.readAt ?? view.openedAt) + 1000
  const { onu, points, changes } = view
  const { limits } = details
  const picture = { now, everyMs: view.everyMs }
  const mbps = (series: 'upKbps' | 'downKbps') =>
    points[series].map(({ at, value }) => ({ at, value: value / 1000 }))
  return (
    <div
      className="nc-live__body"
      data-narrow={narrow ? '' : undefined}
      data-over={!isWatching(view) ? '' : undefined}
    >
      <div className="nc-live__now">
        {onu === null ? null : (
          <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} withCause />
        )}
        <LiveMoment view={view} />
        {isWatching(view) || onu === null ? null : (
          <span className="nc-soft">{t('live.endedHint')}</span>
        )}
      </div>
      {(['onuRxDbm', 'oltRxDbm'] as const).map((field) => (
        <div key={field}>
          <LiveLight view={view} field={field} limits={limits} />
          <LiveChart
            {...picture}
            lines={[{ name: network(`field.${field}`), points: points[field] }]}
            limit={field === 'onuRxDbm' ? limits.onuRxMinDbm : limits.oltRxMinDbm}
            height={64}
            leastSpan={2}
            digits={1}
          />
        </div>
      ))}
      <div>
        <h3>{t('live.traffic')}</h3>
        <p className="nc-live__rates">
          <span>
            <span className="nc-soft">{network('field.downKbps')}</span>{' '}
            <strong>{format.rate(onu?.downKbps)}</strong>
          </span>
          <span data-second="">
            <span className="nc-soft">{network('field.upKbps')}</span>{' '}
            <strong>{format.rate(onu?.upKbps)}</strong>
          </span>
        </p>
        {points.downKbps.length === 0 ? (
          <p className="nc-faint nc-small">{t('live.trafficNone')}</p>
        ) : (
          <LiveChart
            {...picture}
            lines={[
              { name: network('field.downKbps'), points: mbps('downKbps') },
              { name: network('field.upKbps'), points: mbps('upKbps'), second: true },
            ]}
            height={64}
            leastSpan={0.2}
            floor={0}
            digits={1}
          />
        )}
      </div>
      <div>
        <h3>{t('live.changes')}</h3>
        {changes.length === 0 ? (
          <p className="nc-faint nc-small">{t('live.changesNone')}</p>
        ) : (
          <ul className="nc-live__changes">
            {changes.map((change) => (
              <li key={change.at}>
                <span className="nc-soft">{format.instant(change.at, 'time')}</span>{' '}
                <StateBadge
                  state={change.state}
                  causeClass={change.causeClass}
                  cause={change.cause}
                  withCause
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
