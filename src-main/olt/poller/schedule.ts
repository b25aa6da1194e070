/**
 * When to ask an OLT what: pure functions over a small record per OLT. Times are monotonic ms.
 * The group that has been due the longest goes first (earliest deadline): its due time stands
 * still while it waits and every other one's moves on, so no group starves.
 */
export const pollGroups = [
  'recognise',
  'identity',
  'status',
  'unconfigured',
  'optics',
  'counters',
  'chassis',
] as const

export type PollGroup = (typeof pollGroups)[number]

/** Seconds. */
export interface PollPlan {
  readonly statusS: number
  readonly countersS: number
  readonly opticsS: number
}

export interface Schedule {
  /** Infinity: not to be asked. */
  readonly due: Readonly<Record<PollGroup, number>>
  /** Failures in a row per group that say nothing about the way to the OLT. */
  readonly failures: Readonly<Record<PollGroup, number>>
  /** Attempts in a row that nobody answered. */
  readonly missed: number
  /** Unanswered attempts since something was read last: the back-off grows with them. */
  readonly strikes: number
  /** Nothing is asked before. */
  readonly blockedUntil: number
}

/** A value of [0, 1). */
export type Random = () => number

const firstRetryMs = 20_000
export const longestBackOffMs = 300_000
/** After so many unanswered attempts in a row the OLT counts as unreachable. */
export const missedUntilUnreachable = 2
const jitterShare = 0.05
const identityS = 900
const chassisS = 300
/** A walk that takes longer than its interval still leaves the OLT this much rest. */
const restMs = 1_000

export const intervalMs = (group: PollGroup, plan: PollPlan): number => {
  switch (group) {
    case 'status':
    case 'unconfigured':
      return plan.statusS * 1000
    case 'counters':
      return plan.countersS * 1000
    case 'optics':
      return plan.opticsS * 1000
    case 'identity':
      return identityS * 1000
    case 'chassis':
      return chassisS * 1000
    case 'recognise':
      return Infinity
  }
}

const noFailures: Schedule['failures'] = {
  recognise: 0,
  identity: 0,
  status: 0,
  unconfigured: 0,
  chassis: 0,
  optics: 0,
  counters: 0,
}

/** Everything is due now, in the order of `pollGroups`: a dashboard is complete early. */
export const startSchedule = (now: number): Schedule => ({
  due: allDue(now),
  failures: noFailures,
  missed: 0,
  strikes: 0,
  blockedUntil: -Infinity,
})

const allDue = (now: number): Schedule['due'] => ({
  recognise: now,
  identity: now + 1,
  status: now + 2,
  unconfigured: now + 3,
  optics: now + 4,
  counters: now + 5,
  chassis: now + 6,
})

/** The next group and when; null when nothing is ever due. */
export const nextTurn = (schedule: Schedule): { group: PollGroup; at: number } | null => {
  let best: PollGroup | null = null
  for (const group of pollGroups) {
    if (schedule.due[group] === Infinity) continue
    if (best === null || schedule.due[group] < schedule.due[best]) best = group
  }
  if (best === null) return null
  // Without knowing what it is, nothing else can be read.
  const group = schedule.due.recognise === Infinity ? best : 'recognise'
  return { group, at: Math.max(schedule.due[group], schedule.blockedUntil) }
}

export interface Turn {
  readonly group: PollGroup
  readonly startedAt: number
  readonly endedAt: number
}

const jitter = (random: Random): number => 1 + jitterShare * (2 * random() - 1)

export const afterSuccess = (
  schedule: Schedule,
  turn: Turn,
  plan: PollPlan,
  random: Random,
): Schedule => {
  const interval = intervalMs(turn.group, plan)
  const next =
    interval === Infinity
      ? Infinity
      : Math.max(turn.startedAt + interval * jitter(random), turn.endedAt + restMs)
  return {
    due: { ...schedule.due, [turn.group]: next },
    failures: { ...schedule.failures, [turn.group]: 0 },
    missed: 0,
    strikes: 0,
    blockedUntil: -Infinity,
  }
}

const backOffMs = (failures: number, random: Random): number =>
  Math.min(longestBackOffMs, firstRetryMs * 2 ** Math.min(failures - 1, 20)) * (1 - 0.25 * random())

/** Nobody answered: the whole OLT rests, and the next attempt is the cheap one. */
export const afterNoAnswer = (schedule: Schedule, turn: Turn, random: Random): Schedule => {
  const strikes = schedule.strikes + 1
  return {
    due: { ...schedule.due, recognise: Math.min(schedule.due.recognise, turn.endedAt) },
    failures: schedule.failures,
    missed: schedule.missed + 1,
    strikes,
    blockedUntil: turn.endedAt + backOffMs(strikes, random),
  }
}

/** It answered, but this group could not be read: only the group rests. */
export const afterGroupFailure = (schedule: Schedule, turn: Turn, random: Random): Schedule => {
  const failures = schedule.failures[turn.group] + 1
  return {
    due: { ...schedule.due, [turn.group]: turn.endedAt + backOffMs(failures, random) },
    failures: { ...schedule.failures, [turn.group]: failures },
    missed: 0,
    strikes: 0,
    blockedUntil: -Infinity,
  }
}

/** Of no known family: it is only asked again what it is, now and then. */
export const afterUnrecognised = (schedule: Schedule, turn: Turn, random: Random): Schedule => ({
  due: {
    recognise: turn.endedAt + chassisS * 1000 * jitter(random),
    identity: Infinity,
    status: Infinity,
    unconfigured: Infinity,
    chassis: Infinity,
    optics: Infinity,
    counters: Infinity,
  },
  failures: schedule.failures,
  missed: 0,
  strikes: 0,
  blockedUntil: -Infinity,
})

/** A person wants it now: before everything else, back-off or not. */
export const askNow = (schedule: Schedule, group: PollGroup, now: number): Schedule => {
  const atOnce = now - longestBackOffMs
  const due = { ...schedule.due, [group]: Math.min(schedule.due[group], atOnce) }
  if (due.recognise !== Infinity) due.recognise = atOnce
  return { ...schedule, due, blockedUntil: -Infinity }
}

/** It restarted (or came back, or is another device now): all is asked again, in order. */
export const afterRestart = (schedule: Schedule, now: number): Schedule => ({
  ...startSchedule(now),
  missed: schedule.missed,
})

/** It is known again: what was switched off by `afterUnrecognised` is due. */
export const afterRecognised = (schedule: Schedule, turn: Turn): Schedule => {
  const start = allDue(turn.endedAt)
  const due = { ...schedule.due, recognise: Infinity }
  for (const group of pollGroups) {
    if (group !== 'recognise' && due[group] === Infinity) due[group] = start[group]
  }
  // After silence the status is what people wait for.
  if (schedule.missed > 0) due.status = Math.min(due.status, turn.endedAt)
  return {
    due,
    failures: { ...schedule.failures, recognise: 0 },
    missed: 0,
    // An agent that answers this and no walk must not be asked ever faster.
    strikes: schedule.strikes,
    blockedUntil: -Infinity,
  }
}

/** New intervals count from now, and never later than they did. */
export const withPlan = (
  schedule: Schedule,
  before: PollPlan,
  after: PollPlan,
  now: number,
): Schedule => {
  const due = { ...schedule.due }
  for (const group of pollGroups) {
    const interval = intervalMs(group, after)
    if (due[group] === Infinity || interval === intervalMs(group, before)) continue
    due[group] = Math.min(Math.max(due[group], now), now + interval)
  }
  return { ...schedule, due }
}
