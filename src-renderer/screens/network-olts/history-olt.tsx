import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryMetric } from '../../../src-shared/contract/history.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { HistoryPanel, type HistorySubject } from '../../components/time-chart/history-panel.tsx'
import { useChartRange } from '../../components/time-chart/use-chart-range.ts'

const metrics: readonly HistoryMetric[] = [
  'oltOnlineOnus',
  'oltAnswerMs',
  'oltCpuPercent',
  'oltTemperatureC',
  'oltUptimeS',
]
const openAtFirst = metrics.slice(0, 2)

/** What was read of the OLT itself over the years, and when it was away or began anew. */
export const HistoryOlt = ({ olt }: { readonly olt: OltRow }): ReactNode => {
  const { t } = useTranslation('history')
  const state = useChartRange(true)
  const subject = useMemo<HistorySubject>(
    () => ({ name: olt.name, series: { kind: 'olt', oltId: olt.id } }),
    [olt.name, olt.id],
  )
  return (
    <section className="nc-panel" aria-label={t('title')}>
      <header className="nc-panel__head">
        <h2>{t('title')}</h2>
      </header>
      <div className="nc-panel__body">
        <HistoryPanel
          name="history-olt"
          state={state}
          subject={subject}
          metrics={metrics}
          openAtFirst={openAtFirst}
        />
      </div>
    </section>
  )
}
