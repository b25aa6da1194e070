import type { ManualClock } from './manual-clock.ts'

/** Lets promises run until they wait for the clock or the outside. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Moves the clock on in steps and lets promises run after each. */
export const runFor = async (clock: ManualClock, ms: number, stepMs = 1_000): Promise<void> => {
  await settle()
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left))
    await settle()
  }
}
