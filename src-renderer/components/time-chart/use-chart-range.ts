import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { currentSearch, navigate, splitHash, useHashLocation } from '../../app/location.ts'
import { newTrail, trailBack, trailTo, type ChartRange, type RangeTrail } from './chart-range.ts'
import { parseRange, withRange } from './range-query.ts'

export interface RangeState {
  readonly range: ChartRange
  /** The same, but of this very moment: between two drawings a wheel turns several times. */
  readonly current: () => ChartRange
  readonly canGoBack: boolean
  /** `gesture`: one of many steps of a wheel, a pinch or a drag. */
  readonly go: (next: ChartRange, gesture?: boolean) => void
  readonly back: () => void
}

const writeAfterMs = 250

/**
 * The range of a page's charts. With `inRoute` it stands in the route's query, written when the
 * person pauses and in place: "back" of the browser leaves the page and does not undo a zoom.
 */
export const useChartRange = (inRoute: boolean): RangeState => {
  const search = useHashLocation.searchHook()
  const [trail, setTrail] = useState<RangeTrail>(() => newTrail(parseRange(inRoute ? search : '')))
  const latest = useRef(trail)
  const become = useCallback((next: RangeTrail): void => {
    latest.current = next
    setTrail(next)
  }, [])
  const written = useRef(withRange('', trail.here))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    if (!inRoute || search !== currentSearch()) return
    // Someone else changed the route: a link, "back", the palette.
    const there = withRange('', parseRange(search))
    if (there === written.current) return
    written.current = there
    clearTimeout(timer.current)
    become(trailTo(latest.current, parseRange(search)))
  }, [inRoute, search, become])

  useEffect(() => {
    if (!inRoute) return undefined
    const text = withRange('', trail.here)
    if (text === written.current) return undefined
    timer.current = setTimeout(() => {
      written.current = text
      const { path } = splitHash(window.location.hash)
      const query = withRange(currentSearch(), trail.here)
      navigate(query === '' ? path : `${path}?${query}`, { replace: true })
    }, writeAfterMs)
    return () => clearTimeout(timer.current)
  }, [inRoute, trail])

  const go = useCallback(
    (next: ChartRange, gesture = false): void =>
      become(trailTo(latest.current, next, gesture ? performance.now() : undefined)),
    [become],
  )
  const back = useCallback((): void => become(trailBack(latest.current)), [become])
  const current = useCallback(() => latest.current.here, [])
  return useMemo(
    () => ({ range: trail.here, current, canGoBack: trail.past.length > 0, go, back }),
    [trail, current, go, back],
  )
}
