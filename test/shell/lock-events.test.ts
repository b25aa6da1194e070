import { EventEmitter } from 'node:events'
import type { PowerMonitor } from 'electron'
import { describe, expect, it } from 'vitest'
import { watchLockEvents } from '../../src-main/shell/lock-events.ts'

const watched = () => {
  const told: unknown[] = []
  const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 301 })
  let tick: (() => void) | null = null
  const stop = watchLockEvents({
    powerMonitor: powerMonitor as unknown as PowerMonitor,
    lock: (reason) => told.push(reason),
    idleFor: (seconds) => told.push(seconds),
    wake: () => told.push('wake'),
    timer: {
      every: (intervalMs, callback) => {
        expect(intervalMs).toBeLessThanOrEqual(10_000)
        tick = callback
        return () => {
          tick = null
        }
      },
    },
  })
  return { told, powerMonitor, stop, tick: () => tick?.() }
}

describe('lock events of the operating system', () => {
  it('are passed on: a locked screen, suspend and waking, and how long nobody was there', () => {
    const { told, powerMonitor, tick } = watched()
    powerMonitor.emit('lock-screen')
    powerMonitor.emit('suspend')
    powerMonitor.emit('resume')
    tick()
    expect(told).toEqual(['os-lock', 'suspend', 'wake', 301])
  })

  it('end with the shell', () => {
    const { told, powerMonitor, stop, tick } = watched()
    stop()
    powerMonitor.emit('lock-screen')
    powerMonitor.emit('suspend')
    tick()
    expect(told).toEqual([])
    expect(powerMonitor.eventNames()).toEqual([])
  })
})
