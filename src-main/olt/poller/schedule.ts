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

/** Seconds; Infinity: only when somebody asks for it. */
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
/** When it is our own network that is gone: it comes back without a word, with a cable or a VPN. */
export const longestLocalBackOffMs = 60_000
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

/** Everything that the plan holds is due now, in order: a dashboard is complete early. */
export const startSchedule = (now: number, plan: PollPlan): Schedule => ({
  due: onlyPlanned(allDue(now), plan),
  failures: noFailures,
  missed: 0,
  strikes: 0,
  blockedUntil: -Infinity,
})

const onlyPlanned = (due: Schedule['due'], plan: PollPlan): Schedule['due'] =>
  plan.opticsS === Infinity ? { ...due, optics: Infinity } : due

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
export const afterNoAnswer = (
  schedule: Schedule,
  turn: Turn,
  random: Random,
  longestMs: number = longestBackOffMs,
): Schedule => {
  const strikes = schedule.strikes + 1
  return {
    due: { ...schedule.due, recognise: Math.min(schedule.due.recognise, turn.endedAt) },
    failures: schedule.failures,
    missed: schedule.missed + 1,
    strikes,
    blockedUntil: turn.endedAt + Math.min(longestMs, backOffMs(strikes, random)),
  }
}

/**
 * It answered, but this group could not be read: only the group rests. `partial`: some of it was
 * read, so the rest is not waited for longer than ever.
 */
export const afterGroupFailure = (
  schedule: Schedule,
  turn: Turn,
  plan: PollPlan,
  random: Random,
  partial = false,
): Schedule => {
  const failures = schedule.failures[turn.group] + 1
  const interval = intervalMs(turn.group, plan)
  const waitMs = partial
    ? Math.min(interval, backOffMs(failures, random))
    : backOffMs(failures, random)
  // What nobody plans was asked for once, by somebody who has seen that it failed.
  const isOnce = interval === Infinity && turn.group !== 'recognise'
  return {
    due: { ...schedule.due, [turn.group]: isOnce ? Infinity : turn.endedAt + waitMs },
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
export const afterRestart = (schedule: Schedule, now: number, plan: PollPlan): Schedule => ({
  ...startSchedule(now, plan),
  missed: schedule.missed,
})

/**
 * Our machine slept or changed its network: the back-off of before says nothing any more, sessions
 * are gone, and the status is what people wait for. The rest stays due when it was.
 */
export const afterWake = (schedule: Schedule, now: number): Schedule => ({
  ...schedule,
  due: {
    ...schedule.due,
    recognise: now,
    status: schedule.due.status === Infinity ? Infinity : Math.min(schedule.due.status, now),
  },
  strikes: 0,
  blockedUntil: -Infinity,
})

/** A group is read at `at`, if it is not due before. */
export const dueBy = (schedule: Schedule, group: PollGroup, at: number): Schedule =>
  schedule.due[group] <= at || schedule.due[group] === Infinity
    ? schedule
    : { ...schedule, due: { ...schedule.due, [group]: at } }

/** It is known again: what was switched off by `afterUnrecognised` is due. */
export const afterRecognised = (schedule: Schedule, turn: Turn, plan: PollPlan): Schedule => {
  const start = onlyPlanned(allDue(turn.endedAt), plan)
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
    const intervalBefore = intervalMs(group, before)
    if (interval === intervalBefore) continue
    if (interval === Infinity) due[group] = Infinity
    // Of an unrecognised OLT nothing is due, planned or not.
    else if (due[group] !== Infinity)
      due[group] = Math.min(Math.max(due[group], now), now + interval)
    else if (intervalBefore === Infinity && due.identity !== Infinity) due[group] = now
  }
  return { ...schedule, due }
}
