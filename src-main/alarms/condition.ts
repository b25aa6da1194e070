import type { AlarmResource } from '../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../src-shared/domain/alarm-rules.ts'
import type { Severity } from '../../src-shared/domain/severity.ts'
import type { ErrorParams } from '../../src-shared/errors.ts'

/**
 * What detectors (detect/) tell the book (book/): a condition holds, or holds no more. Detectors know
 * limits, hysteresis and whom a rule concerns; the book knows hold times, severity, suppression,
 * flapping, and what people did. Identity is resource, type and qualifier.
 */
export interface Condition {
  readonly resource: AlarmResource
  readonly type: AlarmType
  /** Tells several of one type on one resource apart; mostly empty. */
  readonly qualifier: string
  /** Only where the impact differs from the rule's own severity. */
  readonly severity?: Severity
  /** What was measured, for the text: plain values, never a secret. */
  readonly params: ErrorParams
  readonly affectedOnus: number
  readonly important: boolean
}

export interface ConditionSink {
  /** It holds at `at` (wall ms). The same again: only its params are news. */
  readonly holds: (condition: Condition, at: number) => void
  /** It does not hold (any more); of one that never held: nothing happens. */
  readonly over: (which: Pick<Condition, 'resource' | 'type' | 'qualifier'>, at: number) => void
  /**
   * All conditions of a type within an OLT (null: of the console) as they are now: those that held and
   * are not among them are over. For detectors that look at a whole walk.
   */
  readonly holdsAll: (
    type: AlarmType,
    oltId: string | null,
    conditions: readonly Condition[],
    at: number,
  ) => void
  /** Of what was not read nothing is known: conditions of the OLT stay as they are, and do not age. */
  readonly unknown: (oltId: string, at: number) => void
}
