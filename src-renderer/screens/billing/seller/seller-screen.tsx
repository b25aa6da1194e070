import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SellerSettings } from '../../../../src-shared/contract/billing-documents-model.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { SellerDialog } from './seller-dialog.tsx'
import '../documents/documents.css'

/** Who sells, and how documents are numbered, due and made. */
export const SellerScreen = () => {
  const { t } = useTranslation('billing-documents')
  const { value, failure, refresh } = useQuery(
    'billing.seller',
    {},
    { on: ['billing.documentsChanged'], everyMs: 500 },
  )
  const manages = usePermissions().includes('billing.seller.manage') && useReachesAll()
  const [editing, setEditing] = useState(false)
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('seller.title')}</h1>
        {manages && value !== undefined && (
          <Button
            leftSection={<IconPencil size={15} aria-hidden="true" />}
            onClick={() => setEditing(true)}
          >
            {t('seller.edit')}
          </Button>
        )}
      </header>
      <BillingTabs />
      <p className="nc-soft">{t('seller.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : (
        <Facts seller={value.seller} />
      )}
      {editing && value !== undefined && (
        <SellerDialog key={value.version} value={value} onClose={() => setEditing(false)} />
      )}
    </div>
  )
}

const Facts = ({ seller }: { readonly seller: SellerSettings }) => {
  const { t } = useTranslation('billing-documents')
  const year = (useBillingSettings()?.today ?? '').slice(0, 4)
  const { address, terms } = seller
  const text = (value: string) =>
    value === '' ? <span className="nc-soft">{t('seller.none')}</span> : value
  const number = [seller.prefixes.invoice, seller.installation, ...(seller.yearly ? [year] : [])]
  const due =
    terms.kind === 'end-of-month' || terms.kind === 'start-of-next-month'
      ? t(`seller.termText.${terms.kind}`)
      : terms.kind === 'day-of-month'
        ? t('seller.termText.day-of-month', { day: terms.day })
        : terms.kind === 'day-of-later-month'
          ? t('seller.termText.day-of-later-month', { count: terms.months, day: terms.day })
          : terms.kind === 'months-after-month-end'
            ? t('seller.termText.months-after-month-end', { count: terms.months })
            : t(`seller.termText.${terms.kind}`, { count: terms.days })
  const place = [
    address.lines,
    `${address.postcode} ${address.city}`.trim(),
    address.region,
    address.country,
  ]
    .filter((part) => part !== '')
    .join(', ')
  return (
    <>
      {seller.name === '' && (
        <p className="nbl-warn" role="status">
          <IconAlertTriangle size={15} aria-hidden="true" /> {t('seller.missing')}
        </p>
      )}
      <div className="nbd-party">
        <section className="nc-panel" aria-label={t('seller.who')}>
          <header className="nc-panel__head">
            <h2>{t('seller.who')}</h2>
          </header>
          <div className="nc-panel__body">
            <dl className="nc-facts">
              <dt>{t('seller.name')}</dt>
              <dd>{text(seller.name)}</dd>
              <dt>{t('seller.lines')}</dt>
              <dd>{text(place)}</dd>
              <dt>{t('seller.taxId')}</dt>
              <dd>{text(seller.taxId)}</dd>
              <dt>{t('seller.phone')}</dt>
              <dd>{text(seller.phone)}</dd>
              <dt>{t('seller.email')}</dt>
              <dd>{text(seller.email)}</dd>
              <dt>{t('seller.paymentNote')}</dt>
              <dd>{text(seller.paymentNote)}</dd>
            </dl>
          </div>
        </section>
        <section className="nc-panel" aria-label={t('seller.numbers')}>
          <header className="nc-panel__head">
            <h2>{t('seller.numbers')}</h2>
            <span className="nc-soft nc-small">
              {t('seller.example', { number: [...number, '000042'].join('-') })}
            </span>
          </header>
          <div className="nc-panel__body">
            <dl className="nc-facts">
              <dt>{t('seller.installation')}</dt>
              <dd className="nc-mono">{seller.installation}</dd>
              <dt>{t('seller.yearly')}</dt>
              <dd>{t(seller.yearly ? 'seller.yes' : 'seller.no')}</dd>
              <dt>{t('seller.terms')}</dt>
              <dd>{due}</dd>
              <dt>{t('seller.leadDays')}</dt>
              <dd>{seller.leadDays}</dd>
              <dt>{t('seller.endDay')}</dt>
              <dd>{t(`seller.endDays.${seller.endDay}`)}</dd>
              <dt>{t('seller.catchUp')}</dt>
              <dd>{t(`seller.catchUps.${seller.catchUp}`)}</dd>
              <dt>{t('seller.reliefPrice')}</dt>
              <dd>{t(`seller.reliefPrices.${seller.reliefPrice}`)}</dd>
            </dl>
          </div>
        </section>
      </div>
    </>
  )
}
