import { z } from 'zod'
import { historyEventKinds } from '../domain/history-events.ts'
import { done, instant, nothing, onuAddress, problem, uuid } from './common.ts'
import { command, query } from './define.ts'
import { ofSeries } from './scope-rules.ts'

/** What was read over the years: series of ONUs, PON ports and OLTs, and what happened to them. */

const read = 'network.onu.read'
const readOlt = 'network.olt.read'
const manageOlt = 'network.olt.manage'

const float64 = z.instanceof(Float64Array)
const uint8 = z.instanceof(Uint8Array)

export const ponAddress = z.strictObject({ shelf: z.int(), slot: z.int(), port: z.int() })

export const historySeries = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('onu'), oltId: uuid, address: onuAddress }),
  z.strictObject({ kind: z.literal('pon'), oltId: uuid, pon: ponAddress }),
  z.strictObject({ kind: z.literal('olt'), oltId: uuid }),
])

export type HistorySeries = z.output<typeof historySeries>

/** By kind of series. Counters come as kbit/s, `state` as the share of readings that were online. */
export const historyMetrics = {
  onu: [
    'state',
    'onuRxDbm',
    'oltRxDbm',
    'onuTxDbm',
    'temperatureC',
    'voltageV',
    'biasMa',
    'upBytes',
    'downBytes',
  ],
  pon: ['ponOnlineOnus', 'ponAverageRxDbm', 'ponTxDbm'],
  olt: ['oltAnswerMs', 'oltUptimeS', 'oltCpuPercent', 'oltTemperatureC', 'oltOnlineOnus'],
} as const

export const historyMetric = z.enum([
  ...historyMetrics.onu,
  ...historyMetrics.pon,
  ...historyMetrics.olt,
])

export type HistoryMetric = z.output<typeof historyMetric>

/** Wall ms, both inclusive; from <= to. */
const range = { series: historySeries, from: z.number(), to: z.number() }

export const retention = z.strictObject({
  /** Every reading, days. */
  readingsDays: z.int().min(7).max(3660),
  /** Least, mean and greatest of each hour, days. */
  hoursDays: z.int().min(31).max(36_600),
})

export const historyQueries = {
  /**
   * For charts; columnar. Up to eight days each reading is a point (thinned to `maxPoints` with its
   * least and greatest kept), above it hours. NaN: a gap.
   */
  'history.series': query({
    access: read,
    scope: ofSeries,
    input: z.strictObject({
      ...range,
      metrics: z.array(historyMetric).min(1).max(10),
      maxPoints: z.int().min(10).max(8000).default(1000),
    }),
    output: z.object({
      series: z.array(
        z.object({
          metric: historyMetric,
          resolution: z.enum(['readings', 'hours']),
          at: float64,
          min: float64,
          avg: float64,
          max: float64,
          /** Wall ms at which a counter began anew. */
          resets: float64,
        }),
      ),
    }),
  }),
  /** Of an ONU: each state and since when it was read so; positions in `onuStates`. */
  'history.states': query({
    access: read,
    scope: ofSeries,
    input: z.strictObject(range),
    output: z.object({ at: float64, states: uint8 }),
  }),
  /** What happened to the series itself, the earliest first. */
  'history.events': query({
    access: read,
    scope: ofSeries,
    input: z.strictObject(range),
    output: z.object({
      events: z.array(
        z.object({
          at: z.number(),
          kind: z.enum(historyEventKinds),
          /** Meaning by kind (domain/history-events.ts). */
          code: z.int(),
          detail: z.int(),
        }),
      ),
    }),
  }),
  /** For exports: every sample that is kept, lossless, counters as they were read. */
  'history.samples': query({
    access: read,
    scope: ofSeries,
    input: z.strictObject({ ...range, metrics: z.array(historyMetric).min(1).max(10) }),
    output: z.object({
      series: z.array(z.object({ metric: historyMetric, at: float64, values: float64 })),
    }),
  }),
  'history.status': query({
    access: readOlt,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      /** Why nothing is kept at present; null: all is well. */
      problem: problem.extend({ at: instant }).nullable(),
      bytes: z.number(),
      files: z.int(),
      series: z.int(),
      /** Since when there is history: to the day or week of the first reading. */
      oldestAt: instant,
      /** What a day of readings takes; null: no day or week is full yet. */
      readingsBytesPerDay: z.number().nullable(),
      /** Poll cycles since the start: kept, waiting to be kept, lost. */
      cycles: z.int(),
      waiting: z.int(),
      refusedCycles: z.int(),
      retention,
      /** Bytes free on the disk that holds it; null: not known. */
      freeBytes: z.number().nullable(),
    }),
  }),
}

export const historyCommands = {
  /** How long readings are kept. What is older goes at the next turn of the hour. */
  'history.configure': command({ access: manageOlt, input: retention, output: done }),
}
