import type { ReactNode } from 'react'
import { useElementSize } from '@mantine/hooks'
import { Bar, BarChart, CartesianGrid, Cell, ReferenceArea, Tooltip, XAxis, YAxis } from 'recharts'
import type { SignalClass } from '../../../src-shared/domain/optics.ts'
import { signalColour } from '../signal-level.ts'
import type { LevelBin } from './level-bins.ts'
import './level-histogram.css'

export interface LevelHistogramProps {
  readonly bins: readonly LevelBin[]
  /** Weakest level the receiver is made for, dBm: the margin's colour is counted from it. */
  readonly minDbm: number
  readonly height: number
  readonly formatCount: (count: number) => string
  readonly formatLevel: (dbm: number) => string
  /** The facts of one bin, beside the pointer. */
  readonly describe: (bin: LevelBin) => ReactNode
}

interface BinFactsProps extends Pick<LevelHistogramProps, 'describe'> {
  /** Filled in by the chart. */
  readonly payload?: readonly { readonly payload?: unknown }[]
}

const BinFacts = ({ describe, payload }: BinFactsProps) => {
  const bin = payload?.[0]?.payload as LevelBin | undefined
  return bin === undefined ? null : <div className="level-histogram__facts">{describe(bin)}</div>
}

/** Grounds of the classes; what is good has none. */
const grounds: Partial<Record<SignalClass, string>> = {
  critical: 'var(--nc-critical-soft)',
  warning: 'var(--nc-minor-soft)',
  'too-strong': 'var(--nc-indeterminate-soft)',
}

/** Class bands from the first to the last bin of each class. */
const bandsOf = (bins: readonly LevelBin[]) =>
  Object.entries(grounds).flatMap(([signal, fill]) => {
    const inside = bins.filter((bin) => bin.signal === signal)
    const first = inside[0]
    const last = inside.at(-1)
    return first === undefined || last === undefined
      ? []
      : [{ signal, fill, from: first.fromDbm, to: last.fromDbm }]
  })

const labelEveryDb = 2

/** Bars over the bands of good, low and below the limit. The caller says the same in words. */
export const LevelHistogramChart = (props: LevelHistogramProps) => {
  const { bins, minDbm, height, formatCount, formatLevel, describe } = props
  const { ref, width } = useElementSize<HTMLDivElement>()
  const ticks = bins.map((bin) => bin.fromDbm).filter((from) => from % labelEveryDb === 0)
  return (
    <div ref={ref} className="level-histogram" style={{ height }}>
      {width < 60 ? null : (
        <BarChart
          width={width}
          height={height}
          data={[...bins]}
          barCategoryGap={1}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        >
          {bandsOf(bins).map(({ signal, fill, from, to }) => (
            <ReferenceArea key={signal} x1={from} x2={to} fill={fill} fillOpacity={0.6} />
          ))}
          <CartesianGrid vertical={false} stroke="var(--nc-chart-grid)" />
          <XAxis
            dataKey="fromDbm"
            ticks={ticks}
            interval={0}
            tickLine={false}
            axisLine={{ stroke: 'var(--nc-line)' }}
            height={22}
            tickFormatter={formatLevel}
          />
          <YAxis
            width={40}
            allowDecimals={false}
            tickLine={false}
            axisLine={false}
            tickFormatter={formatCount}
          />
          <Tooltip
            cursor={{ fill: 'var(--nc-hover)' }}
            isAnimationActive={false}
            content={<BinFacts describe={describe} />}
          />
          <Bar dataKey="count" isAnimationActive={false}>
            {bins.map((bin) => (
              <Cell
                key={bin.fromDbm}
                fill={signalColour(bin.signal, (bin.fromDbm + bin.toDbm) / 2 - minDbm)}
              />
            ))}
          </Bar>
        </BarChart>
      )}
    </div>
  )
}
