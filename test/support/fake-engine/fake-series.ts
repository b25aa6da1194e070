import type { Input, Output, QueryName } from '../../../src-shared/contract/index.ts'

/** The history of the generated plant. */
type HistoryQuery = Extract<QueryName, `history.${string}`>
export type FakeSeries = {
  readonly [Name in HistoryQuery]: (input: Input<Name>) => Output<Name>
}

export const createFakeSeries = (now: () => number): FakeSeries => ({
  'history.series': ({ metrics }) => ({
    series: metrics.map((metric) => ({
      metric,
      resolution: 'readings',
      at: new Float64Array(0),
      min: new Float64Array(0),
      avg: new Float64Array(0),
      max: new Float64Array(0),
      resets: new Float64Array(0),
    })),
  }),
  'history.states': () => ({ at: new Float64Array(0), states: new Uint8Array(0) }),
  'history.events': () => ({ events: [] }),
  'history.samples': () => ({ series: [] }),
  'history.status': () => ({
    problem: null,
    bytes: 0,
    files: 0,
    series: 0,
    oldestAt: now(),
    cycles: 0,
    waiting: 0,
    refusedCycles: 0,
    retention: { readingsDays: 400, hoursDays: 3660 },
    freeBytes: null,
  }),
})
