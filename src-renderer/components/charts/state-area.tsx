import { useEffect, useMemo, useRef, useState } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { stackStates, thinStates, type StateHistory, type StateSeriesName } from './state-series.ts'
import { stateTokens } from './state-tokens.ts'
import { readTokens } from './theme-colour.ts'

export interface StateAreaProps {
  readonly history: StateHistory
  /** Bottom of the stack first; the same array as long as the names are the same. */
  readonly names: readonly StateSeriesName[]
  readonly height: number
  /** How far apart two readings may be and still be joined, ms. */
  readonly gapMs?: number
  /** Only one line, from the least of it: over weeks a dip of a hundred thousand is a hair. */
  readonly fromLeast?: boolean
  readonly formatTime: (at: number) => string
  readonly formatCount: (count: number) => string
  /** The moment under the pointer, as the position in the thinned data; undefined: none. */
  readonly onMoment: (moment: StateMoment | undefined) => void
}

export interface StateMoment {
  readonly at: number
  /** In the order of `names`; null: nothing was read. */
  readonly values: readonly (number | null)[]
}

/** The engine writes a point per minute; three missing ones are a pause. */
const usualGapMs = 3.5 * 60_000
const pointsPerPixel = 0.5

const axisFont = "11px 'Inter Variable', system-ui, sans-serif"

/** Stacked areas over time. Drawn on a canvas; the caller gives the same in words and as a table. */
export const StateArea = (props: StateAreaProps) => {
  const { history, names, height, gapMs = usualGapMs, fromLeast = false } = props
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const hostRef = useRef<HTMLDivElement>(null)
  const plotRef = useRef<uPlot | null>(null)
  const latest = useRef(props)
  latest.current = props
  const theme = useComputedColorScheme('light')
  const [ready, setReady] = useState(0)

  const stacked = useMemo(() => {
    const points = Math.min(300, Math.max(24, Math.floor(width * pointsPerPixel)))
    return stackStates(history, thinStates(history, points), names, gapMs)
  }, [history, names, width, gapMs])
  const stackedRef = useRef(stacked)
  stackedRef.current = stacked

  useEffect(() => {
    const host = hostRef.current
    if (host === null || width < 60) return undefined
    const colours = readTokens({ ...stateTokens, ink: '--nc-text-soft', grid: '--nc-chart-grid' })
    const drawn = names.toReversed()
    const plot = new uPlot(
      {
        width,
        height,
        ms: 1,
        padding: [6, 26, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
        scales: {
          x: { time: true },
          y: {
            range: (_, min, max) =>
              fromLeast
                ? [
                    Math.max(0, min - Math.max(2, (max - min) * 0.15)),
                    max + Math.max(2, (max - min) * 0.1),
                  ]
                : [0, Math.max(4, max * 1.06)],
          },
        },
        axes: [
          {
            stroke: colours.ink,
            font: axisFont,
            size: 22,
            gap: 3,
            space: 76,
            grid: { show: false },
            ticks: { show: false },
            values: (_, splits) => splits.map((at) => latest.current.formatTime(at)),
          },
          {
            stroke: colours.ink,
            font: axisFont,
            size: 44,
            gap: 4,
            space: 30,
            grid: { stroke: colours.grid, width: 1 },
            ticks: { show: false },
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
            values: (_, splits) => splits.map((count) => latest.current.formatCount(count)),
          },
        ],
        series: [
          {},
          ...drawn.map((name) => ({
            stroke: colours[name],
            ...(fromLeast ? {} : { fill: colours[name] }),
            width: fromLeast ? 1.5 : 1,
            points: { show: false },
          })),
        ],
        hooks: {
          setCursor: [
            (self) => {
              const position = self.cursor.idx
              const data = stackedRef.current
              const at = typeof position === 'number' ? data.at[position] : undefined
              latest.current.onMoment(
                typeof position !== 'number' || at === undefined
                  ? undefined
                  : { at, values: data.values.map((column) => column[position] ?? null) },
              )
            },
          ],
        },
      },
      undefined,
      host,
    )
    plotRef.current = plot
    setReady((count) => count + 1)
    return () => {
      plotRef.current = null
      plot.destroy()
    }
  }, [height, names, theme, width, fromLeast])

  useEffect(() => {
    const drawn = stacked.tops.toReversed().map((column) => [...column])
    plotRef.current?.setData([[...stacked.at], ...drawn])
  }, [stacked, ready])

  return (
    <div ref={sizeRef} style={{ height }} aria-hidden>
      <div ref={hostRef} />
    </div>
  )
}
