import type { StateSeriesName } from './state-series.ts'

/** Colours of the areas, for the chart and for the legend beside it. */
export const stateTokens = {
  online: '--nc-chart-online',
  offlinePower: '--nc-chart-offline-power',
  offlineOptical: '--nc-chart-offline-optical',
  offlineOther: '--nc-chart-offline-other',
  unknown: '--nc-chart-unknown',
  disabled: '--nc-chart-disabled',
} as const satisfies Record<StateSeriesName, `--nc-${string}`>
