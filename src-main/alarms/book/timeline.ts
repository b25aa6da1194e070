import type { Output } from '../../../src-shared/contract/index.ts'
import type { Severity } from '../../../src-shared/domain/severity.ts'
import type { ErrorParams } from '../../../src-shared/errors.ts'

export type TimelineKind = Output<'alarms.alarm'>['timeline'][number]['kind']

/** One entry of an alarm's time line. `seq` is given by the book and never given twice. */
export interface TimelineEntry {
  readonly seq: number
  readonly alarmId: string
  readonly at: number
  readonly kind: TimelineKind
  /** Null: the console itself. */
  readonly accountId: string | null
  readonly by: string | null
  readonly text: string | null
  readonly severity: Severity | null
  readonly params: ErrorParams
  /** People were told: it counts for the load. */
  readonly told: boolean
  /** How often, where several of one kind stand in one entry. */
  readonly times: number
}

export type NewEntry = Pick<TimelineEntry, 'alarmId' | 'at' | 'kind'> &
  Partial<Omit<TimelineEntry, 'seq'>>

export const entryOf = (seq: number, entry: NewEntry): TimelineEntry => ({
  accountId: null,
  by: null,
  text: null,
  severity: null,
  params: {},
  told: false,
  times: 1,
  ...entry,
  seq,
})
