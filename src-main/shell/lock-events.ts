import type { PowerMonitor } from 'electron'
import type { LockReason } from './engine-port.ts'

/** Often enough that an idle limit in minutes is kept to within a few seconds. */
const idleCheckMs = 5_000

export interface IdleTimer {
  /** Calls back every so many milliseconds until the returned function is called. */
  every(intervalMs: number, callback: () => void): () => void
}

const realTimer: IdleTimer = {
  every: (intervalMs, callback) => {
    const timer = setInterval(callback, intervalMs)
    timer.unref()
    return () => {
      clearInterval(timer)
    }
  },
}

/**
 * What the operating system says about the person at the machine. Electron reports a locked screen
 * on macOS and Windows only; on Linux the idle time and suspend remain (row 27: login1 is asked by
 * a later issue).
 */
export const watchLockEvents = (options: {
  readonly powerMonitor: PowerMonitor
  readonly lock: (reason: LockReason) => void
  readonly idleFor: (seconds: number) => void
  /** The machine has slept and is awake again. */
  readonly wake: () => void
  readonly timer?: IdleTimer
}): (() => void) => {
  const { powerMonitor, lock } = options
  const onLockScreen = (): void => {
    lock('os-lock')
  }
  const onSuspend = (): void => {
    lock('suspend')
  }
  const onResume = (): void => {
    options.wake()
  }
  powerMonitor.on('lock-screen', onLockScreen)
  powerMonitor.on('suspend', onSuspend)
  powerMonitor.on('resume', onResume)
  const stopTimer = (options.timer ?? realTimer).every(idleCheckMs, () => {
    options.idleFor(powerMonitor.getSystemIdleTime())
  })
  return () => {
    stopTimer()
    powerMonitor.off('lock-screen', onLockScreen)
    powerMonitor.off('suspend', onSuspend)
    powerMonitor.off('resume', onResume)
  }
}
