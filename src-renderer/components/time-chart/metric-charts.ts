import type { HistoryMetric } from '../../../src-shared/contract/history.ts'
import type { ScaleRule } from './value-scale.ts'

/** How one metric is drawn. */
export interface MetricChart {
  /** Key of `history:unit`. */
  readonly unit:
    | 'dbm'
    | 'mbps'
    | 'celsius'
    | 'volt'
    | 'milliampere'
    | 'count'
    | 'ms'
    | 'days'
    | 'percent'
    | 'share'
  readonly digits: number
  /** From the unit of the history to the shown one. */
  readonly factor: number
  readonly rule: ScaleRule
}

const light: MetricChart = {
  unit: 'dbm',
  digits: 2,
  factor: 1,
  rule: { leastSpan: 2 },
}
const traffic: MetricChart = {
  unit: 'mbps',
  digits: 2,
  factor: 1 / 1000,
  rule: { leastSpan: 0.1, fromZero: true },
}
const warmth: MetricChart = { unit: 'celsius', digits: 1, factor: 1, rule: { leastSpan: 4 } }
const onus: MetricChart = {
  unit: 'count',
  digits: 0,
  factor: 1,
  rule: { leastSpan: 4, fromZero: true },
}
const power: MetricChart = { unit: 'dbm', digits: 2, factor: 1, rule: { leastSpan: 1 } }

export const metricCharts: Readonly<Record<HistoryMetric, MetricChart>> = {
  state: { unit: 'share', digits: 2, factor: 1, rule: { leastSpan: 1, fromZero: true } },
  onuRxDbm: light,
  oltRxDbm: light,
  onuTxDbm: power,
  temperatureC: warmth,
  voltageV: { unit: 'volt', digits: 3, factor: 1, rule: { leastSpan: 0.1 } },
  biasMa: { unit: 'milliampere', digits: 2, factor: 1, rule: { leastSpan: 1 } },
  upBytes: traffic,
  downBytes: traffic,
  ponOnlineOnus: onus,
  ponAverageRxDbm: light,
  ponTxDbm: power,
  oltAnswerMs: { unit: 'ms', digits: 1, factor: 1, rule: { leastSpan: 5, fromZero: true } },
  oltUptimeS: {
    unit: 'days',
    digits: 2,
    factor: 1 / 86_400,
    rule: { leastSpan: 0.05, fromZero: true },
  },
  oltCpuPercent: { unit: 'percent', digits: 0, factor: 1, rule: { leastSpan: 10, fromZero: true } },
  oltTemperatureC: warmth,
  oltOnlineOnus: onus,
}
