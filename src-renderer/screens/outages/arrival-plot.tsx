import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { readTokens } from '../../components/charts/theme-colour.ts'
import type { ArrivalSteps } from './arrival-series.ts'

export interface ArrivalPlotProps {
  readonly steps: ArrivalSteps
  readonly height: number
  readonly formatSeconds: (seconds: number) => string
  readonly formatCount: (count: number) => string
}

const axisFont = "11px 'Inter Variable', system-ui, sans-serif"

/** Steps over seconds: down solid, with gasp filled below it, back dashed. */
export const ArrivalPlot = (props: ArrivalPlotProps) => {
  const { steps, height } = props
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const theme = useComputedColorScheme('light')
  useEffect(() => {
    const element = host.current
    if (element === null || width < 60) return undefined
    const colour = readTokens({
      down: '--nc-chart-offline-optical',
      gasp: '--nc-chart-offline-power',
      back: '--nc-chart-line',
      ink: '--nc-text-soft',
      grid: '--nc-chart-grid',
    })
    const stepped = uPlot.paths.stepped?.({ align: 1 })
    const line = (stroke: string, more: Partial<uPlot.Series> = {}): uPlot.Series => ({
      stroke,
      width: 2,
      points: { show: false },
      ...(stepped === undefined ? {} : { paths: stepped }),
      ...more,
    })
    const plot = new uPlot(
      {
        width,
        height,
        padding: [8, 14, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false },
          y: { range: (_, __, max) => [0, Math.max(2, max * 1.08)] },
        },
        axes: [
          {
            stroke: colour.ink,
            font: axisFont,
            size: 24,
            gap: 4,
            space: 64,
            grid: { show: false },
            ticks: { show: false },
            values: (_, splits) => splits.map((at) => latest.current.formatSeconds(at)),
          },
          {
            stroke: colour.ink,
            font: axisFont,
            size: 54,
            gap: 4,
            space: 26,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000],
            grid: { stroke: colour.grid, width: 1 },
            ticks: { show: false },
            values: (_, splits) => splits.map((count) => latest.current.formatCount(count)),
          },
        ],
        series: [
          {},
          line(colour.down),
          line(colour.gasp, {
            fill: `${colour.gasp}55`,
            width: 1.5,
            show: steps.withGasp.some((count) => count > 0),
          }),
          line(colour.back, { dash: [6, 4], show: steps.back.some((count) => count > 0) }),
        ],
      },
      [[...steps.at], [...steps.down], [...steps.withGasp], [...steps.back]],
      element,
    )
    return () => plot.destroy()
  }, [height, steps, theme, width])
  return (
    <div ref={sizeRef} style={{ height }} aria-hidden>
      <div ref={host} />
    </div>
  )
}
