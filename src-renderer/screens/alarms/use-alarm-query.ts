import { useCallback, useEffect, useRef, useState } from 'react'
import { currentSearch, navigate, useHashLocation } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { parseAlarmQuery, writeAlarmQuery, type AlarmQuery } from './alarm-query.ts'

const writeAfterMs = 250

export interface AlarmQueryState {
  readonly query: AlarmQuery
  /** As the address has it, or will in a moment. */
  readonly text: string
  readonly change: (turn: (query: AlarmQuery) => AlarmQuery) => void
  /** Writes the route now: before one leaves the list, so that "back" finds it as it was. */
  readonly flush: () => void
}

/** The list's question, kept in the route; the route is written when the person pauses. */
export const useAlarmQuery = (): AlarmQueryState => {
  const search = useHashLocation.searchHook()
  const [query, setQuery] = useState(() => parseAlarmQuery(search))
  const latest = useRef(query)
  const written = useRef(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const set = useCallback((next: AlarmQuery): void => {
    latest.current = next
    setQuery(next)
  }, [])

  const flush = useCallback((): void => {
    clearTimeout(timer.current)
    const text = writeAlarmQuery(latest.current)
    if (text === written.current) return
    written.current = text
    navigate(paths.alarms(text), { replace: true })
  }, [])

  useEffect(() => {
    // Someone else changed the route: a link, "back", the palette; not an effect that came late.
    if (search === written.current || search !== currentSearch()) return
    written.current = search
    clearTimeout(timer.current)
    set(parseAlarmQuery(search))
  }, [search, set])

  useEffect(() => () => clearTimeout(timer.current), [])

  const change = useCallback(
    (turn: (query: AlarmQuery) => AlarmQuery): void => {
      set(turn(latest.current))
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, writeAfterMs)
    },
    [set, flush],
  )

  return { query, text: writeAlarmQuery(query), change, flush }
}
