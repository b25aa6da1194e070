import type { LineCause, ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { LifeState } from '../subscriptions/life.ts'

/** What a service's line shall be, as its subscriptions say. Pure: asks no clock and no store. */

/** What becomes of the line when all of its subscriptions are over. */
export type AfterEnd =
  | { readonly kind: 'suspend' }
  | { readonly kind: 'remove'; readonly afterDays: number }

export interface LineOpinion {
  readonly wanted: ServiceState['desired']
  readonly cause: LineCause
  readonly sinceOn: CalendarDate
  /** The day on which it becomes another one without anybody doing anything; null: none. */
  readonly nextOn: CalendarDate | null
}

/** A subscription of a main plan of the service, on the day that is asked about. */
export interface ServiceSubscription {
  readonly status: LifeState
  readonly statusSinceOn: CalendarDate
  readonly startsOn: CalendarDate
  readonly endsOn: CalendarDate | null
}

/**
 * Null: billing has no opinion: nothing was sold yet, or what was sold was taken back before it
 * began. One subscription that runs keeps the line on, whatever became of the others.
 */
export const opinionOf = (
  subscriptions: readonly ServiceSubscription[],
  afterEnd: AfterEnd,
  today: CalendarDate,
): LineOpinion | null => {
  const real = subscriptions.filter(
    ({ status, startsOn, endsOn }) => status !== 'draft' && startsOn !== endsOn,
  )
  const latest = (...states: readonly LifeState[]): CalendarDate | null =>
    real
      .filter(({ status }) => states.includes(status))
      .reduce<CalendarDate | null>(
        (last, { statusSinceOn: on }) => (last === null || on > last ? on : last),
        null,
      )
  const running = latest('trial', 'active')
  if (running !== null) {
    return { wanted: 'active', cause: 'running', sinceOn: running, nextOn: null }
  }
  // Debt before a pause: what lifts the one does not lift the other.
  for (const [state, cause] of [
    ['suspended', 'debt'],
    ['paused', 'paused'],
  ] as const) {
    const since = latest(state)
    if (since !== null) return { wanted: 'suspended', cause, sinceOn: since, nextOn: null }
  }
  const ended = latest('ended')
  if (ended === null) return null
  if (afterEnd.kind === 'suspend') {
    return { wanted: 'suspended', cause: 'ended', sinceOn: ended, nextOn: null }
  }
  const removedOn = addDays(ended, afterEnd.afterDays)
  return removedOn <= today
    ? { wanted: 'removed', cause: 'ended', sinceOn: ended, nextOn: null }
    : { wanted: 'suspended', cause: 'ended', sinceOn: ended, nextOn: removedOn }
}
