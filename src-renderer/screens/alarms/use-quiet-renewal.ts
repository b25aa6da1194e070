import { useEffect, useRef, type RefObject } from 'react'
import type { AlarmView } from './alarm-view.ts'

/** A pointer that has not moved for so long lies on the desk. */
const restMs = 45_000
const lookEveryMs = 1000

export interface QuietRenewal {
  readonly view: AlarmView
  /** The list with its bars. */
  readonly area: RefObject<HTMLElement | null>
  readonly atTop: () => boolean
  /** Something is chosen, or a record or a question is open. */
  readonly held: boolean
}

/**
 * New alarms come in by themselves where that disturbs nobody: the list is seen from its top, nothing
 * is chosen or open, and neither pointer nor keyboard is at work in it.
 */
export const useQuietRenewal = ({ view, area, atTop, held }: QuietRenewal): void => {
  const latest = useRef({ atTop, held })
  useEffect(() => {
    latest.current = { atTop, held }
  })
  useEffect(() => {
    const element = area.current
    if (element === null) return undefined
    let workedAt = Number.NEGATIVE_INFINITY
    let inside = false
    const work = (): void => {
      inside = true
      workedAt = performance.now()
    }
    const leave = (): void => {
      inside = false
    }
    const key = (): void => {
      workedAt = performance.now()
    }
    element.addEventListener('pointermove', work)
    element.addEventListener('pointerleave', leave)
    element.addEventListener('wheel', work, { passive: true })
    element.addEventListener('keydown', key)
    const timer = setInterval(() => {
      if (view.snapshot().news === 0 || document.hidden) return
      const busy = performance.now() - workedAt < restMs
      const focused = element.contains(document.activeElement)
      if (latest.current.held || (busy && (inside || focused)) || !latest.current.atTop()) return
      view.renew()
    }, lookEveryMs)
    return () => {
      clearInterval(timer)
      element.removeEventListener('pointermove', work)
      element.removeEventListener('pointerleave', leave)
      element.removeEventListener('wheel', work)
      element.removeEventListener('keydown', key)
    }
  }, [view, area])
}
