import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconChartBar, IconDownload, IconX } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paymentMethods } from '../../../../src-shared/contract/billing-payments.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { callQuery } from '../../../client/client.ts'
import { useTask } from '../../../client/use-task.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { LoadingState } from '../../../components/loading-state.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useBillingSettings } from '../../../state/billing.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { AgesPanel, DebtorsPanel } from './ages-panel.tsx'
import { Figures } from './figures.tsx'
import {
  financeLines,
  hasAnything,
  mainCurrency,
  moneyKeys,
  recurringKeys,
  type Finance,
} from './finance-model.ts'
import { MonthPanels, useMonthName } from './month-panels.tsx'
import '../billing.css'
import './finance.css'

const ranges = ['6', '12', '24'] as const

/** How the business stands. */
export const FinanceScreen = () => {
  const { t } = useTranslation('billing-finance')
  const { t: common } = useTranslation()
  const format = useFormat()
  const own = useBillingSettings()?.currency
  const seesFindings = usePermissions().includes('billing.reconciliation.read')
  const monthName = useMonthName()
  const [asOf, setAsOf] = useState('')
  const [months, setMonths] = useState('12')
  const [chosen, setChosen] = useState<string | null>(null)
  const [finance, setFinance] = useState<Finance | null>(null)
  const { state, start, cancel } = useTask<Finance>()
  const read = useCallback(
    (): void =>
      start((taskId) =>
        callQuery('billing.finance', {
          asOfOn: asOf === '' ? null : asOf,
          months: Number(months),
          taskId,
        }),
      ),
    [start, asOf, months],
  )
  // Asked again when the day or the range is another one.
  useEffect(read, [read])
  useEffect(() => {
    if (state.kind === 'done') setFinance(state.result)
  }, [state])
  useShortcut('refresh', read)
  const exportShown = (): void => {
    if (finance === null) return
    exportCsv(
      `finance-${finance.asOfOn}.csv`,
      [
        t('month'),
        t('currency'),
        t('series.documents'),
        ...moneyKeys.map((key) =>
          key === 'creditedNet' || key === 'creditedTax'
            ? `${t('series.credited')} ${t(key === 'creditedNet' ? 'series.net' : 'series.tax')}`
            : t(`series.${key}`),
        ),
        ...paymentMethods.map((method) => t(`method.${method}`)),
        ...recurringKeys.map((key) => t(`series.${key}`)),
        ...(['active', 'suspended', 'paused', 'begun', 'ended'] as const).map((key) =>
          t(`series.${key}`),
        ),
      ],
      financeLines(finance),
      false,
    )
  }
  useShortcut('exportList', exportShown, finance !== null)
  const currency = chosen ?? mainCurrency(finance?.currencies ?? [], own)
  const of = finance?.currencies.find((one) => one.currency === currency)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {(finance?.currencies.length ?? 0) > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('currency')}
            value={currency ?? ''}
            onChange={setChosen}
            data={finance?.currencies.map((one) => one.currency) ?? []}
          />
        )}
        <Select
          aria-label={t('months')}
          w={120}
          allowDeselect={false}
          value={months}
          onChange={(next) => setMonths(next ?? '12')}
          data={ranges.map((count) => ({
            value: count,
            label: t('monthsOf', { count: Number(count) }),
          }))}
        />
        <TextInput
          type="date"
          aria-label={t('asOf')}
          title={t('asOf')}
          value={asOf === '' ? (finance?.asOfOn ?? '') : asOf}
          max={finance?.today}
          onChange={(event) => setAsOf(event.currentTarget.value)}
        />
        <Button
          variant="default"
          title={t('export')}
          disabled={finance === null}
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={exportShown}
        >
          {common('button.export')}
        </Button>
      </header>
      <BillingTabs />
      <p className="nc-soft nfi-line" role="status">
        {state.kind === 'running' && state.step !== undefined
          ? t(`reading.${stepOf(state.step)}`, { count: state.done })
          : t('intro')}
        {state.kind === 'running' && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconX size={13} aria-hidden="true" />}
            onClick={cancel}
          >
            {common('button.cancel')}
          </Button>
        )}
      </p>
      {state.kind === 'failed' && (
        <FailureState brief={finance !== null} failure={state.failure} onRetry={read} />
      )}
      {finance === null ? (
        state.kind === 'running' && <LoadingState rows={10} />
      ) : !hasAnything(finance) || of === undefined ? (
        <EmptyState icon={IconChartBar} title={t('empty')} text={t('emptyText')} />
      ) : (
        <>
          <Figures finance={finance} of={of} monthName={monthName} seesFindings={seesFindings} />
          <div className="nfi-grid" data-locale={format.locale}>
            <MonthPanels finance={finance} of={of} />
            <AgesPanel of={of} asOfOn={finance.asOfOn} />
            <DebtorsPanel of={of} asOfOn={finance.asOfOn} />
          </div>
        </>
      )}
    </div>
  )
}

const steps = ['ledger', 'receivables', 'subscriptions'] as const
const stepOf = (step: string): (typeof steps)[number] =>
  steps.find((known) => known === step) ?? 'ledger'
