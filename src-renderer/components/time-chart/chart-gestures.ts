import { spanOf, zoomed, type ChartRange, type TimeWindow } from './chart-range.ts'

/** What fingers, wheel and keys mean, without the page. x in CSS pixels of the viewport. */

export interface PlotPlace {
  readonly left: number
  readonly width: number
}

/** Never outside of the window. */
export const timeAtX = (x: number, { left, width }: PlotPlace, window: TimeWindow): number => {
  const share = Math.min(1, Math.max(0, (x - left) / Math.max(1, width)))
  return window.from + share * spanOf(window)
}

export const msPerPixel = (window: TimeWindow, { width }: PlotPlace): number =>
  spanOf(window) / Math.max(1, width)

/** A wheel says pixels, lines or pages; a trackpad's pinch is small steps with Ctrl. */
export const wheelFactor = (deltaY: number, deltaMode: number, pinch: boolean): number => {
  const pixels = deltaY * (deltaMode === 1 ? 16 : deltaMode === 2 ? 400 : 1)
  const limited = Math.min(240, Math.max(-240, pixels))
  return Math.exp(limited * (pinch && Math.abs(limited) < 50 ? 0.01 : 0.0022))
}

const leastFingerGap = 24

/**
 * Two fingers: the times below them when they came down stay below them. `before`, `after`: x of
 * both, in the same order.
 */
export const pinched = (
  window: TimeWindow,
  plot: PlotPlace,
  before: readonly [number, number],
  after: readonly [number, number],
  now: number,
): ChartRange => {
  const gap = (pair: readonly [number, number]): number =>
    Math.max(leastFingerGap, Math.abs(pair[0] - pair[1]))
  const middle = (pair: readonly [number, number]): number => (pair[0] + pair[1]) / 2
  const factor = gap(before) / gap(after)
  const moved = (middle(before) - middle(after)) * msPerPixel(window, plot)
  const shifted = { from: window.from + moved, to: window.to + moved }
  return zoomed(shifted, factor, timeAtX(middle(after), plot, shifted), now)
}

export type ChartKey =
  | 'zoom-in'
  | 'zoom-out'
  | 'earlier'
  | 'later'
  | 'now'
  | 'back'
  | 'cursor-earlier'
  | 'cursor-later'
  | 'event-earlier'
  | 'event-later'
  | 'clear'

export interface KeyOfChart {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const plain: Readonly<Record<string, ChartKey>> = {
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  _: 'zoom-out',
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  '0': 'now',
  Home: 'now',
  Backspace: 'back',
  ',': 'event-earlier',
  '.': 'event-later',
  Escape: 'clear',
}

/** null: not for the chart. */
export const chartKey = (press: KeyOfChart): ChartKey | null => {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (press.shiftKey && press.key === 'ArrowLeft') return 'cursor-earlier'
  if (press.shiftKey && press.key === 'ArrowRight') return 'cursor-later'
  return Object.hasOwn(plain, press.key) ? plain[press.key]! : null
}
