import { SegmentedControl } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { StateArea, stateTokens, type StateMoment } from '../../components/charts/state-area.tsx'
import {
  stateSeriesNames,
  thinStates,
  type StateHistory,
  type StateSeriesName,
} from '../../components/charts/state-series.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'

const troubleNames = stateSeriesNames.filter((name) => name !== 'online')
const minute = 60_000

/** State over time: by default only what is not online, which one line of thousands would hide. */
export const StatePanel = ({ height }: { readonly height: number }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const [which, setWhich] = useState<'trouble' | 'all'>('trouble')
  const [moment, setMoment] = useState<StateMoment | undefined>()
  // A curve of one minute is worth asking for more often than one of a day.
  const [young, setYoung] = useState(true)
  const { value, failure, refresh } = useQuery(
    'network.stateHistory',
    { oltIds: [] },
    { on: ['network.changed'], everyMs: young ? 3000 : 15_000 },
  )
  const points = value?.at.length ?? 0
  useEffect(() => setYoung(points < 4), [points])
  return (
    <section className="nc-panel nd-history" aria-label={t('dashboard.history.title')}>
      <header className="nc-panel__head">
        <h2>
          {t('dashboard.history.title')}{' '}
          <span className="nd-head-note">
            {moment === undefined ? null : format.instant(moment.at, 'minute')}
          </span>
        </h2>
        <SegmentedControl
          size="xs"
          aria-label={t('dashboard.history.which')}
          value={which}
          onChange={(next) => setWhich(next === 'all' ? 'all' : 'trouble')}
          data={[
            { value: 'trouble', label: t('dashboard.history.trouble') },
            { value: 'all', label: t('dashboard.history.all') },
          ]}
        />
      </header>
      {value === undefined && failure !== undefined ? (
        <FailureState failure={failure} onRetry={refresh} brief />
      ) : value === undefined || value.at.length < 2 ? (
        <p className="nd-quiet" style={{ height: height + 26 }}>
          {t('dashboard.history.waiting')}
        </p>
      ) : (
        <History
          history={value}
          height={height}
          names={which === 'all' ? stateSeriesNames : troubleNames}
          moment={moment}
          onMoment={setMoment}
        />
      )}
    </section>
  )
}

interface HistoryProps {
  readonly history: StateHistory
  readonly height: number
  readonly names: readonly StateSeriesName[]
  readonly moment: StateMoment | undefined
  readonly onMoment: (moment: StateMoment | undefined) => void
}

const History = ({ history, height, names, moment, onMoment }: HistoryProps) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const last = history.at.length - 1
  const span = (history.at[last] ?? 0) - (history.at[0] ?? 0)
  const formatTime = useCallback(
    (at: number) => format.instant(at, span < 6 * minute ? 'time' : 'minute'),
    [format, span],
  )
  const formatCount = useCallback((count: number) => format.number(count), [format])
  return (
    <>
      <div className="nd-series">
        {names.map((name, i) => (
          <span key={name} className="nd-series__item">
            <span className="nd-series__name">
              <span
                className="nd-series__key"
                style={{ background: `var(${stateTokens[name]})` }}
                aria-hidden="true"
              />
              <span className="nc-cut">{t(`dashboard.series.${name}`)}</span>
            </span>
            <strong>
              {format.number(moment === undefined ? history[name][last] : moment.values[i])}
            </strong>
          </span>
        ))}
      </div>
      <StateArea
        history={history}
        names={names}
        height={height}
        formatTime={formatTime}
        formatCount={formatCount}
        onMoment={onMoment}
      />
      <HistoryTable history={history} />
    </>
  )
}

/** The same for those who do not see the chart: at most a dozen moments. */
const HistoryTable = ({ history }: { readonly history: StateHistory }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  return (
    <table className="nc-hidden">
      <caption>{t('dashboard.history.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('dashboard.history.time')}</th>
          {stateSeriesNames.map((name) => (
            <th key={name} scope="col">
              {t(`dashboard.series.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {thinStates(history, 12).map((position) => (
          <tr key={position}>
            <th scope="row">{format.instant(history.at[position], 'minute')}</th>
            {stateSeriesNames.map((name) => (
              <td key={name}>{format.number(history[name][position])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
