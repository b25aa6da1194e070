import type { Payload } from '../../../src-shared/contract/index.ts'
import { compareSeverity } from '../../../src-shared/domain/severity.ts'
import type { Clock } from '../../engine/clock.ts'
import type { EventSource } from '../../engine/handlers.ts'
import { alarmsWithin } from '../belongs.ts'
import { isHeard, isRaised, type Alarm } from './alarm.ts'

export type Notice = Payload<'alarms.notice'>
export type NoticeReason = 'raised' | 'worse' | 'returned' | 'escalated'

/**
 * What people are to be told of: gathered for a moment, so that what belongs to an outage is told by
 * the outage and a burst is one word with a number (facts/noc.md E2, grouping). What has gone, was
 * shelved or suppressed meanwhile is not told.
 */
export interface Notices {
  add(alarm: Alarm, why: NoticeReason): void
  /** One that is of no single alarm. */
  tell(notice: Notice): void
  turn(): void
}

const gatherMs = 1_500

export const createNotices = (deps: {
  readonly clock: Clock
  readonly current: (id: string) => Alarm | undefined
  readonly outageOf: (alarm: Alarm) => string | null
  readonly emit: (notice: EventSource<'alarms.notice'>) => void
}): Notices => {
  const waiting = new Map<string, NoticeReason>()
  let since: number | null = null

  const isTold = (alarm: Alarm | undefined): alarm is Alarm =>
    alarm !== undefined && isRaised(alarm) && isHeard(alarm) && deps.outageOf(alarm) === null

  return {
    add: (alarm, why) => {
      since ??= deps.clock.monotonic()
      // The first word stands: one that was raised and got worse in the same moment was raised.
      if (waiting.get(alarm.id) === undefined) waiting.set(alarm.id, why)
    },
    tell: deps.emit,
    turn: () => {
      if (since === null || deps.clock.monotonic() - since < gatherMs) return
      since = null
      const told = new Map<NoticeReason, Alarm[]>()
      for (const [id, why] of waiting) {
        const alarm = deps.current(id)
        if (!isTold(alarm)) continue
        const before = told.get(why)
        if (before === undefined) told.set(why, [alarm])
        else before.push(alarm)
      }
      waiting.clear()
      const at = deps.clock.now()
      for (const [why, alarms] of told) {
        deps.emit((reach) => noticeOf(why, alarmsWithin(reach, alarms), at))
      }
    },
  }
}

/** The worst of those that are reached, and how many more they are; null: none is. */
const noticeOf = (why: NoticeReason, alarms: readonly Alarm[], at: number): Notice | null => {
  const [first, ...others] = alarms
  if (first === undefined) return null
  const alarm = others.reduce((one, other) => (isMoreUrgent(other, one) ? other : one), first)
  return {
    why,
    severity: alarm.severity,
    alarmId: alarm.id,
    outageId: null,
    type: alarm.type,
    resource: alarm.resource,
    oltName: alarm.oltName,
    name: alarm.name,
    affectedOnus: alarm.affectedOnus,
    more: others.length,
    at,
  }
}

const isMoreUrgent = (one: Alarm, other: Alarm): boolean => {
  const order = compareSeverity(one.severity, other.severity)
  return order < 0 || (order === 0 && one.affectedOnus > other.affectedOnus)
}
