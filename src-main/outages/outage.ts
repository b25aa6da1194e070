import type { OutageRow } from '../../src-shared/contract/outages.ts'
import type { Confidence, Verdict } from '../../src-shared/domain/outage-verdicts.ts'
import type { Severity } from '../../src-shared/domain/severity.ts'
import type { ErrorParams } from '../../src-shared/errors.ts'
import type { MemberPart } from './members.ts'
import type { Behind } from '../engine/capability-ports.ts'
import type { OutageFacts } from './outage-facts.ts'
import type { Trace } from './relations.ts'
import type { Evidence, Judgement } from './verdict.ts'

/** One outage as it is kept in memory while it is open, and for a while after its end. */
export interface Outage {
  readonly id: string
  /** What rows of the memory carry (onu-memory.ts); never given to another one. */
  readonly number: number
  version: number
  readonly beganAt: number
  readonly openedAt: number
  verdictAt: number | null
  changedAt: number
  endedAt: number | null
  verdict: Verdict
  confidence: Confidence
  evidence: readonly Evidence[]
  weighed: Judgement['weighed']
  facts: OutageFacts | null
  severity: Severity
  readonly parts: Map<string, MemberPart>
  /** By OLT and packed PON. */
  readonly pons: Map<string, OutagePon>
  node: OutageRow['node']
  areas: readonly string[]
  trace: Trace
  /** When it was seen last that ONUs fell, and the last walk over its OLTs; wall ms. */
  seenAt: number
  walkedAt: number
  affected: number
  down: number
  withGasp: number
  /** Whom its ONUs serve, as it was when so many were affected; null: not known. */
  behind: Behind | null
  behindOf: number
  /** Since when only a few are left down; null: more are. */
  leftoverSince: number | null
  /** It has been told of; never, while it is muted by maintenance. */
  told: boolean
  muted: boolean
  maintenanceId: string | null
  operator: OperatorState
  timeline: TimelineEntry[]
}

export interface OutagePon {
  readonly oltId: string
  readonly packed: number
  readonly name: string | null
  /** ONUs of the PON when it fell. */
  total: number
}

export interface OperatorState {
  readonly corrected: OutageRow['corrected']
  readonly acknowledged: OutageRow['acknowledged']
  readonly owner: OutageRow['owner']
  readonly ticket: string | null
}

export const untouched: OperatorState = {
  corrected: null,
  acknowledged: null,
  owner: null,
  ticket: null,
}

export interface TimelineEntry {
  readonly at: number
  readonly kind:
    | 'began'
    | 'opened'
    | 'grew'
    | 'verdict'
    | 'corrected'
    | 'acknowledged'
    | 'assigned'
    | 'noted'
    | 'ticket'
    | 'returning'
    | 'ended'
    | 'reopened'
  readonly by: string | null
  readonly text: string | null
  readonly params: ErrorParams
}

/** More than a night of an outage that comes and goes; older entries of the network make room. */
const mostEntries = 400

export const addEntry = (
  timeline: TimelineEntry[],
  at: number,
  kind: TimelineEntry['kind'],
  more: Partial<Pick<TimelineEntry, 'by' | 'text' | 'params'>> = {},
): void => {
  timeline.push({ at, kind, by: null, text: null, params: {}, ...more })
  if (timeline.length <= mostEntries) return
  const place = timeline.findIndex((entry) => entry.by === null && entry.kind !== 'began')
  timeline.splice(Math.max(0, place), 1)
}

export const ponKeyOf = (oltId: string, packedPon: number): string => `${oltId} ${packedPon}`

export const standingVerdict = (outage: Pick<Outage, 'verdict' | 'operator'>): Verdict =>
  outage.operator.corrected?.verdict ?? outage.verdict
