import { useEffect, useRef, type RefObject } from 'react'

/**
 * Calls `work` every `everyMs`, but only while the page is in front and the element is in sight: what
 * nobody sees is not asked for. Coming into sight again calls at once.
 */
export const useWhileVisible = (
  element: RefObject<Element | null>,
  work: () => void,
  everyMs: number,
): void => {
  const latest = useRef(work)
  useEffect(() => {
    latest.current = work
  })
  useEffect(() => {
    let inSight = true
    let lastAt = Date.now()
    const call = (): void => {
      if (!inSight || document.hidden) return
      lastAt = Date.now()
      latest.current()
    }
    const again = (): void => {
      if (Date.now() - lastAt >= everyMs) call()
    }
    const timer = setInterval(call, everyMs)
    const watcher = new IntersectionObserver(([entry]) => {
      inSight = entry?.isIntersecting ?? true
      again()
    })
    if (element.current !== null) watcher.observe(element.current)
    document.addEventListener('visibilitychange', again)
    return () => {
      clearInterval(timer)
      watcher.disconnect()
      document.removeEventListener('visibilitychange', again)
    }
  }, [element, everyMs])
}
