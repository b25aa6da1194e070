import type { AlarmRule, AlarmSettings } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { RuleBook } from '../rule-book.ts'
import { fittedRule, usualRule, usualSettings } from './rule-limits.ts'
import type { RuleReads } from './tables.ts'

/** The rules in memory; read anew after each command that changed them. */
export interface RuleKeeper extends RuleBook {
  /** The owner has changed it. */
  readonly isChanged: (type: AlarmType) => boolean
  readonly readAnew: () => void
}

const nobody: ReadonlySet<number> = new Set()

export const createRuleKeeper = (
  reads: Pick<RuleReads, 'rules' | 'settings' | 'important'>,
): RuleKeeper => {
  const rules = new Map<AlarmType, AlarmRule>()
  let changed: ReadonlySet<AlarmType> = new Set()
  let settings: AlarmSettings = usualSettings
  let important: ReadonlyMap<string, Set<number>> = new Map()
  let revision = 0

  const readAnew = (): void => {
    const stored = reads.rules()
    changed = new Set(stored.keys())
    rules.clear()
    for (const [type, rule] of stored) rules.set(type, fittedRule(type, rule))
    settings = reads.settings(usualSettings)
    const marked = new Map<string, Set<number>>()
    for (const { oltId, address } of reads.important()) {
      const known = marked.get(oltId)
      if (known === undefined) marked.set(oltId, new Set([address]))
      else known.add(address)
    }
    important = marked
    revision++
  }
  readAnew()

  return {
    rule: (type) => {
      const known = rules.get(type)
      if (known !== undefined) return known
      const usual = usualRule(type)
      rules.set(type, usual)
      return usual
    },
    settings: () => settings,
    isImportant: (oltId, address) => important.get(oltId)?.has(address) ?? false,
    importantOf: (oltId) => important.get(oltId) ?? nobody,
    revision: () => revision,
    isChanged: (type) => changed.has(type),
    readAnew,
  }
}
