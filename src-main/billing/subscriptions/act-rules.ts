import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { standing, tellLife, type LifeEvent } from './life.ts'

/** On which days a step may take effect, and what may be taken back. Pure. */

/** A quarter back: what was forgotten is put right; older papers are closed. */
export const mostDaysBack = 92
/** A year ahead. */
export const mostDaysAhead = 366

type Rule = 'too-early' | 'too-late' | 'before-start' | 'before-last'

const refusedDay = (rule: Rule, on: CalendarDate, limit: CalendarDate): Problem => ({
  code: 'subscription-day-refused',
  params: { rule, on, limit },
})

const withinReach = (on: CalendarDate, today: CalendarDate): Problem | null => {
  const first = addDays(today, -mostDaysBack)
  const last = addDays(today, mostDaysAhead)
  if (on < first) return refusedDay('too-early', on, first)
  return on > last ? refusedDay('too-late', on, last) : null
}

/**
 * Why these new events cannot be added; null: they can. What took effect is never overtaken: a step
 * takes effect on the day of the last one or later. What is planned must still be possible after it.
 */
export const refusalOf = (
  events: readonly LifeEvent[],
  added: readonly Exclude<LifeEvent, { readonly kind: 'undo' }>[],
  today: CalendarDate,
): Problem | null => {
  const before = standing(events)
  const start = before[0]
  for (const event of added) {
    const far = withinReach(event.on, today)
    if (far !== null) return far
    if (event.kind === 'start') continue
    if (start !== undefined && event.on < start.on) {
      return refusedDay('before-start', event.on, start.on)
    }
    const last = before.filter(({ on }) => on <= today).at(-1)
    if (last !== undefined && event.on < last.on) {
      return refusedDay('before-last', event.on, last.on)
    }
  }
  const told = tellLife([...events, ...added])
  if (told.kind !== 'refused') return null
  const { event, state } = told
  // What cannot be is what was planned before: it is taken back first.
  if (!added.some(({ id }) => id === event.id)) {
    return { code: 'subscription-planned', params: { act: event.kind, on: event.on } }
  }
  const ending = before.find(({ kind }) => kind === 'end')
  if (ending !== undefined) {
    return { code: 'subscription-planned', params: { act: 'end', on: ending.on } }
  }
  return { code: 'subscription-act-refused', params: { act: event.kind, state } }
}

export type Undoing =
  | { readonly kind: 'undone'; readonly ids: readonly string[] }
  | { readonly kind: 'refused'; readonly problem: Problem }

/**
 * What is taken back with it: what was planned after it and cannot be without it (the resume of a
 * pause). Nothing that has taken effect is ever taken back.
 */
export const undoingOf = (
  events: readonly LifeEvent[],
  eventId: string,
  today: CalendarDate,
): Undoing => {
  const found = standing(events).find(({ id }) => id === eventId)
  if (found === undefined) {
    return { kind: 'refused', problem: { code: 'not-found', params: { what: 'planned' } } }
  }
  const ids: string[] = []
  for (let next: typeof found | undefined = found; next !== undefined;) {
    if (next.on <= today) {
      return {
        kind: 'refused',
        problem: { code: 'subscription-in-effect', params: { act: next.kind, on: next.on } },
      }
    }
    ids.push(next.id)
    const told = tellLife(events.filter(({ id }) => !ids.includes(id)))
    next = told.kind === 'refused' ? told.event : undefined
  }
  return { kind: 'undone', ids }
}
