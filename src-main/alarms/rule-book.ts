import type { AlarmRule, AlarmSettings } from '../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../src-shared/domain/alarm-rules.ts'

/**
 * The rules as they stand now, for detectors (detect/) and the book (book/) alike. Cheap: no SQL.
 * Made by detect/keep-rules.ts.
 */
export interface RuleBook {
  /** Every limit of its type is there. */
  readonly rule: (type: AlarmType) => AlarmRule
  readonly settings: () => AlarmSettings
  /** `address` packed. */
  readonly isImportant: (oltId: string, address: number) => boolean
  /** Packed addresses of the ONUs of an OLT that are marked important. */
  readonly importantOf: (oltId: string) => ReadonlySet<number>
  /** Goes up with every change of a rule, the settings or who is important. */
  readonly revision: () => number
}
