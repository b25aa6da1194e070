import { lazy, Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BarSeries } from '../../../components/charts/stacked-bars.tsx'

/** The chart library comes with the first chart. */
const StackedBars = lazy(async () => ({
  default: (await import('../../../components/charts/stacked-bars.tsx')).StackedBars,
}))

export interface MonthColumn {
  readonly key: string
  readonly word: string
}

export interface MonthPanelProps {
  readonly title: string
  readonly link?: ReactNode
  readonly note?: string
  readonly series: readonly BarSeries[]
  /** Of the table; more than what is drawn. */
  readonly columns: readonly MonthColumn[]
  readonly rows: readonly {
    readonly month: string
    readonly label: string
    readonly head: ReactNode
    readonly values: Readonly<Record<string, number>>
    /** In place of `values` where a bar goes down. */
    readonly drawn?: Readonly<Record<string, number>>
  }[]
  readonly formatTick: (value: number) => string
  readonly formatValue: (value: number) => string
}

/** Figures by month: drawn, and the same as a table. */
export const MonthPanel = (props: MonthPanelProps) => {
  const { t } = useTranslation('billing-finance')
  const { title, series, columns, rows, formatTick, formatValue } = props
  return (
    <section className="nc-panel nfi-panel" aria-label={title}>
      <header className="nc-panel__head">
        <h2>{title}</h2>
        {props.link}
      </header>
      <div className="nc-panel__body">
        <ul className="nfi-legend" aria-hidden="true">
          {series.map(({ key, word, fill }) => (
            <li key={key}>
              <i style={{ background: fill }} /> {word}
            </li>
          ))}
        </ul>
        <Suspense fallback={<div style={{ height: 190 }} />}>
          <StackedBars
            rows={rows.map(({ label, values, drawn }) => ({ label, values: drawn ?? values }))}
            series={series}
            height={190}
            formatTick={formatTick}
            formatValue={formatValue}
          />
        </Suspense>
        {props.note !== undefined && <p className="nc-soft nc-small">{props.note}</p>}
        <details>
          <summary>{t('asTable')}</summary>
          <div className="nbl-scroll" tabIndex={-1}>
            <table className="nc-table" aria-label={title}>
              <thead>
                <tr>
                  <th scope="col">{t('month')}</th>
                  {columns.map(({ key, word }) => (
                    <th key={key} scope="col" className="nc-num">
                      {word}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ month, head, values }) => (
                  <tr key={month}>
                    <th scope="row">{head}</th>
                    {columns.map(({ key }) => (
                      <td key={key} className="nc-num">
                        {formatValue(values[key] ?? 0)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </section>
  )
}
