import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayPalMatter } from '../../../../src-shared/contract/billing-paypal.ts'
import { paths } from '../../../app/paths.ts'
import { Since } from '../../../components/data-age.tsx'
import { errorText } from '../../../components/error-text.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'

/** What PayPal did that nobody asked for here, or that could not be booked: for a person. */
export const Matters = ({ matters }: { readonly matters: readonly PayPalMatter[] }) => {
  const { t } = useTranslation('billing-paypal')
  const { t: tError } = useTranslation('error')
  const money = useMoneyText()
  const reachesAll = useReachesAll()
  const settles = usePermissions().includes('billing.payment.reverse') && reachesAll
  const [settling, setSettling] = useState<PayPalMatter | undefined>()
  if (matters.length === 0) return null
  return (
    <section className="nc-panel" aria-label={t('matters.title')}>
      <header className="nc-panel__head">
        <h2>{t('matters.title')}</h2>
        <span className="nc-soft nc-small">{t('matters.text')}</span>
      </header>
      <ul className="npp-matters">
        {matters.map((matter) => (
          <li key={matter.id}>
            <div>
              <strong>{t(`matter.${matter.kind}.what`)}</strong>{' '}
              <RouteLink to={`${paths.subscriber(matter.subscriberId)}?tab=account`}>
                {matter.subscriberName}
              </RouteLink>{' '}
              <span className="nc-mono nc-small">
                {[matter.number, matter.captureId].filter((one) => one !== null).join(' · ')}
              </span>
              <div className="nc-soft">
                {t('matters.asked', {
                  amount: money(matter.providerAmount, matter.providerCurrency),
                })}
                {matter.saidValue !== null &&
                  ` ${t('matters.said', { amount: `${matter.saidCurrency} ${matter.saidValue}` })}`}
                {matter.problem !== null &&
                  ` ${errorText(tError, { code: matter.problem, params: {} }).what}`}{' '}
                · <Since at={matter.at} />
              </div>
              <div>{t(`matter.${matter.kind}.do`)}</div>
            </div>
            {settles && (
              <Button variant="default" onClick={() => setSettling(matter)}>
                {t('matters.settle')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {settling !== undefined && (
        <SettleDialog matter={settling} onClose={() => setSettling(undefined)} />
      )}
    </section>
  )
}

const SettleDialog = ({
  matter,
  onClose,
}: {
  readonly matter: PayPalMatter
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-paypal')
  const [note, setNote] = useState('')
  return (
    <FormDialog
      title={t('matters.settleTitle')}
      button={t('matters.settle')}
      ready={note.trim() !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const input = { matterId: matter.id, note: note.trim() }
        const out = await act('billing.settlePayPalMatter', input, () => ({
          title: t('matters.settled'),
        }))
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t('matters.settleText')}</p>
      <TextInput
        label={t('matters.note')}
        value={note}
        maxLength={300}
        onChange={(event) => setNote(event.currentTarget.value)}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
