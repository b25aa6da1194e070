import { useCallback, useEffect, useRef, useState } from 'react'
import { currentSearch, navigate, useHashLocation } from '../../app/location.ts'
import { onusRoute, parseOnuQuery, serialiseOnuQuery, type OnuQuery } from './onu-query.ts'

const writeAfterMs = 250

export interface OnuQueryState {
  readonly query: OnuQuery
  readonly change: (change: (query: OnuQuery) => OnuQuery) => void
  /** Writes the route now: before one leaves the list, so that "back" finds it as it was. */
  readonly flush: () => void
}

/**
 * The table's question, kept in the route. A change counts at once; the route is written when the
 * person pauses, in place, so that "back" leaves the list and does not undo letter by letter.
 */
export const useOnuQuery = (): OnuQueryState => {
  const search = useHashLocation.searchHook()
  const [query, setQuery] = useState(() => parseOnuQuery(search))
  const latest = useRef(query)
  const written = useRef(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const set = useCallback((next: OnuQuery): void => {
    latest.current = next
    setQuery(next)
  }, [])

  const flush = useCallback((): void => {
    clearTimeout(timer.current)
    timer.current = undefined
    const text = serialiseOnuQuery(latest.current)
    if (text === written.current) return
    written.current = text
    navigate(onusRoute(latest.current), { replace: true })
  }, [])

  useEffect(() => {
    // Someone else changed the route: a link, "back", the palette. An effect may run late, when
    // the route has gone on: what it saw is of the past then.
    if (search === written.current || search !== currentSearch()) return
    written.current = search
    clearTimeout(timer.current)
    set(parseOnuQuery(search))
  }, [search, set])

  useEffect(() => () => clearTimeout(timer.current), [])

  const change = useCallback(
    (turn: (query: OnuQuery) => OnuQuery): void => {
      set(turn(latest.current))
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, writeAfterMs)
    },
    [set, flush],
  )

  return { query, change, flush }
}
