import { SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { opticClasses, type SignalClass } from '../../../src-shared/domain/optics.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import {
  binLevels,
  type LevelBin,
  type LevelHistogram,
} from '../../components/charts/level-bins.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { DataAge } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLevels } from './use-levels.ts'

/** The chart's library comes when a chart is shown. */
const Chart = lazy(async () => ({
  default: (await import('../../components/charts/level-histogram.tsx')).LevelHistogramChart,
}))

type Direction = 'onuRx' | 'oltRx'
const height = 190
/** As they stand from weak to strong, then what is in no bar. */
const told: readonly SignalClass[] = [
  'critical',
  'warning',
  'good',
  'too-strong',
  'none',
  'invalid',
]

/** How the light of an OLT's online ONUs is spread, in either direction, over its class's bands. */
export const LevelsPanel = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const [direction, setDirection] = useState<Direction>('onuRx')
  const { value, failure, refresh } = useLevels(olt)
  const range = opticClasses[olt.opticClass][direction]
  const histogram = useMemo(
    () => (value === undefined ? undefined : binLevels(value[`${direction}Dbm`], range)),
    [value, direction, range],
  )
  return (
    <section className="nc-panel" aria-label={t('olts.levels.title')}>
      <header className="nc-panel__head">
        <h2>{t('olts.levels.title')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('olts.levels.which')}
          value={direction}
          onChange={(next) => setDirection(next === 'oltRx' ? 'oltRx' : 'onuRx')}
          data={[
            { value: 'onuRx', label: t('olts.levels.onuRx') },
            { value: 'oltRx', label: t('olts.levels.oltRx') },
          ]}
        />
        <span className="nc-small">
          <DataAge at={olt.ages.optics} intervalS={olt.intervals.opticsS} exact />
        </span>
      </header>
      {olt.ages.optics === null ? (
        <p className="no-quiet">{t('olts.levels.never')}</p>
      ) : histogram === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} brief />
      ) : histogram.bins.length === 0 ? (
        <p className="no-quiet">{t('olts.levels.none')}</p>
      ) : (
        <Levels histogram={histogram} minDbm={range.minDbm} />
      )}
    </section>
  )
}

/** Classes in words, the bars over their bands, and the same as a table for screen readers. */
export const Levels = ({
  histogram,
  minDbm,
}: {
  readonly histogram: LevelHistogram
  readonly minDbm: number
}) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const span = useCallback(
    (bin: LevelBin) =>
      `${format.number(bin.fromDbm, 1)} … ${format.number(bin.toDbm, 1)} ${t('unit.dbm', { ns: 'common' })}`,
    [format, t],
  )
  const formatCount = useCallback((count: number) => format.number(count), [format])
  const describe = useCallback(
    (bin: LevelBin) => (
      <>
        <strong>{span(bin)}</strong>
        <div>{t('olts.levels.onus', { count: bin.count })}</div>
        <div className="nc-soft">{t(`signal.${bin.signal}`)}</div>
      </>
    ),
    [span, t],
  )
  return (
    <div className="no-levels">
      <ul className="no-levels__classes">
        {told.map((signal) =>
          histogram.classes[signal] === 0 &&
          signal !== 'critical' &&
          signal !== 'warning' ? null : (
            <li key={signal} data-signal={signal} title={t(`signalHint.${signal}`)}>
              <span className="no-levels__key" aria-hidden="true" />
              {t(`signal.${signal}`)} <strong>{format.number(histogram.classes[signal])}</strong>
            </li>
          ),
        )}
      </ul>
      <Suspense fallback={<div style={{ height }} />}>
        <Chart
          bins={histogram.bins}
          minDbm={minDbm}
          height={height}
          formatCount={formatCount}
          formatLevel={formatCount}
          describe={describe}
        />
      </Suspense>
      <table className="nc-hidden">
        <caption>{t('olts.levels.title')}</caption>
        <tbody>
          {histogram.bins
            .filter((bin) => bin.count > 0)
            .map((bin) => (
              <tr key={bin.fromDbm}>
                <th scope="row">{span(bin)}</th>
                <td>{format.number(bin.count)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}
