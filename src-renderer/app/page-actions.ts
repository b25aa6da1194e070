import type { Icon } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import { create } from 'zustand'

/** What the open page offers to the palette, beside what works everywhere. */
export interface PageAction {
  /** Unique on the page. */
  readonly id: string
  /** In the screen's language. */
  readonly label: string
  readonly icon: Icon
  readonly keys?: string
  readonly run: () => void
}

interface Offered {
  readonly from: symbol
  readonly actions: readonly PageAction[]
}

const useOffered = create<{ readonly offered: readonly Offered[] }>(() => ({ offered: [] }))

/** Offers them while the component is mounted; `run` is always the newest one's. */
export const useOfferedActions = (actions: readonly PageAction[]): void => {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  const key = actions.map(({ id, label }) => `${id} ${label}`).join('\n')
  useEffect(() => {
    const from = Symbol('page')
    const mine = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find(({ id }) => id === action.id)?.run(),
    }))
    useOffered.setState(({ offered }) => ({ offered: [...offered, { from, actions: mine }] }))
    return () =>
      useOffered.setState(({ offered }) => ({
        offered: offered.filter((each) => each.from !== from),
      }))
  }, [key])
}

/** For the palette. */
export const usePageActions = (): readonly PageAction[] => {
  const offered = useOffered((state) => state.offered)
  return useMemo(() => offered.flatMap(({ actions }) => actions), [offered])
}
