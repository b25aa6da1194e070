import { Button, Group } from '@mantine/core'
import { IconCash, IconFileTypePdf, IconReceipt } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { PaperButtons } from '../papers/paper-buttons.tsx'
import { StatementDialog } from '../papers/statement-dialog.tsx'
import { MakeLinkButton, SubscriberLinks } from '../paypal/subscriber-links.tsx'
import { AccountStage } from '../dunning/account-stage.tsx'
import { PrepaidAccount } from '../prepaid/prepaid-account.tsx'
import { PaymentDialog } from './payment-dialog.tsx'
import { PaymentTable } from './payment-table.tsx'
import { TakePaymentDialog } from './take-payment-dialog.tsx'
import { WriteOffDialog } from './write-off-dialog.tsx'
import { WriteOffs } from './write-offs.tsx'
import './payments.css'

type Account = Output<'billing.account'>

/** What a subscriber owes, what he paid, and taking his money. */
export const AccountPanel = ({ subscriberId }: { readonly subscriberId: string }) => {
  const { t } = useTranslation('billing-payments')
  const { t: papers } = useTranslation('billing-papers')
  const may = usePermissions()
  const options = { on: ['billing.changed'] as const }
  const account = useQuery('billing.account', { subscriberId }, options)
  const payments = useQuery('billing.payments', { subscriberId }, options)
  const { t: tOff } = useTranslation('billing-write-offs')
  const [givingUp, setGivingUp] = useState(false)
  const [taking, setTaking] = useState(false)
  const [stating, setStating] = useState(false)
  const shown = new URLSearchParams(useSearch()).get('payment')
  if (account.value === undefined) {
    return <Awaiting failure={account.failure} onRetry={account.refresh} rows={4} />
  }
  return (
    <section className="nbp-account" aria-label={t('title')}>
      <header className="nbp-head">
        <Balances account={account.value} />
        <Group gap="sm" wrap="nowrap">
          {may.includes('billing.ledger.read') && account.value.balances.length > 0 && (
            <Button
              variant="default"
              leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
              onClick={() => setStating(true)}
            >
              {papers('statement.open')}
            </Button>
          )}
          {may.includes('billing.write-off.make') && account.value.open.length > 0 && (
            <Button variant="default" onClick={() => setGivingUp(true)}>
              {tOff('open')}
            </Button>
          )}
          <MakeLinkButton subscriberId={subscriberId} account={account.value} />
          {may.includes('billing.payment.take') && (
            <Button leftSection={<IconCash size={16} />} onClick={() => setTaking(true)}>
              {t('take')}
            </Button>
          )}
        </Group>
      </header>
      <PrepaidAccount subscriberId={subscriberId} />
      <AccountStage subscriberId={subscriberId} />
      <OpenDocuments open={account.value.open} />
      <WriteOffs subscriberId={subscriberId} />
      <SubscriberLinks subscriberId={subscriberId} />
      {payments.value === undefined ? (
        <Awaiting failure={payments.failure} onRetry={payments.refresh} rows={3} brief />
      ) : payments.value.payments.length === 0 ? (
        <EmptyState icon={IconReceipt} title={t('none')} text={t('noneText')} />
      ) : (
        <PaymentTable
          payments={payments.value.payments}
          onOpen={(id) => navigate(paths.payment(subscriberId, id), { replace: true })}
        />
      )}
      {taking && (
        <TakePaymentDialog
          subscriberId={subscriberId}
          account={account.value}
          onClose={() => setTaking(false)}
        />
      )}
      {stating && (
        <StatementDialog
          subscriberId={subscriberId}
          today={account.value.today}
          currencies={account.value.balances.map(({ currency }) => currency)}
          onClose={() => setStating(false)}
        />
      )}
      {givingUp && (
        <WriteOffDialog
          subscriberId={subscriberId}
          open={account.value.open}
          onClose={() => setGivingUp(false)}
        />
      )}
      {shown !== null && (
        <PaymentDialog
          paymentId={shown}
          onClose={() =>
            navigate(`${paths.subscriber(subscriberId)}?tab=account`, { replace: true })
          }
        />
      )}
    </section>
  )
}

const Balances = ({ account }: { readonly account: Account }) => {
  const { t } = useTranslation('billing-payments')
  const money = useMoneyText()
  if (account.balances.length === 0) return <p className="nc-soft">{t('nothingYet')}</p>
  return (
    <div className="nbp-balances">
      {account.balances.map(({ currency, balance, overdue, credit }) => (
        <dl key={currency}>
          <div>
            <dt>{t(balance < 0 ? 'inFavour' : 'owed')}</dt>
            <dd className="nbp-large">{money(Math.abs(balance), currency)}</dd>
          </div>
          <div data-bad={overdue > 0 || undefined}>
            <dt>{t('overdue')}</dt>
            <dd>
              <Money minor={overdue} currency={currency} />
            </dd>
          </div>
          <div>
            <dt>{t('credit')}</dt>
            <dd>
              <Money minor={credit} currency={currency} />
            </dd>
          </div>
        </dl>
      ))}
    </div>
  )
}

const OpenDocuments = ({ open }: { readonly open: Account['open'] }) => {
  const { t } = useTranslation('billing-payments')
  const { t: papers } = useTranslation('billing-papers')
  const format = useFormat()
  if (open.length === 0) return <p className="nc-soft nbp-line">{t('nothingOpen')}</p>
  return (
    <div className="nc-panel">
      <table className="nc-table" aria-label={t('open.label')}>
        <thead>
          <tr>
            <th scope="col">{t('open.number')}</th>
            <th scope="col">{t('open.issued')}</th>
            <th scope="col">{t('open.due')}</th>
            <th scope="col">{t('open.overdue')}</th>
            <th scope="col" className="nc-num">
              {t('open.total')}
            </th>
            <th scope="col" className="nc-num">
              {t('open.left')}
            </th>
            <th scope="col">
              <span className="nc-hidden">{papers('more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {open.map((document) => (
            <tr key={document.id}>
              <th scope="row" className="nc-mono">
                {document.number}
              </th>
              <td>
                <Day on={document.issuedOn} />
              </td>
              <td>
                <Day on={document.dueOn} />
              </td>
              <td data-bad={document.overdueDays > 0 || undefined}>
                {document.overdueDays > 0
                  ? t('open.days', {
                      count: document.overdueDays,
                      days: format.number(document.overdueDays),
                    })
                  : t('open.notDue')}
              </td>
              <td className="nc-num">
                <Money minor={document.total} currency={document.currency} />
              </td>
              <td className="nc-num">
                <Money minor={document.open} currency={document.currency} />
              </td>
              <td className="nc-num">
                <PaperButtons document={{ ...document, state: 'issued' }} compact />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
