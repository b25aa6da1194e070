import type { Severity } from './severity.ts'

/**
 * Every type of alarm, with the rule it has until the owner changes it. A rule is data: whether it
 * raises at all, how severe it is, how long the condition must last (`raiseAfterS`) and be gone
 * (`clearAfterS`), its limits, and whom it concerns.
 */
export const alarmTypes = [
  'olt-unreachable',
  'olt-restarted',
  'olt-over-temperature',
  'olt-board-fault',
  'olt-fan-fault',
  'olt-cpu-high',
  'pon-down',
  'pon-partially-down',
  'onu-offline-power',
  'onu-offline-optical',
  'onu-offline-other',
  'onu-flapping',
  'onu-serial-changed',
  'onu-serial-duplicate',
  'onu-rogue-suspected',
  'rx-low',
  'rx-high',
  'rx-degrading',
  'distance-jump',
  'traffic-absent',
  'reading-invalid',
  'poll-budget-exceeded',
  'data-stale',
  'history-not-kept',
  'backup-overdue',
  'olt-config-backup-overdue',
  'olt-config-changed-outside',
] as const

export type AlarmType = (typeof alarmTypes)[number]

export interface RuleLimit {
  readonly unit:
    | 'dB'
    | 'dBm'
    | 'C'
    | 'percent'
    | 'count'
    | 'minutes'
    | 'hours'
    | 'days'
    | 'm'
    | 'kbps'
  readonly usual: number
  readonly min: number
  readonly max: number
}

export interface RuleKind {
  readonly level: 'console' | 'olt' | 'board' | 'pon' | 'onu'
  readonly severity: Severity
  readonly enabled: boolean
  readonly raiseAfterS: number
  readonly clearAfterS: number
  /** Client premises are quiet by default: it raises for ONUs marked important only (E2). */
  readonly importantOnly: boolean
  readonly limits: Readonly<Record<string, RuleLimit>>
}

const limit = (unit: RuleLimit['unit'], usual: number, min: number, max: number): RuleLimit => ({
  unit,
  usual,
  min,
  max,
})

const kind = (
  level: RuleKind['level'],
  severity: Severity,
  more: Partial<RuleKind> = {},
): RuleKind => ({
  level,
  severity,
  enabled: true,
  raiseAfterS: 0,
  clearAfterS: 0,
  importantOnly: false,
  limits: {},
  ...more,
})

export const ruleKinds: Readonly<Record<AlarmType, RuleKind>> = {
  'olt-unreachable': kind('olt', 'critical', { raiseAfterS: 30, clearAfterS: 30 }),
  'olt-restarted': kind('olt', 'major', { clearAfterS: 900 }),
  'olt-over-temperature': kind('board', 'major', {
    raiseAfterS: 60,
    clearAfterS: 300,
    limits: { temperatureC: limit('C', 70, 30, 120), hysteresisC: limit('C', 5, 0, 30) },
  }),
  'olt-board-fault': kind('board', 'critical', { raiseAfterS: 60, clearAfterS: 60 }),
  'olt-fan-fault': kind('board', 'major', { raiseAfterS: 60, clearAfterS: 60 }),
  'olt-cpu-high': kind('board', 'minor', {
    raiseAfterS: 600,
    clearAfterS: 600,
    limits: {
      cpuPercent: limit('percent', 85, 10, 100),
      hysteresisPercent: limit('percent', 10, 0, 50),
    },
  }),
  'pon-down': kind('pon', 'critical', {
    raiseAfterS: 0,
    clearAfterS: 30,
    limits: { leastOnus: limit('count', 2, 1, 64) },
  }),
  // facts/noc.md E3: at least max(3, 15 %) of a PON, without those that gasped.
  'pon-partially-down': kind('pon', 'major', {
    raiseAfterS: 0,
    clearAfterS: 60,
    limits: { leastOnus: limit('count', 3, 2, 64), leastPercent: limit('percent', 15, 1, 100) },
  }),
  'onu-offline-power': kind('onu', 'warning', {
    importantOnly: true,
    raiseAfterS: 120,
    clearAfterS: 60,
  }),
  'onu-offline-optical': kind('onu', 'minor', {
    importantOnly: true,
    raiseAfterS: 60,
    clearAfterS: 60,
  }),
  'onu-offline-other': kind('onu', 'warning', {
    importantOnly: true,
    raiseAfterS: 120,
    clearAfterS: 60,
  }),
  // Four changes in sixty minutes; steady for twice that time to leave (E2).
  'onu-flapping': kind('onu', 'warning', {
    limits: { changes: limit('count', 4, 2, 50), windowMinutes: limit('minutes', 60, 5, 1440) },
  }),
  'onu-serial-changed': kind('onu', 'warning'),
  'onu-serial-duplicate': kind('onu', 'minor'),
  'onu-rogue-suspected': kind('pon', 'major', { raiseAfterS: 60, clearAfterS: 600 }),
  // Below the least level of the optic class by so many dB; 0: the limit itself (E4).
  'rx-low': kind('onu', 'minor', {
    raiseAfterS: 300,
    clearAfterS: 300,
    importantOnly: true,
    limits: { belowLimitDb: limit('dB', 0, -10, 10), hysteresisDb: limit('dB', 0.5, 0, 5) },
  }),
  'rx-high': kind('onu', 'warning', {
    raiseAfterS: 300,
    clearAfterS: 300,
    limits: { aboveLimitDb: limit('dB', 0, -10, 10), hysteresisDb: limit('dB', 0.5, 0, 5) },
  }),
  'rx-degrading': kind('onu', 'warning', {
    clearAfterS: 3600,
    limits: {
      dropDb: limit('dB', 3, 0.5, 20),
      siblingsDropDb: limit('dB', 1.5, 0.5, 20),
      readings: limit('count', 2, 1, 20),
      hysteresisDb: limit('dB', 1, 0, 5),
    },
  }),
  'distance-jump': kind('onu', 'warning', {
    clearAfterS: 86_400,
    limits: { jumpM: limit('m', 100, 20, 20_000) },
  }),
  'traffic-absent': kind('onu', 'warning', {
    raiseAfterS: 3600,
    clearAfterS: 0,
    importantOnly: true,
    limits: { belowKbps: limit('kbps', 0.1, 0, 1000) },
  }),
  'reading-invalid': kind('onu', 'indeterminate', { raiseAfterS: 0, clearAfterS: 0 }),
  'poll-budget-exceeded': kind('olt', 'warning', { raiseAfterS: 900, clearAfterS: 900 }),
  'data-stale': kind('olt', 'minor', { limits: { intervals: limit('count', 3, 2, 20) } }),
  'history-not-kept': kind('console', 'minor', { raiseAfterS: 120 }),
  'backup-overdue': kind('console', 'warning', { limits: { days: limit('days', 7, 1, 90) } }),
  // When it is due says its own schedule (olt-backups), and how much later it is overdue.
  'olt-config-backup-overdue': kind('olt', 'warning'),
  'olt-config-changed-outside': kind('olt', 'minor'),
}
