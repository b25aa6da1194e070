import type { AlarmRule, AlarmSettings } from '../../../src-shared/contract/alarms-model.ts'
import { ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

/** The rule that a type has until the owner changes it. */
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

/**
 * What was stored, fitted to the type as this build knows it: a limit that is new has its usual
 * value, one that is gone is left out, one out of its span is brought into it.
 */
export const fittedRule = (type: AlarmType, stored: AlarmRule): AlarmRule => ({
  ...stored,
  limits: Object.fromEntries(
    Object.entries(ruleKinds[type].limits).map(([name, { usual, min, max }]) => {
      const value = stored.limits[name]
      const fits = value !== undefined && Number.isFinite(value)
      return [name, fits ? Math.min(max, Math.max(min, value)) : usual]
    }),
  ),
})

/**
 * Throws 'invalid-input' with `field`: the limit that is unknown, missing or out of its span
 * (domain/alarm-rules.ts).
 */
export const checkRule = (type: AlarmType, rule: AlarmRule): void => {
  const { limits, level } = ruleKinds[type]
  for (const name of Object.keys(rule.limits)) {
    if (!Object.hasOwn(limits, name)) throw wrongField(`limits.${name}`)
  }
  for (const [name, { min, max, unit }] of Object.entries(limits)) {
    const value = rule.limits[name]
    const fits = value !== undefined && value >= min && value <= max
    if (!fits || (unit === 'count' && !Number.isInteger(value))) {
      throw new NocturneError('invalid-input', { field: `limits.${name}`, min, max })
    }
  }
  // Nobody marks an OLT or a PON port as important: such a rule would never raise.
  if (rule.importantOnly && level !== 'onu') throw wrongField('importantOnly')
  if (rule.oltIds.length > 0 && level === 'console') throw wrongField('oltIds')
}

/** The limit of a complete rule. */
export const limitOf = (rule: AlarmRule, name: string): number => rule.limits[name] ?? Number.NaN

/** Raised by it at all, and for this OLT. */
export const concernsOlt = ({ enabled, oltIds }: AlarmRule, oltId: string): boolean =>
  enabled && (oltIds.length === 0 || oltIds.includes(oltId))

/** Ten, twenty and thirty minutes (facts/noc.md E9); a group is filled for 30 to 60 s (E2). */
export const usualSettings: AlarmSettings = {
  groupingS: 60,
  escalateAfterMinutes: [10, 20, 30],
  escalateFrom: 'major',
  keepDays: 90,
}

/** Throws 'invalid-input': steps of escalation come one after the other. */
export const checkSettings = ({ escalateAfterMinutes }: AlarmSettings): void => {
  const rises = escalateAfterMinutes.every(
    (minutes, index) => index === 0 || minutes > escalateAfterMinutes[index - 1]!,
  )
  if (!rises) throw wrongField('escalateAfterMinutes')
}

const wrongField = (field: string): NocturneError => new NocturneError('invalid-input', { field })
