import { onuStates } from '../../src-shared/domain/onu-state.ts'

/** What a time series belongs to. The position is stored: never reorder. */
export const seriesKinds = ['onu', 'pon', 'olt'] as const
export type SeriesKind = (typeof seriesKinds)[number]

/**
 * Every metric of the history. `id` is stored: never change or reuse one. Values are kept as whole
 * numbers, `scale` of them to one unit.
 * - gauge: a reading.
 * - state: a position in `onuStates`; as a series it is the share of readings that were online.
 * - counter: kept as it was read, lossless; as a series it is a rate in kbit/s.
 */
interface Metric {
  readonly id: number
  readonly kind: SeriesKind
  readonly scale: number
  readonly form: 'gauge' | 'state' | 'counter'
}

export const metrics = {
  state: { id: 1, kind: 'onu', scale: 1, form: 'state' },
  onuRxDbm: { id: 2, kind: 'onu', scale: 100, form: 'gauge' },
  oltRxDbm: { id: 3, kind: 'onu', scale: 100, form: 'gauge' },
  onuTxDbm: { id: 4, kind: 'onu', scale: 100, form: 'gauge' },
  temperatureC: { id: 5, kind: 'onu', scale: 100, form: 'gauge' },
  voltageV: { id: 6, kind: 'onu', scale: 1000, form: 'gauge' },
  biasMa: { id: 7, kind: 'onu', scale: 100, form: 'gauge' },
  upBytes: { id: 8, kind: 'onu', scale: 1, form: 'counter' },
  downBytes: { id: 9, kind: 'onu', scale: 1, form: 'counter' },
  oltAnswerMs: { id: 20, kind: 'olt', scale: 10, form: 'gauge' },
  oltUptimeS: { id: 21, kind: 'olt', scale: 1, form: 'gauge' },
  oltCpuPercent: { id: 22, kind: 'olt', scale: 10, form: 'gauge' },
  oltTemperatureC: { id: 23, kind: 'olt', scale: 100, form: 'gauge' },
  oltOnlineOnus: { id: 24, kind: 'olt', scale: 1, form: 'gauge' },
  ponOnlineOnus: { id: 30, kind: 'pon', scale: 1, form: 'gauge' },
  ponAverageRxDbm: { id: 31, kind: 'pon', scale: 100, form: 'gauge' },
  ponTxDbm: { id: 32, kind: 'pon', scale: 100, form: 'gauge' },
} as const satisfies Readonly<Record<string, Metric>>

export type MetricName = keyof typeof metrics

/** Ids are below this, so that a lane and a metric fit into one key. */
export const metricIdLimit = 64

const byId = new Map<number, Metric>(Object.values(metrics).map((metric) => [metric.id, metric]))

/** A metric that this build does not know (of a file that a newer build wrote) is none. */
export const metricById = (id: number): Metric | undefined => byId.get(id)

const online = onuStates.indexOf('online')

/** 1 online, 0 any other known state, NaN not known. */
export const onlineShareOf = (state: number): number =>
  Number.isNaN(state) || state === 0 ? Number.NaN : state === online ? 1 : 0

/** What a sample of a counter says beside its value; written with it. */
export const marks = {
  none: 0,
  /** It began anew: nothing is known of the time since the sample before. */
  reset: 1,
  /** It passed 2^32 since the sample before. */
  wrap32: 2,
  /** It passed 2^64 since the sample before. */
  wrap64: 3,
} as const

export const isMark = (code: number): boolean => code >= marks.reset && code <= marks.wrap64

/** The most bytes a counter can have gained when it looks smaller than before. */
const halfOf32 = 2 ** 31
const most32 = 2 ** 32
const most64 = 2 ** 64

/**
 * What happened between two readings of a counter. `restarted`: the device that counts has
 * restarted in between. A 32-bit counter that fell has wrapped if it would have gained less than
 * half of its range by that, and began anew otherwise.
 */
export const markOf = (
  before: number,
  now: number,
  { bits, restarted }: { readonly bits: 32 | 64; readonly restarted: boolean },
): number => {
  if (Number.isNaN(before) || Number.isNaN(now)) return marks.none
  if (restarted) return marks.reset
  if (now >= before) return marks.none
  if (bits === 32 && before < most32 && now + most32 - before < halfOf32) return marks.wrap32
  if (bits === 64 && before >= most64 / 2 && now + (most64 - before) < most64 / 4) {
    return marks.wrap64
  }
  return marks.reset
}

/** What a counter gained between two samples, bytes; NaN: not known. */
export const gainOf = (before: number, now: number, mark: number): number => {
  if (mark === marks.reset) return Number.NaN
  if (mark === marks.wrap32) return now + most32 - before
  if (mark === marks.wrap64) return now + (most64 - before)
  return now >= before ? now - before : Number.NaN
}
