import { isOver, isWaiting, type TicketState } from '../../src-shared/domain/ticket-state.ts'
import type { WorkingTime } from './business-calendar.ts'

/**
 * The clocks of a ticket, as a pure function of what happened to it. Nothing here knows what time it is
 * now: of a clock that runs, what lies ahead is told as if nothing else happened. What stands in the
 * store is this and nothing else, so that it can be made anew at any time.
 *
 * A clock counts working time while the ticket is new or open. While somebody else has to act, and after
 * it was solved, it stands still. Where terms change on the way, what was counted stays and is held
 * against the new target: one that is passed already is passed at that moment.
 */
export const slaMetrics = ['first-response', 'update', 'solution'] as const
export type SlaMetric = (typeof slaMetrics)[number]

/** What is promised. Working minutes; null: nothing is. */
export interface SlaTerms {
  readonly firstResponseMin: number | null
  readonly updateMin: number | null
  readonly solutionMin: number | null
  /** After the target was missed: levels 2, 3, … ; ascending. */
  readonly escalateAfterMin: readonly number[]
  readonly working: WorkingTime
}

/** In order; an instant before the last one counts as that one (a clock that was put back). */
export type SlaFact = { readonly at: number } & (
  | { readonly kind: 'opened'; readonly terms: SlaTerms | null }
  | { readonly kind: 'terms'; readonly terms: SlaTerms | null }
  | { readonly kind: 'state'; readonly to: TicketState }
  | {
      readonly kind: 'message'
      readonly by: 'staff' | 'customer'
      /** Seen by staff alone. */
      readonly internal: boolean
    }
)

/** 0: three quarters are gone; 1: missed; from 2 on: so long after it. */
export interface SlaLevel {
  readonly level: number
  readonly at: number
}

export interface SlaClock {
  readonly metric: SlaMetric
  /**
   * `off`: nothing is promised, or it has not begun. `held`: somebody else has to act, or it was
   * solved without it. `met`: done (before or after it was due).
   */
  readonly state: 'off' | 'running' | 'held' | 'met'
  /** Of updates: how often it began anew; of the others 1. */
  readonly round: number
  readonly targetMs: number | null
  /** Worked up to the last fact that touched it. */
  readonly usedMs: number
  /** When it is or was due; null: it stands still before that, or nothing is promised. */
  readonly dueAt: number | null
  readonly metAt: number | null
  /** Of this round, in order; of one that runs also those ahead. */
  readonly levels: readonly SlaLevel[]
}

export const slaWarningShare = 0.75
const minuteMs = 60_000

const targetOf = (metric: SlaMetric, terms: SlaTerms | null): number | null => {
  if (terms === null) return null
  const minutes = {
    'first-response': terms.firstResponseMin,
    update: terms.updateMin,
    solution: terms.solutionMin,
  }[metric]
  return minutes === null ? null : minutes * minuteMs
}

/** Worked so long, level by level. */
const thresholds = (terms: SlaTerms, targetMs: number): readonly number[] => [
  Math.ceil(targetMs * slaWarningShare),
  targetMs,
  ...terms.escalateAfterMin.map((minutes) => targetMs + minutes * minuteMs),
]

interface Counting {
  at: number
  terms: SlaTerms | null
  /** The ticket's state lets clocks run. */
  ticking: boolean
  isOver: boolean
  /** This one has begun and is not done. */
  wanted: boolean
  round: number
  usedMs: number
  /** When it was done, and when it would have been due. */
  met: { readonly at: number; readonly dueAt: number | null } | null
  levels: Map<number, number>
}

/** Goes on to an instant; null: nothing comes after, and what lies ahead is told. */
const count = (clock: Counting, metric: SlaMetric, until: number | null): void => {
  const { terms } = clock
  const targetMs = targetOf(metric, terms)
  if (terms === null || targetMs === null || !clock.wanted || !clock.ticking) return
  for (const [level, need] of thresholds(terms, targetMs).entries()) {
    if (clock.levels.has(level)) continue
    const at = terms.working.add(clock.at, Math.max(0, need - clock.usedMs))
    // Half-open: what was done at the very moment it was due was done in time.
    if (until === null || at < until) clock.levels.set(level, at)
  }
  if (until !== null) clock.usedMs += terms.working.between(clock.at, until)
}

/** When it was missed, or would be if it went on from now. */
const dueOf = (clock: Counting, metric: SlaMetric): number | null => {
  const targetMs = targetOf(metric, clock.terms)
  if (clock.terms === null || targetMs === null) return null
  const missedAt = clock.levels.get(1)
  if (missedAt !== undefined && targetMs <= clock.usedMs) return missedAt
  return clock.terms.working.add(clock.at, Math.max(0, targetMs - clock.usedMs))
}

const takeState = (clock: Counting, metric: SlaMetric, to: TicketState): void => {
  const isReopened = clock.isOver && !isOver(to)
  clock.ticking = !isWaiting(to) && !isOver(to)
  clock.isOver = isOver(to)
  if (metric === 'solution') {
    if (isReopened) {
      // It goes on where it stood.
      clock.met = null
      clock.wanted = true
    } else if (to === 'merged') {
      clock.wanted = false
    } else if (clock.isOver && clock.met === null) {
      clock.met = { at: clock.at, dueAt: dueOf(clock, metric) }
      clock.wanted = false
    }
  }
  if (metric === 'update' && isReopened && clock.wanted) beginAnew(clock)
}

const beginAnew = (clock: Counting): void => {
  clock.round += 1
  clock.usedMs = 0
  clock.levels = new Map()
}

const clockOf = (metric: SlaMetric, facts: readonly SlaFact[]): SlaClock => {
  const clock: Counting = {
    at: facts[0]?.at ?? 0,
    terms: null,
    ticking: false,
    isOver: false,
    wanted: false,
    round: 1,
    usedMs: 0,
    met: null,
    levels: new Map(),
  }
  let isAnswered = false

  const take = (fact: SlaFact): void => {
    if (fact.kind === 'state') return takeState(clock, metric, fact.to)
    if (fact.kind === 'message') {
      if (fact.by !== 'staff' || fact.internal) return undefined
      if (metric === 'first-response' && !isAnswered) {
        clock.met = { at: clock.at, dueAt: dueOf(clock, metric) }
        clock.wanted = false
      }
      isAnswered = true
      if (metric !== 'update') return undefined
      if (clock.wanted) beginAnew(clock)
      clock.wanted = true
      return undefined
    }
    clock.terms = fact.terms
    if (fact.kind === 'opened') {
      clock.ticking = true
      clock.wanted = metric !== 'update'
    }
    // Updates are promised from the first answer on; at once where no answer is.
    if (metric === 'update' && targetOf('first-response', fact.terms) === null) {
      clock.wanted ||= fact.terms !== null
    }
    return undefined
  }

  for (const fact of facts) {
    const at = Math.max(clock.at, fact.at)
    count(clock, metric, at)
    clock.at = at
    take(fact)
  }
  const targetMs = targetOf(metric, clock.terms)
  const isRunning = clock.wanted && clock.ticking && targetMs !== null
  const missedAt = clock.levels.get(1) ?? null
  const dueAt = isRunning ? dueOf(clock, metric) : clock.met === null ? missedAt : clock.met.dueAt
  if (isRunning) count(clock, metric, null)
  return {
    metric,
    state:
      clock.met !== null
        ? 'met'
        : targetMs === null || !clock.wanted
          ? 'off'
          : isRunning
            ? 'running'
            : 'held',
    round: clock.round,
    targetMs,
    usedMs: clock.usedMs,
    dueAt,
    metAt: clock.met?.at ?? null,
    levels: [...clock.levels]
      .map(([level, at]) => ({ level, at }))
      .toSorted((one, other) => one.level - other.level),
  }
}

/** First response, update, solution. The first fact is `opened`. */
export const slaClocks = (facts: readonly SlaFact[]): readonly SlaClock[] =>
  slaMetrics.map((metric) => clockOf(metric, facts))
