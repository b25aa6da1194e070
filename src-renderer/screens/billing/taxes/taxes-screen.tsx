import { ActionIcon, Button } from '@mantine/core'
import { IconDownload, IconPencil, IconPercentage, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day, useDayText } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useReachesAll } from '../../../state/workspace.ts'
import { PapersPanel } from '../papers/papers-panel.tsx'
import { BillingTabs } from '../billing-tabs.tsx'
import { useMay } from '../use-may.ts'
import { RateDialog } from './rate-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { rateStand, type Rate } from './rate-model.ts'

/** Taxes by date, and in what currency and by whose calendar. */
export const TaxesScreen = () => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const on = { on: ['billing.changed'] as const, everyMs: 500 }
  const { value, failure, refresh } = useQuery('billing.taxRates', {}, on)
  const settings = useQuery('billing.settings', {}, on).value
  const manages = useMay('billing.plan.manage') && useReachesAll()
  const [edited, setEdited] = useState<Rate | 'new' | 'ppn' | null>(null)
  const rates = value?.rates ?? []
  const today = settings?.today ?? ''
  const exportShown = (): void =>
    exportCsv(
      'tax-rates.csv',
      [
        t('taxes.code'),
        t('taxes.name'),
        t('taxes.percent'),
        t('taxes.baseNum'),
        t('taxes.baseDen'),
        t('taxes.country'),
        t('taxes.from'),
        t('taxes.until'),
      ],
      rates.map((rate) => [
        rate.code,
        rate.name,
        rate.ratePpm / 10_000,
        rate.baseNum,
        rate.baseDen,
        rate.country,
        rate.validFromOn,
        rate.validToOn,
      ]),
      false,
    )
  useShortcut('exportList', exportShown, rates.length > 0)
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('taxes.title')}</h1>
        {rates.length > 0 && (
          <>
            <Button
              variant="default"
              title={t('taxes.export')}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {common('button.export')}
            </Button>
            {manages && (
              <Button
                leftSection={<IconPlus size={14} aria-hidden="true" />}
                onClick={() => setEdited('new')}
              >
                {t('taxes.add')}
              </Button>
            )}
          </>
        )}
      </header>
      <BillingTabs />
      <p className="nc-soft">{t('taxes.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} />
      ) : rates.length === 0 ? (
        <EmptyState
          icon={IconPercentage}
          title={t('taxes.empty')}
          text={t('taxes.emptyText')}
          action={
            manages && (
              <>
                <Button onClick={() => setEdited('ppn')}>{t('taxes.template')}</Button>
                <Button variant="default" onClick={() => setEdited('new')}>
                  {t('taxes.add')}
                </Button>
              </>
            )
          }
        />
      ) : (
        <RateTable rates={rates} today={today} manages={manages} onEdit={setEdited} />
      )}
      {settings !== undefined && <SettingsPanel settings={settings} manages={manages} />}
      {today !== '' && <PapersPanel today={today} />}
      {edited !== null && (
        <RateDialog
          rate={typeof edited === 'string' ? null : edited}
          like={edited === 'ppn' ? 'ppn' : null}
          today={today}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  )
}

interface RateTableProps {
  readonly rates: readonly Rate[]
  readonly today: string
  readonly manages: boolean
  readonly onEdit: (rate: Rate) => void
}

const RateTable = ({ rates, today, manages, onEdit }: RateTableProps) => {
  const { t } = useTranslation('billing')
  const format = useFormat()
  const day = useDayText()
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('taxes.title')}>
      <table className="nc-table" aria-label={t('taxes.title')}>
        <thead>
          <tr>
            <th scope="col">{t('taxes.code')}</th>
            <th scope="col">{t('taxes.name')}</th>
            <th scope="col" className="nc-num">
              {t('taxes.rate')}
            </th>
            <th scope="col" className="nc-num">
              {t('taxes.base')}
            </th>
            <th scope="col">{t('taxes.from')}</th>
            <th scope="col">{t('taxes.until')}</th>
            <th scope="col">{t('taxes.state')}</th>
            <th scope="col">
              <span className="nc-hidden">{t('plan.edit')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => {
            const stand = rateStand(rates, rate, today)
            return (
              <tr key={rate.id}>
                <td className="nc-mono">{rate.code}</td>
                <td>{rate.name}</td>
                <td className="nc-num">
                  {format.percent(rate.ratePpm / 1_000_000, rate.ratePpm % 10_000 === 0 ? 0 : 2)}
                </td>
                <td className="nc-num">
                  {rate.baseNum}/{rate.baseDen}
                </td>
                <td>
                  <Day on={rate.validFromOn} />
                </td>
                <td>
                  {rate.validToOn === null ? (
                    <span className="nc-soft">{t('taxes.open')}</span>
                  ) : (
                    <Day on={rate.validToOn} />
                  )}
                </td>
                <td>
                  <span className="nbl-chip" data-tone={stand === 'holds' ? 'live' : 'off'}>
                    {t(`taxes.${stand}`)}
                  </span>
                </td>
                <td className="nc-num">
                  {manages && (
                    <ActionIcon
                      aria-label={t('taxes.edit', {
                        code: rate.code,
                        day: day(rate.validFromOn),
                      })}
                      onClick={() => onEdit(rate)}
                    >
                      <IconPencil size={15} aria-hidden="true" />
                    </ActionIcon>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const SettingsPanel = ({
  settings,
  manages,
}: {
  readonly settings: Output<'billing.settings'>
  readonly manages: boolean
}) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const [editing, setEditing] = useState(false)
  return (
    <section className="nc-panel" aria-label={t('settings.title')}>
      <header className="nc-panel__head">
        <h2>{t('settings.title')}</h2>
        {manages && (
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('settings.edit')}
          </Button>
        )}
      </header>
      <div className="nc-panel__body">
        <dl className="nc-facts">
          <dt>{t('settings.currency')}</dt>
          <dd>{settings.currency}</dd>
          <dt>{t('settings.timeZone')}</dt>
          <dd>
            {settings.timeZone ?? t('settings.machine')}{' '}
            <span className="nc-soft">{t('settings.today', { day: day(settings.today) })}</span>
          </dd>
        </dl>
      </div>
      {editing && <SettingsDialog settings={settings} onClose={() => setEditing(false)} />}
    </section>
  )
}
