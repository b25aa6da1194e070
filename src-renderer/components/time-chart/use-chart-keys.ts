import { useCallback, type KeyboardEvent } from 'react'
import type { CursorStore } from './chart-cursor.ts'
import { nextCluster, type EventCluster } from './chart-events.ts'
import { chartKey, type ChartKey } from './chart-gestures.ts'
import { atNow, panned, spanOf, windowOf, zoomed, type TimeWindow } from './chart-range.ts'
import { nextPointTime, type SeriesPoints } from './series-points.ts'
import type { RangeState } from './use-chart-range.ts'

export interface ChartKeysProps {
  readonly state: RangeState
  readonly cursor: CursorStore
  readonly lines: readonly SeriesPoints[]
  readonly clusters: readonly EventCluster[]
  /** CSS pixels of the plot. */
  readonly plotWidth: number
  /** Says the values at the cursor to a screen reader. */
  readonly onRead: (at: number) => void
  readonly onEvent: (cluster: EventCluster | null) => void
}

const zoomStep = 1.5
const panShare = 0.2
/** px between two stops of the cursor. */
const cursorStepPx = 3

/** The keys of a stack of charts while it has the focus itself. */
export const useChartKeys = (props: ChartKeysProps) =>
  useCallback(
    (event: KeyboardEvent<HTMLElement>): void => {
      // A button inside has its own keys.
      if (event.target !== event.currentTarget) return
      const key = chartKey(event)
      if (key === null) return
      const now = Date.now()
      const window = windowOf(props.state.current(), now)
      if (act(key, props, window, now)) {
        event.preventDefault()
        event.stopPropagation()
      }
    },
    [props],
  )

const act = (key: ChartKey, props: ChartKeysProps, window: TimeWindow, now: number): boolean => {
  const { state, cursor, lines, clusters, plotWidth } = props
  const { at } = cursor.get()
  const zoom = (factor: number): void => {
    const edge = state.current().kind === 'live' ? window.to : (window.from + window.to) / 2
    state.go(zoomed(window, factor, at ?? edge, now))
  }
  switch (key) {
    case 'zoom-in':
      zoom(1 / zoomStep)
      return true
    case 'zoom-out':
      zoom(zoomStep)
      return true
    case 'earlier':
    case 'later':
      state.go(panned(window, spanOf(window) * panShare * (key === 'later' ? 1 : -1), now))
      return true
    case 'now':
      state.go(atNow(state.current()))
      return true
    case 'back':
      state.back()
      return true
    case 'cursor-earlier':
    case 'cursor-later': {
      const direction = key === 'cursor-later' ? 1 : -1
      const least = (spanOf(window) / Math.max(1, plotWidth)) * cursorStepPx
      const next = nextPointTime(lines, at ?? window.to + least, direction, at === null ? 0 : least)
      if (Number.isNaN(next) || next < window.from || next > window.to) return true
      cursor.set({ at: next })
      props.onRead(next)
      return true
    }
    case 'event-earlier':
    case 'event-later': {
      const direction = key === 'event-later' ? 1 : -1
      const found = nextCluster(
        clusters,
        at ?? (direction > 0 ? window.from : window.to),
        direction,
      )
      if (found === undefined) return true
      cursor.set({ at: found.at })
      props.onEvent(found)
      return true
    }
    case 'clear':
      if (at === null) return false
      cursor.set({ at: null, selection: null })
      props.onEvent(null)
      return true
    default:
      return key satisfies never
  }
}
