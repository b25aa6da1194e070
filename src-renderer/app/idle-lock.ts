import { useEffect } from 'react'
import { runCommand } from '../client/client.ts'
import { usePreferences } from '../state/preferences.ts'

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Locks after the person's own time without input; 0 minutes: never by itself. */
export const useIdleLock = (): void => {
  const minutes = usePreferences((state) => state.preferences.lockAfterMinutes)
  useEffect(() => {
    if (minutes === 0) return undefined
    let lastInput = Date.now()
    const note = (): void => {
      lastInput = Date.now()
    }
    // Asks the wall clock, so that the time a machine slept counts too.
    const timer = setInterval(() => {
      if (Date.now() - lastInput < minutes * 60_000) return
      note()
      void runCommand('access.lock', {}).catch(() => undefined)
    }, 5000)
    for (const sign of signs) window.addEventListener(sign, note, { passive: true })
    return () => {
      clearInterval(timer)
      for (const sign of signs) window.removeEventListener(sign, note)
    }
  }, [minutes])
}
