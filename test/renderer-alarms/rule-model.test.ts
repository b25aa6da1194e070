import { describe, expect, it } from 'vitest'
import { alarmRule } from '../../src-shared/contract/alarms-model.ts'
import { alarmTypes, ruleKinds } from '../../src-shared/domain/alarm-rules.ts'
import { fitsGuide, guideOrder } from '../../src-renderer/screens/alarms/guide-model.ts'
import {
  floodPerTenMinutes,
  loadBars,
  loadScale,
} from '../../src-renderer/screens/alarms/load-model.ts'
import {
  changedFields,
  formOf,
  readSteps,
  ruleOf,
  sameRule,
  usualRule,
  wrongFields,
} from '../../src-renderer/screens/alarms/rule-model.ts'

describe('a rule in the form', () => {
  it('is no rule while a field is empty, broken or beyond its limits', () => {
    const form = formOf('olt-cpu-high', usualRule('olt-cpu-high'))
    const wrong = { ...form, raiseAfterS: '', limits: { ...form.limits, cpuPercent: 101 } }
    expect(ruleOf('olt-cpu-high', wrong)).toBeNull()
    expect([...wrongFields('olt-cpu-high', wrong)].toSorted()).toEqual([
      'cpuPercent',
      'raiseAfterS',
    ])
    expect(
      ruleOf('rx-low', { ...formOf('rx-low', usualRule('rx-low')), clearAfterS: 1.5 }),
    ).toBeNull()
  })

  it('is what the contract takes, for every type, and as usual when nothing is changed', () => {
    for (const type of alarmTypes) {
      const usual = usualRule(type)
      const rule = ruleOf(type, formOf(type, usual))
      expect(alarmRule.safeParse(rule).success, type).toBe(true)
      expect(sameRule(rule!, usual), type).toBe(true)
    }
  })

  it('gives a limit that came with a newer version its usual value', () => {
    const { limits } = formOf('rx-degrading', { ...usualRule('rx-degrading'), limits: {} })
    expect(limits['dropDb']).toBe(ruleKinds['rx-degrading'].limits['dropDb']!.usual)
  })

  it('names what differs, OLTs in whatever order', () => {
    const usual = usualRule('rx-low')
    const other = {
      ...usual,
      severity: 'major' as const,
      limits: { ...usual.limits, belowLimitDb: 2 },
    }
    expect([...changedFields(usual, other)]).toEqual(['severity', 'belowLimitDb'])
    expect(sameRule({ ...usual, oltIds: ['a', 'b'] }, { ...usual, oltIds: ['b', 'a'] })).toBe(true)
  })
})

describe('steps of escalation', () => {
  it('are refused when they do not rise, are too many or no numbers', () => {
    for (const text of ['20, 10', '1,2,3,4,5,6', 'soon', '0, 10', '10, 2000', '10, 10']) {
      expect(readSteps(text), text).toBeNull()
    }
  })

  it('may be none, and stand with commas or spaces', () => {
    expect(readSteps(' ')).toEqual([])
    expect(readSteps('10, 20 30')).toEqual([10, 20, 30])
  })
})

describe('the guide', () => {
  it('has every type once, from the console down to the ONU', () => {
    expect([...guideOrder].toSorted()).toEqual([...alarmTypes].toSorted())
    expect(ruleKinds[guideOrder[0]!].level).toBe('console')
    expect(ruleKinds[guideOrder.at(-1)!].level).toBe('onu')
  })

  it('is found by words anywhere in it, also in the own note', () => {
    const guide = {
      type: 'pon-down' as const,
      meaning: 'Nobody answers.',
      causes: ['Feeder cut'],
      checks: [],
      firstAction: 'Call',
      note: { text: 'Bridge', by: 'Dewi', at: 1 },
    }
    expect(fitsGuide('feeder BRIDGE', 'PON down', 'PON', guide)).toBe(true)
    expect(fitsGuide('laser', 'PON down', 'PON', guide)).toBe(false)
    expect(fitsGuide('', 'PON down', 'PON', undefined)).toBe(true)
  })
})

describe('alarm load', () => {
  it('marks as a flood only what is above ten', () => {
    const bars = loadBars(new Float64Array([0, 600_000]), new Float64Array([10, 11]))
    expect(bars.map((bar) => bar.flood)).toEqual([false, true])
  })

  it('has room for the flood line on the calmest day', () => {
    expect(loadScale(new Float64Array(144))).toBeGreaterThan(floodPerTenMinutes)
  })
})
