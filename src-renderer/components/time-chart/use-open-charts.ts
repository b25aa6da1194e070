import { useCallback, useMemo } from 'react'
import type { HistoryMetric } from '../../../src-shared/contract/history.ts'
import { changeTablePreferences, useTablePreferences } from '../../state/preferences.ts'

/** Which charts are open: kept with the person's tables, as the columns of a table of this name. */
export const useOpenCharts = (
  name: string,
  metrics: readonly HistoryMetric[],
  atFirst: readonly HistoryMetric[],
) => {
  const kept = useTablePreferences(name)
  const wanted = kept?.columns ?? atFirst
  const key = metrics.filter((metric) => wanted.includes(metric)).join(' ')
  const open = useMemo(
    () => (key === '' ? [] : (key.split(' ') as readonly HistoryMetric[])),
    [key],
  )
  const toggle = useCallback(
    (metric: HistoryMetric): void => {
      const columns = open.includes(metric)
        ? open.filter((each) => each !== metric)
        : [...open, metric]
      changeTablePreferences(name, { columns: [...columns], widths: {}, sort: null })
    },
    [name, open],
  )
  return { open, toggle }
}
