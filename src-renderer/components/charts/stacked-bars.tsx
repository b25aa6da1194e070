import { useElementSize } from '@mantine/hooks'
import { Bar, BarChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import './level-histogram.css'

export interface BarSeries {
  readonly key: string
  readonly word: string
  readonly fill: string
}

export interface StackedBarsProps {
  /** One bar each; figures by the keys of the series. Below 0: drawn downwards. */
  readonly rows: readonly {
    readonly label: string
    readonly values: Readonly<Record<string, number>>
  }[]
  readonly series: readonly BarSeries[]
  readonly height: number
  /** Short, for the axis. */
  readonly formatTick: (value: number) => string
  readonly formatValue: (value: number) => string
}

interface FactsProps extends Pick<StackedBarsProps, 'series' | 'formatValue'> {
  /** Filled in by the chart. */
  readonly label?: string | number
  readonly payload?: readonly { readonly payload?: unknown }[]
}

const Facts = ({ label, payload, series, formatValue }: FactsProps) => {
  const row = payload?.[0]?.payload as Readonly<Record<string, number>> | undefined
  if (row === undefined) return null
  return (
    <div className="level-histogram__facts">
      <strong>{label}</strong>
      {series.map(({ key, word }) => (
        <div key={key}>
          {word} {formatValue(row[key] ?? 0)}
        </div>
      ))}
    </div>
  )
}

/** Bars of months, one on the other. The caller says the same in words and as a table. */
export const StackedBars = (props: StackedBarsProps) => {
  const { rows, series, height, formatTick, formatValue } = props
  const { ref, width } = useElementSize<HTMLDivElement>()
  return (
    <div ref={ref} className="level-histogram" style={{ height }} aria-hidden="true">
      {width < 60 ? null : (
        <BarChart
          width={width}
          height={height}
          data={rows.map(({ label, values }) => ({ label, ...values }))}
          stackOffset="sign"
          barCategoryGap="22%"
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--nc-chart-grid)" />
          <XAxis
            dataKey="label"
            tickLine={false}
            axisLine={{ stroke: 'var(--nc-line)' }}
            height={22}
          />
          <YAxis width={56} tickLine={false} axisLine={false} tickFormatter={formatTick} />
          <ReferenceLine y={0} stroke="var(--nc-line)" />
          <Tooltip
            cursor={{ fill: 'var(--nc-hover)' }}
            isAnimationActive={false}
            content={<Facts series={series} formatValue={formatValue} />}
          />
          {series.map(({ key, fill }) => (
            <Bar key={key} dataKey={key} stackId="all" fill={fill} isAnimationActive={false} />
          ))}
        </BarChart>
      )}
    </div>
  )
}
