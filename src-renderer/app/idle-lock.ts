import { useEffect } from 'react'
import { runCommand } from '../client/client.ts'
import { usePreferences } from '../state/preferences.ts'
import { useEntrance } from '../state/workspace.ts'

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** The person's own minutes, or the role's where they are fewer or he has set none (0). */
export const idleMinutes = (own: number, role: number | undefined): number =>
  role === undefined || (own > 0 && own < role) ? own : role

/** Locks after so long without input. */
export const useIdleLock = (): void => {
  const own = usePreferences((state) => state.preferences.lockAfterMinutes)
  const minutes = idleMinutes(
    own,
    useEntrance((state) => state.session?.lockAfterMinutes),
  )
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
