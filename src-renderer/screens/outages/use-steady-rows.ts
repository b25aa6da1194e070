import { useMemo, useRef, useState, type FocusEvent } from 'react'
import { steadyRows, type SteadyRow } from './steady-rows.ts'

export interface SteadyList<Row> {
  readonly rows: readonly SteadyRow<Row>[]
  /** For the element that holds the list. */
  readonly hold: {
    readonly onPointerEnter: () => void
    readonly onPointerLeave: () => void
    readonly onFocus: () => void
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void
  }
}

/** A live list that does not move under the pointer or the keyboard. */
export const useSteadyRows = <Row>(
  next: readonly Row[],
  keyOf: (row: Row) => string,
): SteadyList<Row> => {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const last = useRef<readonly SteadyRow<Row>[]>([])
  const held = pointed || focused
  const rows = useMemo(() => {
    last.current = steadyRows(last.current, next, keyOf, held)
    return last.current
  }, [next, keyOf, held])
  return {
    rows,
    hold: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false)
      },
    },
  }
}
