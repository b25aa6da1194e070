import type { ReactNode } from 'react'
import { useFormat } from '../use-format.ts'
import { useCursorAt, type CursorStore } from './chart-cursor.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'
import { zoneName } from './local-time.ts'
import { momentText, tickText } from './tick-text.ts'
import type { TimeTick } from './time-ticks.ts'

export interface TimeAxisProps {
  readonly ticks: readonly TimeTick[]
  readonly window: TimeWindow
  readonly cursor: CursorStore
}

/** The one time axis below all charts of a stack, in the machine's zone. */
export const TimeAxis = ({ ticks, window, cursor }: TimeAxisProps): ReactNode => {
  const { locale } = useFormat()
  const percent = (at: number): number => ((at - window.from) / spanOf(window)) * 100
  return (
    <div className="nc-time-axis" aria-hidden="true">
      <span className="nc-row-name nc-faint">{zoneName(window.to, locale)}</span>
      <div className="nc-row-plot">
        {ticks.map((tick) => (
          <span
            key={tick.at}
            className="nc-tick"
            data-kind={tick.kind}
            style={{ left: `${percent(tick.at)}%` }}
          >
            {tickText(tick, window, locale)}
          </span>
        ))}
        <AxisCursor window={window} cursor={cursor} />
      </div>
    </div>
  )
}

const AxisCursor = ({ window, cursor }: Pick<TimeAxisProps, 'window' | 'cursor'>): ReactNode => {
  const { locale } = useFormat()
  const at = useCursorAt(cursor)
  if (at === null || at < window.from || at > window.to) return null
  const percent = ((at - window.from) / spanOf(window)) * 100
  return (
    <span
      className="nc-axis-cursor"
      style={{ left: `clamp(84px, ${percent}%, calc(100% - 84px))` }}
    >
      {momentText(at, locale)}
    </span>
  )
}
