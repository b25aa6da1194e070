import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toRemove, type Kept, type KeepRule } from '../../src-main/backups/keep-rule.ts'

const hour = 3_600_000
const day = 24 * hour

const rule = fc.record({
  last: fc.integer({ min: 1, max: 12 }),
  daily: fc.integer({ min: 0, max: 10 }),
  weekly: fc.integer({ min: 0, max: 6 }),
})

const backups: fc.Arbitrary<readonly Kept[]> = fc
  .uniqueArray(
    fc.record({
      at: fc.integer({ min: 0, max: 60 * 24 }).map((hours) => hours * hour),
      good: fc.constantFrom(true, false, null),
    }),
    { selector: ({ at }) => at, maxLength: 60 },
  )
  .map((all) => all.map((one) => ({ ...one, name: `b-${String(one.at).padStart(12, '0')}` })))

const left = (all: readonly Kept[], by: KeepRule, made: string | null = null) => {
  const gone = new Set(toRemove(all, by, made))
  return all.filter(({ name }) => !gone.has(name))
}

describe('the keep rule', () => {
  test('never takes the latest that has proved itself, nor the one that was just made', () => {
    fc.assert(
      fc.property(backups, rule, fc.nat(), (all, by, pick) => {
        const made = all.filter(({ good }) => good !== false)[pick % Math.max(1, all.length)]
        const kept = left(all, by, made?.name ?? null)
        const good = all.filter((one) => one.good === true).toSorted((a, b) => b.at - a.at)[0]
        if (good !== undefined) expect(kept).toContainEqual(good)
        if (made !== undefined) expect(kept).toContainEqual(made)
        if (all.some((one) => one.good !== false)) {
          expect(kept.some((one) => one.good !== false)).toBe(true)
        }
      }),
      { seed: 24202 },
    )
  })

  test('keeps at least the latest n, and no more than n + days + weeks (+ the last good one)', () => {
    fc.assert(
      fc.property(backups, rule, (all, by) => {
        const usable = all.filter(({ good }) => good !== false).toSorted((a, b) => b.at - a.at)
        const kept = left(all, by).filter(({ good }) => good !== false)
        for (const one of usable.slice(0, by.last)) expect(kept).toContainEqual(one)
        expect(kept.length).toBeLessThanOrEqual(by.last + by.daily + by.weekly + 1)
      }),
      { seed: 97584 },
    )
  })

  test('is at rest: what stays would stay again', () => {
    fc.assert(
      fc.property(backups, rule, (all, by) => {
        expect(toRemove(left(all, by), by, null)).toEqual([])
      }),
      { seed: 66566 },
    )
  })

  test('a damaged one takes no place, and goes when a later one has proved itself', () => {
    fc.assert(
      fc.property(backups, rule, (all, by) => {
        const sound = all.filter(({ good }) => good !== false)
        const gone = toRemove(all, by, null)
        expect(gone.filter((name) => sound.some((one) => one.name === name))).toEqual(
          toRemove(sound, by, null),
        )
        const lastGood = Math.max(-1, ...all.filter((one) => one.good === true).map(({ at }) => at))
        for (const { name, at, good } of all) {
          if (good === false) expect(gone.includes(name)).toBe(at < lastGood)
        }
      }),
      { seed: 57733 },
    )
  })

  test('of hourly ones: the latest three, then one a day, then one a week', () => {
    const from = Date.UTC(2026, 10, 2)
    const all = Array.from({ length: 24 * 21 }, (_, hours) => ({
      name: `b-${hours}`,
      at: from + hours * hour,
      good: true,
    }))
    const kept = left(all, { last: 3, daily: 3, weekly: 3 })
    const ago = kept.map(({ at }) => (from + 21 * day - at) / hour).toSorted((a, b) => a - b)
    expect(ago).toEqual([1, 2, 3, 25, 49, 24 * 7 + 1, 24 * 14 + 1])
  })
})
