import type { Cycle } from '../../src-main/history/cycle.ts'

/** What the killed writer writes: told by the number of the cycle, so that a reader can check it. */
export const killedOnus = 100
export const killedFrom = Date.UTC(2026, 10, 16)
/** Long enough that a week ends, and is sealed, every hundred cycles. */
const stepMs = 1.5 * 3_600_000

export const killAddress = (index: number): number => 262_145 + index

export const killValue = (number: number, index: number): number => number * 1_000 + index

export const killCycle = (number: number, onus: number): Cycle => ({
  oltId: 'olt-1',
  kind: 'onu',
  at: killedFrom + number * stepMs,
  monotonic: number * stepMs,
  addresses: Int32Array.from({ length: onus }, (_, index) => killAddress(index)),
  columns: {
    state: new Uint8Array(onus).fill(1),
    upBytes: Float64Array.from({ length: onus }, (_, index) => killValue(number, index)),
    onuRxDbm: Float64Array.from({ length: onus }, (_, index) => -10 - (number % 100) / 100 - index),
  },
})
