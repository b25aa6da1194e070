import type {
  AlarmResource,
  AlarmRow,
  suppressionReasons,
} from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { compareSeverity, type Severity } from '../../../src-shared/domain/severity.ts'
import type { ErrorParams } from '../../../src-shared/errors.ts'

/**
 * One row of the book, as a value. Two axes that never touch each other (RFC 8632 section 3): what the
 * network says (raised, cleared, severity …), and what people said (acknowledged, shelved, …).
 */
export interface Alarm {
  readonly id: string
  readonly version: number
  readonly identity: string
  readonly resource: AlarmResource
  readonly type: AlarmType
  readonly qualifier: string

  readonly severity: Severity
  readonly trend: AlarmRow['trend']
  readonly params: ErrorParams
  readonly raisedAt: number
  readonly changedAt: number
  readonly clearedAt: number | null
  readonly count: number
  readonly affectedOnus: number
  readonly important: boolean
  readonly suppressed: Suppressed | null
  /** Times of the last raises and clears, for flap detection; not kept over a restart. */
  readonly changes: readonly number[]

  readonly acknowledged: AlarmRow['acknowledged']
  readonly shelved: AlarmRow['shelved']
  readonly assignee: Person | null
  readonly ticket: string | null
  readonly notes: number
  /** What was noted, lower-cased, for the search. */
  readonly noteWords: string

  /** Since when somebody is asked to come; 0: nobody was told of it yet. */
  readonly alertAt: number
  readonly escalation: number
  readonly outageId: string | null
  /** When it went to the history; null: it stands in the book. */
  readonly closedAt: number | null

  /** As they were known last: the history keeps them. */
  readonly oltName: string | null
  readonly serial: string | null
  readonly name: string | null
}

export interface Person {
  readonly accountId: string | null
  readonly name: string
}

interface Suppressed {
  readonly reason: (typeof suppressionReasons)[number]
  readonly by: string
  readonly since: number
}

/** The network says: it is so now. */
export const isRaised = (alarm: Alarm): boolean => alarm.clearedAt === null

/** In the open list: neither a person nor logic keeps it quiet. */
export const isHeard = (alarm: Alarm): boolean =>
  alarm.shelved === null && alarm.suppressed === null

/**
 * It goes to the history once the network has cleared it and a person has acknowledged it; one that
 * nobody was ever told of asks for no word. A shelf, and flapping, keep it in the book.
 */
export const mayClose = (alarm: Alarm): boolean =>
  alarm.clearedAt !== null &&
  alarm.shelved === null &&
  alarm.suppressed?.reason !== 'flapping' &&
  (alarm.acknowledged !== null || alarm.alertAt === 0)

/** Four changes in sixty minutes; steady for twice that time to leave (facts/noc.md E2). */
export const flapping = { changes: 4, windowMs: 3_600_000, steadyMs: 7_200_000 } as const

const changedOnceMore = (alarm: Alarm, at: number): readonly number[] =>
  [...alarm.changes.filter((time) => time > at - flapping.windowMs), at].slice(-flapping.changes)

export const isFlapping = (alarm: Alarm): boolean => alarm.changes.length >= flapping.changes

export interface Told {
  readonly severity: Severity
  readonly params: ErrorParams
  readonly affectedOnus: number
  readonly important: boolean
}

/** Raised again within the same row. */
export const raisedAgain = (alarm: Alarm, told: Told, at: number): Alarm => ({
  ...withTold(alarm, told),
  clearedAt: null,
  changedAt: at,
  count: alarm.count + 1,
  changes: changedOnceMore(alarm, at),
})

export const cleared = (alarm: Alarm, at: number): Alarm => ({
  ...alarm,
  clearedAt: at,
  changedAt: at,
  changes: changedOnceMore(alarm, at),
})

const withTold = (alarm: Alarm, told: Told): Alarm => {
  const turn = compareSeverity(told.severity, alarm.severity)
  return {
    ...alarm,
    ...told,
    trend: turn < 0 ? 'more' : turn > 0 ? 'less' : alarm.trend,
  }
}

export interface Updated {
  readonly alarm: Alarm
  /** It is more severe than it was. */
  readonly worse: boolean
  /** Something that a person sees at once has changed, not only what was measured. */
  readonly matters: boolean
}

/** What is told of a raised alarm anew; the same value where nothing is news. */
export const updated = (alarm: Alarm, told: Told, at: number): Updated => {
  const turn = compareSeverity(told.severity, alarm.severity)
  const matters =
    turn !== 0 || told.affectedOnus !== alarm.affectedOnus || told.important !== alarm.important
  if (!matters && sameParams(told.params, alarm.params)) {
    return { alarm, worse: false, matters: false }
  }
  const next = withTold(alarm, told)
  const grew = told.affectedOnus > alarm.affectedOnus
  const dropsWord =
    alarm.acknowledged !== null && (turn < 0 || (alarm.acknowledged.untilWorse && grew))
  return {
    alarm: {
      ...next,
      ...(matters ? { changedAt: at } : {}),
      // "Somebody is on it" was said of something less bad (facts/noc.md E1).
      ...(dropsWord ? { acknowledged: null } : {}),
    },
    worse: turn < 0 || dropsWord,
    matters,
  }
}

export const sameParams = (one: ErrorParams, other: ErrorParams): boolean => {
  if (one === other) return true
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) return false
  return names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
}
