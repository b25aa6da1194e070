import { Select } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useQuery } from '../../client/hooks.ts'
import type { StateMoment } from '../../components/charts/state-area.tsx'
import {
  stateSeriesNames,
  thinStates,
  type StateHistory,
  type StateSeriesName,
} from '../../components/charts/state-series.ts'
import { stateTokens } from '../../components/charts/state-tokens.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import {
  gapOf,
  isByMinute,
  rangeMs,
  sinceMoment,
  stateRanges,
  type StateRange,
} from './state-ranges.ts'
import { useOnlineHistory } from './use-online-history.ts'

/** The chart library comes with the first chart. */
const StateArea = lazy(async () => ({
  default: (await import('../../components/charts/state-area.tsx')).StateArea,
}))

const troubleNames = stateSeriesNames.filter((name) => name !== 'online')
const onlineAlone = ['online'] as const
const minute = 60_000
const allOlts = ''

/** State over time: by default only what is not online, which one line of thousands would hide. */
export const StatePanel = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('network')
  const { t: dashboard } = useTranslation('dashboard')
  const format = useFormat()
  const [which, setWhich] = useState<'trouble' | 'all'>('trouble')
  const [range, setRange] = useState<StateRange>('day')
  const [chosen, setOlt] = useState(allOlts)
  const oltId = olts.some((olt) => olt.id === chosen) ? chosen : allOlts
  const [moment, setMoment] = useState<StateMoment | undefined>()
  const byMinute = isByMinute(range)
  // A curve of one minute is worth asking for more often than one of a day.
  const [young, setYoung] = useState(true)
  const minutes = useQuery(
    'network.stateHistory',
    { oltIds: oltId === allOlts ? [] : [oltId] },
    { on: ['network.changed'], everyMs: young ? 3000 : 15_000, skip: !byMinute },
  )
  const points = minutes.value?.at.length ?? 0
  useEffect(() => setYoung(points < 4), [points])
  const online = useOnlineHistory(
    useMemo(() => (oltId === allOlts ? olts.map((olt) => olt.id) : [oltId]), [oltId, olts]),
    range,
    byMinute,
  )
  const kept = minutes.value
  const history = useMemo(() => {
    if (!byMinute) return online.history
    return kept === undefined
      ? undefined
      : sinceMoment(kept, (kept.at.at(-1) ?? 0) - rangeMs[range])
  }, [byMinute, kept, online.history, range])
  const failure = byMinute ? minutes.failure : online.failure
  const names = byMinute ? (which === 'all' ? stateSeriesNames : troubleNames) : onlineAlone
  return (
    <section className="nc-panel nd-history" aria-label={t('dashboard.history.title')}>
      <header className="nc-panel__head">
        <h2>
          {t('dashboard.history.title')}{' '}
          <span className="nd-head-note">
            {moment === undefined ? null : format.instant(moment.at, byMinute ? 'minute' : 'full')}
          </span>
        </h2>
        {olts.length < 2 ? null : (
          <Select
            aria-label={dashboard('state.olt')}
            value={oltId}
            onChange={(next) => setOlt(next ?? allOlts)}
            allowDeselect={false}
            searchable={olts.length > 12}
            w={118}
            data={[
              { value: allOlts, label: dashboard('state.allOlts') },
              ...olts.map((olt) => ({ value: olt.id, label: olt.name })),
            ]}
          />
        )}
        <Select
          aria-label={dashboard('state.range')}
          value={range}
          onChange={(next) => setRange(stateRanges.find((each) => each === next) ?? 'day')}
          allowDeselect={false}
          w={92}
          data={stateRanges.map((each) => ({
            value: each,
            label: dashboard(`state.ranges.${each}`),
          }))}
        />
      </header>
      <div className="nd-history__room">
        {history === undefined && failure !== undefined ? (
          <FailureState failure={failure} onRetry={byMinute ? minutes.refresh : undefined} brief />
        ) : history === undefined || history.at.length < 2 ? (
          <p className="nd-quiet">
            {byMinute ? t('dashboard.history.waiting') : dashboard('state.noHistory')}
          </p>
        ) : (
          <History
            history={history}
            range={range}
            names={names}
            moment={moment}
            onMoment={setMoment}
            onWhich={byMinute ? () => setWhich(which === 'all' ? 'trouble' : 'all') : undefined}
          />
        )}
      </div>
      {byMinute ? null : (
        <p className="nd-history__note nc-faint">{dashboard('state.onlineOnly')}</p>
      )}
    </section>
  )
}

interface HistoryProps {
  readonly history: StateHistory
  readonly range: StateRange
  readonly names: readonly StateSeriesName[]
  readonly moment: StateMoment | undefined
  readonly onMoment: (moment: StateMoment | undefined) => void
  /** Draws those that are online, or leaves them out; not given: there is nothing else. */
  readonly onWhich: (() => void) | undefined
}

const dayMs = 24 * 60 * minute

const History = ({ history, range, names, moment, onMoment, onWhich }: HistoryProps) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { ref, height } = useElementSize<HTMLDivElement>()
  const last = history.at.length - 1
  const span = (history.at[last] ?? 0) - (history.at[0] ?? 0)
  const formatTime = useCallback(
    (at: number) =>
      span > 1.5 * dayMs
        ? format.instant(at, 'day').replace(/\s*\d{4}$/, '')
        : format.instant(at, span < 6 * minute ? 'time' : 'minute'),
    [format, span],
  )
  const formatCount = useCallback((count: number) => format.number(count), [format])
  const all = names.includes('online')
  const valueOf = (name: StateSeriesName): number | null | undefined => {
    const drawn = names.indexOf(name)
    if (moment === undefined) return history[name][last]
    return drawn < 0 ? history[name][history.at.indexOf(moment.at)] : moment.values[drawn]
  }
  return (
    <>
      <div className="nd-series">
        {onWhich === undefined ? null : (
          <button
            type="button"
            className="nd-series__item nd-series__which"
            aria-pressed={all}
            title={t('dashboard.history.which')}
            onClick={onWhich}
          >
            <SeriesKey name="online" hollow={!all} />
            <strong>{format.number(valueOf('online'))}</strong>
          </button>
        )}
        {names.map((name) =>
          name === 'online' && onWhich !== undefined ? null : (
            <span key={name} className="nd-series__item">
              <SeriesKey name={name} />
              <strong>{format.number(valueOf(name))}</strong>
            </span>
          ),
        )}
      </div>
      <div className="nd-history__chart" ref={ref}>
        <Suspense fallback={null}>
          {height < 40 ? null : (
            <StateArea
              history={history}
              names={names}
              height={height}
              gapMs={gapOf(range)}
              fromLeast={!isByMinute(range)}
              formatTime={formatTime}
              formatCount={formatCount}
              onMoment={onMoment}
            />
          )}
        </Suspense>
      </div>
      <HistoryTable history={history} names={names} />
    </>
  )
}

const SeriesKey = ({ name, hollow = false }: { name: StateSeriesName; hollow?: boolean }) => {
  const { t } = useTranslation('network')
  const colour = `var(${stateTokens[name]})`
  return (
    <span className="nd-series__name">
      <span
        className="nd-series__key"
        style={hollow ? { boxShadow: `inset 0 0 0 1.5px ${colour}` } : { background: colour }}
        aria-hidden="true"
      />
      <span className="nc-cut">{t(`dashboard.series.${name}`)}</span>
    </span>
  )
}

interface HistoryTableProps {
  readonly history: StateHistory
  readonly names: readonly StateSeriesName[]
}

/** The same for those who do not see the chart: at most a dozen moments. */
const HistoryTable = ({ history, names }: HistoryTableProps) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  return (
    <table className="nc-hidden">
      <caption>{t('dashboard.history.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('dashboard.history.time')}</th>
          {names.map((name) => (
            <th key={name} scope="col">
              {t(`dashboard.series.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {thinStates(history, 12).map((position) => (
          <tr key={position}>
            <th scope="row">{format.instant(history.at[position])}</th>
            {names.map((name) => (
              <td key={name}>{format.number(history[name][position])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
