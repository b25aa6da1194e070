import { SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import {
  arrivalSteps,
  arrivalTable,
  goingSeconds,
  hasTwoSpans,
  type Arrival,
  type ArrivalSpan,
} from './arrival-series.ts'

/** The chart library comes with the first chart. */
const ArrivalPlot = lazy(async () => ({
  default: (await import('./arrival-plot.tsx')).ArrivalPlot,
}))

const height = 170

export const ArrivalPanel = ({ arrival }: { readonly arrival: Arrival }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const two = hasTwoSpans(arrival)
  const [chosen, setChosen] = useState<ArrivalSpan>('going')
  const span = two ? chosen : 'all'
  const until =
    span === 'going'
      ? goingSeconds(arrival)
      : Math.max(goingSeconds(arrival), arrival.secondsAfter.at(-1) ?? 0)
  const steps = useMemo(() => arrivalSteps(arrival, until), [arrival, until])
  const formatSeconds = useCallback((at: number) => format.duration(at), [format])
  const formatCount = useCallback((count: number) => format.number(count), [format])
  const last = arrival.secondsAfter.length - 1
  return (
    <section className="nc-panel nu-arrival" aria-label={t('page.arrival')}>
      <header className="nc-panel__head">
        <h2>{t('page.arrival')}</h2>
        {two ? (
          <SegmentedControl
            size="xs"
            aria-label={t('page.arrival')}
            value={span}
            onChange={(next) => setChosen(next === 'all' ? 'all' : 'going')}
            data={[
              { value: 'going', label: t('page.arrivalDown') },
              { value: 'all', label: t('page.all') },
            ]}
          />
        ) : null}
      </header>
      {last < 0 ? (
        <p className="nu-quiet">{t('page.arrivalWaiting')}</p>
      ) : (
        <>
          <div className="nu-legend">
            <span>
              <i data-line="down" aria-hidden="true" />
              {t('page.arrivalDown')} <strong>{format.number(arrival.down[last])}</strong>
            </span>
            <span>
              <i data-line="gasp" aria-hidden="true" />
              {t('page.arrivalGasp')} <strong>{format.number(arrival.withGasp[last])}</strong>
            </span>
            <span>
              <i data-line="back" aria-hidden="true" />
              {t('page.arrivalBack')} <strong>{format.number(arrival.back[last])}</strong>
            </span>
          </div>
          <Suspense fallback={<div style={{ height }} />}>
            <ArrivalPlot
              steps={steps}
              height={height}
              formatSeconds={formatSeconds}
              formatCount={formatCount}
            />
          </Suspense>
          <ArrivalTable arrival={arrival} />
        </>
      )}
    </section>
  )
}

/** The same for those who do not see the chart. */
const ArrivalTable = ({ arrival }: { readonly arrival: Arrival }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  return (
    <table className="nc-hidden">
      <caption>{t('page.arrivalTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('page.after')}</th>
          <th scope="col">{t('page.arrivalDown')}</th>
          <th scope="col">{t('page.arrivalGasp')}</th>
          <th scope="col">{t('page.arrivalBack')}</th>
        </tr>
      </thead>
      <tbody>
        {arrivalTable(arrival).map((index) => (
          <tr key={index}>
            <th scope="row">{format.duration(arrival.secondsAfter[index])}</th>
            <td>{format.number(arrival.down[index])}</td>
            <td>{format.number(arrival.withGasp[index])}</td>
            <td>{format.number(arrival.back[index])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
