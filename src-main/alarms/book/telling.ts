import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { Clock } from '../../engine/clock.ts'
import { isHeard, isRaised, type Alarm } from './alarm.ts'
import type { NoticeReason, Notices } from './notices.ts'
import { parentLevel } from './parents.ts'
import { oltIdOf, placeText, ponPlaceOf, resourceAt } from './place.ts'
import type { NamesOf, Register } from './register.ts'

/** Who is told of an alarm, and when it goes quiet or speaks again. */
export interface Telling {
  /** People hear of it now: nothing keeps it quiet, and no outage speaks for it. */
  readonly isTold: (alarm: Alarm) => boolean
  /** Somebody is asked to come, from now on; the same value where it is quiet or acknowledged. */
  readonly alerted: (alarm: Alarm, why: NoticeReason, at: number) => Alarm
  readonly suppressed: (
    alarm: Alarm,
    reason: NonNullable<Alarm['suppressed']>['reason'],
    by: string,
    at: number,
  ) => Alarm
  /** It is kept quiet by logic no more; told again where it still is so. */
  readonly release: (alarm: Alarm) => void
  /** What a person calls the parent that explains it. */
  readonly parentName: (resource: AlarmResource, parent: AlarmType) => string
}

export const createTelling = (deps: {
  readonly clock: Clock
  readonly register: Register
  readonly notices: Notices
  readonly namesOf: NamesOf
  readonly outageOf: (resource: AlarmResource) => string | null
}): Telling => {
  const { register } = deps

  const alerted = (alarm: Alarm, why: NoticeReason, at: number): Alarm => {
    if (!isHeard(alarm) || alarm.acknowledged !== null) return alarm
    const next = {
      ...alarm,
      alertAt: at,
      escalation: 0,
      outageId: alarm.outageId ?? deps.outageOf(alarm.resource),
    }
    deps.notices.add(next, why)
    return next
  }

  const isTold = (alarm: Alarm): boolean => isHeard(alarm) && alarm.outageId === null

  return {
    isTold,
    alerted,
    suppressed: (alarm, reason, by, at) => {
      register.note({
        alarmId: alarm.id,
        at,
        kind: 'suppressed',
        text: by === '' ? null : by,
        params: { reason },
      })
      return { ...alarm, suppressed: { reason, by, since: at } }
    },
    release: (alarm) => {
      const at = deps.clock.now()
      const free = { ...alarm, suppressed: null }
      register.note({
        alarmId: alarm.id,
        at,
        kind: 'released',
        told: isRaised(free) && isTold(free),
      })
      register.put(isRaised(free) ? alerted(free, 'returned', at) : free)
    },
    parentName: (resource, parent) => {
      const pon = ponPlaceOf(resource)
      const isOfPon = parentLevel(parent) === 'pon' && pon !== null
      const oltId = oltIdOf(resource)
      const place = isOfPon ? ` ${placeText(resourceAt('pon', oltId, pon))}` : ''
      return `${deps.namesOf(resource)?.oltName ?? ''}${place}`.trim()
    },
  }
}
