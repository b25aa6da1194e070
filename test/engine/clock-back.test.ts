import { expect, test } from 'vitest'
import { watchClockBack } from '../../src-main/engine/clock-back.ts'
import { nextDue } from '../../src-main/backups/schedule.ts'
import { createManualClock } from '../support/manual-clock.ts'

const yearMs = 365 * 86_400_000
const minuteMs = 60_000

const setUp = () => {
  const clock = createManualClock()
  const told: string[] = []
  const watch = watchClockBack(clock, {
    back: (was, is) => told.push(`back by ${Math.round((was - is) / 86_400_000)} days`),
    again: () => told.push('again'),
  })
  return { clock, told, watch }
}

test('a clock that is set back a year is told once, until it is right again', () => {
  const { clock, told, watch } = setUp()
  const was = clock.now()
  clock.advance(10 * minuteMs)
  expect(told).toEqual([])
  clock.jump(-yearMs)
  clock.advance(10 * minuteMs)
  expect(told).toEqual(['back by 365 days'])
  expect(watch.was()).toBeGreaterThanOrEqual(was)
  clock.jump(yearMs)
  clock.advance(minuteMs)
  expect(told).toEqual(['back by 365 days', 'again'])
  expect(watch.was()).toBeNull()
  watch.stop()
  expect(clock.pending).toBe(0)
})

test('what a time server corrects is not told, nor a clock that is set forward', () => {
  const { clock, told, watch } = setUp()
  clock.jump(-4 * minuteMs)
  clock.advance(minuteMs)
  clock.jump(yearMs)
  clock.advance(minuteMs)
  expect(told).toEqual([])
  watch.stop()
})

test('a start before the last thing that was written down is told at once', () => {
  const { clock, told, watch } = setUp()
  watch.knew(null)
  watch.knew(clock.now() - yearMs)
  expect(told).toEqual([])
  watch.knew(clock.now() + yearMs)
  expect(told).toEqual(['back by 365 days'])
  // The same workspace once more, after its keys were changed: that row was written since.
  watch.knew(clock.now())
  expect(told).toHaveLength(1)
  watch.stop()
})

test('a backup of before is no reason to wait a year for the next one', () => {
  const now = Date.UTC(2026, 10, 23)
  for (const every of ['hour', 'day'] as const) {
    expect(nextDue({ every, hour: 3 }, now + yearMs, now)).toBe(now)
  }
})
