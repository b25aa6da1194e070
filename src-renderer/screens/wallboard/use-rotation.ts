import { useCallback, useEffect, useState } from 'react'
import { pageBeside, type WallPage } from './wallboard-model.ts'

export interface Rotation {
  readonly page: WallPage
  readonly paused: boolean
  /** Another value: the turn has begun anew. */
  readonly turn: number
  readonly goTo: (page: WallPage) => void
  readonly step: (step: 1 | -1) => void
  readonly togglePause: () => void
}

/**
 * Turns through `pages`, or through those in alarm while there are any: then it jumps there at once.
 * Who turns by hand sees what he chose for one turn.
 */
export const useRotation = (
  pages: readonly WallPage[],
  inAlarm: readonly WallPage[],
  everyS: number,
): Rotation => {
  const [page, setPage] = useState<WallPage>(() => inAlarm[0] ?? pages[0] ?? 'counters')
  const [paused, setPaused] = useState(false)
  const [turn, setTurn] = useState(0)
  const order = inAlarm.length > 0 ? inAlarm : pages
  const orderKey = order.join(' ')
  const alarmKey = inAlarm.join(' ')
  // What is in alarm is shown the moment it is; a pause does not hold that back.
  useEffect(() => {
    const [first] = alarmKey.split(' ').filter(Boolean) as WallPage[]
    if (first === undefined) return
    setPage(first)
    setTurn((count) => count + 1)
  }, [alarmKey])
  useEffect(() => {
    if (paused) return undefined
    const pagesOfTurn = orderKey.split(' ') as WallPage[]
    const timer = setTimeout(() => {
      setPage((current) => pageBeside(pagesOfTurn, current, 1))
      setTurn((count) => count + 1)
    }, everyS * 1000)
    return () => clearTimeout(timer)
  }, [everyS, orderKey, paused, turn])
  const goTo = useCallback((next: WallPage): void => {
    setPage(next)
    setTurn((count) => count + 1)
  }, [])
  const pagesKey = pages.join(' ')
  const step = useCallback(
    (by: 1 | -1): void => {
      setPage((current) => pageBeside(pagesKey.split(' ') as WallPage[], current, by))
      setTurn((count) => count + 1)
    },
    [pagesKey],
  )
  const togglePause = useCallback(() => setPaused((before) => !before), [])
  return { page, paused, turn, goTo, step, togglePause }
}
