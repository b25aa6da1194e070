import type { AlarmResource, AlarmSettings } from '../../../src-shared/contract/alarms-model.ts'
import { compareSeverity } from '../../../src-shared/domain/severity.ts'
import type { Clock } from '../../engine/clock.ts'
import { flapping, isHeard, isRaised, type Alarm } from './alarm.ts'
import type { Notices } from './notices.ts'
import type { Register } from './register.ts'
import type { Telling } from './telling.ts'

/**
 * What time does to the book: words given until a time expire, flapping ends, nobody has come. It goes
 * through all rows every few seconds, so nothing needs a timer of its own, and a restart forgets none.
 */
export interface Sweep {
  turn(): void
}

const everyMs = 5_000
/** An outage takes up what belongs to it within minutes. */
const outageWithinMs = 600_000
const minuteMs = 60_000

export const createSweep = (deps: {
  readonly clock: Clock
  readonly register: Register
  readonly notices: Notices
  readonly settings: () => AlarmSettings
  readonly outageOf: (resource: AlarmResource) => string | null
  readonly telling: Telling
}): Sweep => {
  const { clock, register, telling } = deps
  let last = Number.NEGATIVE_INFINITY

  const unshelve = (before: Alarm, now: number): Alarm => {
    const alarm = { ...before, shelved: null }
    const speaks = isRaised(alarm) && isHeard(alarm)
    register.note({
      alarmId: alarm.id,
      at: now,
      kind: 'unshelved',
      told: speaks && telling.isTold(alarm),
    })
    return speaks ? telling.alerted(alarm, 'returned', now) : alarm
  }

  const unacknowledge = (before: Alarm, now: number): Alarm => {
    const alarm = { ...before, acknowledged: null }
    register.note({
      alarmId: alarm.id,
      at: now,
      kind: 'unacknowledged',
      told: telling.isTold(alarm),
    })
    return telling.alerted(alarm, 'returned', now)
  }

  const escalate = (alarm: Alarm, settings: AlarmSettings, now: number): Alarm => {
    const waits =
      isRaised(alarm) &&
      isHeard(alarm) &&
      alarm.acknowledged === null &&
      alarm.outageId === null &&
      alarm.alertAt > 0 &&
      compareSeverity(alarm.severity, settings.escalateFrom) <= 0
    if (!waits) return alarm
    const steps = settings.escalateAfterMinutes.filter(
      (minutes) => now - alarm.alertAt >= minutes * minuteMs,
    ).length
    if (steps <= alarm.escalation) return alarm
    register.note({
      alarmId: alarm.id,
      at: now,
      kind: 'escalated',
      severity: alarm.severity,
      params: { step: steps },
    })
    deps.notices.add(alarm, 'escalated')
    return { ...alarm, escalation: steps }
  }

  const isSteady = ({ suppressed, changedAt }: Alarm, now: number): boolean =>
    suppressed?.reason === 'flapping' && now - changedAt >= flapping.steadyMs

  const look = (before: Alarm, settings: AlarmSettings, now: number): void => {
    if (isSteady(before, now)) {
      telling.release({ ...before, changes: [] })
      return
    }
    let alarm = before
    if (alarm.shelved !== null && alarm.shelved.until <= now) alarm = unshelve(alarm, now)
    const until = alarm.acknowledged?.until ?? null
    if (until !== null && until <= now && isRaised(alarm)) alarm = unacknowledge(alarm, now)
    if (alarm.outageId === null && isRaised(alarm) && now - alarm.changedAt < outageWithinMs) {
      const outageId = deps.outageOf(alarm.resource)
      if (outageId !== null) alarm = { ...alarm, outageId }
    }
    alarm = escalate(alarm, settings, now)
    if (alarm !== before) register.put(alarm)
  }

  return {
    turn: () => {
      const monotonic = clock.monotonic()
      if (monotonic - last < everyMs) return
      last = monotonic
      const now = clock.now()
      const settings = deps.settings()
      for (const alarm of register.all()) look(alarm, settings, now)
    },
  }
}
