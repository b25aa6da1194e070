import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import type { Input, Output, QueryName } from '../../../src-shared/contract/index.ts'
import { packOnuAddress, ponOf } from '../../../src-shared/domain/onu-address.ts'
import type { FakePlant } from './fake-plant.ts'
import { createFakePast, dayMs, hourMs, minuteMs, type FakePast } from './fake-past.ts'

/**
 * The history of the generated plant: three years of it, computed where it is asked for, the same
 * for the same plant. With nights the console was closed, power cuts, a splitter that got worse,
 * restarts of OLTs and counters that begin anew.
 */
type HistoryQuery = Exclude<Extract<QueryName, `history.${string}`>, 'history.status'>
export type FakeSeries = {
  readonly [Name in HistoryQuery]: (input: Input<Name>) => Output<Name>
}

const keptMs = 3 * 365 * dayMs
const readingsMs = 8 * dayMs

/** How often it is read, ms. */
const intervals: Readonly<Record<HistoryMetric, number>> = {
  state: minuteMs,
  onuRxDbm: hourMs,
  oltRxDbm: hourMs,
  onuTxDbm: hourMs,
  temperatureC: hourMs,
  voltageV: hourMs,
  biasMa: hourMs,
  upBytes: 5 * minuteMs,
  downBytes: 5 * minuteMs,
  ponOnlineOnus: minuteMs,
  ponAverageRxDbm: hourMs,
  ponTxDbm: 10 * minuteMs,
  oltAnswerMs: minuteMs,
  oltUptimeS: minuteMs,
  oltCpuPercent: 10 * minuteMs,
  oltTemperatureC: 10 * minuteMs,
  oltOnlineOnus: minuteMs,
}

interface Range {
  readonly from: number
  readonly to: number
}

export const createFakeSeries = (plant: FakePlant, now: () => number): FakeSeries => {
  const oldest = plant.startedAt - keptMs
  const pasts = new Map<string, FakePast>()
  const pastOf = (series: HistorySeries): FakePast | null => {
    const olt = plant.olts.findIndex(({ id }) => id === series.oltId)
    if (olt < 0) return null
    const packed =
      series.kind === 'onu'
        ? packOnuAddress(series.address)
        : series.kind === 'pon'
          ? ponOf(packOnuAddress({ ...series.pon, onuId: 0 }))
          : -1
    const key = `${series.kind} ${olt} ${packed}`
    const known = pasts.get(key)
    if (known !== undefined) return known
    const { firstRow, rows } = plant.olts[olt]!
    const row =
      series.kind === 'onu'
        ? plant.address.subarray(firstRow, firstRow + rows).indexOf(packed) + firstRow
        : firstRow
    if (row < firstRow) return null
    const made = createFakePast(plant, { kind: series.kind, olt, row, packed }, oldest)
    pasts.set(key, made)
    return made
  }

  const clip = ({ from, to }: Range): Range => ({
    from: Math.max(from, oldest),
    to: Math.min(to, now()),
  })

  const line = (past: FakePast, metric: HistoryMetric, range: Range, maxPoints: number) => {
    const fine = range.to - range.from <= readingsMs
    const { from, to } = clip(range)
    const base = fine ? intervals[metric] : hourMs
    const thin = (range.to - range.from) / base > maxPoints
    const step = thin ? Math.max(base, (range.to - range.from) / maxPoints) : base
    const at: number[] = []
    const values: { min: number; avg: number; max: number }[] = []
    const nothing = { min: Number.NaN, avg: Number.NaN, max: Number.NaN }
    let gap = true
    for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
      const value = bucket(past, metric, time, step, intervals[metric])
      if (Number.isNaN(value.avg)) {
        if (!gap) {
          at.push(time)
          values.push(nothing)
        }
        gap = true
        continue
      }
      gap = false
      at.push(time)
      values.push(value)
    }
    const counter = metric === 'upBytes' || metric === 'downBytes'
    const resets = fine && counter ? past.resets(from, to) : []
    return {
      metric,
      resolution: fine ? ('readings' as const) : ('hours' as const),
      at: Float64Array.from(at),
      min: Float64Array.from(values, ({ min }) => min),
      avg: Float64Array.from(values, ({ avg }) => avg),
      max: Float64Array.from(values, ({ max }) => max),
      resets: Float64Array.from(resets),
    }
  }

  return {
    'history.series': ({ series, from, to, metrics, maxPoints }) => {
      const past = pastOf(series)
      return {
        series: metrics.map((metric) =>
          past === null ? { ...empty, metric } : line(past, metric, { from, to }, maxPoints),
        ),
      }
    },
    'history.states': ({ series, from, to }) => {
      const past = pastOf(series)
      const range = clip({ from, to })
      if (past === null || series.kind !== 'onu' || range.from > range.to) {
        return { at: new Float64Array(0), states: new Uint8Array(0) }
      }
      const runs = [
        { at: range.from, state: past.stateAt(range.from) },
        ...past
          .events(range.from, range.to)
          .flatMap((event) =>
            event.kind === 'onu-state' ? [{ at: event.at, state: event.code }] : [],
          ),
      ]
      return {
        at: Float64Array.from(runs, ({ at }) => at),
        states: Uint8Array.from(runs, ({ state }) => state),
      }
    },
    'history.events': ({ series, from, to }) => {
      const range = clip({ from, to })
      return { events: pastOf(series)?.events(range.from, range.to) ?? [] }
    },
    'history.samples': ({ series, from, to, metrics }) => {
      const past = pastOf(series)
      const range = clip({ from, to })
      return {
        series: metrics.map((metric) => {
          const step = intervals[metric]
          const at: number[] = []
          const first = Math.ceil(range.from / step) * step
          for (let time = first; time <= range.to; time += step) {
            if (past?.read(time) === true) at.push(time)
          }
          return {
            metric,
            at: Float64Array.from(at),
            values: Float64Array.from(at, (time) => past?.sample(metric, time) ?? Number.NaN),
          }
        }),
      }
    },
  }
}

const none = new Float64Array(0)
const empty = {
  resolution: 'readings' as const,
  at: none,
  min: none,
  avg: none,
  max: none,
  resets: none,
}

/** A few of the readings of this step stand for all of them. */
const bucket = (
  past: FakePast,
  metric: HistoryMetric,
  at: number,
  step: number,
  interval: number,
) => {
  const count = Math.min(5, Math.max(1, Math.round(step / interval)))
  let [min, max, sum, known] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  for (let index = 0; index < count; index++) {
    const time = Math.round((at + (index * step) / count) / interval) * interval
    const value = past.value(metric, time)
    if (Number.isNaN(value)) continue
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
    known += 1
  }
  return known === 0
    ? { min: Number.NaN, avg: Number.NaN, max: Number.NaN }
    : { min, avg: sum / known, max }
}
