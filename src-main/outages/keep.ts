import type { Clock } from '../engine/clock.ts'
import type { Transaction } from '../store/write-path.ts'
import { countMembers } from './members.ts'
import { ponKeyOf, type Outage } from './outage.ts'
import { natureOf } from './relations.ts'
import { putOutage, type OutageReads, type StoredOutage } from './tables.ts'
import type { OutageThresholds } from './thresholds.ts'

export type WriteOutages = (
  name: string,
  auditInput: object,
  apply: (tx: Transaction) => void,
) => void

/** Counts alone are written less often than what people see at once, ms. */
const quietEveryMs = 10_000

/** Brings what has changed to the store: one transaction for all of it, at most one a second. */
export interface OutageKeeper {
  readonly note: (outage: Outage, oltId: string | null, urgent: boolean) => void
  /** Writes what is due; all of it with `everything`. */
  readonly flush: (everything?: boolean) => void
}

export const createOutageKeeper = (deps: {
  readonly clock: Clock
  readonly write: WriteOutages
  readonly warn: (event: string, details: object) => void
}): OutageKeeper => {
  const { clock } = deps
  const waiting = new Map<Outage, Set<string>>()
  let urgentNow = false
  let writtenAt = Number.NEGATIVE_INFINITY

  return {
    note: (outage, oltId, urgent) => {
      const parts = waiting.get(outage) ?? new Set()
      waiting.set(outage, parts)
      if (oltId !== null) parts.add(oltId)
      if (urgent) urgentNow = true
    },
    flush: (everything = false) => {
      if (waiting.size === 0) return
      const now = clock.monotonic()
      if (!everything && !urgentNow && now - writtenAt < quietEveryMs) return
      const taken = [...waiting]
      const counts = {
        outages: taken.length,
        ended: taken.filter(([{ endedAt }]) => endedAt !== null).length,
        onus: taken.reduce((sum, [{ affected }]) => sum + affected, 0),
      }
      try {
        deps.write('outages.kept', counts, (tx) => {
          for (const [outage, parts] of taken) putOutage(tx, outage, parts)
        })
        waiting.clear()
        urgentNow = false
      } catch (error) {
        // A full disk: what is in memory stays there, and is written when there is room again.
        deps.warn('outages could not be written', { error })
      }
      writtenAt = now
    },
  }
}

/** An outage as it was left, with the ONUs it had. */
export const restoreOutage = (
  { row, detail }: StoredOutage,
  reads: Pick<OutageReads, 'parts'>,
  number: number,
  limits: OutageThresholds,
): Outage => {
  const parts = new Map(reads.parts(row.id).map((part) => [part.oltId, part]))
  const counts = countMembers(parts.values())
  const { trace } = detail
  const sums = {
    count: counts.affected,
    gasps: counts.withGasp,
    silentCapable: trace.silentCapable,
  }
  return {
    id: row.id,
    number,
    version: row.version,
    beganAt: row.beganAt,
    openedAt: row.openedAt,
    verdictAt: row.verdictAt,
    changedAt: row.changedAt,
    endedAt: row.endedAt,
    verdict: row.verdict,
    confidence: row.confidence,
    evidence: detail.evidence,
    weighed: detail.weighed,
    facts: detail.facts,
    severity: row.severity,
    parts,
    pons: new Map(detail.pons.map((pon) => [ponKeyOf(pon.oltId, pon.packed), pon])),
    node: row.node,
    areas: row.areas,
    trace: {
      olts: new Set(parts.keys()),
      ponKeys: new Set(detail.pons.map(({ oltId, packed }) => ponKeyOf(oltId, packed))),
      ...sums,
      firstAt: row.beganAt,
      lastAt: trace.lastAt,
      clocked: trace.clocked,
      whole: trace.whole,
      wholeOlt: trace.wholeOlt,
      nature: natureOf(sums, limits),
      areas: new Set(trace.areas),
      path: trace.path,
    },
    seenAt: detail.seenAt,
    walkedAt: detail.seenAt,
    ...counts,
    behind:
      row.subscribers === null ? null : { subscribers: row.subscribers, revenue: row.revenue },
    behindOf: row.subscribers === null ? -1 : counts.affected,
    leftoverSince: detail.leftoverSince,
    told: detail.told,
    muted: detail.muted,
    maintenanceId: row.maintenanceId,
    operator: {
      corrected: row.corrected,
      acknowledged: row.acknowledged,
      owner: row.owner,
      ticket: row.ticket,
    },
    timeline: [...detail.timeline],
  }
}
