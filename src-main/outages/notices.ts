import type { Emit } from '../engine/handlers.ts'
import { standingVerdict, type Outage } from './outage.ts'
import { noticeWithin } from './within.ts'

/**
 * One outage is told of once, when it has gathered its ONUs (facts/noc.md E2, grouping window), and
 * once at its end. What ended before that, and what maintenance mutes, is seen in the list alone.
 */
export const createOutageNotices = (deps: {
  readonly emit: Emit
  readonly groupingS: () => number
  readonly changed: (outage: Outage) => void
}) => {
  const tell = (outage: Outage, why: 'outage' | 'outage-ended', at: number): void => {
    const [olt] = outage.parts.values()
    const notice = {
      why,
      severity: outage.severity,
      alarmId: null,
      outageId: outage.id,
      type: null,
      resource: null,
      oltName: outage.parts.size === 1 ? (olt?.oltName ?? null) : null,
      name: outage.node?.name ?? outage.areas[0] ?? null,
      verdict: standingVerdict(outage),
      affectedOnus: outage.affected,
      more: 0,
      at,
    } as const
    deps.emit('alarms.notice', (reach) => noticeWithin(reach, notice, outage))
  }
  return {
    look: (outage: Outage, at: number): void => {
      if (outage.told || outage.muted || outage.endedAt !== null) return
      if (at - outage.openedAt < deps.groupingS() * 1000) return
      outage.told = true
      deps.changed(outage)
      tell(outage, 'outage', at)
    },
    ended: (outage: Outage, at: number): void => {
      if (outage.told) tell(outage, 'outage-ended', at)
    },
  }
}
