import {
  addDays,
  daysBetween,
  laterDate,
  weekday,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import type { DunningAction } from '../../../src-shared/contract/billing-dunning-model.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { scaleMinor } from '../../../src-shared/domain/money.ts'

export interface DunningStage {
  /** Days from the date that the policy counts from to the first day on which it is done. */
  readonly offsetDays: number
  readonly action: DunningAction
  /** Below this debt nothing is done; minor units by currency, 0 where a currency is not named. */
  readonly minimum: Readonly<Record<string, number>>
  /** How often it is done, while the next stage has not come; at least 1. */
  readonly attempts: number
  /** More than so many days lie between two attempts. */
  readonly gapDays: number
}

/** When a line may be cut: so that who has to pay can still reach somebody. */
export interface SuspendTimes {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[]
  /** Minutes of the local day, half-open. */
  readonly fromMinute: number
  readonly toMinute: number
  readonly closedOn: readonly CalendarDate[]
}

export interface DunningPolicy {
  /** What a document's age is counted from. */
  readonly basis: 'due' | 'issued'
  /** By offset, ascending. */
  readonly stages: readonly DunningStage[]
  readonly suspendTimes: SuspendTimes
  /** No line is cut before a reminder or a warning went out so many days earlier; null: no such rule. */
  readonly warnedDays: number | null
}

export interface OwedDocument {
  readonly issuedOn: CalendarDate
  readonly dueOn: CalendarDate
  /** Minor units that are left to pay. */
  readonly open: number
  /** Counts for nothing while it is argued about. */
  readonly isDisputed: boolean
}

/** What was done in a case, and what people said of it. One case is one subscriber and one currency. */
export interface DunningCase {
  readonly currency: CurrencyCode
  readonly done: readonly {
    /** Index into the stages. */
    readonly stage: number
    /** Of the debt before it came back: he was warned then, and it is not counted as an attempt. */
    readonly isEarlier?: boolean
    readonly on: CalendarDate
  }[]
  /** He promised to pay by the end of this day. */
  readonly promiseOn: CalendarDate | null
  readonly frozenReason: string | null
  /** Staff moved the suspension to a later day; an earlier one changes nothing. */
  readonly suspendNotBefore: CalendarDate | null
  readonly neverSuspend: boolean
  /** Its lines are off. */
  readonly isCut: boolean
}

export interface LocalMoment {
  readonly on: CalendarDate
  /** Minutes since local midnight, 0 to 1439. */
  readonly minute: number
}

export interface Debt {
  /** Minor units past due, less credit that is free; above 0. */
  readonly minor: number
  readonly oldestOn: CalendarDate
  /** The first day on which any of it was due, whatever its age is counted from. */
  readonly dueOn: CalendarDate
  /** Since `oldestOn`. */
  readonly ageDays: number
}

export type DunningDecision =
  /** Nothing is owed past its day. */
  | { readonly kind: 'clear' }
  | { readonly kind: 'frozen'; readonly debt: Debt; readonly reason: string }
  | { readonly kind: 'promised'; readonly debt: Debt; readonly until: CalendarDate }
  /** Owed, and all is done that is due by now. `nextOn`: the first day of the next stage. */
  | { readonly kind: 'waits'; readonly debt: Debt; readonly nextOn: CalendarDate | null }
  | {
      readonly kind: 'held'
      readonly debt: Debt
      readonly stage: number
      readonly because: 'below-minimum' | 'never-suspend'
    }
  /** A suspension that is due and may not be done yet. */
  | {
      readonly kind: 'later'
      readonly debt: Debt
      readonly stage: number
      readonly because: 'hours' | 'moved' | 'warned-too-late'
      readonly on: CalendarDate
    }
  | {
      readonly kind: 'act'
      readonly debt: Debt
      readonly stage: number
      readonly action: DunningAction
      /** From 1. */
      readonly attempt: number
      /** Earlier stages whose days passed unseen (the machine slept): they are not made up for. */
      readonly skipped: readonly number[]
    }

/** Owed past its day, disputed ones left out, free credit taken off; null: nothing is. */
export const debtOf = (
  policy: Pick<DunningPolicy, 'basis'>,
  documents: readonly OwedDocument[],
  freeCredit: number,
  today: CalendarDate,
): Debt | null => {
  const owed = documents.filter(
    ({ open, isDisputed, dueOn }) => open > 0 && !isDisputed && dueOn < today,
  )
  // Credit settles the oldest first, as it will when it is used.
  let credit = Math.max(0, freeCredit)
  const left = owed
    .toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0))
    .map((document) => {
      const used = Math.min(credit, document.open)
      credit -= used
      return {
        on: policy.basis === 'due' ? document.dueOn : document.issuedOn,
        dueOn: document.dueOn,
        open: document.open - used,
      }
    })
    .filter(({ open }) => open > 0)
  const [first, ...rest] = left
  if (first === undefined) return null
  const oldestOn = rest.reduce((oldest, { on }) => (on < oldest ? on : oldest), first.on)
  return {
    minor: left.reduce((sum, { open }) => sum + open, 0),
    oldestOn,
    dueOn: first.dueOn,
    ageDays: daysBetween(oldestOn, today),
  }
}

/**
 * What dunning does with one case at one moment: a pure function of what is owed and what was done, so
 * that the preview, the run and the look right before the act say the same (facts/business.md 1.5).
 * Of several stages that are due only the last one is done: who slept for two months does not remind,
 * warn and cut in one minute.
 */
export const decide = (
  policy: DunningPolicy,
  state: DunningCase,
  documents: readonly OwedDocument[],
  freeCredit: number,
  now: LocalMoment,
): DunningDecision => {
  const debt = debtOf(policy, documents, freeCredit, now.on)
  if (debt === null) return { kind: 'clear' }
  if (state.frozenReason !== null) return { kind: 'frozen', debt, reason: state.frozenReason }
  if (state.promiseOn !== null && now.on <= state.promiseOn) {
    return { kind: 'promised', debt, until: state.promiseOn }
  }
  const reached = policy.stages.findLastIndex(({ offsetDays }) => offsetDays <= debt.ageDays)
  const stage = policy.stages[reached]
  const nextStage = policy.stages[reached + 1]
  const nextOn = nextStage === undefined ? null : addDays(debt.oldestOn, nextStage.offsetDays)
  if (stage === undefined) return { kind: 'waits', debt, nextOn }
  // A clock that went back: what was done later is done.
  if (state.done.some(({ on }) => on > now.on)) return { kind: 'waits', debt, nextOn: null }
  // A cut that is due is a state, not a message: it stands until it is made, whatever stage has come.
  const cut = state.isCut ? -1 : dueCut(policy, debt)
  const held = cut < 0 ? null : decideCut(policy, state, cut, debt, now)
  // What comes after the cut waits for it, unless it is not made at all or was put off for him.
  const goesOn = held?.kind === 'held' || (held?.kind === 'later' && held.because === 'moved')
  if (held !== null && (cut === reached || !goesOn)) return held
  const told = stage.action === 'suspend' ? null : decideStage(policy, state, reached, debt, now)
  if (told !== null && told.kind !== 'waits') return told
  return held ?? told ?? { kind: 'waits', debt, nextOn }
}

/** The last stage that cuts and whose day has come; -1: none. */
const dueCut = (policy: Pick<DunningPolicy, 'stages'>, debt: Debt): number =>
  policy.stages.findLastIndex(
    ({ offsetDays, action }) => action === 'suspend' && offsetDays <= debt.ageDays,
  )

/** Whether lines that a stage has cut stay off: the debt is still old enough, and high enough. */
export const staysCut = (
  policy: Pick<DunningPolicy, 'stages'>,
  state: Pick<DunningCase, 'currency' | 'neverSuspend'>,
  debt: Debt | null,
): boolean => {
  if (debt === null || state.neverSuspend) return false
  return policy.stages.some(
    ({ action, offsetDays, minimum }) =>
      action === 'suspend' &&
      offsetDays <= debt.ageDays &&
      debt.minor >= (minimum[state.currency] ?? 0),
  )
}

const decideStage = (
  policy: DunningPolicy,
  state: DunningCase,
  reached: number,
  debt: Debt,
  now: LocalMoment,
): DunningDecision => {
  const stage = policy.stages[reached]!
  const nextStage = policy.stages[reached + 1]
  const nextOn = nextStage === undefined ? null : addDays(debt.oldestOn, nextStage.offsetDays)
  // Stages that passed unseen do not follow one another within a day.
  if (state.done.some((done) => done.on === now.on && done.isEarlier !== true)) {
    return { kind: 'waits', debt, nextOn: addDays(now.on, 1) }
  }
  const before = state.done.filter((done) => done.stage === reached && done.isEarlier !== true)
  const last = before.at(-1)
  if (before.length >= stage.attempts) return { kind: 'waits', debt, nextOn }
  if (last !== undefined && daysBetween(last.on, now.on) <= stage.gapDays) {
    return { kind: 'waits', debt, nextOn: earlier(nextOn, addDays(last.on, stage.gapDays + 1)) }
  }
  if (debt.minor < (stage.minimum[state.currency] ?? 0)) {
    return { kind: 'held', debt, stage: reached, because: 'below-minimum' }
  }
  return actOf(policy, state, reached, debt)
}

const decideCut = (
  policy: DunningPolicy,
  state: DunningCase,
  cut: number,
  debt: Debt,
  now: LocalMoment,
): DunningDecision => {
  if (debt.minor < (policy.stages[cut]!.minimum[state.currency] ?? 0)) {
    return { kind: 'held', debt, stage: cut, because: 'below-minimum' }
  }
  const obstacle = mayNotSuspend(policy, state, now)
  if (obstacle === 'never-suspend') return { kind: 'held', debt, stage: cut, because: obstacle }
  if (obstacle === 'not-warned') return warnFirst(policy, state, cut, debt, now)
  if (obstacle !== null) return { kind: 'later', debt, stage: cut, ...obstacle }
  return actOf(policy, state, cut, debt)
}

const actOf = (
  policy: DunningPolicy,
  state: DunningCase,
  stage: number,
  debt: Debt,
): DunningDecision => {
  const doneBefore = new Set(state.done.map((done) => done.stage))
  return {
    kind: 'act',
    debt,
    stage,
    action: policy.stages[stage]!.action,
    attempt: state.done.filter((one) => one.stage === stage && one.isEarlier !== true).length + 1,
    skipped: policy.stages.flatMap((_, index) =>
      index < stage && !doneBefore.has(index) ? [index] : [],
    ),
  }
}

const earlier = (one: CalendarDate | null, other: CalendarDate): CalendarDate =>
  one === null || other < one ? other : one

const isWarning = (stage: DunningStage | undefined): boolean =>
  stage?.action === 'remind' || stage?.action === 'warn'

const mayNotSuspend = (
  policy: DunningPolicy,
  state: DunningCase,
  now: LocalMoment,
):
  | 'never-suspend'
  | 'not-warned'
  | { readonly because: 'hours' | 'moved' | 'warned-too-late'; readonly on: CalendarDate }
  | null => {
  if (state.neverSuspend) return 'never-suspend'
  if (policy.warnedDays !== null) {
    const warned = state.done.filter(({ stage }) => isWarning(policy.stages[stage]))
    const first = warned[0]
    if (first === undefined) return 'not-warned'
    const from = addDays(first.on, policy.warnedDays)
    if (now.on < from) return { because: 'warned-too-late', on: from }
  }
  if (state.suspendNotBefore !== null && now.on < state.suspendNotBefore) {
    return { because: 'moved', on: state.suspendNotBefore }
  }
  const next = nextSuspendDay(policy.suspendTimes, now)
  return next === null ? null : { because: 'hours', on: next }
}

/** Nobody was told before: the last reminder or warning of the policy goes out in its place. */
const warnFirst = (
  policy: DunningPolicy,
  state: DunningCase,
  reached: number,
  debt: Debt,
  now: LocalMoment,
): DunningDecision => {
  const stage = policy.stages.findLastIndex((one, index) => index < reached && isWarning(one))
  const warning = policy.stages[stage]
  // A policy that wants a warning and has none never cuts: `problemsOf` refuses it when it is saved.
  if (warning === undefined) {
    return {
      kind: 'later',
      debt,
      stage: reached,
      because: 'warned-too-late',
      on: addDays(now.on, 1),
    }
  }
  const doneBefore = new Set(state.done.map((done) => done.stage))
  return {
    kind: 'act',
    debt,
    stage,
    action: warning.action,
    attempt: 1,
    skipped: policy.stages.flatMap((_, index) =>
      index < stage && !doneBefore.has(index) ? [index] : [],
    ),
  }
}

const mayBeCutOn = (times: SuspendTimes, on: CalendarDate): boolean =>
  times.weekdays.includes(weekday(on)) && !times.closedOn.includes(on)

/** Null: now. Else the day on which it may be done next (from `fromMinute` on). */
export const nextSuspendDay = (times: SuspendTimes, now: LocalMoment): CalendarDate | null => {
  const isOpenToday = mayBeCutOn(times, now.on) && now.minute < times.toMinute
  if (isOpenToday && now.minute >= times.fromMinute) return null
  if (isOpenToday) return now.on
  let on = addDays(now.on, 1)
  // A year without a day on which lines may be cut is a policy that cuts none.
  for (let days = 0; days < 366; days++) {
    if (mayBeCutOn(times, on)) return on
    on = addDays(on, 1)
  }
  return laterDate(on, now.on)
}

/** Why a policy cannot be kept. */
export type PolicyProblem =
  | { readonly code: 'no-stages' }
  | { readonly code: 'offsets-not-ascending'; readonly stage: number }
  | { readonly code: 'bad-number'; readonly stage: number }
  | { readonly code: 'no-warning-before-suspend'; readonly stage: number }
  | { readonly code: 'no-suspend-times' }

export const problemsOf = (policy: DunningPolicy): readonly PolicyProblem[] => {
  const { stages, suspendTimes: times } = policy
  const problems: PolicyProblem[] = []
  if (stages.length === 0) problems.push({ code: 'no-stages' })
  for (const [index, stage] of stages.entries()) {
    const before = stages[index - 1]
    if (before !== undefined && before.offsetDays >= stage.offsetDays) {
      problems.push({ code: 'offsets-not-ascending', stage: index })
    }
    const numbers = [stage.offsetDays, stage.gapDays, ...Object.values(stage.minimum)]
    const areWhole = numbers.every((one) => Number.isSafeInteger(one) && one >= 0)
    if (!areWhole || !Number.isSafeInteger(stage.attempts) || stage.attempts < 1) {
      problems.push({ code: 'bad-number', stage: index })
    }
    const wantsWarning = stage.action === 'suspend' && policy.warnedDays !== null
    if (wantsWarning && !stages.slice(0, index).some(isWarning)) {
      problems.push({ code: 'no-warning-before-suspend', stage: index })
    }
  }
  const cuts = stages.some(({ action }) => action === 'suspend')
  const isOpen = times.weekdays.length > 0 && times.fromMinute < times.toMinute
  if (cuts && !isOpen) problems.push({ code: 'no-suspend-times' })
  return problems
}

/** Simple interest for whole days, of 365 to the year; the rate in millionths a year. */
export const interestOf = (minor: number, ratePpm: number, days: number): number =>
  days <= 0 ? 0 : scaleMinor(minor, BigInt(ratePpm) * BigInt(days), 365_000_000n)
