import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryMetric } from '../../../src-shared/contract/history.ts'
import { useFormat } from '../use-format.ts'
import type { EventCluster } from './chart-events.ts'
import { spanOf } from './chart-range.ts'
import { eventWords } from './event-face.tsx'
import type { HistoryAnswer } from './load-history.ts'
import { metricCharts } from './metric-charts.ts'
import { cursorReachPx } from './plot-place.ts'
import { segmentAt } from './ribbon.ts'
import { pointAt } from './series-points.ts'
import { momentText } from './tick-text.ts'
import type { ChartLine } from './time-chart.tsx'

export interface SpokenProps {
  readonly charts: readonly {
    readonly metric: HistoryMetric
    readonly lines: readonly ChartLine[]
  }[]
  readonly open: readonly HistoryMetric[]
  readonly answer: HistoryAnswer | undefined
  readonly plotWidth: number
}

/** What a screen reader hears when the keys move the cursor; the mouse says nothing. */
export const useSpokenValues = ({ charts, open, answer, plotWidth }: SpokenProps) => {
  const { t } = useTranslation('history')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const [text, setText] = useState('')

  const read = useCallback(
    (at: number): void => {
      if (answer === undefined) return
      const reach = (cursorReachPx * spanOf(answer.window)) / Math.max(1, plotWidth)
      const parts = [momentText(at, format.locale)]
      answer.subjects.forEach(({ segments }) => {
        const state = segmentAt(segments, at)?.state
        if (state !== undefined) {
          parts.push(state === 'unread' ? t('state.unread') : network(`state.${state}`))
        }
      })
      for (const { metric, lines } of charts) {
        if (!open.includes(metric)) continue
        const { unit, digits } = metricCharts[metric]
        for (const { name, points } of lines) {
          const found = pointAt(points, at, reach)
          const value =
            found < 0
              ? t('chart.nothingHere')
              : `${format.number(points.avg[found], digits)} ${t(`unit.${unit}`)}`
          parts.push(`${lines.length > 1 ? `${name}, ` : ''}${t(`metric.${metric}`)}: ${value}`)
        }
      }
      setText(parts.join('; '))
    },
    [answer, charts, open, plotWidth, format, t, network],
  )
  const readEvents = useCallback(
    ({ events }: EventCluster): void => {
      setText(
        events
          .map(
            (event) => `${momentText(event.at, format.locale)}: ${eventWords(event, t, network)}`,
          )
          .join('; '),
      )
    },
    [format, t, network],
  )
  return useMemo(() => ({ text, read, readEvents }), [text, read, readEvents])
}
