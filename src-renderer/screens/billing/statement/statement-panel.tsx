import { Button, Select, TextInput } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { dayAfter, isDay } from '../documents/document-query.ts'
import { PaymentDialog } from '../payments/payment-dialog.tsx'
import '../documents/documents.css'

type Row = Output<'billing.ledger'>['rows'][number]

/** What he owes and how it came to be: what stood before, each entry, what stands after. */
export const StatementPanel = ({
  subscriberId,
  code,
}: {
  readonly subscriberId: string
  readonly code: string
}) => {
  const { t } = useTranslation('billing-documents')
  const today = useBillingSettings()?.today
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [offset, setOffset] = useState(0)
  const [paymentId, setPaymentId] = useState<string | null>(null)
  useEffect(() => setOffset(0), [from, to, chosen])
  const asked = {
    subscriberId,
    currency: chosen,
    fromOn: isDay(from) ? from : null,
    untilOn: isDay(to) ? dayAfter(to) : null,
  }
  const { value, failure, refresh } = useQuery(
    'billing.ledger',
    { ...asked, offset, limit: pageSize },
    { on: ['billing.documentsChanged', 'billing.changed'], everyMs: 500 },
  )
  if (value === undefined) return <Awaiting failure={failure} onRetry={refresh} rows={6} />
  if (
    value.currencies.length === 0 ||
    (value.total === 0 && asked.fromOn === null && asked.untilOn === null)
  )
    return (
      <EmptyState icon={IconReceipt} title={t('statement.empty')} text={t('statement.emptyText')} />
    )
  const { currency } = value
  const text = (minor: number): string => formatMinor(minor, currency as CurrencyCode)
  const span = (first: string, last: string): void => {
    setFrom(first)
    setTo(last)
  }
  const day = (label: string, shown: string, onDay: (day: string) => void) => (
    <TextInput
      type="date"
      size="xs"
      aria-label={label}
      value={shown}
      onChange={(event) => onDay(event.currentTarget.value)}
    />
  )
  const isFirst = offset === 0
  const isLast = offset + pageSize >= value.total
  return (
    <section className="nbd-stack" aria-label={t('statement.title')}>
      <div className="nbd-bar" role="group" aria-label={t('filters')}>
        <span className="nbd-days">
          <span className="nc-soft nc-small">{t('statement.from')}</span>
          {day(t('statement.from'), from, setFrom)}
          <span className="nc-soft nc-small">{t('statement.until')}</span>
          {day(t('statement.until'), to, setTo)}
        </span>
        {today !== undefined && (
          <>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => span(`${today.slice(0, 8)}01`, today)}
            >
              {t('statement.month')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => span(`${today.slice(0, 5)}01-01`, today)}
            >
              {t('statement.year')}
            </Button>
          </>
        )}
        <Button size="compact-sm" variant="subtle" onClick={() => span('', '')}>
          {t('statement.whole')}
        </Button>
        {value.currencies.length > 1 && (
          <Select
            size="xs"
            w={110}
            aria-label={t('statement.currency')}
            allowDeselect={false}
            data={value.currencies}
            value={currency}
            onChange={setChosen}
          />
        )}
        <ListExport<Row>
          name={`statement-${code}-${currency}`}
          hint={t('statement.export')}
          ask={(part) => callQuery('billing.ledger', { ...asked, currency, ...part })}
          heads={[
            t('statement.on'),
            t('statement.what'),
            t('col.number'),
            t('statement.currency'),
            t('statement.owed'),
            t('statement.inFavour'),
          ]}
          linesOf={({ on, kind, number, amount }) => [
            [
              on,
              t(`statement.kind.${kind}`),
              number,
              currency,
              amount > 0 ? text(amount) : '',
              amount < 0 ? text(-amount) : '',
            ],
          ]}
        />
        <span className="nc-soft" role="status">
          {t('statement.balance')} <Money minor={value.balance} currency={currency} />
        </span>
      </div>
      <div className="nc-panel nbl-scroll">
        <table className="nc-table" aria-label={t('statement.title')}>
          <thead>
            <tr>
              <th scope="col">{t('statement.on')}</th>
              <th scope="col">{t('statement.what')}</th>
              <th scope="col" className="nc-num">
                {t('statement.owed')}
              </th>
              <th scope="col" className="nc-num">
                {t('statement.inFavour')}
              </th>
              <th scope="col" className="nc-num">
                {t('statement.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {isFirst && (
              <Sum word={t('statement.opening')} minor={value.opening} currency={currency} />
            )}
            {value.total === 0 && (
              <tr>
                <td colSpan={5} className="nc-soft">
                  {t('statement.none')}
                </td>
              </tr>
            )}
            <Entries
              rows={value.rows}
              opening={isFirst ? value.opening : null}
              currency={currency}
              onPayment={setPaymentId}
            />
            {isLast && (
              <Sum word={t('statement.closing')} minor={value.closing} currency={currency} />
            )}
          </tbody>
        </table>
      </div>
      <Pager offset={offset} total={value.total} onOffset={setOffset} />
      {paymentId !== null && (
        <PaymentDialog paymentId={paymentId} onClose={() => setPaymentId(null)} />
      )}
    </section>
  )
}

const Sum = (of: { readonly word: string; readonly minor: number; readonly currency: string }) => (
  <tr>
    <th scope="row" colSpan={4}>
      {of.word}
    </th>
    <td className="nc-num">
      <strong>
        <Money minor={of.minor} currency={of.currency} />
      </strong>
    </td>
  </tr>
)

interface EntriesProps {
  readonly rows: readonly Row[]
  /** Null: these are not the first ones. */
  readonly opening: number | null
  readonly currency: string
  readonly onPayment: (paymentId: string) => void
}

/** In the order of days; what was entered late has its balance by the days, not by the entries. */
const Entries = ({ rows, opening, currency, onPayment }: EntriesProps) => {
  const { t } = useTranslation('billing-documents')
  const mayReadPayments = usePermissions().includes('billing.payment.read')
  let balance = opening
  return (
    <>
      {rows.map(({ id, on, kind, docId, number, paymentId, amount, balanceAfter }) => {
        if (balance !== null) balance += amount
        return (
          <tr key={id}>
            <td>
              <Day on={on} />
            </td>
            <td>
              {t(`statement.kind.${kind}`)}{' '}
              {number === null ? null : paymentId === null && docId !== null ? (
                <RouteLink to={paths.document(docId)} className="nc-mono">
                  {number}
                </RouteLink>
              ) : paymentId !== null && mayReadPayments ? (
                <button
                  type="button"
                  className="nbd-link nc-mono"
                  onClick={() => onPayment(paymentId)}
                >
                  {number}
                </button>
              ) : (
                <span className="nc-mono">{number}</span>
              )}
            </td>
            <td className="nc-num">{amount > 0 && <Money minor={amount} currency={currency} />}</td>
            <td className="nc-num">
              {amount < 0 && <Money minor={-amount} currency={currency} />}
            </td>
            <td className="nc-num">
              <Money minor={balance ?? balanceAfter} currency={currency} />
            </td>
          </tr>
        )
      })}
    </>
  )
}
