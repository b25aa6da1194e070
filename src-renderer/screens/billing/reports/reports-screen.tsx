import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { LoadingState } from '../../../components/loading-state.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { AgedReport } from './aged-report.tsx'
import { rangeOf, readReport, writeReport, type ShownReport } from './report-model.ts'
import { TaxReport } from './tax-report.tsx'
import '../billing.css'
import './reports.css'

/** Taxes and revenue of any days, and what was owed on any day: on the screen, on paper, as a file. */
export const ReportsScreen = () => {
  const { t } = useTranslation('billing-finance')
  const asked = readReport(useSearch())
  const today = useBillingSettings()?.today
  const show = (next: ShownReport): void =>
    navigate(paths.reports(writeReport(next)), { replace: true })
  return (
    <div className="nc-page nre-page">
      <header className="nc-page__head">
        <h1>{t('reports.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('reports.show')}
          value={asked.show}
          onChange={(next) => show({ ...asked, show: next === 'aged' ? 'aged' : 'tax' })}
          data={[
            { value: 'tax', label: t('reports.tax') },
            { value: 'aged', label: t('reports.aged') },
          ]}
        />
      </header>
      <BillingTabs />
      {today === undefined ? (
        <LoadingState rows={6} />
      ) : asked.show === 'tax' ? (
        <TaxReport
          days={
            asked.from === '' && asked.through === ''
              ? rangeOf('thisMonth', today)
              : { from: asked.from, through: asked.through }
          }
          today={today}
          onDays={(days) => show({ ...asked, ...days })}
        />
      ) : (
        <AgedReport
          on={asked.on === '' ? today : asked.on}
          today={today}
          onDay={(on) => show({ ...asked, on })}
        />
      )}
    </div>
  )
}
