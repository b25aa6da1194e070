import { expect, it } from 'vitest'
import { watchForSleep } from '../../src-main/engine/sleep-watch.ts'
import { createManualClock } from '../support/manual-clock.ts'

const watching = () => {
  const clock = createManualClock()
  const slept: number[] = []
  const stop = watchForSleep(clock, (ms) => slept.push(ms))
  return { clock, slept, stop }
}

it('a night asleep is noticed where the monotonic clock stood still', () => {
  const { clock, slept } = watching()
  clock.advance(60_000)
  clock.jump(8 * 3_600_000)
  expect(slept).toEqual([])
  clock.advance(15_000)
  expect(slept).toEqual([8 * 3_600_000])
  clock.advance(600_000)
  expect(slept).toHaveLength(1)
})

it('a timer that comes a little late, and a clock that is set back, are no sleep', () => {
  const { clock, slept } = watching()
  clock.jump(40_000)
  clock.advance(15_000)
  clock.jump(-3_600_000)
  clock.advance(60_000)
  expect(slept).toEqual([])
})

it('ends when told', () => {
  const { clock, slept, stop } = watching()
  stop()
  clock.jump(3_600_000)
  clock.advance(60_000)
  expect(slept).toEqual([])
  expect(clock.pending).toBe(0)
})
