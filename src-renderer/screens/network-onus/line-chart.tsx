import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Format } from '../../components/use-format.ts'
import type { TimeRange } from './history-series.ts'
import './line-chart.css'

export interface ChartLine {
  readonly label: string
  /** A CSS variable. */
  readonly colour: string
  readonly dashed?: boolean
}

export interface LineChartProps {
  readonly label: string
  /** What the first figure of the legend is called. */
  readonly timeLabel: string
  readonly data: readonly [
    readonly number[],
    readonly (number | null)[],
    readonly (number | null)[],
  ]
  readonly lines: readonly [ChartLine, ChartLine]
  readonly range: TimeRange
  readonly scale?: { readonly min: number; readonly max: number }
  /** Levels that are drawn across, in the colour of their line. */
  readonly limits?: readonly [number, number]
  readonly digits: number
  readonly format: Format
  /** Charts of one name share their cursor. */
  readonly syncKey: string
  readonly height: number
}

const cssColour = (variable: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(variable).trim()

/** Two lines over time on a canvas. A screen reader hears the label; the values stand beside it. */
export const LineChart = (props: LineChartProps): ReactNode => {
  const { label, timeLabel, data, lines, range, scale, limits, digits, format, syncKey, height } =
    props
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const scheme = useComputedColorScheme()
  const latest = useRef({ range, scale })
  latest.current = { range, scale }
  const limitKey = limits?.join(' ')
  const lineKey = lines.map((line) => `${line.label}|${line.colour}`).join(' ')

  useEffect(() => {
    const element = host.current
    if (element === null) return undefined
    const colours = lines.map((line) => cssColour(line.colour))
    const text = cssColour('--nc-text-soft')
    const grid = { stroke: cssColour('--nc-chart-grid'), width: 1 }
    const font = `11px ${cssColour('--nc-font')}`
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        ms: 1,
        padding: [8, 8, 0, 0],
        cursor: { sync: { key: syncKey }, drag: { x: false, y: false } },
        legend: { live: true },
        scales: {
          x: { time: true, range: () => [latest.current.range.from, latest.current.range.to] },
          y: {
            range: (_, low, high) =>
              latest.current.scale === undefined
                ? [0, Math.max(high ?? 0, (low ?? 0) + 0.1) * 1.1]
                : [latest.current.scale.min, latest.current.scale.max],
          },
        },
        axes: [
          {
            stroke: text,
            grid,
            ticks: grid,
            font,
            size: 26,
            space: 70,
            values: (_, splits) => splits.map((at) => format.instant(at, 'minute')),
          },
          {
            stroke: text,
            grid,
            ticks: grid,
            font,
            size: 46,
            space: 26,
            values: (_, splits) => splits.map((value) => format.number(value, axisDigits(splits))),
          },
        ],
        series: [
          { label: timeLabel, value: (_, at) => format.instant(at, 'time') },
          ...lines.map((line, position) => ({
            label: line.label,
            stroke: colours[position] ?? text,
            width: 1.5,
            ...(line.dashed === true ? { dash: [5, 3] } : {}),
            points: { size: 5 },
            spanGaps: false,
            value: (_: uPlot, value: number | null) => format.number(value, digits),
          })),
        ],
        hooks: {
          draw: [
            (self) => {
              limits?.forEach((limit, position) =>
                drawLimit(self, limit, colours[position] ?? text),
              )
            },
          ],
        },
      },
      data as unknown as uPlot.AlignedData,
      element,
    )
    plot.current = made
    const watcher = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height })
    })
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      made.destroy()
      plot.current = null
    }
    // The data goes in below without making the chart anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [scheme, format, lineKey, limitKey, height, syncKey, digits])

  useEffect(() => {
    plot.current?.setData(data as unknown as uPlot.AlignedData)
  }, [data, range.from, range.to, scale?.min, scale?.max])

  return <div ref={host} className="nc-line-chart" role="img" aria-label={label} />
}

/** As many decimals as the steps of the axis need, at most two. */
const axisDigits = (splits: readonly number[]): number => {
  const step = Math.abs((splits[1] ?? 1) - (splits[0] ?? 0))
  return (
    [0, 1].find(
      (digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6,
    ) ?? 2
  )
}

const drawLimit = (self: uPlot, limit: number, colour: string): void => {
  const y = Math.round(self.valToPos(limit, 'y', true))
  const { left, top, width, height } = self.bbox
  if (y < top || y > top + height) return
  const { ctx } = self
  ctx.save()
  ctx.strokeStyle = colour
  ctx.globalAlpha = 0.6
  ctx.setLineDash([2, 4])
  ctx.beginPath()
  ctx.moveTo(left, y)
  ctx.lineTo(left + width, y)
  ctx.stroke()
  ctx.restore()
}
