import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import { callQuery } from '../../client/client.ts'
import { useTicking } from '../clock.ts'
import { windowOf, type ChartRange, type TimeWindow } from './chart-range.ts'
import { createLatestLoader, type LatestLoader, type LoaderState } from './latest-loader.ts'
import { loadHistory, type HistoryAnswer, type HistoryQuestion } from './load-history.ts'

const pauseMs = 120
const secondMs = 1000

/** How far now moves before the picture follows: about a pixel. */
const stepOf = (spanMs: number, pixels: number): number =>
  Math.min(60 * secondMs, Math.max(secondMs, spanMs / Math.max(1, pixels)))

/** How often new readings are asked for while the right edge is now. */
const refreshOf = (spanMs: number, pixels: number): number =>
  Math.min(300 * secondMs, Math.max(10 * secondMs, spanMs / Math.max(1, pixels)))

/** What is seen now; follows the clock while the range is live. */
export const useWindow = (range: ChartRange, pixels: number): TimeWindow => {
  const live = range.kind === 'live'
  const step = live ? stepOf(range.spanMs, pixels) : 0
  const read = useMemo(
    () => (now: number) => (live ? Math.ceil(now / step) * step : 0),
    [live, step],
  )
  const now = useTicking(read)
  return useMemo(() => windowOf(range, now), [range, now])
}

export interface HistoryState extends LoaderState<HistoryQuestion, HistoryAnswer> {
  readonly retry: () => void
}

export interface HistoryWish {
  readonly subjects: readonly HistorySeries[]
  readonly around: readonly HistorySeries[]
  readonly metrics: readonly HistoryMetric[]
  readonly range: ChartRange
  /** 0: the place has no width yet. */
  readonly pixels: number
}

const nothingYet = { answer: null, failure: undefined, loading: true } as const
const noSubscription = (): (() => void) => () => undefined

/** Reads what is visible, again while it moves; hidden pages ask nothing. */
export const useHistory = ({ subjects, around, metrics, range, pixels }: HistoryWish) => {
  const [loader, setLoader] = useState<LatestLoader<HistoryQuestion, HistoryAnswer> | null>(null)
  useEffect(() => {
    const made = createLatestLoader<HistoryQuestion, HistoryAnswer>({
      load: (question) => loadHistory(callQuery, question),
      pauseMs,
      later: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    setLoader(made)
    return () => made.stop()
  }, [])

  // By content: a parent that makes its lists anew at each render asks nothing anew.
  const what = JSON.stringify({ subjects, around, metrics })
  const known = pixels > 0
  useEffect(() => {
    if (loader === null || !known) return undefined
    const question = (): HistoryQuestion => ({
      ...(JSON.parse(what) as Pick<HistoryQuestion, 'subjects' | 'around' | 'metrics'>),
      window: windowOf(range, Date.now()),
      pixels,
    })
    loader.ask(question(), loader.state().answer !== null)
    if (range.kind !== 'live') return undefined
    const again = (): void => {
      if (!document.hidden) loader.ask(question())
    }
    const timer = setInterval(again, refreshOf(range.spanMs, pixels))
    document.addEventListener('visibilitychange', again)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [loader, what, range, pixels, known])

  const state = useSyncExternalStore(
    loader?.subscribe ?? noSubscription,
    () => loader?.state() ?? nothingYet,
  )
  return useMemo<HistoryState>(() => ({ ...state, retry: () => loader?.retry() }), [state, loader])
}
