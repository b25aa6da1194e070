import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { readTokens } from '../charts/theme-colour.ts'
import type { TimeWindow } from './chart-range.ts'
import type { CursorStore } from './chart-cursor.ts'
import { cursorReachPx, plotGutter, plotRight } from './plot-place.ts'
import { drawEvents, drawLimits, drawResets, type PlotLimit, type PlotLine } from './plot-marks.ts'
import { pointAt } from './series-points.ts'
import { thinnedTo, traceBand, traceLine, type Projection } from './trace-path.ts'
import { axisDigits, type ValueScale } from './value-scale.ts'

export interface PlotProps {
  readonly lines: readonly PlotLine[]
  readonly window: TimeWindow
  readonly scale: ValueScale
  /** Times of the vertical lines. */
  readonly ticks: readonly number[]
  readonly limits: readonly PlotLimit[]
  /** Times of events, as faint lines. */
  readonly events: readonly number[]
  /** CSS pixels, axis and padding included. */
  readonly width: number
  readonly height: number
  readonly cursor: CursorStore
  readonly formatAxis: (value: number, digits: number) => string
}

const tokens = {
  text: '--nc-text-soft',
  grid: '--nc-chart-grid',
  line: '--nc-chart-line',
  over: '--nc-chart-line-2',
  event: '--nc-line-strong',
  limit: '--nc-major',
  reset: '--nc-text-soft',
  surface: '--nc-surface',
  font: '--nc-font',
} as const

/**
 * One picture of lines and bands over time. uPlot does the scales, axes and the canvas; what is
 * drawn on it comes from trace-path.ts, because a gap must never be joined and a reading between two
 * gaps must be seen. The pointer belongs to the stack, not to the single picture.
 */
export const Plot = (props: PlotProps): ReactNode => {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const latest = useRef(props)
  latest.current = props
  const scheme = useComputedColorScheme('light')
  const { cursor, height, formatAxis } = props
  const shape = props.lines.map(({ over }) => (over ? 'o' : 'm')).join('')

  useEffect(() => {
    const element = host.current
    if (element === null) return undefined
    const colour = readTokens(tokens)
    const grid = { stroke: colour.grid, width: 1 }
    const projection = (self: uPlot): Projection => ({
      window: latest.current.window,
      left: self.bbox.left,
      width: self.bbox.width,
      y: (value) => self.valToPos(value, 'y', true),
    })
    const made = new uPlot(
      {
        width: Math.max(80, latest.current.width),
        height,
        ms: 1,
        padding: [6, plotRight, 4, 0],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: false, y: false, setScale: false },
          points: { show: false },
        },
        scales: {
          x: { time: true, range: () => [latest.current.window.from, latest.current.window.to] },
          y: { range: () => [latest.current.scale.min, latest.current.scale.max] },
        },
        axes: [
          {
            size: 0,
            gap: 0,
            grid,
            ticks: { show: false },
            splits: () => [...latest.current.ticks],
            values: (_, splits) => splits.map(() => ''),
          },
          {
            stroke: colour.text,
            grid,
            ticks: { show: false },
            border: { show: true, stroke: colour.grid, width: 1 },
            font: `11px ${colour.font}`,
            size: plotGutter,
            gap: 6,
            space: 22,
            values: (_, splits) =>
              splits.map((value) => latest.current.formatAxis(value, axisDigits(splits))),
          },
        ],
        series: [
          {},
          ...Array.from(shape, (kind) => ({
            stroke: kind === 'o' ? colour.over : colour.line,
            fill: withAlpha(kind === 'o' ? colour.over : colour.line, 0.2),
            width: 1.5,
            points: { show: false },
            ...(kind === 'o' ? { dash: [5 * uPlot.pxRatio, 3 * uPlot.pxRatio] } : {}),
            paths: (self: uPlot, index: number) => {
              const line = latest.current.lines[index - 1]
              if (line === undefined) return null
              const on = projection(self)
              const points = thinnedTo(line.points, on.window, self.bbox.width)
              const stroke = new Path2D()
              const fill = new Path2D()
              traceLine(stroke, points, on)
              traceBand(fill, points, on)
              return { stroke, fill }
            },
          })),
        ],
        hooks: {
          drawAxes: [
            (self) => {
              drawEvents(self, latest.current.events, colour.event)
              drawLimits(self, latest.current.limits, colour)
            },
          ],
          draw: [(self) => drawResets(self, latest.current.lines, colour)],
        },
      },
      emptyData(latest.current),
      element,
    )
    plot.current = made
    const dots = Array.from(shape, (kind) => {
      const dot = document.createElement('div')
      dot.className = 'nc-plot__dot'
      if (kind === 'o') dot.dataset['over'] = ''
      made.over.append(dot)
      return dot
    })
    const place = (): void => placeCursor(made, latest.current, dots)
    place()
    const stop = cursor.subscribe(place)
    moved.set(made, place)
    return () => {
      stop()
      made.destroy()
      plot.current = null
    }
  }, [scheme, shape, height, cursor])

  useEffect(() => {
    const made = plot.current
    if (made === null) return
    made.setSize({ width: Math.max(80, props.width), height })
  }, [props.width, height])

  useEffect(() => {
    const made = plot.current
    if (made === null) return
    made.setData(emptyData(latest.current))
    moved.get(made)?.()
  }, [
    props.lines,
    props.window,
    props.scale.min,
    props.scale.max,
    props.ticks,
    props.limits,
    props.events,
    formatAxis,
  ])

  return <div ref={host} className="nc-plot" aria-hidden="true" />
}

const moved = new WeakMap<uPlot, () => void>()

/** uPlot needs data to draw at all; the points themselves are drawn by the paths. */
const emptyData = ({ window, lines }: PlotProps): uPlot.AlignedData => [
  [window.from, window.to],
  ...lines.map(() => [null, null]),
]

const withAlpha = (colour: string, alpha: number): string =>
  `color-mix(in srgb, ${colour} ${alpha * 100}%, transparent)`

const placeCursor = (self: uPlot, props: PlotProps, dots: readonly HTMLElement[]): void => {
  const { window, cursor, lines } = props
  const { at, selection } = cursor.get()
  const width = self.over.clientWidth
  const xOf = (time: number): number => ((time - window.from) / (window.to - window.from)) * width
  const seen = at !== null && at >= window.from && at <= window.to
  self.setCursor({ left: seen ? xOf(at) : -10, top: seen ? 0 : -10 }, false)
  const left = selection === null ? 0 : Math.max(0, xOf(selection.from))
  self.setSelect(
    {
      left,
      top: 0,
      width: selection === null ? 0 : Math.min(width, xOf(selection.to)) - left,
      height: self.over.clientHeight,
    },
    false,
  )
  const reach = (cursorReachPx * (window.to - window.from)) / Math.max(1, width)
  dots.forEach((dot, index) => {
    const points = lines[index]?.points
    const found = seen && points !== undefined ? pointAt(points, at, reach) : -1
    const time = points?.at[found] ?? Number.NaN
    const shown = time >= window.from && time <= window.to
    dot.hidden = !shown
    if (!shown || points === undefined) return
    const y = self.valToPos(points.avg[found]!, 'y')
    dot.style.transform = `translate(${xOf(time)}px, ${y}px)`
  })
}
