import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alarmRule } from '../../src-shared/contract/alarms-model.ts'
import { alarmTypes, ruleKinds } from '../../src-shared/domain/alarm-rules.ts'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import { isAbove, isBelow, judgeDrop, medianOf } from '../../src-main/alarms/detect/level-rules.ts'
import {
  backupAgeDays,
  hasRestarted,
  isBoardAtFault,
  isStale,
} from '../../src-main/alarms/detect/olt-rules.ts'
import {
  isCommonChange,
  isFlapping,
  judgeDistance,
  offlineTypeOf,
  stateAt,
} from '../../src-main/alarms/detect/onu-rules.ts'
import { judgePon, mostTogether, windowMsOf } from '../../src-main/alarms/detect/pon-rules.ts'
import {
  checkRule,
  checkSettings,
  fittedRule,
  usualRule,
  usualSettings,
} from '../../src-main/alarms/detect/rule-limits.ts'
import { errorOf } from '../support/error-code.ts'

const dbm = fc.double({ min: -60, max: 20, noNaN: true })
const slack = fc.double({ min: 0, max: 5, noNaN: true })

describe('a level against a limit', () => {
  test('that has crossed it stays beyond as long as it is within the hysteresis, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(dbm), dbm, slack, (values, limit, hysteresis) => {
        let held = false
        for (const value of values) {
          const next = isAbove(value, limit, hysteresis, held)
          if (next && !held) expect(value).toBeGreaterThan(limit)
          if (!next && held) expect(value).toBeLessThanOrEqual(limit - hysteresis)
          held = next
        }
      }),
      { seed: 26968 },
    )
  })

  test('is judged below as its mirror is above', () => {
    fc.assert(
      fc.property(dbm, dbm, slack, fc.boolean(), (value, limit, hysteresis, held) => {
        expect(isBelow(value, limit, hysteresis, held)).toBe(
          isAbove(-value, -limit, hysteresis, held),
        )
      }),
      { seed: 5762 },
    )
  })

  test('no value changes nothing', () => {
    for (const held of [true, false]) {
      expect(isAbove(Number.NaN, 70, 5, held)).toBe(held)
      expect(isBelow(Number.NaN, -27, 0.5, held)).toBe(held)
      const limits = { dropDb: 3, siblingsDropDb: 1.5, readings: 2, hysteresisDb: 1 }
      expect(judgeDrop(Number.NaN, 0, limits, held)).toBe(held)
    }
  })
})

describe('light that falls', () => {
  const limits = { dropDb: 3, siblingsDropDb: 1.5, readings: 2, hysteresisDb: 1 }

  test('counts when it is its own loss: more than the rule says, and more than that of its PON', () => {
    expect(judgeDrop(2.9, 0, limits, false)).toBe(false)
    expect(judgeDrop(3, 0, limits, false)).toBe(true)
    expect(judgeDrop(4, 2.6, limits, false)).toBe(false)
    expect(judgeDrop(4, 2.5, limits, false)).toBe(true)
    expect(judgeDrop(4, Number.NaN, limits, false)).toBe(true)
  })

  test('is over when either is back by the hysteresis', () => {
    expect(judgeDrop(2, 0, limits, true)).toBe(true)
    expect(judgeDrop(1.9, 0, limits, true)).toBe(false)
    expect(judgeDrop(4, 3.6, limits, true)).toBe(false)
  })

  test('the median is the middle one, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(dbm, { minLength: 1, maxLength: 40 }), (values) => {
        const median = medianOf(Float64Array.from(values), values.length)
        const below = values.filter((value) => value < median).length
        const above = values.filter((value) => value > median).length
        expect(below).toBeLessThanOrEqual(values.length / 2)
        expect(above).toBeLessThanOrEqual(values.length / 2)
      }),
      { seed: 69396 },
    )
    expect(medianOf(new Float64Array(3), 0)).toBeNaN()
  })
})

describe('a PON', () => {
  const limits = { leastOnusDown: 2, leastOnus: 3, leastPercent: 15, windowMs: 120_000 }
  const onu = fc.record({
    state: fc.integer({ min: 1, max: onuStates.length - 1 }),
    cause: fc.integer({ min: 0, max: downCauses.length - 1 }),
    downAt: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 1e9 })),
  })
  type Onu = { readonly state: number; readonly cause: number; readonly downAt: number }
  const judge = (onus: readonly Onu[], portIsDown = false) =>
    judgePon(
      {
        states: Uint8Array.from(onus, ({ state }) => state),
        causes: Uint8Array.from(onus, ({ cause }) => cause),
        downAt: Float64Array.from(onus, ({ downAt }) => downAt),
      },
      0,
      onus.length,
      portIsDown,
      limits,
      new Float64Array(onus.length),
    )

  test('is never down while one ONU is heard, and never in part without as many as the rule says', () => {
    fc.assert(
      fc.property(fc.array(onu, { minLength: 1, maxLength: 64 }), fc.boolean(), (onus, port) => {
        const { verdict, down, total } = judge(onus, port)
        const offline = onus.filter(({ state }) => state === stateAt.offline)
        const heard = onus.some(({ state }) => ![stateAt.offline, stateAt.disabled].includes(state))
        if (verdict === 'down') expect(heard).toBe(false)
        if (verdict === 'partial') {
          expect(heard).toBe(true)
          expect(down).toBeGreaterThanOrEqual(3)
          expect(down / total).toBeGreaterThanOrEqual(0.15)
          expect(down).toBeLessThanOrEqual(offline.length)
        }
        if (offline.length === 0) expect(verdict).toBe('fine')
      }),
      { seed: 68727 },
    )
  })

  test('of which one ONU was not read is not known', () => {
    const known = { state: stateAt.offline, cause: 3, downAt: 5 }
    const unread = { ...known, state: stateAt.unknown }
    expect(judge([known, unread, known]).verdict).toBe('unknown')
    // Read, and the OLT says what we do not know: the others speak for it.
    expect(judge([known, { ...known, state: stateAt.untold }, known]).verdict).toBe('down')
  })

  test('the judgement does not change when all of it lies further back', () => {
    fc.assert(
      fc.property(
        fc.array(onu, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 1e11 }),
        (onus, shift) => {
          const later = onus.map((one) => ({ ...one, downAt: one.downAt + shift }))
          expect(judge(later)).toEqual(judge(onus))
        },
      ),
      { seed: 35329 },
    )
  })

  test('times lie together within the window, and no window holds more of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 40 }),
        fc.integer({ min: 0, max: 300 }),
        (times, windowMs) => {
          const found = mostTogether(Float64Array.from(times), times.length, windowMs)
          const most = Math.max(
            0,
            ...times.map(
              (from) => times.filter((at) => at >= from && at <= from + windowMs).length,
            ),
          )
          expect(found.count).toBe(most)
          if (most > 0) expect(found.until - found.since).toBeLessThanOrEqual(windowMs)
        },
      ),
      { seed: 75003 },
    )
  })

  test('is looked at over 120 s, or over a walk and a half where walks are rarer', () => {
    expect([windowMsOf(15), windowMsOf(60), windowMsOf(300)]).toEqual([120_000, 120_000, 450_000])
  })
})

describe('an ONU', () => {
  test('is offline by exactly one of three types, and by none when it is switched off or unknown', () => {
    for (const state of onuStates.keys()) {
      for (const cause of downCauses.keys()) {
        const type = offlineTypeOf(state, cause)
        const isOut = state === stateAt.offline || state === stateAt.authFailed
        expect(type >= 0).toBe(isOut)
        expect(type).toBeLessThan(3)
      }
    }
    expect(offlineTypeOf(stateAt.offline, downCauses.indexOf('dying-gasp'))).toBe(0)
    expect(offlineTypeOf(stateAt.offline, downCauses.indexOf('lofi'))).toBe(1)
    expect(offlineTypeOf(stateAt.offline, downCauses.indexOf('none'))).toBe(2)
  })

  test('flaps from the fourth change on and until it was steady for twice the window', () => {
    const limits = { changes: 4, windowMs: 3_600_000 }
    expect(isFlapping(3, 0, 0, limits, false)).toBe(false)
    expect(isFlapping(4, 0, 0, limits, false)).toBe(true)
    expect(isFlapping(0, 0, 7_199_999, limits, true)).toBe(true)
    expect(isFlapping(0, 0, 7_200_000, limits, true)).toBe(false)
  })

  test('has a reason in common with the others when three and 15 % of a PON change at once', () => {
    expect([isCommonChange(2, 4), isCommonChange(3, 20)]).toEqual([false, true])
    expect([isCommonChange(9, 64), isCommonChange(10, 64)]).toEqual([false, true])
  })

  test('jumps when two readings agree on another distance, and never by steps below the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1 }), (steps) => {
        let memory = { base: -1, candidate: -1 }
        let metres = 5_000
        for (const step of steps) {
          metres += step
          const { jumped, ...next } = judgeDistance(memory, metres, 100)
          expect(jumped).toBe(false)
          memory = next
        }
      }),
      { seed: 11085 },
    )
    const first = judgeDistance({ base: 3_000, candidate: -1 }, 4_000, 100)
    expect(first).toEqual({ base: 3_000, candidate: 4_000, jumped: false })
    expect(judgeDistance(first, Number.NaN, 100).jumped).toBe(false)
    expect(judgeDistance(first, 4_010, 100)).toEqual({ base: 4_010, candidate: -1, jumped: true })
    expect(judgeDistance(first, 6_000, 100).jumped).toBe(false)
  })
})

describe('an OLT', () => {
  test('has restarted when its uptime is less than it must be by now, beyond a minute', () => {
    const before = { uptimeS: 5_000, at: 0 }
    expect(hasRestarted(before, { uptimeS: 5_300, at: 300_000 })).toBe(false)
    expect(hasRestarted(before, { uptimeS: 5_241, at: 300_000 })).toBe(false)
    expect(hasRestarted(before, { uptimeS: 5_239, at: 300_000 })).toBe(true)
    // Longer than what was before, and anew all the same.
    expect(hasRestarted(before, { uptimeS: 6_000, at: 3_600_000 })).toBe(true)
  })

  test('an empty slot is a fault only where ONUs stand on it', () => {
    expect(isBoardAtFault({ state: 'empty' }, 0)).toBe(false)
    expect(isBoardAtFault({ state: 'empty' }, 1)).toBe(true)
    expect(isBoardAtFault({ state: 'out-of-service' }, 0)).toBe(true)
    expect(isBoardAtFault({ state: 'unknown' }, 9)).toBe(false)
  })

  test('data are late by the intervals since the last reading, or since they were owed', () => {
    expect(isStale(0, 0, 180_000, 60, 3)).toBe(false)
    expect(isStale(0, 0, 180_001, 60, 3)).toBe(true)
    expect(isStale(0, 100_000, 180_001, 60, 3)).toBe(false)
    expect(isStale(null, 0, 180_001, 60, 3)).toBe(true)
  })

  test('a backup counts from the last one, and from the making of the workspace before that', () => {
    const day = 86_400_000
    expect(backupAgeDays(null, 0, 8 * day)).toBe(8)
    expect(backupAgeDays(6 * day, 0, 8 * day - 1)).toBe(1)
  })
})

describe('a rule of the owner is refused', () => {
  test.each(alarmTypes)('%s: with a limit that is missing, unknown or out of its span', (type) => {
    const usual = usualRule(type)
    checkRule(type, usual)
    expect(alarmRule.parse(usual)).toEqual(usual)
    const unknown = { ...usual, limits: { ...usual.limits, colour: 1 } }
    expect(errorOf(() => checkRule(type, unknown))).toMatchObject({
      code: 'invalid-input',
      params: { field: 'limits.colour' },
    })
    for (const [name, { min, max }] of Object.entries(ruleKinds[type].limits)) {
      const { [name]: _, ...less } = usual.limits
      for (const limits of [
        less,
        ...[min - 1, max + 1, Number.NaN].map((value) => ({ ...usual.limits, [name]: value })),
      ]) {
        expect(errorOf(() => checkRule(type, { ...usual, limits }))).toMatchObject({
          code: 'invalid-input',
          params: { field: `limits.${name}`, min, max },
        })
      }
      for (const value of [min, max]) {
        checkRule(type, { ...usual, limits: { ...usual.limits, [name]: value } })
      }
    }
  })

  test('half an ONU, importance where nobody marks it, OLTs of the console itself', () => {
    const fieldOf = (check: () => void): unknown => errorOf(check).params['field']
    const flapping = usualRule('onu-flapping')
    const limits = { ...flapping.limits, changes: 3.5 }
    expect(fieldOf(() => checkRule('onu-flapping', { ...flapping, limits }))).toBe('limits.changes')
    const pon = { ...usualRule('pon-down'), importantOnly: true }
    expect(fieldOf(() => checkRule('pon-down', pon))).toBe('importantOnly')
    const backup = { ...usualRule('backup-overdue'), oltIds: ['any'] }
    expect(fieldOf(() => checkRule('backup-overdue', backup))).toBe('oltIds')
  })

  test('steps of escalation that do not come one after the other', () => {
    checkSettings(usualSettings)
    for (const escalateAfterMinutes of [
      [20, 10],
      [10, 10],
    ]) {
      const settings = { ...usualSettings, escalateAfterMinutes }
      expect(errorOf(() => checkSettings(settings)).params).toEqual({
        field: 'escalateAfterMinutes',
      })
    }
  })
})

test('a stored rule of another build is fitted to this one', () => {
  const stored = { ...usualRule('rx-low'), limits: { belowLimitDb: 99, gone: 3 } }
  expect(fittedRule('rx-low', stored).limits).toEqual({ belowLimitDb: 10, hysteresisDb: 0.5 })
})
