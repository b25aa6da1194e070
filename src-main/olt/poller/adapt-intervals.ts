import type { PollPlan } from './schedule.ts'

/** How far answers have slowed down, and what becomes of the plan for it. */
export interface AdaptedPlan {
  readonly plan: PollPlan
  /** Every interval is this many times the user's own: 1, 2, 4 or 8. */
  readonly factor: 1 | 2 | 4 | 8
  /** Mean answer times the decision rests on, ms; null: too little was heard. */
  readonly nowMs: number | null
  readonly usualMs: number | null
}

/** Fewer rounds than this say nothing. */
const leastRounds = 4
/** "Now" is the middle of the latest rounds, so that one slow round changes nothing. */
const latestRounds = 3
/** "Usual" is what a quarter of the rounds stayed below. */
const usualShare = 0.25
/** Below this nobody is slow, however fast it was before. */
const quickMs = 60
/** An OLT that takes this long for every answer is busy, whatever it was before. */
const busyMs = 500
/** Longest intervals, seconds: a status of an hour ago is no status. */
const longest: PollPlan = { statusS: 900, countersS: 3600, opticsS: 86_400 }

/**
 * Intervals for an OLT whose answers have slowed down (facts/performance.md 1.2: it is the OLT's CPU
 * that is the limit): twice as long when they take twice their usual time, up to eight times. The
 * plan is the user's own and the history the mean answer time of each round, the oldest first; the
 * same input gives the same plan, so intervals shrink by themselves once answers are quick again.
 */
export const adaptPlan = (plan: PollPlan, history: readonly number[]): AdaptedPlan => {
  const heard = history.filter((ms) => Number.isFinite(ms) && ms >= 0)
  if (heard.length < leastRounds) return { plan, factor: 1, nowMs: null, usualMs: null }
  const nowMs = quantile(heard.slice(-latestRounds), 0.5)
  const usualMs = quantile(heard, usualShare)
  const factor = factorOf(nowMs, usualMs)
  return { plan: stretched(plan, factor), factor, nowMs, usualMs }
}

/** The plan alone. */
export const adaptIntervals = (plan: PollPlan, history: readonly number[]): PollPlan =>
  adaptPlan(plan, history).plan

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

const factorOf = (nowMs: number, usualMs: number): AdaptedPlan['factor'] => {
  if (nowMs <= quickMs) return 1
  const slower = Math.max(nowMs / Math.max(usualMs, quickMs / 2), (nowMs / busyMs) * 2)
  return slower >= 8 ? 8 : slower >= 4 ? 4 : slower >= 2 ? 2 : 1
}

/** Never shorter than asked for, also where that is beyond the longest. */
const stretched = (plan: PollPlan, factor: number): PollPlan => {
  const stretch = (seconds: number, limit: number): number =>
    Math.max(seconds, Math.min(limit, seconds * factor))
  return {
    statusS: stretch(plan.statusS, longest.statusS),
    countersS: stretch(plan.countersS, longest.countersS),
    opticsS: stretch(plan.opticsS, longest.opticsS),
  }
}
