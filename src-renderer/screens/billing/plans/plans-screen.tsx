import { Button } from '@mantine/core'
import { IconDownload, IconPlus, IconReceipt2 } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { navigate } from '../../../app/location.ts'
import { useOfferedActions } from '../../../app/page-actions.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { FilterBox } from '../../../components/filter-box.tsx'
import { useMay } from '../use-may.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { fitsPlan, sortPlans, stateOf, type PlanLine } from './plan-model.ts'
import { PlanTable, usePlanSort } from './plan-table.tsx'
import { typedMicros } from './unit-price.ts'
import '../billing.css'

/** What is sold. */
export const PlansScreen = () => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const { value, failure, refresh } = useQuery(
    'billing.plans',
    {},
    { on: ['billing.changed', 'provisioning.changed'], everyMs: 500 },
  )
  const manages = useMay('billing.plan.manage')
  const [text, setText] = useState('')
  const [adding, setAdding] = useState(false)
  const [sort] = usePlanSort()
  const box = useRef<HTMLInputElement>(null)
  const plans = useMemo(() => value?.plans ?? [], [value])
  const shown = useMemo(
    () =>
      sortPlans(
        plans.filter((plan) => fitsPlan(plan, text)),
        sort,
      ),
    [plans, text, sort],
  )

  const exportShown = (): void =>
    exportCsv(
      'plans.csv',
      [
        ...(['code', 'name', 'kind', 'price'] as const).map((column) =>
          t(`plans.column.${column}`),
        ),
        t('plan.currency'),
        ...(['interval', 'speed', 'live', 'state'] as const).map((column) =>
          t(`plans.column.${column}`),
        ),
      ],
      shown.map((plan) => [
        plan.code,
        plan.name,
        plan.kind,
        priceCell(plan),
        plan.currency,
        plan.current?.interval,
        plan.current?.speed?.name,
        plan.live,
        stateOf(plan),
      ]),
      false,
    )
  useShortcut('exportList', exportShown, shown.length > 0)
  useShortcut('refresh', refresh)
  useShortcut('focusFilter', () => box.current?.focus(), plans.length > 0)
  useOfferedActions(
    manages
      ? [{ id: 'plan-add', label: t('plans.add'), icon: IconPlus, run: () => setAdding(true) }]
      : [],
  )
  const add = manages && (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('plans.add')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('plans.title')}</h1>
        {plans.length > 0 && (
          <>
            <FilterBox input={box} text={text} onText={setText} label={t('plans.filter')} />
            <Button
              variant="default"
              title={t('plans.export')}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {common('button.export')}
            </Button>
            {add}
          </>
        )}
      </header>
      <BillingTabs />
      <p className="nc-soft">{t('plans.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : plans.length === 0 ? (
        <EmptyState
          icon={IconReceipt2}
          title={t('plans.empty')}
          text={t('plans.emptyText')}
          action={add}
        />
      ) : shown.length === 0 ? (
        <EmptyState
          title={t('plans.noMatch', { text })}
          text={t('plans.noMatchText')}
          action={
            <Button variant="default" onClick={() => setText('')}>
              {t('plans.clear')}
            </Button>
          }
        />
      ) : (
        <PlanTable plans={shown} onOpen={(id) => navigate(paths.plan(id))} />
      )}
      {adding && (
        <PlanDialog
          plan={null}
          fixed={false}
          onClose={() => setAdding(false)}
          onSaved={(planId) => navigate(paths.plan(planId))}
        />
      )}
    </div>
  )
}

const priceCell = ({ current }: PlanLine): string | null =>
  current === null
    ? null
    : current.price === null
      ? typedMicros(current.unitPrice)
      : formatMinor(current.price, current.currency as CurrencyCode)
