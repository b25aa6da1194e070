import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useDayText } from '../../components/day.tsx'
import { useFormat } from '../../components/use-format.ts'
import { volumeOf, type TicketReport } from './report-model.ts'

/** The chart library comes with the first chart. */
const StackedBars = lazy(async () => ({
  default: (await import('../../components/charts/stacked-bars.tsx')).StackedBars,
}))

export const VolumePanel = ({
  report,
  from,
  through,
}: {
  readonly report: TicketReport
  readonly from: string
  readonly through: string
}) => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const day = useDayText()
  const { byWeek, bars } = volumeOf(report, from, through)
  const title = t(byWeek ? 'report.volumeWeeks' : 'report.volume')
  const word = (on: string): string => (byWeek ? t('report.weekOf', { day: day(on) }) : day(on))
  const series = [
    { key: 'opened', word: t('report.opened'), fill: 'var(--nc-chart-line)' },
    { key: 'solved', word: t('report.solved'), fill: 'var(--nc-chart-online)' },
  ]
  return (
    <section className="nc-panel ntd-wide" aria-label={title}>
      <header className="nc-panel__head">
        <h2>{title}</h2>
        <ul className="ntd-legend" aria-hidden="true">
          {series.map(({ key, fill, word: text }) => (
            <li key={key}>
              <i style={{ background: fill }} /> {text}
            </li>
          ))}
        </ul>
      </header>
      <div className="nc-panel__body">
        <Suspense fallback={<div style={{ height: 190 }} />}>
          <StackedBars
            rows={bars.map(({ on, opened, solved }) => ({
              label: on.slice(5),
              values: { opened, solved: -solved },
            }))}
            series={series}
            height={190}
            formatTick={(value) => format.number(Math.abs(value))}
            formatValue={(value) => format.number(Math.abs(value))}
          />
        </Suspense>
        <details>
          <summary>{t('report.asTable')}</summary>
          <table className="nc-table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{t('report.day')}</th>
                <th scope="col" className="nc-num">
                  {t('report.opened')}
                </th>
                <th scope="col" className="nc-num">
                  {t('report.solved')}
                </th>
              </tr>
            </thead>
            <tbody>
              {bars.map(({ on, opened, solved }) => (
                <tr key={on}>
                  <td>{word(on)}</td>
                  <td className="nc-num">{format.number(opened)}</td>
                  <td className="nc-num">{format.number(solved)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </div>
    </section>
  )
}

export const TimesPanel = ({ promises }: Pick<TicketReport, 'promises'>) => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const span = (ms: number | null): string => format.duration(ms === null ? null : ms / 1000)
  return (
    <section className="nc-panel ntd-wide" aria-label={t('report.times')}>
      <header className="nc-panel__head">
        <h2>{t('report.times')}</h2>
      </header>
      <div className="nc-panel__body">
        <table className="nc-table" aria-label={t('report.times')}>
          <thead>
            <tr>
              <th scope="col">{t('report.metric')}</th>
              {(['promised', 'met', 'missed', 'share', 'median', 'p90'] as const).map((key) => (
                <th key={key} scope="col" className="nc-num">
                  {t(`report.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {promises.map(({ metric, promised, met, missed, medianMs, p90Ms }) => (
              <tr key={metric}>
                <td>{t(`metric.${metric}`)}</td>
                <td className="nc-num">{format.number(promised)}</td>
                <td className="nc-num">{format.number(met)}</td>
                <td className="nc-num">{format.number(missed)}</td>
                <td className="nc-num">
                  {promised === 0 ? '–' : format.percent(missed / promised, 1)}
                </td>
                <td className="nc-num">{span(medianMs)}</td>
                <td className="nc-num">{span(p90Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** How many of each: a bar, its word and its figure. */
export const CountsPanel = ({
  title,
  rows,
}: {
  readonly title: string
  readonly rows: readonly { readonly key: string; readonly word: string; readonly count: number }[]
}) => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <section className="nc-panel" aria-label={title}>
      <header className="nc-panel__head">
        <h2>{title}</h2>
      </header>
      <div className="nc-panel__body">
        {rows.length === 0 ? (
          <p className="nc-soft">{t('report.none')}</p>
        ) : (
          <dl className="ntd-counts">
            {rows.map(({ key, word, count }) => (
              <div key={key}>
                <dt className="nc-cut" title={word}>
                  {word}
                </dt>
                <dd>
                  <i style={{ width: `${(count / most) * 100}%` }} aria-hidden="true" />
                </dd>
                <dd className="nc-num">{format.number(count)}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </section>
  )
}
