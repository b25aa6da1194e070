import type { AlarmRule, AlarmSettings } from '../../../src-shared/contract/alarms-model.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'

/** A rule while a person changes it: fields may be empty or out of range until he saves. */

export type RuleRow = Output<'alarms.rules'>['rules'][number]

export type Typed = number | string

export interface RuleForm {
  readonly enabled: boolean
  readonly severity: AlarmRule['severity']
  readonly who: 'all' | 'important'
  /** Empty: every OLT. */
  readonly oltIds: readonly string[]
  readonly raiseAfterS: Typed
  readonly clearAfterS: Typed
  readonly limits: Readonly<Record<string, Typed>>
}

/** As the contract allows, s. */
export const holdLimits = { raiseAfterS: 86_400, clearAfterS: 604_800 } as const

export const usualRule = (type: AlarmType): AlarmRule => {
  const { enabled, severity, raiseAfterS, clearAfterS, importantOnly, limits } = ruleKinds[type]
  return {
    enabled,
    severity,
    raiseAfterS,
    clearAfterS,
    importantOnly,
    oltIds: [],
    limits: Object.fromEntries(Object.entries(limits).map(([name, { usual }]) => [name, usual])),
  }
}

export const formOf = (type: AlarmType, rule: AlarmRule): RuleForm => ({
  enabled: rule.enabled,
  severity: rule.severity,
  who: rule.importantOnly ? 'important' : 'all',
  oltIds: rule.oltIds,
  raiseAfterS: rule.raiseAfterS,
  clearAfterS: rule.clearAfterS,
  // A limit that came with a newer version has its usual value.
  limits: { ...usualRule(type).limits, ...rule.limits },
})

const whole = (value: Typed, most: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : null

const inLimit = (type: AlarmType, name: string, value: Typed): number | null => {
  const limit = ruleKinds[type].limits[name]
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  return limit === undefined || (value >= limit.min && value <= limit.max) ? value : null
}

export const wrongFields = (type: AlarmType, form: RuleForm): ReadonlySet<string> => {
  const wrong = new Set<string>()
  for (const name of ['raiseAfterS', 'clearAfterS'] as const) {
    if (whole(form[name], holdLimits[name]) === null) wrong.add(name)
  }
  for (const [name, value] of Object.entries(form.limits)) {
    if (inLimit(type, name, value) === null) wrong.add(name)
  }
  return wrong
}

/** null: some field is not as it must be. */
export const ruleOf = (type: AlarmType, form: RuleForm): AlarmRule | null => {
  if (wrongFields(type, form).size > 0) return null
  return {
    enabled: form.enabled,
    severity: form.severity,
    raiseAfterS: Number(form.raiseAfterS),
    clearAfterS: Number(form.clearAfterS),
    importantOnly: form.who === 'important',
    oltIds: [...form.oltIds],
    limits: Object.fromEntries(
      Object.entries(form.limits).map(([name, value]) => [name, Number(value)]),
    ),
  }
}

/** Names of the fields in which two rules differ; limits by their own name. */
export const changedFields = (one: AlarmRule, other: AlarmRule): ReadonlySet<string> => {
  const changed = new Set<string>()
  const names = ['enabled', 'severity', 'raiseAfterS', 'clearAfterS', 'importantOnly'] as const
  for (const name of names) if (one[name] !== other[name]) changed.add(name)
  if ([...one.oltIds].toSorted().join() !== [...other.oltIds].toSorted().join()) {
    changed.add('oltIds')
  }
  for (const name of new Set([...Object.keys(one.limits), ...Object.keys(other.limits)])) {
    if (one.limits[name] !== other.limits[name]) changed.add(name)
  }
  return changed
}

export const sameRule = (one: AlarmRule, other: AlarmRule): boolean =>
  changedFields(one, other).size === 0

/** "10, 20, 30" as minutes; null: not so, or not rising. */
export const readSteps = (text: string): readonly number[] | null => {
  if (text.trim() === '') return []
  const steps = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (steps.length > 5 || !steps.every((part) => /^\d{1,4}$/.test(part))) return null
  const minutes = steps.map(Number)
  const rising = minutes.every((minute, index) => minute > (minutes[index - 1] ?? 0))
  return rising && minutes.every((minute) => minute >= 1 && minute <= 1440) ? minutes : null
}

export const sameAlarmSettings = (one: AlarmSettings, other: AlarmSettings): boolean =>
  one.groupingS === other.groupingS &&
  one.keepDays === other.keepDays &&
  one.escalateFrom === other.escalateFrom &&
  one.escalateAfterMinutes.join() === other.escalateAfterMinutes.join()
